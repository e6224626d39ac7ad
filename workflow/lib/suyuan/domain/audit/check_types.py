"""Typed tests of the claims audit: what each computes and which rule of ``verdicts`` decides.

A check names a test, its inputs in the order given here, and what the source printed. The figure
computed beside the printed one and the facts of the rule are ids of values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from suyuan.lineage.value import indicator_of

Ids = Sequence[str]


@dataclass(frozen=True)
class Recipe:
    """A value to be made for a check: its indicator, operation and parents."""

    indicator: str
    op: str
    parents: Ids


@dataclass(frozen=True)
class Case:
    """A check with its printed figures, its inputs, and what its test computed from them."""

    printed: Ids
    inputs: Ids
    computed: Ids = ()


@dataclass(frozen=True)
class CheckType:
    """What is computed, which of it and of the inputs are facts, and the rule over them.

    ``computed`` gives, for each figure to show beside the printed one, the id of a value or the
    recipe for a new one. ``more`` makes values that only the text uses, by their suffix.
    """

    rule: str
    facts: Callable[[Case], Ids]
    computed: Callable[[Ids], Sequence[str | Recipe]] = lambda inputs: ()
    more: Callable[[Case], Mapping[str, Recipe]] = lambda case: {}


def _sum(inputs: Ids) -> Sequence[str | Recipe]:
    """One input is the figure itself; several are added up."""
    return inputs if len(inputs) == 1 else [Recipe(indicator_of(inputs[0]), "sum", inputs)]


def _made(
    indicator: str, op: str, start: int = 0, stop: int | None = None
) -> Callable[[Ids], Sequence[Recipe]]:
    """One figure from a slice of the inputs."""
    return lambda inputs: [Recipe(indicator, op, inputs[start:stop])]


def _first(inputs: Ids) -> Ids:
    return inputs[:1]


def _everything(inputs: Ids) -> Ids:
    return inputs


def _inputs(case: Case) -> Ids:
    return case.inputs


def _printed_and_inputs(case: Case) -> Ids:
    return [*case.printed, *case.inputs]


def _printed_and_computed(case: Case) -> Ids:
    return [*case.printed, *case.computed]


def _half(inputs: Ids) -> int:
    return len(inputs) // 2


def _shares(case: Case) -> Mapping[str, Recipe]:
    """The part, input 4, as a share of the implied and of the recorded whole."""
    wholes = {"implied": case.computed[0], "recorded": case.inputs[2]}
    return {
        suffix: Recipe("part_share", "ratio", [case.inputs[3], whole])
        for suffix, whole in wholes.items()
    }


def _compounded(case: Case) -> Mapping[str, Recipe]:
    """Two quarters together, as forecast and as it came about; inputs 3 and 4 are the second."""
    low, high = case.inputs[2:4]
    pairs = {
        "printed_low": [case.printed[0], low],
        "printed_high": [case.printed[1], high],
        "actual_low": [case.inputs[0], low],
        "actual_high": [case.inputs[1], high],
    }
    return {suffix: Recipe("multiple", "compound", pair) for suffix, pair in pairs.items()}


_COUNT = "distinct_count"
TESTS: dict[str, CheckType] = {
    # inputs: the parts, or the one computed figure
    "restated_total": CheckType("restated", _printed_and_computed, _sum),
    # inputs: the levels, which must be as many as printed
    "distinct_levels": CheckType("restated", _printed_and_computed, _made(_COUNT, "distinct")),
    # inputs: share, its low end, its high end
    "share_over": CheckType("exceeds", lambda c: [*c.printed, *c.inputs[1:]], _first),
    # inputs: printed tier of each member, then the total of each member in the same order
    "tier_pattern": CheckType(
        "tiers",
        lambda c: [*c.printed, *c.computed, *c.inputs[_half(c.inputs) :]],
        lambda inputs: [Recipe("pattern", "pattern", inputs[: _half(inputs)])],
    ),
    # inputs: step, low and high end of each share, number of shares
    "round_shares": CheckType(
        "independent",
        lambda c: [*c.computed, c.inputs[-1]],
        _made("round_share_count", "whole_steps", 0, -1),
    ),
    # inputs: name of the leader, name of the one that is claimed to lead
    "superlative": CheckType("superlative", _inputs, _first),
    # inputs: part, whole
    "part_of_whole": CheckType("part_of_whole", _inputs, _made("part_share", "ratio")),
    # inputs: what is reached, limit of far, period of the record, period of the target
    "target": CheckType("target", _inputs, _first),
    # inputs: texts
    "same_words": CheckType("alike", _inputs, _made(_COUNT, "distinct")),
    "same_basis": CheckType("alike", _inputs, _made(_COUNT, "distinct")),
    # inputs: printed numbers, then the lists or counts they speak of, in the same order
    "counts": CheckType("paired", _inputs, _made("match_count", "matches")),
    # inputs: records, in the order of the printed figures
    "records_agree": CheckType("paired", _printed_and_inputs, _everything),
    # inputs: all that is listed, then what is listed of other sorts
    "listed": CheckType("listed", _printed_and_computed, _made("listed_count", "remainder")),
    # inputs: how many numbers of the needed sort are on record
    "undisclosed": CheckType("disclosed", _inputs, _first),
    # inputs: months ahead of the label
    "pipeline": CheckType("none_left", _inputs, _first),
    # inputs: list of short names, then the full names in the same order
    "abbreviated": CheckType("none_left", lambda c: c.computed, _made("unlike_count", "unlike")),
    # inputs: group sizes as printed, then the group of each member
    "grouping": CheckType(
        "alike", lambda c: [c.inputs[0], *c.computed], _made("pattern", "pattern", 1)
    ),
    # inputs: one share, another, limit of far
    "far_apart": CheckType(
        "near", lambda c: [*c.computed, c.inputs[-1]], _made("multiple", "ratio", 0, -1)
    ),
    # inputs: numbers that add up to the printed one
    "sum_agrees": CheckType("comparable", _printed_and_computed, _made("report_year", "sum")),
    # inputs: two printed factors, the record of their product, a part of it
    "implied": CheckType(
        "comparable",
        lambda c: [*c.computed, c.inputs[2]],
        lambda inputs: [Recipe(indicator_of(inputs[2]), "product", inputs[:2])],
        _shares,
    ),
    # inputs: number before, number after
    "implied_growth": CheckType(
        "comparable", _printed_and_computed, _made("growth", "growth_across")
    ),
    # inputs: the other source's number
    "mislabelled": CheckType("mislabelled", _printed_and_inputs, _first),
    # inputs: record, period as printed, period as recorded
    "date_shift": CheckType("date_shift", _printed_and_inputs, lambda inputs: inputs[-1:]),
    # inputs: low and high end of what came about, low and high end of the next forecast
    "superseded": CheckType(
        "superseded",
        lambda c: [*c.printed, *c.inputs[:2]],
        lambda inputs: inputs[:2],
        _compounded,
    ),
    # inputs: record, period as printed, period as recorded
    "external_record": CheckType("external_record", _printed_and_inputs, _first),
    # inputs: earlier record, later record, their periods, cut-off date
    "trend": CheckType(
        "trend",
        lambda c: [*c.printed, c.inputs[1], *c.computed],
        _made("projection", "projection"),
    ),
    # inputs: the recorded rank
    "rank_within": CheckType("rank_within", _printed_and_inputs, _first),
    # inputs: two lists
    "same_order": CheckType("same_order", _inputs, _made("match_count", "in_place")),
    # inputs: the list, then the lists that should hold its entries
    "covered": CheckType(
        "covered", lambda c: [*c.computed, c.inputs[0]], _made("match_count", "overlap")
    ),
    # inputs: what the person looked at
    "judged": CheckType("judged", _inputs),
}
