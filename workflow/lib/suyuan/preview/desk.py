"""The warm state of a preview: of what was made before, all is kept that a save does not reach.

The same functions make it as the stages call. What is a file to them is at hand here: nothing is
written but drawings into their store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

from suyuan.contract import strays
from suyuan.contract.config import Config, edition_layout, read_config
from suyuan.contract.messages import catalogue, message
from suyuan.core.beside import Result, beside
from suyuan.core.inputs import digest_of, files
from suyuan.core.layout import Layout
from suyuan.diff.before import before
from suyuan.lineage.file import read_lines
from suyuan.outputs.lineage import lineage_text
from suyuan.outputs.paper.marks import read_rule
from suyuan.outputs.screen.html import Known, document, known_of
from suyuan.outputs.verification.afresh import Computed
from suyuan.page.compose import Draft, Saved, compose
from suyuan.page.editing import check_editing
from suyuan.page.kept import Kept
from suyuan.page.lint import LINT, read_instead
from suyuan.page.proofread import Proofs
from suyuan.page.sections import FOLDER
from suyuan.page.templates import environment
from suyuan.page.tree import document_text
from suyuan.preview.contents import Contents
from suyuan.preview.delivered import Delivered
from suyuan.preview.dressing import dressed
from suyuan.preview.easel import Easel
from suyuan.stages.render import check_words_of
from suyuan.stages.runner import check_fonts

DATA = frozenset({"raw", "config", "settings", "schemas"})  # what values are made from
FIGURES = DATA | {"plots", "fonts"}
PAGE = FIGURES | {"before", "claims", "marks", "messages"}  # with templates, which have their own
TEMPLATES = "templates"
VALUES, DRAWN, STEPS = "values", "drawn", "steps"
# What no page is made from, and a build refuses all the same, by the kind that is saved.
HELD: dict[str, Callable[[Layout], object]] = {
    "marks": lambda layout: read_rule(layout.root),
    "messages": lambda layout: catalogue(layout.templates),
    "fonts": check_fonts,
}


@dataclass(frozen=True)
class Told:
    """What is known of the values of a page."""

    lineage: Mapping[str, Any]
    known: Known


class Desk:
    """An edition, and what of it is made."""

    def __init__(self, root: Path, edition: str) -> None:
        self.layout = edition_layout(root, edition)
        self.jinja = environment(self.layout)  # holds the templates that it has compiled
        self._easel = Easel(self.layout)
        self.delivered = Delivered(self.layout)
        self._contents = Contents(self.layout, PAGE | {TEMPLATES})
        self._computed: Computed | None = None
        self._made_of: dict[str, object] = {}  # what values, figures and steps were made from
        self._told: Told | None = None
        self._kept = Kept()
        self._proofs = Proofs()
        self._unheld = frozenset(HELD)  # kinds that wait to be looked at

    def page(self, saved: frozenset[str]) -> bytes:
        """The page as it is served, after inputs of the kinds ``saved`` have changed.

        The first is made of all kinds: whoever asks may know others, since its code is older.

        Raises ReportedError for whatever would stop a build before its pages are set.
        """
        self._contents.note(saved)
        strays.held(self.layout)
        self._hold(saved)
        try:
            computed = self._data()
            draft, drawings = self._composed(computed)
            return self._written(draft, computed.config, drawings)
        finally:
            self._forget()

    def queries(self) -> list[str]:
        """What looks wrong in the data, in words."""
        if self._computed is None:
            return []
        return list(self._computed.processed["queries"]["message"])

    def left(self) -> list[str]:
        """Signs that a program has a table open, in words."""
        return [message(each, self.layout.templates) for each in strays.opened(self.layout)]

    def _hold(self, saved: frozenset[str]) -> None:
        """Look at what was saved and is on no page; what is refused is looked at again."""
        self._unheld |= saved & HELD.keys()
        for kind in sorted(self._unheld):
            HELD[kind](self.layout)
            self._unheld -= {kind}

    def _other(self, what: str, made_of: object) -> bool:
        """Whether ``what`` is to be made anew, since it was made from something else."""
        return self._made_of.get(what) != made_of

    def _forget(self) -> None:
        """What was made while its inputs were written may be made from either."""
        for what, kinds in ((VALUES, DATA), (DRAWN, FIGURES), (STEPS, PAGE)):
            if not self._contents.still(kinds):
                self._made_of.pop(what, None)
        if not self._contents.still([TEMPLATES]):
            self._made_of.pop(STEPS, None)
            self.jinja, self._proofs = environment(self.layout), Proofs()

    def _templates(self) -> str:
        """A digest of all templates but those of sections."""
        own = self.layout.templates / FOLDER
        found = files(self.layout, TEMPLATES)
        return digest_of(self.layout.root, (path for path in found if path.parent != own))

    def _data(self) -> Computed:
        made_of = self._contents.of(DATA)
        if self._computed is None or self._other(VALUES, made_of):
            config = read_config(self.layout.root, self.layout.edition)
            self._computed = Computed.of(self.layout, config)
            self._made_of[VALUES] = made_of
        return self._computed

    def _composed(self, computed: Computed) -> tuple[Draft, Mapping[str, Sequence[str]]]:
        """The composed page, and its figures' drawings."""
        made_of = self._contents.of(PAGE), self._templates()
        if self._other(STEPS, made_of):
            self._told, self._kept = None, Kept()
            self._made_of[STEPS] = made_of
        figures_of = self._contents.of(FIGURES)
        other = self._other(DRAWN, figures_of)
        easel = self._easel
        with easel.drawing(computed) if other else nullcontext(easel.hung()) as drawing:
            draft = self._draft(computed, drawing.likely)
            figures = drawing.figures()
        self._made_of[DRAWN] = figures_of
        if figures.saved != drawing.likely:
            self._told, self._kept = None, Kept()
            draft = self._draft(computed, figures.saved)
        return draft, figures.drawings

    def _draft(self, computed: Computed, saved: Mapping[str, Saved]) -> Draft:
        layout, config, jinja = self.layout, computed.config, self.jinja
        rows, book = computed.ledger.texts.rows, computed.ledger.codebook
        entries = [figure.entry for figure in saved.values()]
        check_words_of(layout, config, jinja, book, rows, entries, self._proofs)
        ledger = computed.ledger.copy()  # pages add values of theirs
        draft = compose(layout, config, jinja, ledger, rows, saved, self._kept)
        check_editing(draft.tree, read_instead(layout.root / LINT), book)
        return draft

    def _written(
        self, draft: Draft, config: Config, drawings: Mapping[str, Sequence[str]]
    ) -> bytes:
        layout, page = self.layout, draft.page
        told, self._told = self._told, None  # who is refused leaves none
        knowing: AbstractContextManager[Result[Known]]
        if told and self._kept.same:
            lineage, knowing = told.lineage, nullcontext(lambda: told.known)
        else:
            text = lineage_text(layout, page)
            lineage, since = read_lines(text), before(layout, config, text)
            knowing = beside("preview", partial(known_of, layout, page, lineage, since))
        with knowing as known:
            know = cache(known)
            root = document(layout, self.jinja, draft, know, drawings)
            self._told = Told(lineage, know())
        self.delivered.mark(root, lineage)
        return dressed(document_text(root), layout)
