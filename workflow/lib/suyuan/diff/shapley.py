"""Shapley values: how much each input is responsible for a difference [Shapley 1953].

Of a function of which inputs are in place, the mean over all orders of putting them there of what
each adds; the shares add up to the whole difference. Many inputs are shared out by the mean of two
opposite orders, which adds up as well, and an additive function needs neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from itertools import combinations
from math import factorial

from suyuan.core.numbers import EXACT

Worth = Callable[[frozenset[int]], Decimal]  # of the players (0, 1, …) that are in place
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Shares:
    """Each player's share, in order; and what pairs of them do beyond what each does alone."""

    shares: tuple[Decimal, ...]
    interactions: tuple[tuple[int, int, Decimal], ...] = field(default=())


def additive(worth: Worth, players: int) -> Shares | None:
    """The shares if each player adds the same first as last, and that is all there is."""
    nobody, everybody = frozenset[int](), frozenset(range(players))
    with localcontext(EXACT):
        start, end = worth(nobody), worth(everybody)
        first = [worth(frozenset((p,))) - start for p in range(players)]
        if sum(first, NOTHING) != end - start:
            return None
        last = [end - worth(everybody - {p}) for p in range(players)]
    return Shares(tuple(first)) if first == last else None


def exact(worth: Worth, players: int) -> Shares:
    """Over all 2 ** players sets of inputs."""
    known = {
        frozenset(chosen): worth(frozenset(chosen))
        for size in range(players + 1)
        for chosen in combinations(range(players), size)
    }
    orders = factorial(players)
    with localcontext(EXACT):
        shares = []
        for player in range(players):
            total = NOTHING
            for chosen, before in known.items():
                if player not in chosen:
                    size = len(chosen)
                    weight = factorial(size) * factorial(players - size - 1)
                    total += weight * (known[chosen | {player}] - before)
            shares.append(total / orders)
        start = known[frozenset()]
        pairs = []
        dust = _dust(known.values())
        for one, other in combinations(range(players), 2):
            both = known[frozenset((one, other))] + start
            extra = both - known[frozenset((one,))] - known[frozenset((other,))]
            if abs(extra) > dust:
                pairs.append((one, other, extra))
    return Shares(_settled(shares, known[frozenset(range(players))] - start), tuple(pairs))


def in_two_orders(worth: Worth, players: int) -> Shares:
    """The mean of what each adds in the given order and in its reverse."""
    with localcontext(EXACT):
        totals = [NOTHING] * players
        for order in (range(players), reversed(range(players))):
            placed: frozenset[int] = frozenset()
            before = worth(placed)
            for player in order:
                placed |= {player}
                after = worth(placed)
                totals[player] += after - before
                before = after
        whole = worth(frozenset(range(players))) - worth(frozenset())
        return Shares(_settled([total / 2 for total in totals], whole))


def _settled(shares: Sequence[Decimal], whole: Decimal) -> tuple[Decimal, ...]:
    """The shares without what is only their last digits, which the largest takes."""
    if not shares:
        return ()
    dust = _dust(shares)
    kept = [share if abs(share) > dust else NOTHING for share in shares]
    largest = max(range(len(kept)), key=lambda place: abs(kept[place]))
    kept[largest] += whole - sum(kept, NOTHING)
    return tuple(kept)


def _dust(numbers: Iterable[Decimal]) -> Decimal:
    """What is nothing beside the largest of some numbers but for the end of their digits."""
    return max(map(abs, numbers)) * Decimal("1e-28")
