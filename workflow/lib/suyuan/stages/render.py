"""Render: the report as HTML, and lineage.json that knows every number in it.

In: values.json, figures, processed tables, templates. Out: build/<edition>/report.html and
lineage.json, or the reason why the report would not be true.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import jinja2

from suyuan.contract.codebook import Codebook
from suyuan.contract.config import Config
from suyuan.contract.configured import read_document
from suyuan.contract.edition import read_rows
from suyuan.contract.tables import Records
from suyuan.contract.words import WORDS
from suyuan.core.files import read_json, write_text
from suyuan.core.layout import Layout
from suyuan.diff.before import before
from suyuan.figures import alternatives
from suyuan.figures.description import DRAWINGS
from suyuan.lineage.file import read_lines
from suyuan.outputs import package
from suyuan.outputs.lineage import lineage_text
from suyuan.outputs.screen.html import html_text
from suyuan.page.compose import draft_of
from suyuan.page.editing import check_editing
from suyuan.page.lint import LINT, read_instead
from suyuan.page.proofread import Proofs, check_prose
from suyuan.page.templates import environment
from suyuan.page.vocabulary import check_words


def check_words_of(
    layout: Layout,
    config: Config,
    jinja: jinja2.Environment,
    book: Codebook,
    rows: Mapping[str, Records],
    drawn: Iterable[Mapping[str, Any]],
    proofs: Proofs | None = None,
) -> None:
    """Raise ConfigError or ProseError for what words and prose may not say; figures are ``drawn``.

    Theirs are the entries of figures.json.
    """
    words = read_document(layout.root / WORDS, WORDS)
    alternatives.check(words, {entry["draw"]: list(entry["facts"]) for entry in drawn})
    check_words(words, layout)
    check_prose(layout, jinja, config.region, book, rows, proofs)


def run(layout: Layout, config: Config) -> None:
    """The stage: write report.html and lineage.json into build/<edition>/."""
    jinja = environment(layout)
    book, entries = Codebook.read(layout), read_json(layout.figures / "figures.json").values()
    check_words_of(layout, config, jinja, book, read_rows(layout), entries)
    draft = draft_of(layout, config, jinja)
    check_editing(draft.tree, read_instead(layout.root / LINT), book)
    lineage = lineage_text(layout, draft.page)
    drawn = {
        name: [(layout.figures / f"{name}{end}").read_text(encoding="utf-8") for end in DRAWINGS]
        for name in draft.page.drawings
    }
    since = before(layout, config, lineage)
    html = html_text(layout, jinja, draft, read_lines(lineage), drawn, since)
    write_text(layout.build / package.HTML, html)
    write_text(layout.build / package.LINEAGE, lineage)
