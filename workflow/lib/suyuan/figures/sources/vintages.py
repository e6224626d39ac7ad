"""Ranges that were forecast or came about, by period and by when they were issued."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Each, Keys, Text
from suyuan.figures.book import IDS, Book
from suyuan.figures.description import Spec
from suyuan.figures.source import OF, Source
from suyuan.lineage.value import Value

MEASURED = "measured"


def _issue(book: Book, value: Value, spec: Spec) -> tuple[str, str]:
    """What tells the range from others of its period, and the id of that text where it has one.

    When it was issued; that it came about; or, where no date is known, who printed it.
    """
    (cell,) = value.src
    if value.meta["kind"] == MEASURED:
        return spec["came"], ""
    if value.meta.get("vintage"):
        return value.meta["vintage"], f"{cell.source}.vintage.{cell.key}"
    document = book.value(f"{cell.source}.source_id.{cell.key}").txt
    publisher = f"sources.publisher.{document}"
    return book.words(publisher), publisher


def _by_issue(lower: Value) -> tuple[str, bool, bool, str]:
    """By period, and within it by issue: the undated after the dated, what came about last."""
    vintage = lower.meta.get("vintage", "")
    return lower.meta["as_of"], lower.meta["kind"] == MEASURED, not vintage, vintage


def _marks(book: Book, spec: Spec) -> Iterator[dict[str, Any]]:
    """Both ends of every range of each series."""
    for group in spec["ranges"]:
        for lower in sorted(book.find(f"{group['low']}.*"), key=_by_issue):
            upper = book.value(f"{group['high']}.{lower.id.rpartition('.')[2]}")
            issue, issue_id = _issue(book, lower, spec)
            state = spec["came" if lower.meta["kind"] == MEASURED else "forecast"]
            for end in (lower, upper):
                (cell,) = end.src
                period = f"{cell.source}.as_of.{cell.key}"
                ids = {"series": group["series"], "label": issue_id, "x": period}
                yield {
                    "series": book.words(group["series"]),
                    "label": issue,
                    "x": end.meta["as_of"],
                    "value_id": end.id,
                    "v": book.display(end),
                    "txt": end.txt,
                    "state": state,
                    IDS: book.known(ids),
                }


RANGE = Keys({"series": Text(), "low": Text(), "high": Text()})
GIVES = frozenset({"v", "x", "state"})
SOURCE = Source(
    required={OF: Text(), "forecast": Text(), "came": Text(), "ranges": Each(RANGE)},
    optional={},
    gives=lambda _: GIVES,
    table=lambda book, spec: pd.DataFrame(_marks(book, spec)),
)
