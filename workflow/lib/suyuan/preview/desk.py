"""The warm state of a preview: of what was made before, all is kept that a save does not reach.

The same functions make it as the stages call. What is a file to them is at hand here: nothing is
written but drawings into their store.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from suyuan.contract import strays
from suyuan.contract.config import edition_layout, read_config
from suyuan.contract.tables import table_text
from suyuan.core.beside import beside
from suyuan.diff.before import before
from suyuan.figures.drawn import Drawn
from suyuan.figures.store import Store
from suyuan.lineage.file import read_lines
from suyuan.outputs.lineage import lineage_text
from suyuan.outputs.screen.html import document
from suyuan.outputs.verification.afresh import Computed
from suyuan.page.compose import Saved, compose
from suyuan.page.editing import check_editing
from suyuan.page.lint import LINT, read_instead
from suyuan.page.templates import environment
from suyuan.page.tree import document_text
from suyuan.preview.delivered import Delivered
from suyuan.preview.dressing import dressed
from suyuan.stages.render import check_words_of

DATA = frozenset({"raw", "config", "settings", "schemas"})  # what values are made from
FIGURES = DATA | {"plots", "fonts"}


class Desk:
    """An edition, and what of it is made."""

    def __init__(self, root: Path, edition: str) -> None:
        self.layout = edition_layout(root, edition)
        self.jinja = environment(self.layout)  # holds the templates that it has compiled
        self.store = Store.of(self.layout)
        self.delivered = Delivered(self.layout)
        self._computed: Computed | None = None
        self._figures: Mapping[str, Drawn] | None = None

    def page(self, saved: frozenset[str]) -> bytes:
        """The page as it is served, after inputs of the kinds ``saved`` have changed.

        Raises ReportedError for whatever would stop a build before its pages are set.
        """
        if saved & DATA:
            self._computed = None
        if saved & FIGURES:
            self._figures = None
        strays.held(self.layout)
        computed, figures = self._data(), self._drawn()
        return self._written(computed, figures)

    def queries(self) -> list[str]:
        """What looks wrong in the data, in words."""
        if self._computed is None:
            return []
        return list(self._computed.processed["queries"]["message"])

    def _data(self) -> Computed:
        if self._computed is None:
            config = read_config(self.layout.root, self.layout.edition)
            self._computed = Computed.of(self.layout, config)
        return self._computed

    def _drawn(self) -> Mapping[str, Drawn]:
        if self._figures is None:
            self._figures = _apart(self._data()).drawn(self.store)
            self.store.trim()
        return self._figures

    def _written(self, computed: Computed, figures: Mapping[str, Drawn]) -> bytes:
        layout, config, jinja = self.layout, computed.config, self.jinja
        ledger = _apart(computed).ledger
        rows, book = ledger.texts.rows, ledger.codebook
        entries = [figure.entry for figure in figures.values()]
        words = partial(check_words_of, layout, config, jinja, book, rows, entries)
        saved = {name: Saved(name, f.entry, table_text(f.plotted)) for name, f in figures.items()}
        drawn = {name: list(figure.drawings.values()) for name, figure in figures.items()}
        with beside("preview", words) as held:
            draft = compose(layout, config, jinja, ledger, rows, saved)
            check_editing(draft.tree, read_instead(layout.root / LINT), book)
            text = lineage_text(layout, draft.page)
            lineage, since = read_lines(text), before(layout, config, text)
            root = document(layout, jinja, draft, lineage, drawn, since)
            held()
        self.delivered.mark(root, lineage)
        return dressed(document_text(root), layout)


def _apart(computed: Computed) -> Computed:
    """The same with values of its own: figures and pages add theirs."""
    return replace(computed, ledger=computed.ledger.copy())
