"""Unusual moves: changes of a recorded number that a careful reader asks about.

Against its own digits, its own history and its peers. None of them is wrong for that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import cached_property
from itertools import islice, pairwise

from suyuan.core import periods
from suyuan.core.errors import Problem
from suyuan.core.numbers import EXACT, plain
from suyuan.diff.inputs import WHOLE, Factor
from suyuan.diff.sides import Row, Side

TABLE, COLUMN = "observations", "value"
SERIES = ("subject_id", "indicator_id", "basis", "vintage")  # what a series shares
PEERS = ("indicator_id", "basis", "as_of", "kind")  # what peers share
DECIDING = (COLUMN, "unit", WHOLE)  # columns whose change is one of the number
FEW = 3  # peers that make a range
APART = Decimal(2)  # times beyond what history or peers show


@dataclass(frozen=True)
class Number:
    """A recorded number in canonical units, and what its subject is a part of."""

    key: str
    v: Decimal
    half: Decimal
    row: Row
    whole: str


@dataclass(frozen=True)
class Known:
    """The observations of a side."""

    side: Side
    file: str  # as messages name it

    @cached_property
    def numbers(self) -> dict[str, Number]:
        """Every observation by its key."""
        book, subjects = self.side.codebook, self.side.rows("subjects")
        found = {}
        for key, row in self.side.rows(TABLE).items():
            v, _ = book.convert(row[COLUMN], row["unit"])
            half = book.half_width(row[COLUMN], row["unit"])
            whole = subjects.get(row["subject_id"], {}).get("parent_id", "")
            found[key] = Number(key, v, half, row, whole)
        return found


def asked(
    factors: Sequence[Factor], before: Known, after: Known, lines: Mapping[str, int]
) -> Iterator[Problem]:
    """A question about each changed observation that is unusual, in this order.

    W171 within its own digits, W172 tenfold, W173 against its history, W174 against its peers.
    ``lines`` are those of the rows of ``after``.
    """
    of_numbers = (f for f in factors if f.source == TABLE and f.column in DECIDING)
    for old, new in dict.fromkeys(factor.keys for factor in of_numbers):
        if (now := after.numbers.get(new)) is None:
            continue
        was = before.numbers.get(old)
        for code, details in islice(_questions(now, was, after.numbers.values()), 1):
            value = now.row[COLUMN]
            yield Problem(code, after.file, lines[now.key], COLUMN, value, details)


def _questions(
    now: Number, was: Number | None, known: Iterable[Number]
) -> Iterator[tuple[str, dict[str, str]]]:
    others = [number for number in known if number.key != now.key]
    if was is not None:
        with localcontext(EXACT):
            step, coarse = abs(now.v - was.v), max(now.half, was.half)
        if 0 < step <= coarse:
            yield "W171", {"before": was.row[COLUMN], "half": plain(coarse)}
        if power := _tenfold(was.v, now.v):
            yield "W172", {"before": was.row[COLUMN], "times": plain(power)}
    series = [number for number in others if _shared(number, now, SERIES)]
    if (near := _neighbour(now, series)) is not None and now.v and near.v:
        ratio, usual = _ratio(now.v, near.v), max(_ratios(series), default=Decimal(1))
        if ratio > usual * APART:
            yield "W173", {"other": near.key, "ratio": f"{ratio:.1f}", "usual": f"{usual:.1f}"}
    peers = [n.v for n in others if _shared(n, now, PEERS) and n.whole == now.whole and n.v > 0]
    if len(peers) >= FEW and now.v > 0:
        low, high = min(peers), max(peers)
        usual_before = was is None or low / APART <= was.v <= high * APART
        if usual_before and not low / APART <= now.v <= high * APART:
            yield "W174", {"low": plain(low), "high": plain(high)}


def _tenfold(before: Decimal, after: Decimal) -> Decimal | None:
    """10, 100, 0.1 … where one is exactly so many times the other: a slipped point or unit."""
    if not before or not after:
        return None
    with localcontext(EXACT):
        times = (after / before).normalize()
    return times if times != 1 and times.as_tuple().digits == (1,) else None


def _shared(one: Number, other: Number, columns: Sequence[str]) -> bool:
    return all(one.row[column] == other.row[column] for column in columns)


def _neighbour(now: Number, series: Sequence[Number]) -> Number | None:
    """The number of a series whose period is next to it."""
    dated = [n for n in series if n.row["as_of"] not in ("", now.row["as_of"])]
    if not now.row["as_of"] or not dated:
        return None
    own = periods.last_day(now.row["as_of"])
    return min(dated, key=lambda n: abs((periods.last_day(n.row["as_of"]) - own).days))


def _ratio(one: Decimal, other: Decimal) -> Decimal:
    big, small = max(abs(one), abs(other)), min(abs(one), abs(other))
    return big / small


def _ratios(series: Sequence[Number]) -> list[Decimal]:
    """From each period of a series to the next."""
    dated = sorted(
        (n for n in series if n.row["as_of"] and n.v),
        key=lambda n: periods.last_day(n.row["as_of"]),
    )
    return [_ratio(one.v, other.v) for one, other in pairwise(dated)]
