"""What templates may call: rows, headings, figures and tables, and the numbers of a ``Printer``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from suyuan.core.errors import Problem, ProseError
from suyuan.core.names import is_name
from suyuan.lineage.facets import CITING
from suyuan.lineage.names import Names
from suyuan.lineage.reads import ALL
from suyuan.lineage.value import TEXT, indicator_of
from suyuan.page import citing
from suyuan.page.exhibits import Drawing, Exhibit, Figure, Table
from suyuan.page.printer import Printer
from suyuan.page.register import resting
from suyuan.page.rows import PrintedRow
from suyuan.page.tree import slot


@dataclass(kw_only=True)
class Page(Printer):
    """The report being written."""

    drawings: Mapping[str, Drawing]
    provinces: Sequence[str]
    titles: Mapping[str, str] = field(default_factory=dict)  # of tables, for readers
    exhibits: list[Exhibit] = field(default_factory=list)  # in order of appearance
    resting: dict[str, list[str]] = field(default_factory=dict)  # numbers by document
    slots: dict[str, int] = field(default_factory=dict)  # how many uses came before each

    def rows(self, table: str, /, **where: str) -> Iterator[PrintedRow]:
        """Rows of a table in file order, those whose cells equal ``where``."""
        if table not in self.tables:
            raise self.unnamed(table)
        key, rows = self.tables[table]
        self.ledger.note(table, ALL)
        for cells in rows:
            if all(cells[column] == text for column, text in where.items()):
                yield PrintedRow(self, table, cells[key], cells)

    def row(self, table: str, name: str) -> PrintedRow:
        """The row of a table with that key. Raises ProseError E302 for none."""
        for row in self.rows(table):
            if row.key == name:
                return row
        raise self.unnamed(f"{table}.{name}")

    def counted(self, value_id: str) -> Iterator[PrintedRow]:
        """The rows that a count has counted."""
        for parent in self.value(value_id).parents:
            (cell,) = self.value(parent).src
            key, rows = self.tables[cell.source]
            (cells,) = (cells for cells in rows if cells[key] == cell.key)
            yield PrintedRow(self, cell.source, cell.key, cells)

    def title(self, table: str) -> str:
        """What a table is called."""
        return self.titles[table]

    def ranked(self, indicator: str) -> list[str]:
        """The region's provinces by that indicator, largest first."""
        return sorted(self.provinces, key=lambda p: -self.ledger[f"{p}.{indicator}"].number)

    def ranked_suppliers(self, indicator: str) -> list[str]:
        """The suppliers that have a rank by that indicator, largest first."""
        ranked = [row.key for row in self.rows("suppliers") if self.known(f"{row.key}.rank")]
        return sorted(ranked, key=lambda v: -self.ledger[f"{v}.{indicator}"].number)

    def unranked_suppliers(self) -> list[str]:
        """The suppliers that the assessment does not rank, in the order of their table."""
        return [row.key for row in self.rows("suppliers") if not self.known(f"{row.key}.rank")]

    def recorded(self, table: str, *indicators: str) -> Markup:
        """What observations say of a table's subjects, or that nothing is on the public record."""
        subjects = {row.key for row in self.rows(table)}
        found = []
        for row in self.rows("observations"):
            subject, indicator = row.raw["subject_id"], row.raw["indicator_id"]
            if subject in subjects and indicator in indicators and not row.raw["restates"]:
                parts = (subject, indicator, row.raw["qualifier"])
                value_id = ".".join(filter(None, parts))
                name, what = self.fact(f"subjects.name.{subject}"), self.indicator(value_id)
                found.append(name + what + self.quantity(value_id))
        return Markup(self.words["page"]["comma"]).join(found) if found else self.unknown()

    def drawn_in(self, figure: str) -> Markup:
        """The unit that a figure's marks are printed in. Raises ProseError E360 for several."""
        if figure not in self.drawings:
            raise self.unnamed(figure)
        drawing = self.drawings[figure]
        numbers = [fact for fact, _ in drawing.marks if self.value(fact).unit != TEXT]
        marks = [fact for fact in numbers if fact not in drawing.beside]
        suffixes = {self.ledger.codebook.suffix(indicator_of(mark)): mark for mark in marks}
        if len(suffixes) > 1:
            units = {"units": "、".join(filter(None, suffixes))}
            raise ProseError(Problem("E360", self.section.template, 1, "1", figure, units))
        return self.unit(indicator_of(marks[0]))

    def resting_on(self, document: str) -> Markup:
        """How many of the numbers printed before the first such question rest on a document.

        The count goes by the code of the document.
        """
        if not self.resting:
            self.resting.update(resting(self))
        if not (ids := self.resting.get(document)):
            return Markup(self.words["page"]["no_unit"])
        value_id = f"report.resting_count.{self.origins.codes[document]}"
        for table in dict.fromkeys(t for one in ids for t in self.ledger.sources(one)):
            if CITING in next(iter(self.tables[table][1]), {}):
                self.ledger.note(table, CITING)
        if not self.known(value_id):
            self.ledger.derive(value_id, "count", ids)
        return self.fact(value_id)

    def assessed(self) -> Markup:
        """The note that opens a section with numbers of our own assessment."""
        note = '<div class="key"><p>{}</p></div>'
        return Markup(note).format(self.words["page"]["example"])

    def opening(self, question: str, number: str, caller: Callable[[], Markup]) -> Markup:
        """What opens a chapter: a question, the caller's answer, the number that sums it up."""
        subject = self.fact(f"subjects.name.{number.split('.', maxsplit=1)[0]}")
        named = Markup("{}{}").format(subject, self.indicator(number))
        return Markup(
            '<div class="opening"><p class="question">{}</p><div class="answer">{}</div>'
            '<p class="key-number"><span class="number">{}</span>{}</p></div>'
        ).format(question, caller(), self.quantity(number), named)

    def references(self, row: PrintedRow) -> Markup:
        """Number and grade of each row of evidence that a row lists, as links to the register."""
        return citing.references(self, citing.keys_of(row.raw))

    def reference(self, key: str) -> Markup:
        """Number and grade of one row of the evidence register, as a link to it."""
        return citing.references(self, [key])

    def evidence_number(self, key: str) -> Markup:
        """The number of a row of the evidence register."""
        return citing.number_of(self, key)

    def evidence_anchor(self, key: str) -> str:
        """The id that references to a row of the evidence register lead to."""
        return citing.anchor_of(key)

    def heading(self, caller: Callable[[], Markup]) -> Markup:
        """The section's finding as its heading; the table of contents repeats it."""
        heading = Markup('<h2 id="sec-{}">{}{}</h2>')
        return heading.format(self.section.name, self.section.ordinal, caller().strip())

    def figure(
        self, name: str, caller: Callable[[], Markup], *, source: str | None = None
    ) -> Markup:
        """A figure; the caller gives the caption, ``source`` a source line of its own words."""
        if name not in self.drawings:
            raise self.unnamed(name)
        number, drawing = self._next("figure"), self.drawings[name]
        return self._place(Figure(name, number, self.section, drawing=drawing), caller, source)

    def table(
        self,
        name: str,
        caption: str,
        caller: Callable[[], Markup],
        *,
        long: bool = False,
        source: str | None = None,
    ) -> Markup:
        """A table; the caller gives head and body, ``source`` a source line of its own words."""
        if not is_name(name):
            raise ProseError(Problem("E188", self.section.template, 1, "1", name))
        number = self._next("table")
        table = Table(name, number, self.section, caption=caption, long=long)
        return self._place(table, caller, source)

    def see_figure(self, name: str) -> Markup:
        """The number of a figure, before it or after it, as a link to it."""
        return self._see(f"{Figure.prefix}-{name}")

    def see_table(self, name: str) -> Markup:
        """The number of a table, before it or after it, as a link to it."""
        return self._see(f"{Table.prefix}-{name}")

    def _see(self, anchor: str) -> Markup:
        return Markup('<a class="see" href="#{}">{}</a>').format(anchor, slot("number", anchor))

    def names(self) -> Names:
        """What values are called; figures and tables that were placed, by their numbers."""
        known = {name: {row[key]: row for row in rows} for name, (key, rows) in self.tables.items()}
        placed = {e.data.replace("-", ".", 1): e for e in self.exhibits}
        exhibits = {name: f"{self.words['page'][e.kind]} {e.number}" for name, e in placed.items()}
        book = self.ledger.codebook
        return Names(book, self.words, list(known), lambda name: known.get(name, {}), exhibits)

    def slot(self, name: str) -> Markup:
        """A place that screen and paper fill each in its way."""
        self.slots[name] = len(self.uses)
        return slot(name)

    def _next(self, kind: str) -> int:
        return 1 + sum(exhibit.kind == kind for exhibit in self.exhibits)

    def _place(self, exhibit: Exhibit, caller: Callable[[], Markup], source: str | None) -> Markup:
        placed, html = exhibit.printed(self, caller, source)
        self.exhibits.append(placed)
        return html
