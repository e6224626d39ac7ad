"""Figures and tables: each prints all of itself, from its caption to its source line."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from markupsafe import Markup

from suyuan.lineage.facets import DOCUMENTS, JUDGED
from suyuan.lineage.file import Use
from suyuan.lineage.graph import ancestry
from suyuan.lineage.reads import Group
from suyuan.lineage.value import Cell
from suyuan.page.addends import unadded
from suyuan.page.origins import LOCATOR
from suyuan.page.printer import Printer
from suyuan.page.sections import Section
from suyuan.page.tree import slot

Caller = Callable[[], Markup]
LINE = re.compile(r"L\d+(-\d+)?")  # a locator that is a line of a text, or some
MOST = 6  # names in a source line: of more the first, and where the others stand
FEW = 3  # lines of a document that a source line names; the panel names all


@dataclass(frozen=True)
class Drawing:
    """A saved figure: alternative text, (value id, element id) of each mark, and what is plotted.

    ``beside`` are the values that are said of the others: in its takeaway, at its lines.
    ``plotted`` is the CSV file; ``ids`` names, row by row, the values its texts come from;
    ``reads`` is what was read to find the marks. ``shortened``: it shows the first of too many.
    """

    alt: str
    marks: list[tuple[str, str]]
    reads: Group
    plotted: str = ""
    ids: list[Mapping[str, str]] = field(default_factory=list)
    beside: tuple[str, ...] = ()
    shortened: bool = False


@dataclass(frozen=True)
class Exhibit(ABC):
    """A figure or table in its place: its name, its number, and what it prints.

    ``uses`` are the places, in the page's list of uses, of those that it made.
    """

    kind: ClassVar[str]
    prefix: ClassVar[str]
    name: str
    number: int
    section: Section
    uses: range = range(0)

    @property
    def anchor(self) -> str:
        """The id of its element, which links lead to."""
        return f"{self.prefix}-{self.name}"

    @property
    def whole(self) -> str:
        """The id of the value that counts what it shows."""
        return f"report.{self.kind}.{self.name}"

    @property
    def data(self) -> str:
        """What its slot of data is called."""
        return f"{self.kind}-{self.name}"

    def label(self, printer: Printer) -> Markup:
        """What it is called in the text."""
        word = printer.words["page"][self.kind]
        return Markup("<span data-ordinal>{}{}</span>").format(word, self.number)

    @abstractmethod
    def body(self, printer: Printer, caller: Caller) -> Markup:
        """Its caption and itself."""

    def printed(
        self, printer: Printer, caller: Caller, source: str | None
    ) -> tuple[Exhibit, Markup]:
        """Itself as placed, and its HTML: body, data and source line, in ``source``'s words if any.

        ``source`` is for what does not come from documents, such as our own assessment. Rounded
        parts that do not add up are said after it.
        """
        start = len(printer.uses)
        body = self.body(printer, caller)
        placed = replace(self, uses=range(start, len(printer.uses)))
        line = source_line(printer, printer.uses[start:]) if source is None else source
        shown = dict.fromkeys(use.v for use in printer.uses[start:])
        rounded = unadded(printer.ledger, map(printer.value, shown))
        note = printer.words["page"]["rounded"] if rounded else ""
        html = Markup('{}{}\n<p class="source">{}{}</p>')
        return placed, html.format(body, slot("data", self.data), line, note)


@dataclass(frozen=True)
class Figure(Exhibit):
    """A drawing with its caption above; the caller gives the caption. Its marks are uses."""

    kind, prefix = "figure", "fig"
    drawing: Drawing = field(kw_only=True)

    def body(self, printer: Printer, caller: Caller) -> Markup:
        section = self.section.name
        printer.uses += [Use(fact, section, anchor, "mark") for fact, anchor in self.drawing.marks]
        more = printer.words["page"]["shortened"] if self.drawing.shortened else ""
        caption = Markup("{} {}{}").format(self.label(printer), caller().strip(), more)
        whole = printer.value(self.whole)
        printer.uses.append(Use(whole.id, section, self.anchor, "mark"))
        return Markup(
            "<figure><figcaption>{}</figcaption>"
            '<data class="graphic" value="{}" data-fact="{}" id="{}">{}</data></figure>'
        ).format(caption, whole.data, whole.id, self.anchor, slot("graphic", self.name))


@dataclass(frozen=True)
class Table(Exhibit):
    """A table with its caption; the caller gives head and body. Its uses are cells.

    Only a ``long`` table is ever cut by a page's end.
    """

    kind, prefix = "table", "tab"
    caption: str = field(kw_only=True)
    long: bool = field(kw_only=True)

    def body(self, printer: Printer, caller: Caller) -> Markup:
        caption = Markup("{} {}").format(self.label(printer), self.caption)
        with printer.cells():
            body = caller()
        classes = "table long" if self.long else "table"
        html = '<div class="{}" id="{}"><table class="{}"><caption>{}</caption>{}</table></div>'
        return Markup(html).format(classes, self.anchor, self.name, caption, body)


def source_line(printer: Printer, uses: Sequence[Use]) -> Markup:
    """The sources that the values of ``uses`` really come from, and what was made of them.

    Each source is named by its code, with its lines where these are few.
    """
    ledger, words = printer.ledger, printer.words["page"]
    used = ancestry(ledger, (use.v for use in uses))
    cells = sorted(cell for value_id in used for cell in ledger[value_id].src)
    places: dict[str, dict[str, Cell]] = {}  # the first cell of each line, by document
    for cell in cells:
        if document := printer.origins.document_of(cell):
            places.setdefault(document, {}).setdefault(printer.origins.locator_of(cell), cell)
    key, register = printer.tables[DOCUMENTS]
    cited = [row[key] if row[key] in places else "" for row in register]
    bare = [bool(one) and not _few(places[one]) for one in cited]
    units = [
        unit for together in _runs(bare) for unit in _units([one for one in cited[together] if one])
    ]
    names = [_named(printer, unit, places) for unit in units[:MOST]]
    made = any(ledger[v].parents and ledger[v].op != "figure" for v in used)
    judged = any(ledger[v].meta.get("kind") == JUDGED for v in used)
    computed = words["computed"] if made else words["stop"] if names or judged else ""
    assessed = words["example"] if judged else ""
    listed = Markup(words["comma"]).join(names)
    if len(units) > MOST:
        listed += words["more_sources"]
    return Markup("{}{}{}{}").format(words["source"], listed, computed, assessed)


def _runs(bare: Sequence[bool]) -> Iterator[slice]:
    """Neighbours that go together: what is ``bare``, and each other one by itself."""
    start = 0
    for end in range(1, len(bare) + 1):
        if end == len(bare) or not (bare[end] and bare[end - 1]):
            yield slice(start, end)
            start = end


def _units(cited: list[str]) -> Iterator[list[str]]:
    """Neighbours of the register that are named together: one by one, or all if many."""
    yield from [cited] if len(cited) > FEW else [[document] for document in cited]


def _named(
    printer: Printer, cited: Sequence[str], places: Mapping[str, Mapping[str, Cell]]
) -> Markup:
    """A document by its code and lines, or the first of many and the last."""
    if len(cited) > 1:
        words = printer.words["page"]["range"]
        return printer.see_source(cited[0]) + words + printer.see_source(cited[-1])
    return printer.see_source(cited[0]) + _lines(printer, places[cited[0]])


def _few(places: Mapping[str, Cell]) -> bool:
    """Whether the lines of a document are said."""
    return len(places) <= FEW and all(map(LINE.fullmatch, places))


def _lines(printer: Printer, places: Mapping[str, Cell]) -> Markup:
    """The lines of a document that the cells stand in; nothing where they are many."""
    if not _few(places):
        return Markup("")
    facts = [printer.fact(f"{cell.source}.{LOCATOR}.{cell.key}") for cell in places.values()]
    return Markup(" ") + Markup(printer.words["page"]["comma"]).join(facts)


# What carries the id of an exhibit, by the prefix of the id.
EXHIBITS = {Figure.prefix: "data", Table.prefix: "div"}
