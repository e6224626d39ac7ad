"""Marks of a figure, from what config/figures.yaml says of it and the values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from suyuan.contract.tables import Records, read_table
from suyuan.core.errors import ConfigError, Problem
from suyuan.core.files import read_yaml
from suyuan.core.layout import Layout
from suyuan.core.numbers import chinese_ordinal
from suyuan.figures.assessment import IDS, MARKS
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import Members, placeholder
from suyuan.lineage.value import BOUNDS, Value, indicator_of

FIGURES = "config/figures.yaml"
GLOB = frozenset("*?[")
NUMBER = re.compile(r"(\d+)")
Spec = Mapping[str, Any]


def read_figures(layout: Layout) -> dict[str, Spec]:
    """The figures' descriptions by id, in order."""
    return read_yaml(layout.root / FIGURES)["figures"]


@dataclass(frozen=True)
class Book:
    """What marks are looked up in: the values, the subjects, and who placeholders stand for."""

    ledger: Ledger
    subjects: Records
    members: Members
    figure: str = ""

    def find(self, pattern: str) -> list[Value]:
        """Values of an id or shell pattern. Raises ConfigError E161 when there are none."""
        found = self.ledger.matching(pattern) if GLOB & set(pattern) else []
        found.sort(key=natural_order)
        if pattern in self.ledger:
            found = [self.ledger[pattern]]
        if not found:
            raise ConfigError(Problem("E161", FIGURES, 1, self.figure, pattern))
        return found

    def words(self, text: str) -> str:
        """``text``, or the printed text of the value that it names."""
        return self.ledger[text].txt if text in self.ledger else text

    def name(self, text: str) -> str:
        """A subject's name, or ``text`` itself where it is no subject."""
        name = f"subjects.name.{text}"
        return self.words(name) if name in self.ledger else text

    def known(self, ids: Mapping[str, str]) -> dict[str, str]:
        """Those entries that name a value."""
        return {part: value_id for part, value_id in ids.items() if value_id in self.ledger}

    def position(self, subject: str) -> dict[str, str]:
        """Column and row of a subject in the tile map, '' where it has none."""
        row = next((row for row in self.subjects if row["subject_id"] == subject), {})
        return {"column": row.get("tile_column", ""), "row": row.get("tile_row", "")}


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


def _label(book: Book, value: Value, wanted: str) -> str:
    subject = value.id.split(".")[0]
    if wanted == "subject":
        return book.name(subject)
    if wanted == "qualifier":
        named = _label_id(book, value, wanted)
        return book.words(named) if named in book.ledger else qualifier(value)
    if wanted == "indicator":
        return book.words(f"indicators.name.{indicator_of(value.id)}")
    return period(value) if wanted == "period" else book.words(wanted)


def _label_id(book: Book, value: Value, wanted: str) -> str:
    """Id of the text that ``_label`` gives, or the words themselves."""
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


def _display(book: Book, value: Value) -> float:
    indicator = book.ledger.codebook.indicators[indicator_of(value.id)]
    return float(value.number / book.ledger.codebook.units[indicator.display_unit].factor)


def _expanded(group: Spec, members: Members) -> Iterator[Spec]:
    """``group`` once, or once per member where its values hold a placeholder."""
    mark = placeholder(str(group["values"]), members)
    if not mark:
        yield group
        return
    for member in members[mark[1:-1]] or [mark]:
        yield {key: _replaced(text, mark, member) for key, text in group.items()}


def _replaced(entry: Any, mark: str, member: str) -> Any:
    """An entry, or each of a list, with ``member`` in the placeholder's place."""
    if isinstance(entry, list):
        return [_replaced(one, mark, member) for one in entry]
    return str(entry).replace(mark, member)


def _value_marks(book: Book, groups: Sequence[Spec]) -> Iterator[dict[str, Any]]:
    for group in (one for entry in groups for one in _expanded(entry, book.members)):
        patterns = group["values"] if isinstance(group["values"], list) else [group["values"]]
        for value in (found for pattern in patterns for found in book.find(pattern)):
            at = group.get("x", "period")
            mark = {
                "series": book.words(group["series"]),
                "label": _label(book, value, group.get("label", "period")),
                "x": _label(book, value, at),
                "value_id": value.id,
                "v": _display(book, value),
                "txt": bounded(value),
            }
            ids = {
                "series": group["series"],
                "label": _label_id(book, value, group.get("label", "period")),
                "x": _label_id(book, value, at),
            }
            for bound in ("low", "high"):
                if bound in group:
                    limit = book.ledger[value.id + group[bound]]
                    mark |= {bound: _display(book, limit), f"{bound}_id": limit.id}
                    ids[bound] = limit.id
            yield mark | book.position(value.id.split(".")[0]) | {IDS: book.known(ids)}


def _row_marks(book: Book, table: pd.DataFrame, key: str, rows: Spec) -> Iterator[dict[str, Any]]:
    name = rows["table"]
    for row in table.to_dict("records"):
        value = book.ledger[f"{name}.{rows['value']}.{row[key]}"]
        mark = {part: row[rows[part]] for part in ("x", "span") if part in rows}
        if mark and not any(mark.values()):
            continue  # undated rows have no place on a time axis; tables print them
        ids = {part: f"{name}.{rows[part]}.{row[key]}" for part in ("x", "span") if part in rows}
        for part in ("series", "label"):
            ids[part] = f"subjects.name.{row[rows[part]]}"
            if ids[part] not in book.ledger:
                ids[part] = f"{name}.{rows[part]}.{row[key]}"
        yield mark | {
            "series": book.name(row[rows["series"]]),
            "label": book.name(row[rows["label"]]),
            "value_id": value.id,
            "v": float("nan"),
            "txt": value.txt,
            IDS: book.known(ids),
        }


def marks_table(book: Book, spec: Spec, layout: Layout) -> pd.DataFrame:
    """The marks of one figure in drawing order."""
    if rows := spec.get("rows"):
        table = read_table(layout.tables / f"{rows['table']}.csv")
        key = table.columns[1]  # the first column is the line number
        return pd.DataFrame(_row_marks(book, table, key, rows))
    if "of" in spec:
        made = MARKS[spec["of"]](
            book.ledger, lambda name: read_table(layout.tables / f"{name}.csv")
        )
        return pd.DataFrame(made).assign(missing=spec.get("missing", ""))
    marks = pd.DataFrame(_value_marks(book, spec["marks"]))
    for place in ("column", "row"):
        marks[place] = pd.to_numeric(marks[place])
    if spec.get("sort") == "descending":
        order = marks.groupby("label")["v"].transform("max")
        marks = marks.assign(order=order).sort_values("order", ascending=False, kind="stable")
        marks = marks.drop(columns="order")
    return marks.reset_index(drop=True)


def summary(marks: pd.DataFrame) -> dict[str, str]:
    """Facts of the alternative text: how many marks, the largest and the smallest."""
    facts = {"count": str(len(marks)), "series": "、".join(dict.fromkeys(marks["series"]))}
    if marks["v"].notna().any():
        for name, place in (("most", marks["v"].idxmax()), ("least", marks["v"].idxmin())):
            row = marks.loc[place]
            facts[name], facts[f"{name}_txt"] = row["label"], row["txt"]
    return facts
