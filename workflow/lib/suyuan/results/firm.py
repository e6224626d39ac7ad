"""The part of a scorecard that says how firm ranks are, for each root."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from suyuan.index.firmness import BETWEEN, EXACT, POSSIBLE, SWAPS
from suyuan.index.input_factors import SENSITIVITY
from suyuan.index.likelihoods import LIKELIHOODS, PAIRS
from suyuan.index.naming import FACTOR, called
from suyuan.results import drawings, wording
from suyuan.results.card import FIGURED, Card


@dataclass(frozen=True)
class FirmRow:
    """A ranked unit: how probable its rank is, which are possible, and the unit after it."""

    place: int
    unit: str
    rank: str
    likely: str
    best: str
    worst: str
    after: str
    ahead: str
    lead: str
    moved: str
    alone: str


@dataclass(frozen=True)
class FactorRow:
    """A choice that ranks may depend on, with its Sobol indices and their intervals."""

    factor: str
    first: str
    total: str


class Firm:
    """How firm the ranks of a root are."""

    def __init__(self, card: Card, root: str) -> None:
        self.card, self.root = card, root
        self.place = {unit: place for place, unit in enumerate(card.units)}
        likely = card.of(LIKELIHOODS, root)
        self.likely = {
            str(unit): dict(zip(own["rank"].astype(int), own["probability"], strict=True))
            for unit, own in likely.groupby("unit", sort=False)
        }
        self.possible = _by_unit(card.of(POSSIBLE, root))
        self.swaps = _by_unit(card.of(SWAPS, root))
        pairs = card.of(PAIRS, root)
        self.ahead = dict(
            zip(zip(pairs["unit"], pairs["other"], strict=True), pairs["probability"], strict=True)
        )

    @property
    def drawn(self) -> bool:
        return bool(self.likely)

    @property
    def bounded(self) -> bool:
        """Whether possible ranks were asked for and could be computed."""
        return any(own["exactness"] in (EXACT, BETWEEN) for own in self.possible.values())

    @property
    def linear(self) -> bool:
        """Whether changes of weights that draw units level could be computed."""
        return bool(self.swaps)

    def __bool__(self) -> bool:
        return self.drawn or self.bounded or self.linear

    def rows(self) -> Iterator[FirmRow]:
        """The ranked units, the first ahead."""
        ranks = self.card.run.index.ranks[self.root].to_numpy()
        for place in self.card.order(self.root):
            if np.isfinite(ranks[place]):
                yield self._row(place, float(ranks[place]))

    def _row(self, place: int, rank: float) -> FirmRow:
        unit = self.card.units[place]
        best, worst = ends(self.possible.get(unit, {}))
        swap = self.swaps.get(unit, {})
        other = str(swap.get("other", ""))
        ahead = self.ahead.get((unit, other), np.nan)
        return FirmRow(
            place=place,
            unit=unit,
            rank=wording.rank(rank),
            likely=self._likely(unit),
            best=best,
            worst=worst,
            after=other,
            ahead=wording.share(ahead),
            lead=self.card.score(_float(swap, "lead")),
            moved=wording.share(_float(swap, "sum") / 2),
            alone=self._alone(swap) if swap else "",
        )

    def _likely(self, unit: str) -> str:
        """The most probable ranks that a unit may have, the first of them ahead."""
        own = self.likely.get(unit, {})
        first = sorted(own, key=lambda rank: (-own[rank], rank))[:2]
        told = [f"{rank} ({wording.share(own[rank])})" for rank in first]
        return ", ".join(told)

    def _alone(self, swap: Mapping[str, object]) -> str:
        weight, changed = _float(swap, "weight"), _float(swap, "changed")
        if not np.isfinite(changed):
            known = np.isfinite(_float(swap, "lead"))
            return self.card.words["never"] if known else ""
        name = self.card.name(str(swap["indicator"]))
        return f"{name} {wording.shares(weight, changed)}"

    def figure(self) -> str:
        """Ranks with their intervals and how probable each is, '' where none were drawn."""
        spread = self.card.intervals.get(self.root)
        if spread is None:
            return ""
        table = spread.iloc[self.card.order(self.root)].dropna(subset=["rank_low"]).head(FIGURED)
        if not len(table):
            return ""
        rows = [
            drawings.Ranked(
                str(unit),
                float(row["rank"]),
                (float(row["rank_low"]), float(row["rank_high"])),
                self.likely.get(str(unit), {}),
            )
            for unit, row in table.iterrows()
        ]
        title = self.card.words["rank_intervals_figure"].format(name=self.card.name(self.root))
        words = self.card.words["probability"]
        return drawings.spans(f"fig-spans-{self.card.at(self.root)}", title, rows, words)

    def factors(self) -> list[FactorRow]:
        """Of what the mean shift of ranks depends on; [] where nothing was asked."""
        table = self.card.of(SENSITIVITY, self.root)
        own = table[table["unit"] == ""]
        return [
            FactorRow(
                called(FACTOR, str(row.factor), self.card.lang),
                _index(row.first_order, row.first_low, row.first_high),
                _index(row.total, row.total_low, row.total_high),
            )
            for row in own.itertuples()
        ]


def _float(row: Mapping[str, object], name: str) -> float:
    """A number of a row, NaN where there is none."""
    return float(row.get(name, np.nan))  # type: ignore[arg-type]


def _by_unit(table: pd.DataFrame) -> Mapping[str, Mapping[str, object]]:
    rows: list[dict[str, object]] = table.to_dict("records")
    return {str(row["unit"]): row for row in rows}


def ends(own: Mapping[str, object]) -> tuple[str, str]:
    """Best and worst possible rank; where they are only known to lie between two, both."""
    if own.get("exactness") not in (EXACT, BETWEEN):
        return "", ""
    return (
        _between(own["best"], own["best_attained"]),
        _between(own["worst_attained"], own["worst"]),
    )


def _between(low: object, high: object) -> str:
    return f"{low:g}" if low == high else f"{low:g}…{high:g}"


def _index(value: float, low: float, high: float) -> str:
    if not np.isfinite(value):
        return ""
    return f"{wording.score(value, 2)} ({wording.score(low, 2)} – {wording.score(high, 2)})"
