"""What may be done with values: each operation is named, pure and recomputable.

The ledger calls these to compute a value and writes the operation's name beside the result;
a verifier calls the same function again with the parents that lineage.json cites.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from suyuan.lineage.forms import IN_WORDS, called, formula, infix
from suyuan.lineage.intervals import (
    ANYTHING,
    Interval,
    Intervals,
    changed,
    classified,
    divided,
    leading,
    members_counted,
    members_summed,
    placed,
)
from suyuan.lineage.operation import (
    NONE,
    PURE,
    Monotone,
    Operand,
    Result,
    choosing,
    clipped,
    counting,
    in_words,
    operation,
    plain,
)
from suyuan.lineage.operation import half_of as _half
from suyuan.lineage.operation import number_of as _number

RISING = Monotone("+")
OUTSIDE = "of one that is no member"


def _total_half(parents: Sequence[Operand]) -> Decimal | None:
    """Sum of the rounding half-widths, None where one is unknown: digits that were computed."""
    total = Decimal(0)
    for parent in parents:
        if parent.half is None:
            return None
        total += parent.half
    return total


@operation(bounds=RISING, form=infix("+"), alike=True, keeps=True, signs="+", idle=NONE)
def sum_(parents: Sequence[Operand]) -> Result:
    """Σ of the parents; their rounding half-widths add up."""
    return Result(sum(map(_number, parents), Decimal(0)), _total_half(parents))


@operation(bounds=divided, form=infix("÷"), alike=False, keeps=False, signs="+-", idle=NONE)
def ratio(parents: Sequence[Operand]) -> Result:
    """First over second."""
    part, whole = parents
    return Result(_number(part) / _number(whole))


@clipped
@plain(bounds=PURE, form=IN_WORDS, idle=NONE)
def ratio_low(parents: Sequence[Operand]) -> Result:
    """Smallest first over second that the printed digits of both allow."""
    part, whole = parents
    return Result((_number(part) - _half(part)) / (_number(whole) + _half(whole)))


@clipped
@plain(bounds=PURE, form=IN_WORDS, idle=NONE)
def ratio_high(parents: Sequence[Operand]) -> Result:
    """Largest first over second that the printed digits of both allow."""
    part, whole = parents
    return Result((_number(part) + _half(part)) / (_number(whole) - _half(whole)))


@operation(
    bounds=changed, form=formula("{1} ÷ {0} − 1"), alike=True, keeps=False, signs="-+", idle=NONE
)
def growth(parents: Sequence[Operand]) -> Result:
    """Relative change from the first to the second."""
    before, after = parents
    return Result(_number(after) / _number(before) - 1)


@operation(bounds=Monotone("+-"), form=infix("−"), alike=True, keeps=True, signs="+-", idle=NONE)
def difference(parents: Sequence[Operand]) -> Result:
    """First minus second; rounding half-widths add up."""
    first, second = parents
    return Result(_number(first) - _number(second), _total_half(parents))


@operation(bounds=placed, form=IN_WORDS, alike=True, keeps=False, signs=NONE, idle=NONE)
def rank(parents: Sequence[Operand]) -> Result:
    """Place of the first among all parents, largest first; equals share a place."""
    own = _number(parents[0])
    return Result(Decimal(1 + sum(_number(p) > own for p in parents)))


@plain(bounds=classified, form=IN_WORDS, idle="name or floor of a class below the one reached")
def classify(parents: Sequence[Operand]) -> Result:
    """Number of the first class whose floor the first parent reaches.

    The other parents are floor, name, floor, name …, highest floor first.
    """
    own, classes = _number(parents[0]), parents[1:]
    for number, floor in enumerate(classes[::2], start=1):
        if own >= _number(floor):
            return Result(Decimal(number), txt=str(classes[2 * number - 1].v))
    raise ValueError(f"no class takes {own}")


def _one_leads(parts: Intervals) -> Interval:
    """A name as it stands where it is sure who leads."""
    sure = leading(parts[: len(parts) // 2], 1)
    return ANYTHING if sure is None else Interval(Decimal(0), Decimal(0))


@plain(bounds=_one_leads, form=IN_WORDS, idle="name of one that does not lead")
def leader(parents: Sequence[Operand]) -> Result:
    """Name of the largest; the parents are the numbers, then their names. Equals share it."""
    half = len(parents) // 2
    numbers = [_number(p) for p in parents[:half]]
    top = max(numbers)
    names = [str(p.v) for p, n in zip(parents[half:], numbers, strict=True) if n == top]
    return Result("、".join(names))


@in_words(idle=NONE)
def join(parents: Sequence[Operand]) -> Result:
    """The parents' texts as a list in words."""
    return Result("、".join(str(p.v) for p in parents))


def _members(parents: Sequence[Any]) -> list[Any]:
    """Of a class's number, the classes of all, and something of each: what its members have."""
    own, half = Decimal(str(parents[0].v)), len(parents) // 2 + 1
    classes, things = parents[1:half], parents[half:]
    return [thing for cls, thing in zip(classes, things, strict=True) if _number(cls) == own]


@in_words(idle=OUTSIDE)
def member_names(parents: Sequence[Operand]) -> Result:
    """Names of a class's members; parents as in ``_members``."""
    return join.compute(_members(parents))


@choosing(_members)
@operation(bounds=members_summed, form=IN_WORDS, alike=False, keeps=True, signs="+", idle=OUTSIDE)
def member_sum(parents: Sequence[Operand]) -> Result:
    """Σ over a class's members; parents as in ``_members``."""
    return sum_.compute(_members(parents))


@plain(bounds=members_counted, form=IN_WORDS, idle="it is the class that counts, not the name")
def member_count(parents: Sequence[Operand]) -> Result:
    """How many members a class has; parents as in ``_members``."""
    return how_many(_members(parents))


def how_many(parents: Sequence[Operand]) -> Result:
    """How many parents there are."""
    return Result(Decimal(len(parents)))


count = counting("count", how_many)
figure = counting("figure", how_many)  # marks of a figure
table = counting("table", how_many)  # different values of a table


@operation(bounds=RISING, form=IN_WORDS, alike=True, keeps=True, signs="+", idle=NONE)
def same(parents: Sequence[Operand]) -> Result:
    """The one parent, under a name of its own."""
    (parent,) = parents
    return Result(parent.v, parent.half)


@operation(bounds=RISING, form=called("max"), alike=True, keeps=True, signs=NONE, idle=NONE)
def maximum(parents: Sequence[Operand]) -> Result:
    """The largest parent."""
    top = max(parents, key=_number)
    return Result(top.v, top.half)


@operation(bounds=RISING, form=called("min"), alike=True, keeps=True, signs=NONE, idle=NONE)
def minimum(parents: Sequence[Operand]) -> Result:
    """The smallest parent."""
    bottom = min(parents, key=_number)
    return Result(bottom.v, bottom.half)
