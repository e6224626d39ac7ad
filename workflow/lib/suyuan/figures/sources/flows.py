"""The steps of one flow, and what each leads to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Text
from suyuan.figures.book import Book
from suyuan.figures.description import Spec
from suyuan.figures.source import OF, Source

TABLE, JUDGED = "flows", "judged"


def _marks(book: Book, spec: Spec) -> Iterator[dict[str, Any]]:
    """Every step in its order: what it is about is the mark, its name the label."""
    steps = book.table(TABLE)
    own = steps[steps["flow"] == spec["flow"]]
    for row in own.sort_values("order", key=pd.to_numeric, kind="stable").itertuples():
        name = f"{TABLE}.name.{row.step_id}"
        yield book.mark(
            f"{TABLE}.note.{row.step_id}",
            float("nan"),
            {"series": f"{TABLE}.flow.{row.step_id}", "label": name},
            label_id=name,
            node=row.step_id,
            leads=row.leads_to,
            judged=row.kind == JUDGED,
        )


GIVES = frozenset({"node", "leads", "label_id", "judged"})
SOURCE = Source(
    required={OF: Text(), "flow": Text()},
    optional={},
    gives=lambda _: GIVES,
    table=lambda book, spec: pd.DataFrame(_marks(book, spec)),
)
