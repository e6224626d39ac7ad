"""The delivered report as it can be asked: its values, their names, and where they are printed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from suyuan.contract.codebook import Codebook
from suyuan.contract.words import read_words
from suyuan.core.layout import Layout
from suyuan.core.names import TRACE_ENTRY, slug
from suyuan.lineage.facets import DOCUMENTS, codes
from suyuan.lineage.graph import Entries, gathered
from suyuan.lineage.names import Names
from suyuan.lineage.operation import Operations
from suyuan.lineage.trace import Tracer
from suyuan.lineage.value import TEXT
from suyuan.outputs.answers.asked import plain
from suyuan.outputs.answers.paper import Paper
from suyuan.outputs.answers.printed import Exhibit, Printed
from suyuan.page.sections import COVER, Section

Entry = Mapping[str, Any]
CONTENTS = "contents"  # the section that only says again what others say


@dataclass(frozen=True)
class Report:
    """A report, read part by part when first asked for."""

    layout: Layout
    tracer: Tracer

    @classmethod
    def open(cls, layout: Layout, operations: Operations) -> Report:
        """The report of an edition. Raises LookupFailed E201 when there is none."""
        return cls(layout, Tracer.open(layout, operations))

    @cached_property
    def words(self) -> Mapping[str, Any]:
        return read_words(self.layout)

    @cached_property
    def printed(self) -> Printed:
        return Printed.read(self.layout.report / "report.html")

    @cached_property
    def paper(self) -> Paper:
        return Paper.read(self.layout.report / "report.pdf")

    @property
    def values(self) -> Mapping[str, Entry]:
        found: Mapping[str, Entry] = self.tracer.lineage["values"]
        return found

    @property
    def claims(self) -> Mapping[str, Entry]:
        found: Mapping[str, Entry] = self.tracer.lineage["claims"]
        return found

    @cached_property
    def tables(self) -> list[str]:
        """Ids of the tables whose rows are cited."""
        return [entry["id"] for entry in self.tracer.lineage["sources"] if entry["key"]]

    @cached_property
    def book(self) -> Codebook:
        cells = self.tracer.facets.cells
        return Codebook.from_tables(*([*cells(t).values()] for t in ("indicators", "units")))

    @cached_property
    def _names(self) -> Names:
        exhibits = {f"{e.kind}.{e.name}": e.label for e in self.printed.exhibits.values()}
        return Names(self.book, self.words, self.tables, self.tracer.facets.cells, exhibits)

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The short codes of documents, by their ids."""
        return codes(self.tracer.facets.rows(DOCUMENTS))

    def name(self, value_id: str) -> str:
        """What a value is called; of a text, what its row is."""
        entry = self.values[value_id]
        if entry["op"] == TEXT:
            return self._names.named(entry["src"][0][2][0])
        return self._names.of(value_id, derived="in" in entry)

    def suffix(self, value_id: str) -> str:
        """The unit that is printed after a value."""
        indicator = self.values[value_id]["u"] != TEXT and value_id.split(".")[1]
        return self.book.suffix(indicator) if indicator in self.book.indicators else ""

    def shown(self, value_id: str) -> str:
        """A value as the page prints it: comparator, number and unit."""
        entry = self.values[value_id]
        comparator = self.words["comparator"][entry.get("comparator", "=")]
        return f"{comparator} {entry['txt']} {self.suffix(value_id)}".strip()

    @cached_property
    def by_text(self) -> Mapping[str, list[str]]:
        """Values by what is printed of them, in the form in which one asks."""
        found: dict[str, list[str]] = {}
        for value_id, entry in self.values.items():
            found.setdefault(plain(entry["txt"]), []).append(value_id)
        return found

    @cached_property
    def by_number(self) -> Mapping[tuple[Decimal, str], list[str]]:
        """The same by number and '%' or ''; recorded numbers by what the source prints, too."""
        found: dict[tuple[Decimal, str], dict[str, None]] = {}
        for value_id, entry in self.values.items():
            for said in {entry["txt"], entry.get("printed", entry["txt"])}:
                text = plain(said)
                try:
                    key = Decimal(text.removesuffix("%")), "%" if text.endswith("%") else ""
                except InvalidOperation:
                    continue
                found.setdefault(key, {})[value_id] = None
        return {key: list(ids) for key, ids in found.items()}

    @cached_property
    def by_entry(self) -> Mapping[str, list[str]]:
        """Numbers by their entries in the appendix of the PDF."""
        found: dict[str, list[str]] = {}
        for value_id, entry in self.values.items():
            if entry["op"] != TEXT:
                found.setdefault(TRACE_ENTRY + slug(value_id), []).append(value_id)
        return found

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {use["v"]: -place for place, use in enumerate(reversed(self.tracer.lineage["uses"]))}

    def in_order(self, ids: Iterable[str]) -> list[str]:
        """Values in reading order, each once; at last those that are not printed."""
        return sorted(dict.fromkeys(ids), key=lambda one: self._order.get(one, 1))

    def on_page(self, number: int) -> str:
        """The words for a page of the PDF, '' for none."""
        return self.words["trace"]["on_page"].format(number) if number else ""

    def where(self, exhibit: Exhibit) -> str:
        """What a figure or table is called, with its page."""
        return f"{exhibit.label}{self.on_page(self.paper.of(exhibit.anchor))}"

    def places(self, value_id: str) -> list[str]:
        """Where a value is printed: figures, cells of tables, sections, with their pages."""
        found = []
        for use in self.tracer.uses.get(value_id, ()):
            spot = self.printed.spot(use["anchor"])
            if use["kind"] == "mark":
                if figure := self.printed.figure_of(use["anchor"]):
                    found.append(self.where(figure))
            elif spot and spot.exhibit:
                cell = "·".join(filter(None, self.printed.cell(spot)))
                found.append(" ".join(filter(None, [self.where(spot.exhibit), cell])))
            elif spot and use["sec"] != CONTENTS:
                found.append(self.section(use["sec"]) + self._page_in(value_id, use["sec"]))
        return list(dict.fromkeys(found))

    def section(self, name: str) -> str:
        """The number of a section; one without a number is the whole of its chapter."""
        number = self.printed.sections.get(name, "").partition(" ")[0]
        if number.isascii() and number:
            word = "appendix" if number.isalpha() else "section"
            return str(self.words["trace"][word]).format(number)
        titles = {COVER: self.words["trace"]["cover"]} | self.words["chapter"]
        return titles[Section(name).chapter]

    def _page_in(self, value_id: str, section: str) -> str:
        """The page that prints a value within a section, where it is but one."""
        start = self.paper.of(f"sec-{section}")
        later = [page for a, page in self.paper.pages.items() if a[:4] == "sec-" and page > start]
        pages = self.paper.printing(TRACE_ENTRY + slug(value_id))
        within = [page for page in pages if start and start <= page <= min(later, default=page)]
        return self.on_page(within[0] if within else start)

    def roots(self, name: str, *, claim: bool) -> Sequence[str]:
        """The values whose chains tell the origin of a value or claim."""
        found: Sequence[str] = self.claims[name]["in"] if claim else [name]
        return found

    def _rows_of(self, value_id: str) -> list[tuple[str, str]]:
        cells = self.values[value_id].get("src", ())
        return [(table, key) for table, _, keys in cells for key in keys]

    def documents(self, ids: Iterable[str]) -> list[str]:
        """Titles of the documents that values go back to."""
        graph, facets = Entries(self.values), self.tracer.facets
        known: dict[str, dict[tuple[str, str], None]] = {}
        rows: dict[tuple[str, str], None] = {}
        for value_id in ids:
            rows |= gathered(graph, value_id, known, self._rows_of)
        cited = dict.fromkeys(facets.document(table, key) for table, key in rows)
        return [facets.about(document)["title"] for document in cited if document]
