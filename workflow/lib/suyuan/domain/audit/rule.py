"""Rules: they turn facts into a verdict on a claim of the source.

A rule sees facts and gives the code of one of its outcomes. As an operation it has the names of
these outcomes as its last parents and results in one of them, so that a verdict can be computed
again from its parents alone. Tolerances are the rounding half-widths of the printed digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from suyuan.lineage.operation import Operand, Operation, Result, half_of, in_words, number_of

CONSISTENT, ROUNDING, CONTRADICTION = "consistent", "rounding", "contradiction"
UNVERIFIABLE, STALE, BASIS = "unverifiable", "stale_target", "basis_conflict"
JUDGED = "judged"  # stands for the verdict that a person gave
PREFIX = "verdict_"  # of the operation that a rule is
IDLE = "a verdict turns at its bounds only, and names outcomes that did not come about"
Facts: TypeAlias = Sequence[Operand]


def agree(left: Operand, right: Operand) -> bool:
    """Whether two numbers are the same within the rounding of both."""
    return abs(number_of(left) - number_of(right)) <= half_of(left) + half_of(right)


@dataclass(frozen=True)
class Rule:
    """A rule, which is called as its function.

    ``outcomes`` are those it may have, in the order their names stand among the parents.
    ``cases`` are worked by hand and tried by a test: an outcome, and facts that lead to it: digits
    as printed, or texts after a quote mark. Each outcome has one.
    """

    judge: Callable[[Facts], str]
    outcomes: tuple[str, ...]
    cases: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def name(self) -> str:
        """Its name."""
        return self.judge.__name__

    def compute(self, parents: Sequence[Operand]) -> Result:
        """The name of the outcome."""
        first = len(parents) - len(self.outcomes)
        facts, names = parents[:first], parents[first:]
        return Result(str(names[self.outcomes.index(self.judge(facts))].v))

    @property
    def operation(self) -> Operation:
        """The rule as an operation of the ledger."""
        return replace(in_words(idle=IDLE)(self.compute), name=PREFIX + self.name)
