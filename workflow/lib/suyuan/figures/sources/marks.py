"""Groups of values: ids, shell patterns, or one group per member of a placeholder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Choice, Each, Either, Keys, Text
from suyuan.figures.book import IDS, Book, bounded, label, label_id
from suyuan.figures.description import Spec
from suyuan.figures.source import Source
from suyuan.lineage.members import Members, placeholder

BOUNDS = frozenset({"low", "high"})
GROUP = Keys(
    {"series": Text(), "values": Either(Text())},
    {"label": Text(), "x": Text(), "low": Text(), "high": Text()},
)


def gives(spec: Spec) -> frozenset[str]:
    """Values have a number, a period and a place on the map; bounds where every group has them."""
    bounds = BOUNDS.intersection(*(group.keys() for group in spec["marks"]))
    return bounds | {"v", "x", "column", "row"}


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
                "label": label(book, value, group.get("label", "period")),
                "x": label(book, value, at),
                "value_id": value.id,
                "v": book.display(value),
                "txt": bounded(value),
            }
            ids = {
                "series": group["series"],
                "label": label_id(book, value, group.get("label", "period")),
                "x": label_id(book, value, at),
            }
            for bound in ("low", "high"):
                if bound in group:
                    limit = book.value(value.id + group[bound])
                    mark |= {bound: book.display(limit), f"{bound}_id": limit.id}
                    ids[bound] = limit.id
            yield mark | book.position(value.id.split(".")[0]) | {IDS: book.known(ids)}


def table(book: Book, spec: Spec) -> pd.DataFrame:
    """The marks of all groups, in their order or the largest of each label first."""
    marks = pd.DataFrame(_value_marks(book, spec["marks"]))
    for place in ("column", "row"):
        marks[place] = pd.to_numeric(marks[place])
    if "sort" in spec:
        order = marks.groupby("label")["v"].transform("max")
        marks = marks.assign(order=order).sort_values("order", ascending=False, kind="stable")
        marks = marks.drop(columns="order")
    return marks.reset_index(drop=True)


SOURCE = Source({"marks": Each(GROUP)}, {"sort": Choice(("descending",))}, gives, table)
