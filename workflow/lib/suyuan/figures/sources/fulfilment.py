"""How far every vendor meets every criterion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Text
from suyuan.figures.book import Book
from suyuan.figures.source import OF, Source

NOTHING = float("nan")


def _marks(book: Book) -> Iterator[dict[str, Any]]:
    """The verdict on every vendor by every criterion.

    ``group`` is the criterion's term; ``level`` is how far the criterion is met, from 1 for
    wholly to 0 for not at all, NaN where nothing is known; ``said`` is the verdict in words.
    """
    levels = list(book.table("fulfilment")["verdict"])
    steps = len(levels) - 2  # the last is no level: it says that nothing is known
    rated = book.table("criterion_ratings").set_index(["criterion_id", "subject_id"])
    for criterion in book.table("criteria").itertuples():
        for vendor in book.table("suppliers")["supplier_id"]:
            row = rated.loc[(criterion.criterion_id, vendor)]
            place = levels.index(row["verdict"])
            yield book.mark(
                f"criterion_ratings.verdict.{row['criterion_rating_id']}",
                NOTHING,
                {
                    "series": f"subjects.name.{vendor}",
                    "said": f"fulfilment.name.{row['verdict']}",
                },
                label=criterion.name,
                group=book.value(f"terms.name.{criterion.term_id}").txt,
                level=1 - place / steps if place <= steps else NOTHING,
            )


GIVES = frozenset({"group", "level", "said"})
SOURCE = Source(
    required={OF: Text()},
    optional={},
    gives=lambda _: GIVES,
    table=lambda book, _: pd.DataFrame(_marks(book)),
)
