"""How much each cause moved a score, a rank or an end of an interval: Shapley values over mixtures.

Where a mixture gives no number (a choice of one run goes ill with the data of the other, or the
unit is not ranked in between), the causes that only work together are taken as one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import lru_cache
from itertools import combinations
from math import isfinite

import pandas as pd

from suyuan.diff import shapley
from suyuan.results.mixing import DRAWS, Chosen, Mixer

DIGIT = Decimal("1e-10")  # of scores: beyond it is the noise of sums
FINER = Decimal("1e-15")  # of shares
WIDE = Context(prec=80)  # sums are exact
Value = Callable[[Chosen], Decimal | None]
Block = tuple[str, ...]
SCORE, RANK = "score", "rank"
ENDS = ("score_low", "score_high", "rank_low", "rank_high")  # of intervals


@dataclass(frozen=True)
class Moved:
    """A number of a unit in both runs, and what moved it; ``shares`` add up to the difference.

    ``shares`` are by block of causes; most blocks are of one.
    """

    node: str
    unit: str
    measure: str
    before: Decimal | None
    after: Decimal | None
    shares: tuple[tuple[Block, Decimal], ...] = ()

    @property
    def change(self) -> Decimal | None:
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def moved(mixer: Mixer, *, intervals: bool = True) -> Iterator[Moved]:
    """Every score, rank and end of an interval at a root that both runs have.

    Units that only one run has are among them.
    """
    before, after = (mixer.index(chosen) for chosen in (frozenset(), frozenset(mixer.causes)))
    assert before is not None
    assert after is not None
    first, second = (set(index.aggregates.scores.index) for index in (before, after))
    units = [*before.aggregates.scores.index]
    units += [unit for unit in after.aggregates.scores.index if unit not in first]
    for root in before.tree.roots:
        if root not in after.tree.roots:
            continue
        for measure in (SCORE, RANK, *(ENDS if intervals and mixer.both_drawn else ())):
            causes = _causes(mixer, measure)
            tables = {chosen: _numbers(mixer, chosen, root, measure) for chosen in _subsets(causes)}
            for unit in units:
                yield _of(causes, tables, root, str(unit), measure, {unit} <= first & second)


def _causes(mixer: Mixer, measure: str) -> tuple[str, ...]:
    """What can have moved a number: how an index is drawn moves its intervals alone."""
    return tuple(cause for cause in mixer.causes if measure in ENDS or cause != DRAWS)


def _numbers(mixer: Mixer, chosen: Chosen, root: str, measure: str) -> dict[str, Decimal | None]:
    """The numbers of all units under a mixture."""
    column = _column(mixer, chosen, root, measure)
    return {str(unit): _decimal(float(value)) for unit, value in column.items()}


def _column(mixer: Mixer, chosen: Chosen, root: str, measure: str) -> pd.Series:
    if measure in ENDS:
        table = mixer.intervals(chosen)
        if table is None:
            return pd.Series(dtype=float)
        return table[table["node"] == root].set_index("unit")[measure]
    index = mixer.index(chosen)
    if index is None or root not in index.ranks:
        return pd.Series(dtype=float)
    return index.aggregates.scores[root] if measure == SCORE else index.ranks[root]


def _decimal(value: float) -> Decimal | None:
    return Decimal(value).quantize(DIGIT, context=WIDE) if isfinite(value) else None


def _subsets(causes: Sequence[str]) -> Iterator[Chosen]:
    for size in range(len(causes) + 1):
        for chosen in combinations(causes, size):
            yield frozenset(chosen)


def _of(
    causes: tuple[str, ...],
    tables: dict[Chosen, dict[str, Decimal | None]],
    root: str,
    unit: str,
    measure: str,
    in_both: bool,
) -> Moved:
    before = tables[frozenset()].get(unit)
    after = tables[frozenset(causes)].get(unit)
    found = Moved(root, unit, measure, before, after)
    if not in_both or before is None or after is None or not causes:
        return found
    values = {chosen: column.get(unit) for chosen, column in tables.items()}
    shares = shared(causes, values.__getitem__)
    return Moved(root, unit, measure, before, after, shares)


def shared(causes: tuple[str, ...], value: Value) -> tuple[tuple[Block, Decimal], ...]:
    """The shares of the finest blocks of causes of which every mixture has a value."""
    for blocks in partitions(causes):
        values = {
            frozenset(chosen): value(frozenset().union(*(blocks[place] for place in chosen)))
            for size in range(len(blocks) + 1)
            for chosen in combinations(range(len(blocks)), size)
        }
        known = {chosen: own for chosen, own in values.items() if own is not None}
        if len(known) == len(values):
            shares = shapley.exact(known.__getitem__, len(blocks)).shares
            whole = known[frozenset(range(len(blocks)))] - known[frozenset()]
            return tuple(zip(blocks, _rounded(shares, whole), strict=True))
    raise AssertionError("both ends have values")


def _rounded(shares: Sequence[Decimal], whole: Decimal) -> list[Decimal]:
    """The shares to fifteen decimals, adding up to ``whole`` to the last one."""
    with localcontext(WIDE):
        found = [share.quantize(FINER) for share in shares]
        largest = max(range(len(found)), key=lambda place: abs(found[place]))
        found[largest] += whole - sum(found, Decimal(0))
        return found


@lru_cache
def partitions(causes: tuple[str, ...]) -> list[tuple[Block, ...]]:
    """All ways to put causes together, the finest first; each block in the order of causes."""
    found: list[tuple[Block, ...]] = [()]
    for cause in causes:
        found = [
            way
            for blocks in found
            for way in [
                (*blocks, (cause,)),
                *((*blocks[:at], (*blocks[at], cause), *blocks[at + 1 :])
                  for at in range(len(blocks))),
            ]
        ]  # fmt: skip
    return sorted(found, key=lambda blocks: -len(blocks))
