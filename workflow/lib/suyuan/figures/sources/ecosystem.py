"""The ecosystem's quadrants: what each is about, and what happened in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Text
from suyuan.figures.book import Book
from suyuan.figures.source import OF, Source

NOTHING = float("nan")


def _marks(book: Book) -> Iterator[dict[str, Any]]:
    """The keywords of every quadrant, without a label, then its events by their subject."""
    events = book.table("ecosystem_events")
    for quadrant in book.table("ecosystem_quadrants")["quadrant_id"]:
        series = {"series": f"ecosystem_quadrants.name.{quadrant}"}
        keywords = f"ecosystem_quadrants.keywords.{quadrant}"
        text = book.value(keywords).txt.replace(";", "、")
        yield book.mark(keywords, NOTHING, series, label="", txt=text)
        for event in events[events["quadrant_id"] == quadrant].itertuples():
            title = f"ecosystem_events.title.{event.event_id}"
            if event.subject_id:
                label = {"label": f"subjects.name.{event.subject_id}"}
                yield book.mark(title, NOTHING, series | label)
            else:
                yield book.mark(title, NOTHING, series, label="")


SOURCE = Source(
    required={OF: Text()},
    optional={},
    gives=lambda _: frozenset(),
    table=lambda book, _: pd.DataFrame(_marks(book)),
)
