"""What an operation is: one object that states all that is true of it, and forgets nothing.

Operations are declared where they are computed, by a decorator that asks for every fact:

    @operation(bounds=divided, form=infix("÷"), alike=False, keeps=False, signs="+-", idle=NONE)
    def ratio(parents): ...
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from itertools import cycle
from types import ModuleType
from typing import Any, Protocol, TypeAlias

from suyuan.lineage.forms import IN_WORDS, Form
from suyuan.lineage.intervals import Interval


class Operand(Protocol):
    """What an operation sees of a parent value."""

    @property
    def v(self) -> Decimal | str: ...

    @property
    def half(self) -> Decimal | None: ...

    @property
    def se(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Result:
    """A computed value, its rounding half-width when known, and its text when it has its own.

    ``se``: the standard error of what was drawn, None for what was not.
    """

    v: Decimal | str
    half: Decimal | None = None
    txt: str | None = None
    se: Decimal | None = None


class Certainty(Enum):
    """Bounds without a function."""

    EXACT = "the same whatever the digits of the parents are, as a count"
    PURE = "as it stands where all parents are exact, else anything"
    DRAWN = "within two standard errors, where there is one; else as PURE"
    UNKNOWN = "anything: another sample would give other digits, however exact the parents"


EXACT, PURE, DRAWN, UNKNOWN = (
    Certainty.EXACT, Certainty.PURE, Certainty.DRAWN, Certainty.UNKNOWN,
)  # fmt: skip


@dataclass(frozen=True)
class Monotone:
    """Bounds of a result that each parent moves one way: it is computed at their ends.

    ``signs`` are repeated over the parents: + the result rises with it, − it falls, . the parent
    is taken as it stands, and nothing is known where it may be another.
    """

    signs: str

    def ends(self, spans: Sequence[Interval]) -> tuple[list[Decimal], list[Decimal]] | None:
        """The parents for the smallest and for the largest result."""
        low, high = [], []
        for sign, span in zip(cycle(self.signs), spans, strict=False):
            if sign == "." and not span.is_point:
                return None
            low.append(span.high if sign == "-" else span.low)
            high.append(span.low if sign == "-" else span.high)
        return low, high


Bounds: TypeAlias = Callable[[Sequence[Interval]], Interval] | Certainty | Monotone
Compute: TypeAlias = Callable[..., Result]
Chosen: TypeAlias = Callable[[Sequence[Any]], Sequence[Any]]
Parts: TypeAlias = Callable[[Sequence[Any]], Iterable[Sequence[int]]]

NONE = ""  # as ``idle``: every parent moves the result; as ``signs``: no bound carries over


@dataclass(frozen=True, kw_only=True)
class Operation:
    """How to compute, and all that must be known of it.

    ``bounds``: where the result may lie, given where the parents may. ``form``: how it is written
    with numbers put in. ``counting``: it is about how many parents there are, whatever they say.
    ``idle``: why a parent may be unable to move the result, where one may be. ``alike``: parents
    must share unit and basis, as in a sum. ``keeps``: the result is on their basis too. ``signs``:
    with which parents the result rises and falls, so that "over 100" carries over. ``clips``: a
    result beyond its indicator's bounds is taken back to them. ``chosen``: which of the parents
    the result is made from, where others only choose them. ``named``: the id of the value is told,
    since it says what to compute. ``sample``: parents for the same computation in small, on which
    it is asked whether each can move the result. ``parts``: places of the parents that make
    up smaller computations of the same sort, in which that is asked; each is in one of them.
    """

    name: str
    compute: Compute
    bounds: Bounds
    form: Form
    counting: bool
    idle: str
    alike: bool
    keeps: bool
    signs: str
    clips: bool
    chosen: Chosen
    named: bool
    sample: Chosen
    parts: Parts

    def run(self, value_id: str, parents: Sequence[Any]) -> Result:
        """The result for the value of that id."""
        return self.compute(parents, value_id) if self.named else self.compute(parents)


Operations: TypeAlias = Mapping[str, Operation]  # by name
Declare: TypeAlias = Callable[[Compute], Operation]


def whole(parents: Sequence[Any]) -> Iterable[Sequence[int]]:
    """All parents as one part."""
    return [range(len(parents))]


def operation(
    *, bounds: Bounds, form: Form, alike: bool, keeps: bool, signs: str, idle: str
) -> Declare:
    """An operation on all of its parents, named as its function."""

    def declare(compute: Compute) -> Operation:
        return Operation(
            name=compute.__name__.rstrip("_"), compute=compute, bounds=bounds, form=form,
            counting=False, idle=idle, alike=alike, keeps=keeps, signs=signs, clips=False,
            chosen=list, named=False, sample=list, parts=whole,
        )  # fmt: skip

    return declare


def plain(*, bounds: Bounds, form: Form, idle: str) -> Declare:
    """One whose parents need not be alike and whose result is on no basis and never a bound."""
    return operation(bounds=bounds, form=form, alike=False, keeps=False, signs=NONE, idle=idle)


def in_words(*, idle: str) -> Declare:
    """A text, or how many texts are of a sort: as sure as its parents, with no formula."""
    return plain(bounds=PURE, form=IN_WORDS, idle=idle)


def counting(name: str, compute: Compute) -> Operation:
    """How many parents there are: exact, and every one moves it by coming or going."""
    declared = plain(bounds=EXACT, form=IN_WORDS, idle=NONE)(compute)
    return replace(declared, name=name, counting=True)


def analysis(*, bounds: Bounds, sample: Chosen, idle: str) -> Declare:
    """One that is told the value's id, and is asked in small whether each parent moves it."""

    def declare(compute: Compute) -> Operation:
        declared = plain(bounds=bounds, form=IN_WORDS, idle=idle)(compute)
        return replace(declared, named=True, sample=sample)

    return declare


def in_parts(parts: Parts) -> Callable[[Operation], Operation]:
    """The same, asked in parts whether each parent moves it."""
    return lambda declared: replace(declared, parts=parts)


def clipped(declared: Operation) -> Operation:
    """The same, taken back to its indicator's bounds."""
    return replace(declared, clips=True)


def choosing(chosen: Chosen) -> Callable[[Operation], Operation]:
    """The same, made from the chosen parents; the others say which these are."""
    return lambda declared: replace(declared, chosen=chosen)


def declared_in(module: ModuleType) -> dict[str, Operation]:
    """The operations that a module holds, by name."""
    return merged(
        [{each.name: each} for each in vars(module).values() if isinstance(each, Operation)]
    )


def merged(registries: Iterable[Operations]) -> dict[str, Operation]:
    """All of them in one. Raises ValueError for a name that means two operations."""
    found: dict[str, Operation] = {}
    for registry in registries:
        for name, each in registry.items():
            if found.setdefault(name, each) is not each:
                raise ValueError(f"two operations are called {name}")
    return found


def number_of(operand: Operand) -> Decimal:
    """The decimal; raises TypeError for a text."""
    if isinstance(operand.v, str):
        raise TypeError(f"text where a number is needed: {operand.v}")
    return operand.v


def half_of(operand: Operand) -> Decimal:
    """The rounding half-width, 0 where none is known."""
    return operand.half or Decimal(0)
