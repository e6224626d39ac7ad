"""What operations are made of: what they see of a parent, what they give, what they ask."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol


class Operand(Protocol):
    """What an operation sees of a parent value."""

    @property
    def v(self) -> Decimal | str: ...

    @property
    def half(self) -> Decimal | None: ...


@dataclass(frozen=True)
class Result:
    """A computed value, its rounding half-width when known, and its text when it has its own."""

    v: Decimal | str
    half: Decimal | None = None
    txt: str | None = None


@dataclass(frozen=True)
class Operation:
    """How to compute, and what that asks of the parents.

    ``alike``: they must share unit and basis, as in a sum. ``keeps``: the result is on their
    basis too. ``idle``: why a parent may be unable to move the result, where one may be.
    ``signs``: with which parents the result rises and falls; '' where bounds do not carry over.
    ``clips``: a result beyond its indicator's bounds is taken back to them. ``chosen``: which of
    the parents the result is made from, where others only choose them. ``named``: the id of the
    value is told, since it says what to compute. ``sample``: parents for the same computation in
    small, on which it is asked whether each can move the result.
    """

    compute: Callable[..., Result]
    alike: bool = False
    keeps: bool = False
    idle: str = ""
    signs: str = ""
    clips: bool = False
    chosen: Callable[[Sequence[Any]], Sequence[Any]] = list
    named: bool = False
    sample: Callable[[Sequence[Any]], Sequence[Any]] = list

    def run(self, value_id: str, parents: Sequence[Any]) -> Result:
        """The result for the value of that id."""
        return self.compute(parents, value_id) if self.named else self.compute(parents)


def number_of(operand: Operand) -> Decimal:
    """The decimal; raises TypeError for a text."""
    if isinstance(operand.v, str):
        raise TypeError(f"text where a number is needed: {operand.v}")
    return operand.v


def half_of(operand: Operand) -> Decimal:
    """The rounding half-width, 0 where none is known."""
    return operand.half or Decimal(0)
