"""The audit's operations once more, in fractions and without the package.

For test_lineage_contract: ``AGAIN | AUDIT_AGAIN`` recomputes every value of the lineage.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import floor, prod
from typing import Any

Entry = dict[str, Any]
Entries = Sequence[Entry]


def number(entry: Entry) -> Fraction:
    return Fraction(entry["v"])


def half(entry: Entry) -> Fraction:
    return Fraction(entry.get("half", 0))


def parts(entry: Entry) -> list[str]:
    return entry["v"].split(";")


def size(entry: Entry) -> Fraction:
    return Fraction(len(parts(entry))) if entry["u"] == "text" else number(entry)


def agree(one: Entry, other: Entry) -> bool:
    return abs(number(one) - number(other)) <= half(one) + half(other)


def month(text: str, *, end: bool) -> int:
    """The first or last month of a period, counted from January of year 0."""
    text = text.split("/")[-1 if end else 0]
    year, rest = int(text[:4]), text[4:]
    if rest.startswith("-"):
        return year * 12 + int(rest[1:3]) - 1
    length = {"Q": 3, "H": 6, "": 12}[rest[:1]]
    first = (int(rest[1:] or 1) - 1) * length
    return year * 12 + first + (length - 1 if end else 0)


def meet(one: str, other: str) -> bool:
    months = [range(month(t, end=False), month(t, end=True) + 1) for t in (one, other)]
    return bool(set(months[0]) & set(months[1]))


def projection(earlier: Entry, later: Entry, start: Entry, end: Entry, until: Entry) -> Fraction:
    first, last, date = (month(e["v"], end=True) for e in (start, end, until))
    steps = Fraction(date - last, last - first)
    return number(later) + steps * (number(later) - number(earlier))


def abbreviates(short: str, name: str) -> bool:
    places = [name.find(character) for character in short]
    return -1 not in places and places == sorted(places)


FIGURES: dict[str, Callable[..., Fraction | int | str]] = {
    "tally": lambda wanted, *others: sum(o["v"] == wanted["v"] for o in others),
    "distinct": lambda *ps: len({p["v"] for p in ps}),
    "pattern": lambda *ps: "+".join(str(n) for n in Counter(p["v"] for p in ps).values()),
    "remainder": lambda whole, *ps: number(whole) - sum(map(number, ps)),
    "product": lambda *ps: prod(map(number, ps)),
    "growth_across": lambda before, after: number(after) / number(before) - 1,
    "projection": projection,
    "compound": lambda *ps: prod(1 + number(p) for p in ps),
    "matches": lambda *ps: sum(
        size(a) == size(b) for a, b in zip(ps[: len(ps) // 2], ps[len(ps) // 2 :], strict=True)
    ),
    "overlap": lambda first, *ps: len(set(parts(first)) & {e for p in ps for e in parts(p)}),
    "unlike": lambda short, *ps: sum(
        not abbreviates(s, p["v"]) for s, p in zip(parts(short), ps, strict=True)
    ),
    "in_place": lambda a, b: sum(x == y for x, y in zip(parts(a), parts(b), strict=False)),
    "whole_steps": lambda step, *ps: sum(
        floor(number(high) / number(step)) >= number(low) / number(step)
        for low, high in zip(ps[::2], ps[1::2], strict=True)
    ),
}

OK, ROUND, OPEN, AGAINST, STALE, BASIS = range(6)


def restated(printed: Entry, computed: Entry) -> int:
    gap = abs(number(printed) - number(computed)) - half(computed)
    return OK if gap <= half(printed) else ROUND if gap < 2 * half(printed) else AGAINST


def exceeds(threshold: Entry, low: Entry, high: Entry) -> int:
    over = [number(end) > number(threshold) for end in (low, high)]
    return OK if all(over) else ROUND if any(over) else AGAINST


def part_of_whole(part: Entry, whole: Entry) -> int:
    excess = number(part) - number(whole)
    return OK if excess <= 0 else ROUND if excess <= half(part) + half(whole) else AGAINST


def superlative(top: Entry, named: Entry, high: Entry, *lows: Entry) -> int:
    if named["v"] in top["v"].split("、"):
        return OK
    return AGAINST if max(map(number, lows)) > number(high) else ROUND


def target(reached: Entry, far: Entry, record: Entry, due: Entry) -> int:
    if number(reached) >= 1:
        return STALE if number(reached) >= number(far) else OK
    return STALE if month(record["v"], end=True) >= month(due["v"], end=True) else OPEN


def date_shift(printed: Entry, record: Entry, said: Entry, recorded: Entry) -> int:
    if not agree(printed, record):
        return AGAINST
    return OK if meet(said["v"], recorded["v"]) else BASIS


def superseded(low: Entry, high: Entry, actual_low: Entry, actual_high: Entry) -> int:
    apart = number(high) < number(actual_low) or number(actual_high) < number(low)
    return STALE if apart else OK


def external_record(printed: Entry, record: Entry, said: Entry, recorded: Entry) -> int:
    if agree(printed, record):
        return OK
    months_between = month(said["v"], end=False) - month(recorded["v"], end=True)
    return BASIS if months_between <= 1 else OPEN


def trend(printed: Entry, latest: Entry, projected: Entry) -> int:
    if number(printed) < number(latest) and not agree(printed, latest):
        return AGAINST
    return OK if number(printed) - half(printed) <= number(projected) else OPEN


def same_order(left: Entry, right: Entry) -> int:
    if left["v"] == right["v"]:
        return OK
    return BASIS if Counter(parts(left)) == Counter(parts(right)) else AGAINST


def tiers(printed: Entry, counted: Entry, *totals: Entry) -> int:
    ordered = [number(t) for t in totals]
    falling = all(a >= b for a, b in pairwise(ordered))
    return OK if printed["v"] == counted["v"] and falling else AGAINST


# For each rule: the outcomes whose names stand last among the parents, and the decision.
DECISIONS: dict[str, tuple[list[int], Callable[..., int]]] = {
    "restated": ([OK, ROUND, AGAINST], restated),
    "exceeds": ([OK, ROUND, AGAINST], exceeds),
    "tiers": ([OK, AGAINST], tiers),
    "independent": (
        [OK, OPEN], lambda n, of: OPEN if number(n) > number(of) / 2 else OK,
    ),
    "superlative": ([OK, ROUND, AGAINST], superlative),
    "part_of_whole": ([OK, ROUND, AGAINST], part_of_whole),
    "target": ([OK, OPEN, STALE], target),
    "alike": ([OK, BASIS], lambda *ps: OK if len({p["v"] for p in ps}) == 1 else BASIS),
    "paired": (
        [OK, AGAINST],
        lambda *ps: OK if 2 * FIGURES["matches"](*ps) == len(ps) else AGAINST,
    ),
    "listed": (
        [OK, OPEN, AGAINST],
        lambda said, n: OK if number(said) == number(n) else AGAINST if number(n) else OPEN,
    ),
    "disclosed": ([OK, OPEN], lambda n: OK if number(n) else OPEN),
    "none_left": ([OK, BASIS], lambda n: BASIS if number(n) else OK),
    "comparable": ([OK, BASIS], lambda a, b: OK if agree(a, b) else BASIS),
    "near": (
        [OK, BASIS],
        lambda ratio, far: (
            OK if number(ratio) < number(far) and number(ratio) * number(far) > 1 else BASIS
        ),
    ),
    "mislabelled": ([OK, BASIS], lambda a, b: BASIS if number(a) == number(b) else OK),
    "date_shift": ([OK, AGAINST, BASIS], date_shift),
    "superseded": ([OK, STALE], superseded),
    "external_record": ([OK, OPEN, BASIS], external_record),
    "trend": ([OK, OPEN, AGAINST], trend),
    "rank_within": (
        [OK, AGAINST], lambda bound, n: OK if number(n) <= number(bound) else AGAINST,
    ),
    "same_order": ([OK, AGAINST, BASIS], same_order),
    "covered": (
        [OK, BASIS], lambda n, whole: OK if number(n) >= size(whole) / 2 else BASIS,
    ),
}  # fmt: skip


def verdict(rule: str) -> Callable[[Entries], str]:
    outcomes, decide = DECISIONS[rule]

    def again(parents: Entries) -> str:
        facts, names = parents[: -len(outcomes)], parents[-len(outcomes) :]
        return names[outcomes.index(decide(*facts))]["v"]

    return again


def figure(op: str) -> Callable[[Entries], Fraction | int | str]:
    return lambda parents: FIGURES[op](*parents)


AUDIT_AGAIN: dict[str, Callable[[Entries], Fraction | int | str]] = {
    **{op: figure(op) for op in FIGURES},
    **{f"verdict_{rule}": verdict(rule) for rule in DECISIONS},
    "verdict_judged": lambda parents: parents[-1]["v"],  # the facts decide nothing
}
