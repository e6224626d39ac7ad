"""What a figure's marks are looked up in, and the words on them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from suyuan.contract.tables import Records
from suyuan.core.errors import ConfigError
from suyuan.core.numbers import chinese_ordinal
from suyuan.figures.description import Described
from suyuan.lineage.homes import home
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import Members, members_of
from suyuan.lineage.reads import ALL
from suyuan.lineage.value import BOUNDS, TEXT, Value, indicator_of

GLOB = frozenset("*?[")
ID = re.compile(r"[a-z][\w-]*(\.[\w-]+)+", re.ASCII)
NUMBER = re.compile(r"(\d+)")
IDS = "ids"  # the column that names, by column, the values that a mark's texts come from
Reader = Callable[[str], pd.DataFrame]


@dataclass(frozen=True)
class Book:
    """What marks of a figure are looked up in.

    The values, the subjects, who placeholders stand for, and the tables, which ``read`` gives by
    their names (KeyError where there is none).
    """

    ledger: Ledger
    subjects: Records
    members: Members
    read: Reader
    figure: Described

    def find(self, pattern: str) -> list[Value]:
        """Values of an id or shell pattern. Raises ConfigError E161 when there are none."""
        found = self.ledger.matching(pattern) if GLOB & set(pattern) else []
        found.sort(key=natural_order)
        if pattern in self.ledger:
            found = [self.ledger[pattern]]
        if not found:
            raise self.unknown(pattern)
        return found

    def value(self, value_id: str) -> Value:
        """The value of an id. Raises ConfigError E161 when there is none."""
        if value_id not in self.ledger:
            raise self.unknown(value_id)
        return self.ledger[value_id]

    def table(self, name: str) -> pd.DataFrame:
        """A table. Raises ConfigError E345 when there is none."""
        self.ledger.note(name, ALL)
        try:
            return self.read(name)
        except KeyError as error:
            raise self.refused("E345", name) from error

    def unknown(self, value_id: str) -> ConfigError:
        """E161: there is no such value. The problem says which table would give it."""
        target = home(self.ledger, value_id)
        return ConfigError(self.figure.problem("E161", value_id, target=target))

    def refused(self, code: str, value: str) -> ConfigError:
        """A problem with the figure, to be raised."""
        return ConfigError(self.figure.problem(code, value))

    def display(self, value: Value) -> float:
        """A number in the unit it is printed in. Raises ConfigError E344 for a text."""
        if value.unit == TEXT:
            raise self.refused("E344", value.id)
        indicator = self.ledger.codebook.indicators[indicator_of(value.id)]
        return float(value.number / self.ledger.codebook.units[indicator.display_unit].factor)

    def words(self, text: str) -> str:
        """``text``, or the printed text of the value that it names.

        Raises ConfigError E161 for what reads as an id and names no value.
        """
        if text not in self.ledger:
            if ID.fullmatch(text):
                raise self.unknown(text)
            return text
        return self.ledger[text].txt

    def name(self, text: str) -> str:
        """A subject's name, or ``text`` itself where it is no subject."""
        name = f"subjects.name.{text}"
        return self.words(name) if name in self.ledger else text

    def mark(
        self, value_id: str, v: float, ids: dict[str, str], missing: str = "", **more: Any
    ) -> dict[str, Any]:
        """A mark of a value; ``ids`` names by column the values that its texts come from.

        ``missing`` is the word in place of a number that is not known.
        """
        texts = {column: self.value(name).txt for column, name in ids.items()}
        value = {"x": "", "value_id": value_id, "v": v, "txt": self.value(value_id).txt}
        return value | texts | more | {"missing": missing, IDS: ids}

    def known(self, ids: Mapping[str, str]) -> dict[str, str]:
        """Those entries that name a value."""
        return {part: value_id for part, value_id in ids.items() if value_id in self.ledger}

    def position(self, subject: str) -> dict[str, str]:
        """Column and row of a subject in the tile map, '' where it has none."""
        for column in ("tile_column", "tile_row"):
            self.ledger.note("subjects", column, [subject])
        row = next((row for row in self.subjects if row["subject_id"] == subject), {})
        return {"column": row.get("tile_column", ""), "row": row.get("tile_row", "")}


def shelf(
    ledger: Ledger, tables: Mapping[str, Records], region: str, read: Reader
) -> Callable[[Described], Book]:
    """Opens the book of a figure. ``tables`` has subjects and suppliers, ``read`` gives any."""
    return partial(Book, ledger, tables["subjects"], members_of(ledger, tables, region), read)


def natural_order(value: Value) -> list[str | int]:
    """A key by which ids with numbers sort as people count: p_rank.9 before p_rank.10."""
    return [int(part) if part.isdecimal() else part for part in NUMBER.split(value.id)]


def period(value: Value) -> str:
    """The period a value speaks of; the end of a span."""
    return value.meta.get("as_of", "").rpartition("/")[2]


def qualifier(value: Value) -> str:
    """The last part of a value's id: what it is about; a place in a ranking as an ordinal."""
    last = value.id.rpartition(".")[2]
    return chinese_ordinal(int(last)) if last.isdecimal() else last


def bounded(value: Value) -> str:
    """The printed number, with the sign of a bound before it: >1590."""
    comparator = value.meta.get("comparator", "=")
    return (comparator if comparator in BOUNDS else "") + value.txt


def label(book: Book, value: Value, wanted: str) -> str:
    """What a description wants printed: subject, qualifier, indicator, period, or words."""
    subject = value.id.split(".")[0]
    if wanted == "subject":
        return book.name(subject)
    if wanted == "qualifier":
        named = label_id(book, value, wanted)
        return book.words(named) if named in book.ledger else qualifier(value)
    if wanted == "indicator":
        return book.words(f"indicators.name.{indicator_of(value.id)}")
    return period(value) if wanted == "period" else book.words(wanted)


def label_id(book: Book, value: Value, wanted: str) -> str:
    """Id of the text that ``label`` gives, or the words themselves."""
    if wanted == "subject":
        return f"subjects.name.{value.id.split('.')[0]}"
    if wanted == "indicator":
        return f"indicators.name.{indicator_of(value.id)}"
    if wanted == "qualifier":
        names = (f"{table}.name.{qualifier(value)}" for table in ("indicators", "tree", "subjects"))
        return next((name for name in names if name in book.ledger), "")
    return _period_id(value) if wanted == "period" else wanted


def _period_id(value: Value) -> str:
    """Id of the text that holds a recorded value's period, '' where it has none."""
    return "".join(f"{cell.source}.as_of.{cell.key}" for cell in value.src if period(value))
