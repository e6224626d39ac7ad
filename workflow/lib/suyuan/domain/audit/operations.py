"""What the audit of claims computes: counts of agreement, lists compared, what growth implies.

Pure, like all operations. A list is a text whose entries are joined by ';'.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from math import prod

from suyuan.core.numbers import trimmed
from suyuan.core.periods import span
from suyuan.lineage.forms import Parts, formula, infix
from suyuan.lineage.intervals import (
    Interval,
    Intervals,
    changed,
    less_the_rest,
    multiplied,
)
from suyuan.lineage.operation import (
    NONE,
    Operand,
    Result,
    half_of,
    in_words,
    number_of,
    operation,
)

Operands = Sequence[Operand]


def entries(operand: Operand) -> list[str]:
    """The entries of a list."""
    return str(operand.v).split(";")


def size(operand: Operand) -> Decimal:
    """A number itself; the number of entries of a list."""
    return Decimal(len(entries(operand))) if isinstance(operand.v, str) else operand.v


@in_words(idle="one that is not of the counted kind, or none is")
def tally(parents: Operands) -> Result:
    """How many of the others are the same text as the first."""
    wanted, *others = parents
    return Result(Decimal(sum(other.v == wanted.v for other in others)))


@in_words(idle="one that differs from the others anyway")
def distinct(parents: Operands) -> Result:
    """How many different contents there are."""
    return Result(Decimal(len({parent.v for parent in parents})))


@in_words(idle="a label that no other shares")
def pattern(parents: Operands) -> Result:
    """Sizes of the groups of equal labels, in order of appearance: 1, 1, 2, 2, 3 is 2+2+1."""
    sizes: dict[Decimal | str, int] = {}
    for parent in parents:
        sizes[parent.v] = sizes.get(parent.v, 0) + 1
    return Result("+".join(map(str, sizes.values())))


@operation(bounds=less_the_rest, form=infix("−"), alike=True, keeps=False, signs=NONE, idle=NONE)
def remainder(parents: Operands) -> Result:
    """The first minus all others."""
    whole, *parts = map(number_of, parents)
    return Result(whole - sum(parts))


@operation(bounds=multiplied, form=infix("×"), alike=False, keeps=False, signs="+", idle=NONE)
def product(parents: Operands) -> Result:
    """Π of the parents; the half-width is the sum of what each one's rounding can move it by."""
    numbers = [number_of(parent) for parent in parents]
    whole = prod(numbers, start=Decimal(1))
    moves = (
        abs(prod(numbers[:place] + numbers[place + 1 :], start=Decimal(1))) * half_of(parent)
        for place, parent in enumerate(parents)
    )
    return Result(trimmed(whole), sum(moves, Decimal(0)))


@operation(
    bounds=changed, form=formula("{1} ÷ {0} − 1"), alike=False, keeps=False, signs="-+", idle=NONE
)
def growth_across(parents: Operands) -> Result:
    """Relative change from the first to the second, whatever their bases: what a claim implies."""
    before, after = map(number_of, parents)
    return Result(after / before - 1)


@in_words(idle=NONE)
def projection(parents: Operands) -> Result:
    """Where the pace between two records leads by a later date.

    The parents are the earlier number, the later number, the period of each, and the date.
    """
    earlier, later, *dates = parents
    start, end, until = (span(str(date.v)).last for date in dates)
    pace = (number_of(later) - number_of(earlier)) / (end - start)
    return Result(number_of(later) + pace * (until - end))


def _compounded(parts: Intervals) -> Interval:
    return multiplied([Interval(1 + part.low, 1 + part.high) for part in parts])


def _one_plus_each(count: int) -> Parts:
    return [
        part for place in range(count) for part in (" × (1 + " if place else "(1 + ", place, ")")
    ]


@operation(bounds=_compounded, form=_one_plus_each, alike=True, keeps=False, signs="+", idle=NONE)
def compound(parents: Operands) -> Result:
    """Π of one plus each: what several relative changes make of one unit."""
    return Result(prod((1 + number_of(parent) for parent in parents), start=Decimal(1)))


@in_words(idle="a list counts by its size only")
def matches(parents: Operands) -> Result:
    """How many numbers of the first half equal their opposites in the second; lists by size."""
    middle = len(parents) // 2
    pairs = zip(parents[:middle], parents[middle:], strict=True)
    return Result(Decimal(sum(size(left) == size(right) for left, right in pairs)))


@in_words(idle="an entry that the other lists do not have")
def overlap(parents: Operands) -> Result:
    """How many entries of the first list stand in any of the others."""
    first, *others = parents
    known = {entry for other in others for entry in entries(other)}
    return Result(Decimal(sum(entry in known for entry in entries(first))))


@in_words(idle="a name that its entry abbreviates or does not, as before")
def unlike(parents: Operands) -> Result:
    """How many entries of the first list do not abbreviate their opposite among the others."""
    short, *names = parents
    pairs = zip(entries(short), names, strict=True)
    return Result(Decimal(sum(not _abbreviates(entry, str(name.v)) for entry, name in pairs)))


def _abbreviates(short: str, full: str) -> bool:
    """Whether all characters of ``short`` appear in ``full`` in that order."""
    rest = iter(full)
    return all(character in rest for character in short)


@in_words(idle="an entry that is not in its place anyway")
def in_place(parents: Operands) -> Result:
    """How many entries two lists have in the same place."""
    left, right = map(entries, parents)
    return Result(Decimal(sum(a == b for a, b in zip(left, right, strict=False))))


@in_words(idle="an interval that holds no multiple, or a wide one")
def whole_steps(parents: Operands) -> Result:
    """How many intervals hold a whole multiple of the step: step, low, high, low, high …"""
    step, *ends = map(number_of, parents)
    pairs = zip(ends[::2], ends[1::2], strict=True)
    return Result(Decimal(sum(high // step * step >= low for low, high in pairs)))
