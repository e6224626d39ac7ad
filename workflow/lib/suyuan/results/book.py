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
from suyuan.index.data import UNIT
from suyuan.index.firmness import POSSIBLE, SWAPS
from suyuan.index.input_factors import SENSITIVITY
from suyuan.index.intervals import INTERVALS
from suyuan.index.kept import plain
from suyuan.index.leaving import LEAVE_ONE_OUT
from suyuan.index.likelihoods import LIKELIHOODS
from suyuan.index.naming import FACTOR, TREAT, called
from suyuan.index.run import OutputTable, Run, by_root
from suyuan.index.statistics import ALPHA, CORRELATIONS
from suyuan.index.tables import BOUNDS, RANKS, SELFCHECK, TREATMENT, WEIGHTS
from suyuan.outputs.workbook.spreadsheet import Spreadsheet
from suyuan.results.card import Card

BEGUN = datetime(1980, 1, 1)  # the same bytes whenever it is made
Entry = str | int | float


def entries(column: pd.Series) -> list[Entry]:
    """The cells of a column: numbers, or texts; '' for a number that there is not."""
    values = column.tolist()
    if column.dtype.kind == "f":
        return [value if isfinite(value) else "" for value in values]
    return [entry(value) for value in values]


def entry(value: object) -> Entry:
    """A cell: a number, or a text; '' for a number that there is not."""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return value if isfinite(value) else ""
    return int(value) if isinstance(value, Integral) else str(value)


def book(run: Run, lang: str) -> bytes:
    """The workbook of a run."""
    card = Card(run, lang)
    words = card.words
    made = Spreadsheet(BEGUN, {"title": words["title"].format(name=card.title)})
    for sheet, heads, columns in _sheets(run, card):
        made.listing(words[f"sheet_{sheet}"], heads, zip(*columns, strict=True))
    return made.close()


Columns = Iterable[Sequence[Entry]]


def _sheets(run: Run, card: Card) -> Iterator[tuple[str, Sequence[str], Columns]]:
    words = card.words
    yield "ranks", *_ranks(run, words)
    scores = run.index.aggregates.scores.reset_index(names=UNIT)
    yield "scores", [words["unit"], *scores.columns[1:]], _columns(scores)
    added = _contributions(run)
    heads = [words["node"], words["unit"], *added.columns[2:]]
    yield "contributions", heads, _columns(added)
    for sheet in SHEETS:
        table = sheet.output.of(run)
        if table is not None and len(table):
            heads = [words[sheet.heads.get(column, column)] for column in sheet.columns]
            told = [_told(table[column], sheet.words.get(column), card) for column in sheet.columns]
            yield sheet.output.name, heads, told
    choices = zip(*_choices(plain(run.recipe.resolved)), strict=True)
    yield "recipe", [words["key"], words["value"]], [list(column) for column in choices]


def _columns(table: pd.DataFrame) -> Columns:
    return [entries(table.iloc[:, place]) for place in range(table.shape[1])]


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


def _told(column: pd.Series, words: Words | None, card: Card) -> Sequence[Entry]:
    if words is None:
        return entries(column)
    return [words(str(value), card) if value else "" for value in column]


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


def _ranks(run: Run, words: Mapping[str, str]) -> tuple[Sequence[str], Columns]:
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
    return [words[key] for key in heads], _columns(ranks)


def _of(output: OutputTable, run: Run) -> pd.DataFrame:
    table = output.of(run)
    assert table is not None
    return table


def _contributions(run: Run) -> pd.DataFrame:
    """A row per root and unit, a column per indicator."""
    parts = list(dict.fromkeys(part for own in run.index.contributions.values() for part in own))
    return by_root(
        (root, own.reindex(columns=parts).reset_index(names=UNIT))
        for root, own in run.index.contributions.items()
    )


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
