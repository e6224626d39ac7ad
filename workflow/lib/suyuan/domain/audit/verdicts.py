"""Rules that turn facts into a verdict on a claim.

A rule sees facts and gives the code of one of its outcomes. As an operation it has the names of
these outcomes as its last parents and results in one of them, so that a verdict can be computed
again from its parents alone. Tolerances are the rounding half-widths of the printed digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from suyuan.core.periods import span
from suyuan.domain.audit.operations import entries, size
from suyuan.lineage.operation import Operand, Operation, Result, half_of, in_words, number_of

CONSISTENT, ROUNDING, CONTRADICTION = "consistent", "rounding", "contradiction"
UNVERIFIABLE, STALE, BASIS = "unverifiable", "stale_target", "basis_conflict"
JUDGED = "judged"  # stands for the verdict that a person gave
Facts = Sequence[Operand]


def agree(left: Operand, right: Operand) -> bool:
    """Whether two numbers are the same within the rounding of both."""
    return abs(number_of(left) - number_of(right)) <= half_of(left) + half_of(right)


def restated(facts: Facts) -> str:
    """A printed number beside the computed one: rounded, cut off at its last digit, or neither."""
    printed, computed = facts
    if agree(printed, computed):
        return CONSISTENT
    gap = abs(number_of(printed) - number_of(computed))
    return ROUNDING if gap < 2 * half_of(printed) + half_of(computed) else CONTRADICTION


def exceeds(facts: Facts) -> str:
    """Whether a share from ``low`` to ``high`` lies above a threshold: threshold, low, high."""
    threshold, low, high = map(number_of, facts)
    if low > threshold:
        return CONSISTENT
    return CONTRADICTION if high <= threshold else ROUNDING


def tiers(facts: Facts) -> str:
    """Groups as printed and as counted, and their members' totals falling from first to last."""
    printed, counted, *totals = facts
    falling = sorted(map(number_of, totals), reverse=True) == [number_of(t) for t in totals]
    return CONSISTENT if printed.v == counted.v and falling else CONTRADICTION


def independent(facts: Facts) -> str:
    """How many of all numbers could be made from round shares; a majority makes doubtful."""
    round_ones, every = map(number_of, facts)
    return UNVERIFIABLE if 2 * round_ones > every else CONSISTENT


def superlative(facts: Facts) -> str:
    """Whether the leader, or one of several that share the lead, is the one that was named."""
    leader, named = facts
    return CONSISTENT if named.v in str(leader.v).split("、") else CONTRADICTION


def part_of_whole(facts: Facts) -> str:
    """A part is no larger than its whole, or only as far as rounding explains."""
    part, whole = facts
    if number_of(part) <= number_of(whole):
        return CONSISTENT
    return ROUNDING if agree(part, whole) else CONTRADICTION


def target(facts: Facts) -> str:
    """What is reached of a target; how much is far beyond it; periods of record and target.

    A target is stale when far exceeded, or when its time has come and it is not reached.
    """
    reached, far, record, due = facts
    if number_of(reached) >= 1:
        return STALE if number_of(reached) >= number_of(far) else CONSISTENT
    return STALE if span(str(record.v)).last >= span(str(due.v)).last else UNVERIFIABLE


def alike(facts: Facts) -> str:
    """Words, bases, kinds or periods that are all the same."""
    first, second, *others = facts
    return CONSISTENT if {first.v} == {fact.v for fact in (second, *others)} else BASIS


def paired(facts: Facts) -> str:
    """Numbers, or sizes of lists, that equal their opposites in the second half."""
    if not facts:
        raise ValueError("nothing to compare")
    middle = len(facts) // 2
    pairs = zip(facts[:middle], facts[middle:], strict=True)
    same = all(size(left) == size(right) for left, right in pairs)
    return CONSISTENT if same else CONTRADICTION


def listed(facts: Facts) -> str:
    """A printed number of things beside the number of those that are listed."""
    printed, found = map(number_of, facts)
    if printed == found:
        return CONSISTENT
    return CONTRADICTION if found else UNVERIFIABLE


def disclosed(facts: Facts) -> str:
    """At least one number of the sort that the claim rests on."""
    (number,) = facts
    return CONSISTENT if number_of(number) else UNVERIFIABLE


def none_left(facts: Facts) -> str:
    """Nothing is left over: no month ahead of the label, no name that differs."""
    (number,) = facts
    return BASIS if number_of(number) else CONSISTENT


def comparable(facts: Facts) -> str:
    """Two numbers of one thing agree within rounding, or they do not count the same."""
    left, right = facts
    return CONSISTENT if agree(left, right) else BASIS


def near(facts: Facts) -> str:
    """A ratio stays below what counts as far, in both directions."""
    ratio, far = map(number_of, facts)
    return CONSISTENT if 1 / far < ratio < far else BASIS


def mislabelled(facts: Facts) -> str:
    """The very number that another source prints for something else."""
    left, right = map(number_of, facts)
    return BASIS if left == right else CONSISTENT


def date_shift(facts: Facts) -> str:
    """A number and its record, then the period of each: same number, same time."""
    printed, record, said, recorded = facts
    if not agree(printed, record):
        return CONTRADICTION
    return CONSISTENT if span(str(said.v)).overlaps(span(str(recorded.v))) else BASIS


def superseded(facts: Facts) -> str:
    """A forecast from low to high beside what came about from low to high."""
    low, high, actual_low, actual_high = map(number_of, facts)
    return CONSISTENT if low <= actual_high and actual_low <= high else STALE


def external_record(facts: Facts) -> str:
    """A printed stock and its record, then the period of each.

    A different record of the same time, or of the month before, is another basis; an earlier
    one proves nothing.
    """
    printed, record, said, recorded = facts
    if agree(printed, record):
        return CONSISTENT
    recent = span(str(recorded.v)).last >= span(str(said.v)).first - 1
    return BASIS if recent else UNVERIFIABLE


def trend(facts: Facts) -> str:
    """A printed stock, its latest record, and where the recorded pace leads by the cut-off."""
    printed, latest, projected = facts
    if number_of(printed) < number_of(latest) and not agree(printed, latest):
        return CONTRADICTION
    reached = number_of(printed) - half_of(printed) <= number_of(projected)
    return CONSISTENT if reached else UNVERIFIABLE


def rank_within(facts: Facts) -> str:
    """A recorded rank is no worse than the printed bound."""
    bound, record = map(number_of, facts)
    return CONSISTENT if record <= bound else CONTRADICTION


def same_order(facts: Facts) -> str:
    """Two lists of the same entries in the same order."""
    left, right = map(entries, facts)
    if left == right:
        return CONSISTENT
    return BASIS if sorted(left) == sorted(right) else CONTRADICTION


def covered(facts: Facts) -> str:
    """How many entries of a list are found elsewhere, then the list: at least half of them."""
    found, whole = facts
    return CONSISTENT if 2 * number_of(found) >= size(whole) else BASIS


def judged(facts: Facts) -> str:
    """What no computation decides; the facts are shown beside it."""
    if not facts:
        raise ValueError("nothing to judge")
    return JUDGED


@dataclass(frozen=True)
class Rule:
    """A rule and the outcomes it may have, in the order their names stand among the parents."""

    judge: Callable[[Facts], str]
    outcomes: tuple[str, ...]

    def compute(self, parents: Sequence[Operand]) -> Result:
        """The name of the outcome."""
        first = len(parents) - len(self.outcomes)
        facts, names = parents[:first], parents[first:]
        return Result(str(names[self.outcomes.index(self.judge(facts))].v))


RULES: dict[str, Rule] = {
    rule.judge.__name__: rule
    for rule in (
        Rule(restated, (CONSISTENT, ROUNDING, CONTRADICTION)),
        Rule(exceeds, (CONSISTENT, ROUNDING, CONTRADICTION)),
        Rule(tiers, (CONSISTENT, CONTRADICTION)),
        Rule(independent, (CONSISTENT, UNVERIFIABLE)),
        Rule(superlative, (CONSISTENT, CONTRADICTION)),
        Rule(part_of_whole, (CONSISTENT, ROUNDING, CONTRADICTION)),
        Rule(target, (CONSISTENT, UNVERIFIABLE, STALE)),
        Rule(alike, (CONSISTENT, BASIS)),
        Rule(paired, (CONSISTENT, CONTRADICTION)),
        Rule(listed, (CONSISTENT, UNVERIFIABLE, CONTRADICTION)),
        Rule(disclosed, (CONSISTENT, UNVERIFIABLE)),
        Rule(none_left, (CONSISTENT, BASIS)),
        Rule(comparable, (CONSISTENT, BASIS)),
        Rule(near, (CONSISTENT, BASIS)),
        Rule(mislabelled, (CONSISTENT, BASIS)),
        Rule(date_shift, (CONSISTENT, CONTRADICTION, BASIS)),
        Rule(superseded, (CONSISTENT, STALE)),
        Rule(external_record, (CONSISTENT, UNVERIFIABLE, BASIS)),
        Rule(trend, (CONSISTENT, UNVERIFIABLE, CONTRADICTION)),
        Rule(rank_within, (CONSISTENT, CONTRADICTION)),
        Rule(same_order, (CONSISTENT, CONTRADICTION, BASIS)),
        Rule(covered, (CONSISTENT, BASIS)),
        Rule(judged, (JUDGED,)),
    )
}
PREFIX = "verdict_"
IDLE = "a verdict turns at its bounds only, and names outcomes that did not come about"
VERDICTS: dict[str, Operation] = {
    each.name: each
    for each in (
        replace(in_words(idle=IDLE)(rule.compute), name=PREFIX + name)
        for name, rule in RULES.items()
    )
}
