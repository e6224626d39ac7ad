"""The dimensions of one ranked vendor with their intervals, then those of all other ranked ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Text
from suyuan.domain.assessment.model import SCORE
from suyuan.domain.assessment.tree import IndicatorTree
from suyuan.figures.book import IDS, Book
from suyuan.figures.description import Spec
from suyuan.figures.source import OF, Source
from suyuan.lineage.members import choices

ENDS = ("low", "high")


def _marks(book: Book, spec: Spec) -> Iterator[dict[str, Any]]:
    """``series`` is a vendor, the one of the description first; ``label`` a dimension.

    The interval is the simulation's; of a vendor that is not ranked, the bounds that what is
    missing leaves open. A dimension that nothing is known of has no mark. Raises ConfigError E161
    for no vendor.
    """
    spoken = spec["vendor"]
    book.value(f"subjects.name.{spoken}")
    book.ledger.recall(group.name for group in choices(book.ledger, ["ranked"]))
    below = IndicatorTree.of(book.table("tree").to_dict("records")).below
    others = [vendor for vendor in book.members["ranked"] if vendor != spoken]
    if not any(f"{spoken}.{SCORE}.{node}" in book.ledger for node in below[SCORE]):
        return  # the others alone would pass for it
    for vendor in (spoken, *others):
        for node in below[SCORE]:
            value = f"{vendor}.{SCORE}.{node}"
            if value not in book.ledger:
                continue
            bounds = {"low": f"{value}_lower", "high": f"{value}_upper"}
            if bounds["low"] not in book.ledger:  # not ranked, so not drawn
                bounds = {end: f"{vendor}.{SCORE}_{end}.{node}" for end in ENDS}
            ends: dict[str, Any] = {end: book.display(book.value(bounds[end])) for end in ENDS}
            ids = {"series": f"subjects.name.{vendor}", "label": f"tree.name.{node}"}
            mark = book.mark(value, book.display(book.value(value)), ids, **ends)
            yield mark | {f"{end}_id": bounds[end] for end in ENDS} | {IDS: ids | bounds}


SOURCE = Source(
    required={OF: Text(), "vendor": Text()},
    optional={},
    gives=lambda _: frozenset({"v", *ENDS}),
    table=lambda book, spec: pd.DataFrame(_marks(book, spec)),
)
