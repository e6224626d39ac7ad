"""scorecard.xlsx: what a run says of its units, indicators and ranks, as sheets of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from numbers import Integral
from pathlib import Path
from typing import Any

import pandas as pd

from suyuan.core.files import write_bytes
from suyuan.index.firmness import POSSIBLE, SWAPS
from suyuan.index.input_factors import SENSITIVITY
from suyuan.index.intervals import INTERVALS
from suyuan.index.kept import plain
from suyuan.index.leaving import LEAVE_ONE_OUT
from suyuan.index.likelihoods import LIKELIHOODS
from suyuan.index.naming import FACTOR, TREAT, called
from suyuan.index.run import OutputTable, Run
from suyuan.index.statistics import ALPHA, CORRELATIONS
from suyuan.index.tables import BOUNDS, RANKS, SELFCHECK, TREATMENT, WEIGHTS
from suyuan.outputs.workbook.spreadsheet import Spreadsheet
from suyuan.results.card import Card

BEGUN = datetime(1980, 1, 1)  # the same bytes whenever it is made
Entry = str | int | float


def entry(value: object) -> Entry:
    """A cell: a number, or a text; '' for a number that there is not."""
    if isinstance(value, float):
        return value if isfinite(value) else ""
    if isinstance(value, Integral):
        return int(value)
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
    words = card.words
    yield "ranks", *_ranks(run, words)
    scores = run.index.aggregates.scores
    yield "scores", [words["unit"], *scores], scores.itertuples()
    yield "contributions", *_contributions(run, card)
    for sheet in SHEETS:
        table = sheet.output.of(run)
        if table is not None and len(table):
            heads = [words[sheet.heads.get(column, column)] for column in sheet.columns]
            told = {column: _told(table[column], sheet.words.get(column), card)
                    for column in sheet.columns}  # fmt: skip
            yield sheet.output.name, heads, zip(*told.values(), strict=True)
    yield "recipe", [words["key"], words["value"]], _choices(plain(run.recipe.resolved))


Words = Callable[[str, Card], str]


@dataclass(frozen=True)
class SheetOf:
    """A sheet that has the ``columns`` of a table.

    ``heads`` are the words over columns that are not called by their names, and ``words`` say what
    is printed in place of the codes of a column.
    """

    output: OutputTable
    columns: tuple[str, ...]
    heads: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)


def _told(column: pd.Series, words: Words | None, card: Card) -> list[Any]:
    values: list[Any] = column.tolist()
    return (
        values if words is None else [words(str(value), card) if value else "" for value in values]
    )


def _method(kind: str) -> Words:
    return lambda name, card: called(kind, name, card.lang)


def _word(prefix: str) -> Words:
    return lambda name, card: card.words[f"{prefix}_{name.replace(' ', '_')}"]


SHEETS = (
    SheetOf(
        WEIGHTS,
        ("node", "indicator", "nominal", "correlation", "first_order", "effective"),
        {"first_order": "explained"},
    ),
    SheetOf(LIKELIHOODS, ("node", "unit", "rank", "probability", "error"),
            {"probability": "share_of_draws"}),
    SheetOf(
        POSSIBLE,
        ("node", "unit", "rank", "best", "best_attained", "worst_attained", "worst", "exactness"),
        words={"exactness": _word("end")},
    ),
    SheetOf(
        SWAPS,
        ("node", "unit", "other", "lead", "sum", "largest", "indicator", "weight", "changed"),
        {"other": "after_it", "sum": "sum_of_changes", "largest": "largest_change",
         "indicator": "alone", "weight": "nominal", "changed": "changed_to"},
    ),
    SheetOf(CORRELATIONS, ("node", "first", "second", "n", "pearson", "spearman"),
            {"n": "known_units"}),
    SheetOf(ALPHA, ("node", "items", "n", "alpha"), {"items": "parts", "n": "known_units"}),
    SheetOf(
        LEAVE_ONE_OUT,
        ("node", "without", "units", "moved", "mean", "largest"),
        {"units": "known_units", "mean": "mean_move"},
    ),
    SheetOf(
        SENSITIVITY,
        ("node", "unit", "factor", "first_order", "first_low", "first_high", "total", "total_low",
         "total_high"),
        {"first_low": "low", "first_high": "high", "total_low": "low", "total_high": "high"},
        {"factor": _method(FACTOR)},
    ),
    SheetOf(
        TREATMENT,
        ("indicator", "unit", "what", "before", "after"),
        {"what": "step"},
        {"what": _method(TREAT)},
    ),
    SheetOf(
        SELFCHECK,
        ("node", "what", "first", "second", "value", "limit"),
        words={"what": _word("found")},
    ),
)  # fmt: skip


def _ranks(run: Run, words: Mapping[str, str]) -> tuple[Sequence[str], Iterable[Sequence[Any]]]:
    bounds, ranks = _of(BOUNDS, run), _of(RANKS, run)
    ranks = ranks.assign(**{key: bounds[key] for key in ("coverage", "imputed", "low", "high")})
    ranks["status"] = [words[f"is_{status}"] for status in ranks["status"]]
    heads = [
        "node",
        "unit",
        "score",
        "rank",
        "status",
        "coverage",
        "imputed",
        "if_worst",
        "if_best",
    ]
    if (drawn := INTERVALS.of(run)) is not None:
        ends = ["score_low", "score_high", "rank_low", "rank_high"]
        ranks = ranks.merge(drawn[["node", "unit", *ends]], on=["node", "unit"], how="left")
        heads += ["low", "high", "rank_low", "rank_high"]
    return [words[key] for key in heads], ranks.itertuples(index=False)


def _of(output: OutputTable, run: Run) -> pd.DataFrame:
    table = output.of(run)
    assert table is not None
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
