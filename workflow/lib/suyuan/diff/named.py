"""Names of what a comparison speaks of: values, cells, tables, in words.

Both sides are asked, the newer one first: what went away still has its name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, localcontext
from functools import cached_property
from typing import Any, Protocol

from suyuan.contract.codebook import Codebook, Unit
from suyuan.contract.words import Words
from suyuan.core.names import shortened
from suyuan.core.numbers import EXACT, MINUS, half_up
from suyuan.lineage.names import Names, Rows

TITLES = ("name", "short_title", "title", "term", "claim", "text", "label")  # of rows, by rank
KEY, CITING = "_id", ("source_id", "evidence_id", "record_source_id")  # columns of keys
WHOLE = "*"  # column of a whole row
MOST = 24  # characters of a row's text that name it
PERCENT = "%"
FURTHER = 4  # decimals that may be added until shares add up as they are printed


class Known(Protocol):
    """What is asked of a side."""

    @property
    def lineage(self) -> Mapping[str, Any]: ...
    @property
    def codebook(self) -> Codebook: ...
    @property
    def sources(self) -> Mapping[str, Mapping[str, Any]]: ...
    def rows(self, source: str) -> Rows: ...


class Named:
    """Names by both sides of a comparison; ``words`` are those of the report.

    ``own`` are those of the comparison, ``titles`` those of the tables.
    """

    def __init__(
        self, sides: Sequence[Known], words: Mapping[str, Any], own: Words,
        titles: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.sides, self.words, self.own, self.titles = sides, words, own, titles
        self._names = [Names(side.codebook, words, list(side.sources), side.rows) for side in sides]

    def value(self, value_id: str) -> str:
        """A value's name; the id itself where no side knows it.

        A text that stands in a cell is called by the cell.
        """
        if self.is_cell(value_id):
            return self.ref(value_id)
        for side, names in zip(self.sides, self._names, strict=True):
            if entry := side.lineage["values"].get(value_id):
                return names.of(value_id, derived="in" in entry)
        return value_id

    def is_cell(self, value_id: str) -> bool:
        """Whether a value is the text of a cell, whose table its id begins with."""
        return any(value_id.partition(".")[0] in side.sources for side in self.sides)

    def claim(self, claim_id: str) -> str:
        """What a claim is about: the values that it asks."""
        for side in self.sides:
            if entry := side.lineage["claims"].get(claim_id):
                return str(self.own["and"]).join(map(self.value, entry["in"][:2]))
        return claim_id

    def subject(self, code: str) -> str:
        return self._names[0].code(code)

    def table(self, source: str) -> str:
        """A table's title, or the word for a file that is none."""
        return self.titles.get(source) or str(self.own["source"].get(source, source))

    def column(self, column: str) -> str:
        return "" if column == WHOLE else str(self.own["column"].get(column, column))

    @cached_property
    def _cited(self) -> dict[tuple[str, str], list[str]]:
        """The values made straight from a row, by table and key."""
        found: dict[tuple[str, str], list[str]] = {}
        for side in self.sides:
            for value_id, entry in side.lineage["values"].items():
                cells = () if self.is_cell(value_id) else entry.get("src", ())
                for source, _, keys in cells:
                    for key in keys:
                        found.setdefault((source, key), []).append(value_id)
        return found

    def row(self, source: str, key: str) -> str:
        """What a row is about: the value it gives, or what it says of itself; else its key."""
        for side in self.sides:
            row = side.rows(source).get(key)
            if row is None:
                continue
            if "indicator_id" in row and "subject_id" in row:
                parts = (row["subject_id"], row["indicator_id"], row.get("qualifier", ""))
                return self._names[0].of(".".join(filter(None, parts)), derived=False)
            if said := next((row[column] for column in TITLES if row.get(column)), ""):
                return shortened(said, MOST)
            about = [
                c for c in row if c.endswith(KEY) and c not in CITING and row[c] not in ("", key)
            ]
            if about:
                return " ".join(self._names[0].code(row[column]) for column in about)
        cited = self._cited.get((source, key), ())
        return self.value(cited[0]) if cited else key

    def ref(self, ref: str) -> str:
        """A cause: a cell as ``<table> <row> <column>``, a group, or the code."""
        if ref not in self._refs:
            self._refs[ref] = self._ref(ref)
        return self._refs[ref]

    @cached_property
    def _refs(self) -> dict[str, str]:
        return {}

    def _ref(self, ref: str) -> str:
        grouping, _, group = ref.partition(":")
        if group and grouping in ("subject", "table"):
            parts = [self._group(part) for part in group.split("+")]
            return str(self.own["grouped"]).format(str(self.own["comma"]).join(parts))
        cell, plus, more = ref.partition("+")
        source, column, key = (*cell.split(".", 2), "", "")[:3]
        if source in ("code", "template", "templates"):
            return str(self.own["source"][source])
        row = self.row(source, key)
        said = " ".join(filter(None, (row if row != key else "", self.column(column))))
        named = str(self.own["cell"]).format(table=self.table(source), key=key, said=said).strip()
        return str(self.own["together"]).format(named, int(more) + 1) if plus else named

    def _group(self, name: str) -> str:
        return self.titles.get(name) or self._names[0].code(name)

    def unit(self, value_id: str) -> Unit | None:
        """The unit that a value's indicator is printed in."""
        _, _, rest = value_id.partition(".")
        for side in self.sides:
            indicator = side.codebook.indicators.get(rest.partition(".")[0])
            entry = side.lineage["values"].get(value_id)
            if indicator and entry and indicator.unit == entry["u"]:
                return side.codebook.units.get(indicator.display_unit)
        return None

    def amounts(self, value_id: str, numbers: Sequence[str], like: str) -> list[str]:
        """Shares of a difference: with so many decimals that, as printed, they add up to it."""
        for further in range(FURTHER):
            said = [self.amount(value_id, number, like, further) for number in numbers]
            whole = str(sum(map(Decimal, numbers)))
            if sum(map(_number, said)) == _number(self.amount(value_id, whole, like, further)):
                break
        return said

    def amount(self, value_id: str, number: str, like: str, further: int = 0) -> str:
        """A difference as it is printed: signed, with the decimals of ``like``, in its unit.

        ``further`` are decimals beyond these; one that would round to nothing has its first digit.
        """
        with localcontext(EXACT):
            value = Decimal(number)
            unit = self.unit(value_id)
            percent = PERCENT in like
            factor = unit.factor if unit else Decimal("0.01") if percent else Decimal(1)
            shown = value / factor
            places = decimals(like) + further
            while shown and not half_up(shown, places) and places < 8:
                places += 1
            text = f"{abs(half_up(shown, places)):,f}"
        sign = MINUS if value < 0 else "+" if value else ""
        return f"{sign}{text}{self.own['points'] if percent else ''}"

    def suffix(self, value_id: str) -> str:
        """The unit that is printed after a value's number, '' where there is none."""
        unit = self.unit(value_id)
        return unit.suffix if unit else ""


def _number(amount: str) -> Decimal:
    """What an amount says as a number."""
    digits = amount.replace(MINUS, "-").replace(",", "")
    return Decimal(digits[: len(digits) - len(digits.lstrip("+-0123456789."))])


def decimals(printed: str) -> int:
    """Decimals of a printed number."""
    digits = printed.rstrip(PERCENT).partition(".")[2]
    return len(digits) if digits.isdigit() else 0


def finest(*printed: str) -> str:
    """The one with the most decimals."""
    return max(printed, key=decimals)
