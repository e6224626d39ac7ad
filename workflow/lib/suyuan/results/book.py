"""scorecard.xlsx: ranks, scores, contributions, weights and the recipe as sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from suyuan.core.files import write_bytes
from suyuan.index.intervals import INTERVALS
from suyuan.index.kept import plain
from suyuan.index.run import Run
from suyuan.index.tables import BOUNDS, RANKS, WEIGHTS
from suyuan.outputs.workbook.spreadsheet import Spreadsheet
from suyuan.results.card import Card

BEGUN = datetime(1980, 1, 1)  # the same bytes whenever it is made
Entry = str | int | float


def entry(value: object) -> Entry:
    """A cell: a number, or a text; '' for a number that there is not."""
    if isinstance(value, float):
        return value if isfinite(value) else ""
    return value if isinstance(value, str) else str(value)


def book(run: Run, lang: str) -> bytes:
    """The workbook of a run."""
    card = Card(run, lang)
    words = card.words
    made = Spreadsheet(BEGUN, {"title": words["title"].format(name=card.title)})
    for sheet, heads, rows in _sheets(run, card):
        made.listing(words[f"sheet_{sheet}"], heads, ([*map(entry, row)] for row in rows))
    return made.close()


def _sheets(run: Run, card: Card) -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]:
    words, index = card.words, run.index
    heads = [
        words[key] for key in ("node", "unit", "score", "rank", "status", "coverage", "imputed")
    ]
    ranks = _of(RANKS, run).assign(
        coverage=_of(BOUNDS, run)["coverage"], imputed=_of(BOUNDS, run)["imputed"]
    )
    ranks["status"] = [words[f"is_{status}"] for status in ranks["status"]]
    if (drawn := INTERVALS.of(run)) is not None:
        ends = ["score_low", "score_high", "rank_low", "rank_high"]
        ranks = ranks.merge(drawn[["node", "unit", *ends]], on=["node", "unit"], how="left")
        heads += [words[key] for key in ("low", "high", "rank_low", "rank_high")]
    yield "ranks", heads, ranks.itertuples(index=False)
    scores = index.aggregates.scores
    yield "scores", [words["unit"], *scores], scores.itertuples()
    yield "contributions", *_contributions(run, card)
    keys = ("nominal", "correlation", "effective")
    weights = _of(WEIGHTS, run)[["node", "indicator", *keys]]
    named = [words[key] for key in ("node", "indicator", *keys)]
    yield "weights", named, weights.itertuples(index=False)
    yield "recipe", [words["key"], words["value"]], _choices(plain(run.recipe.resolved))


def _of(output: Any, run: Run) -> pd.DataFrame:
    table: pd.DataFrame = output.of(run)
    return table


def _contributions(run: Run, card: Card) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    """A row per root and unit, a column per indicator."""
    parts = list(dict.fromkeys(part for own in run.index.contributions.values() for part in own))
    rows = (
        [root, *row]
        for root, own in run.index.contributions.items()
        for row in own.reindex(columns=parts).itertuples()
    )
    return [card.words["node"], card.words["unit"], *parts], rows


def _choices(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every key of the recipe by its whole path, with its value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value, start=1)
    for key, inner in pairs:
        own = f"{path}.{key}" if path else str(key)
        if isinstance(inner, (dict, list)) and inner:
            yield from _choices(inner, own)
        else:
            yield own, "" if inner is None or inner in ([], {}) else str(inner)


def write(run: Run, path: Path, lang: str) -> bool:
    """Write the workbook of a run."""
    write_bytes(path, book(run, lang))
    return True
