"""The edition computed afresh from its raw rows, nothing read from a build."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from suyuan.contract import edition, observations
from suyuan.contract.config import Config
from suyuan.contract.queries.queries import query_table
from suyuan.contract.tables import Columns, Records, Tables, columns_text, rowwise, table_text
from suyuan.core.files import dump_json
from suyuan.core.layout import Layout
from suyuan.diff.before import before
from suyuan.domain import values
from suyuan.figures.book import shelf
from suyuan.figures.description import Described
from suyuan.figures.drawn import Drawn, Found, Opener, all_drawn
from suyuan.figures.reading import read_figures
from suyuan.figures.store import Store
from suyuan.lineage.file import read_lines
from suyuan.lineage.ledger import Ledger
from suyuan.outputs.lineage import lineage_text
from suyuan.outputs.screen.html import html_text
from suyuan.page.compose import Draft, Saved, compose
from suyuan.page.templates import environment


@dataclass(frozen=True)
class Computed:
    """An edition's tables as they are read, the processed ones by their names, and its values."""

    layout: Layout
    config: Config
    tables: Tables
    processed: Mapping[str, Columns]
    ledger: Ledger

    @classmethod
    def of(cls, layout: Layout, config: Config) -> Computed:
        """Everything up to the values."""
        tables = {name: edition.ingested(table) for name, table in edition.check(layout).items()}
        rows = rowwise(tables)
        normalised = observations.check(layout, rows)
        found = query_table(observations.queried(layout, rows, normalised), layout.templates)
        ledger = values.compute(layout, config, rows, normalised)
        scored = values.as_rows(ledger)
        processed: dict[str, Columns] = {
            "normalised": normalised,
            "restatements": observations.restatements(normalised),
            "queries": found,
            "scores": {
                name: [row[place] for row in scored] for place, name in enumerate(values.SCORED)
            },
        }
        return cls(layout, config, tables, processed, ledger)

    @cached_property
    def texts(self) -> dict[str, str]:
        """The CSV text of every table, by the name of its file in the project."""
        layout = self.layout
        found = {layout.tables / f"{name}.csv": table for name, table in self.tables.items()}
        found |= {layout.processed / f"{n}.csv": table for n, table in self.processed.items()}
        return {layout.name(path): columns_text(table) for path, table in found.items()}

    @property
    def _rows(self) -> Mapping[str, Records]:
        return self.ledger.texts.rows

    def drawn(self, store: Store | None) -> dict[str, Drawn]:
        """Every figure as figures.json lists them, half of them drawn on a second core.

        Of a ``store`` those that were drawn from these very marks, computed afresh, are taken.
        """
        fonts = self.layout.templates / "fonts"
        return all_drawn("verify", self._opener, self._described, fonts, store)

    def found(self) -> dict[str, Found]:
        """The same figures, before they are drawn."""
        opener = self._opener
        return {name: Found.of(opener, figure) for name, figure in self._described.items()}

    @property
    def _opener(self) -> Opener:
        return shelf(self.ledger, self._rows, self.config.region, self.tables.__getitem__)

    @property
    def _described(self) -> dict[str, Described]:
        return dict(sorted(read_figures(self.layout.root).items()))

    def written(self, figures: Mapping[str, Drawn]) -> Afresh:
        """The page written, with the figures that it places."""
        layout, config, rows = self.layout, self.config, self._rows
        saved = {name: Saved(name, f.entry, table_text(f.plotted)) for name, f in figures.items()}
        draft = compose(layout, config, environment(layout), self.ledger, rows, saved)
        return Afresh(self, draft, lineage_text(layout, draft.page), figures)


@dataclass(frozen=True)
class Afresh:
    """What the raw rows give: the composed page, lineage.json as text, every figure as drawn."""

    computed: Computed
    draft: Draft
    lineage: str
    figures: Mapping[str, Drawn]

    @property
    def layout(self) -> Layout:
        return self.computed.layout

    @cached_property
    def document(self) -> dict[str, Any]:
        """The lineage file as it is read."""
        return read_lines(self.lineage)

    @cached_property
    def plotted(self) -> dict[str, str]:
        """What each figure plots, as CSV text."""
        return {name: table_text(figure.plotted) for name, figure in self.figures.items()}

    @cached_property
    def index(self) -> str:
        """Text of figures.json."""
        entries = {name: figure.entry for name, figure in self.figures.items()}
        return dump_json(entries) + "\n"

    @cached_property
    def html(self) -> str:
        """Text of report.html."""
        svgs = {name: list(f.drawings.values()) for name, f in self.figures.items()}
        since = before(self.layout, self.computed.config, self.lineage)
        jinja = environment(self.layout)
        return html_text(self.layout, jinja, self.draft, self.document, svgs, since)
