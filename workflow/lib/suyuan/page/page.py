"""What templates may call: every number they place comes from here and is written down.

A template says *which* value and *where*; this module prints it inside ``<data data-fact>``,
gives the place an anchor and records the use. Nothing is computed here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from markupsafe import Markup

from suyuan.contract.citations import EVIDENCE, cited
from suyuan.contract.tables import Records
from suyuan.core.errors import Problem, ProseError, UnknownValue
from suyuan.core.numbers import chinese_numeral
from suyuan.lineage.claims import PLACEHOLDER, Judged, check_wording
from suyuan.lineage.file import Use
from suyuan.lineage.graph import ancestry
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell, Value, indicator_of

CLAIMED = re.compile(r'data-claim="([^"]+)"')
ANCHORED = re.compile(r'(<data [^>]*)data-fact="([^"]+)" id="([^"]+)"')
SCALED = re.compile("[十百千万亿]")
PERIOD_PARTS = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?|Q(?P<quarter>\d)|H(?P<half>\d))?"
)
Vocabulary = Mapping[str, Mapping[str, str]]


class Row:
    """A table row in a template: ``row.goal`` prints the cell as a traced text."""

    def __init__(self, page: Page, table: str, key: str, cells: Mapping[str, str]) -> None:
        self._page, self._table, self.key, self.raw = page, table, key, cells

    def __getattr__(self, column: str) -> Markup:
        if column not in self.raw:
            raise AttributeError(column)
        if not self.raw[column]:
            return self._page.unknown()
        return self._page.fact(f"{self._table}.{column}.{self.key}")

    def listed(self, column: str) -> Markup:
        """A cell whose parts are joined by ';', printed as a list in words."""
        return self._page.listed(f"{self._table}.{column}.{self.key}")

    def dated(self, column: str) -> Markup:
        """A cell that holds a period, printed in words."""
        if not self.raw[column]:
            return self._page.unknown()
        return self._page.dated(f"{self._table}.{column}.{self.key}")


@dataclass(frozen=True)
class Drawing:
    """A saved figure: alternative text, (value id, element id) of each mark, and what is plotted.

    ``plotted`` is the CSV file; ``ids`` names, row by row, the values its texts come from.
    """

    alt: str
    marks: list[tuple[str, str]]
    plotted: str = ""
    ids: list[Mapping[str, str]] = field(default_factory=list)


@dataclass
class Page:
    """The report being written: values in, HTML and uses out."""

    ledger: Ledger
    tables: Mapping[str, tuple[str, Records]]  # primary key and rows by table name
    drawings: Mapping[str, Drawing]
    words: Vocabulary
    claims: Mapping[str, Judged]
    provinces: Sequence[str]
    claimed: dict[str, list[str]] = field(default_factory=dict)  # anchors by claim
    uses: list[Use] = field(default_factory=list)
    section: str = ""
    template: str = ""
    headings: dict[str, Markup] = field(default_factory=dict)
    spans: list[tuple[str, int, int]] = field(default_factory=list)  # uses of each table
    _kind: str = "text"
    _mark: int = 0  # where the uses of the current figure or table begin
    _sources: dict[str, dict[str, str]] = field(default_factory=dict)
    _anchors: Counter[str] = field(default_factory=Counter)
    _numbers: dict[str, list[str]] = field(default_factory=lambda: {"figure": [], "table": []})

    def value(self, value_id: str) -> Value:
        """The value; raises ProseError E302 naming the template when there is none."""
        try:
            return self.ledger[value_id]
        except UnknownValue:
            raise self._unknown(value_id) from None

    def _unknown(self, name: str) -> ProseError:
        return ProseError(Problem("E302", self.template, 1, self.section, name))

    def _data(self, value: Value, text: str) -> Markup:
        slug = value.id.replace(".", "-").replace("_", "-")
        self._anchors[slug] += 1
        anchor = f"v-{slug}-{self._anchors[slug]}"
        self.uses.append(Use(value.id, self.section, anchor, self._kind))
        html = '<data value="{}" data-fact="{}" id="{}">{}</data>'
        return Markup(html).format(value.data, value.id, anchor, text)

    def again(self, html: Markup, section: str) -> Markup:
        """Printed HTML once more elsewhere: its values get anchors and uses of their own."""

        def renewed(found: re.Match[str]) -> str:
            anchor = f"{found[3]}-{section}"
            if claim := CLAIMED.search(found[1]):
                self.claimed[claim[1]].append(anchor)
            self.uses.append(Use(found[2], section, anchor, "text"))
            return f'{found[1]}data-fact="{found[2]}" id="{anchor}"'

        return Markup(ANCHORED.sub(renewed, str(html)))

    def fact(self, value_id: str) -> Markup:
        """The value as printed."""
        value = self.value(value_id)
        return self._data(value, value.txt)

    def quantity(self, value_id: str) -> Markup:
        """The value with its comparator in words before it and its unit after it."""
        return self.bounded(value_id) + self.unit(indicator_of(value_id), before=" ", none="")

    def count(self, value_id: str) -> Markup:
        """A count as a Chinese numeral, to stand before a counting word."""
        value = self.value(value_id)
        return self._data(value, chinese_numeral(int(value.number)))

    def bounded(self, value_id: str) -> Markup:
        """The value with its comparator in words before it, for a column that has one unit."""
        value = self.value(value_id)
        comparator = self.words["comparator"][value.meta.get("comparator", "=")]
        return Markup("{}{}").format(comparator, self._data(value, value.txt))

    def unit(self, indicator: str, *, before: str = "", none: str | None = None) -> Markup:
        """The unit an indicator is printed in; one that holds a numeral, as 亿元, is traced too."""
        suffix = self.ledger.codebook.suffix(indicator)
        if not suffix:
            return Markup("{}").format(self.words["page"]["no_unit"] if none is None else none)
        if not SCALED.search(suffix):
            return Markup("{}{}").format(before, suffix)
        return Markup("{}{}").format(before, self.fact(f"indicators.display_unit.{indicator}"))

    def indicator(self, value_id: str) -> Markup:
        """The name of a value's indicator."""
        return self.fact(f"indicators.name.{indicator_of(value_id)}")

    def cited(self, value_id: str) -> Markup:
        """The title of the document that a recorded value comes from."""
        (cell,) = self.value(value_id).src
        return self.fact(f"sources.title.{self.source_of(cell)}")

    def root(self, value_id: str) -> str:
        """The recorded value behind one that merely renames it."""
        value = self.value(value_id)
        return self.root(value.parents[0]) if value.op == "same" else value_id

    def listed(self, value_id: str) -> Markup:
        """A text whose parts are joined by ';', printed as a list in words."""
        value = self.value(value_id)
        return self._data(value, value.txt.replace(";", self.words["page"]["comma"]))

    def period(self, value_id: str) -> Markup:
        """The period that a recorded value speaks of."""
        (cell,) = self.value(value_id).src
        value = self.value(f"{cell.source}.as_of.{cell.key}")
        return self._data(value, self.date(value.txt))

    def date(self, text: str) -> str:
        """A period such as 2025-12, 2025Q4 or 2025/2027 in words; any other text as it is."""
        words, ends = self.words["period"], []
        for end in text.split("/"):
            parts = PERIOD_PARTS.fullmatch(end)
            if not parts:
                return text
            named = {name: part for name, part in parts.groupdict().items() if part}
            ends.append("".join(words[n].format(part.lstrip("0")) for n, part in named.items()))
        return words["to"].join(ends)

    def dated(self, value_id: str) -> Markup:
        """A date cell, printed in words."""
        value = self.value(value_id)
        return self._data(value, self.date(value.txt))

    def claim(self, name: str) -> Markup:
        """The words for what the data say of a claim, marked where rounding could flip it.

        Raises ProseError E302 for an unknown claim, E320 where it has no words for the outcome.
        """
        if name not in self.claims:
            raise self._unknown(name)
        judged = self.claims[name]
        check_wording(judged, self.ledger)
        anchors = self.claimed.setdefault(name, [])
        anchor = f"c-{name.replace('.', '-').replace('_', '-')}-{len(anchors) + 1}"
        anchors.append(anchor)
        self.uses.append(Use(judged.claim.facts[0], self.section, anchor, self._kind))
        words = re.split(PLACEHOLDER, judged.words)
        inner = Markup("").join(self.fact(w) if at % 2 else w for at, w in enumerate(words))
        html = '<data class="claim{}" value="{}" data-claim="{}" data-fact="{}" id="{}">{}</data>'
        fragile = "" if judged.robust else " fragile"
        held = str(judged.holds).lower()
        return Markup(html).format(fragile, held, name, judged.claim.facts[0], anchor, inner)

    def unknown(self) -> Markup:
        """What is printed where nothing is known; never a zero, never nothing."""
        return Markup('<span class="unknown">{}</span>').format(self.words["page"]["unknown"])

    def known(self, value_id: str) -> bool:
        return value_id in self.ledger

    def fact_or_unknown(self, value_id: str) -> Markup:
        """The value as printed, or the words for what is not on the public record."""
        return self.fact(value_id) if self.known(value_id) else self.unknown()

    def word(self, group: str, code: str) -> str:
        """The Chinese word for a code such as ``kind: measured``."""
        if code not in self.words.get(group, {}):
            raise self._unknown(f"{group}.{code}")
        return self.words[group][code]

    def rows(self, table: str, **where: str) -> Iterator[Row]:
        """Rows of a table in file order, those whose cells equal ``where``."""
        if table not in self.tables:
            raise self._unknown(table)
        key, rows = self.tables[table]
        for cells in rows:
            if all(cells[column] == text for column, text in where.items()):
                yield Row(self, table, cells[key], cells)

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

    def fact_or_missing(self, value_id: str) -> Markup:
        """The value as printed, or the short word for what could not be assessed."""
        if self.known(value_id):
            return self.fact(value_id)
        return Markup('<span class="unknown">{}</span>').format(self.words["page"]["missing"])

    def assessed(self) -> Markup:
        """The note that opens a section with numbers of our own assessment."""
        note = '<div class="key"><p>{}</p></div>'
        return Markup(note).format(self.words["page"]["example"])

    def heading(self, caller: Callable[[], Markup]) -> Markup:
        """The section's finding as its heading; also kept for the table of contents."""
        title = Markup(caller().strip())
        self.headings[self.section] = title
        return Markup('<h2 id="sec-{}">{}{}</h2>').format(
            self.section, ordinal_of(self.section), title
        )

    def label_of(self, kind: str, name: str) -> Markup:
        """The number of a figure or table, given out in order of appearance."""
        listed = self._numbers[kind]
        if name not in listed:
            listed.append(name)
        label = f"{self.words['page'][kind]}{listed.index(name) + 1}"
        return Markup("<span data-ordinal>{}</span>").format(label)

    def figure(self, name: str, caller: Callable[[], Markup]) -> Markup:
        """A figure with its caption above; the caller gives the caption."""
        if name not in self.drawings:
            raise self._unknown(name)
        drawing = self.drawings[name]
        self._mark = len(self.uses)
        self.uses += [Use(fact, self.section, anchor, "mark") for fact, anchor in drawing.marks]
        whole = self.value(f"report.figure.{name}")
        caption = Markup("{} {}").format(self.label_of("figure", name), caller().strip())
        self.uses.append(Use(whole.id, self.section, f"fig-{name}", "mark"))
        return Markup(
            "<figure><figcaption>{}</figcaption>"
            '<data class="graphic" value="{}" data-fact="{}" id="fig-{}">{}</data></figure>{}'
        ).format(caption, whole.data, whole.id, name, graphic_slot(name), data_slot("figure", name))

    def table(
        self, name: str, caption: str, caller: Callable[[], Markup], *, long: bool = False
    ) -> Markup:
        """A table with its caption; the caller gives head and body. Its uses are cells.

        Only a ``long`` table is ever cut by a page's end.
        """
        self._mark = len(self.uses)
        title = Markup("{} {}").format(self.label_of("table", name), caption)
        with self.cells():
            body = caller()
        self.spans.append((name, self._mark, len(self.uses)))
        html = '<div class="{}" id="tab-{}"><table class="{}"><caption>{}</caption>{}</table></div>'
        table = Markup(html).format("table long" if long else "table", name, name, title, body)
        return table + data_slot("table", name)

    @contextmanager
    def cells(self) -> Iterator[None]:
        """What is printed inside is printed in the cells of a table."""
        self._kind = "cell"
        yield
        self._kind = "text"

    def source(self) -> Markup:
        """The line under a figure or table: the sources its values really come from."""
        used = ancestry(self.ledger, (use.v for use in self.uses[self._mark :]))
        cells = [cell for value_id in used for cell in self.ledger[value_id].src]
        wanted = {self.source_of(cell) for cell in cells} - {""}
        key, sources = self.tables["sources"]
        names = [self.fact(f"sources.title.{row[key]}") for row in sources if row[key] in wanted]
        page = self.words["page"]
        made = any(self.ledger[v].parents and self.ledger[v].op != "figure" for v in used)
        judged = any(self.ledger[v].meta.get("kind") == "judged" for v in used)
        computed = page["computed"] if made else page["stop"] if judged else ""
        line = Markup('<p class="source">{}{}{}{}</p>')
        assessed = page["example"] if judged else ""
        return line.format(page["source"], Markup("；").join(names), computed, assessed)

    def source_of(self, cell: Cell) -> str:
        """The id of the document that a raw cell's row cites, '' where it cites none."""
        rows = self._sources.get(cell.source)
        if rows is None:
            key, table = self.tables[cell.source]
            rows, columns = {}, next(iter(table), {})
            if "source_id" in columns and cell.source != "sources":
                rows = {row[key]: row["source_id"] for row in table}
            elif EVIDENCE in columns:
                name, register = self.tables[EVIDENCE]
                known = {row[name]: row for row in register}
                rows = {row[key]: cited(row, known).get("source_id", "") for row in table}
            self._sources[cell.source] = rows
        return rows.get(cell.key, "")


def data_slot(kind: str, name: str) -> Markup:
    """Where the data of a figure or table go; only the screen has them."""
    return Markup(f"<!--data {kind} {name}-->")


def graphic_slot(name: str) -> Markup:
    """Where a figure's graphic goes; screen and print fill it differently."""
    return Markup(f"<!--graphic {name}-->")


def ordinal_of(section: str) -> Markup:
    """The number of a section, from its file's name: 02-06-scale is 2.6, D-sources is D."""
    parts = [part for part in section.split("-")[:2] if part.isdigit() or len(part) == 1]
    label = ".".join(part.lstrip("0") or "0" for part in parts)
    if len(parts) == 1 and parts[0].isdigit():
        return Markup("")
    return Markup("<span data-ordinal>{}</span> ").format(label)
