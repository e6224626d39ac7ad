"""Audit: the claims of the source, held against what it prints and what others record.

Each row of ``audit_checks`` names a typed test and the values it is about. A test says what is
computed beside the printed figure and which rule of ``verdicts`` decides. Where a person must
weigh what the test found, the row's ``judgement`` takes the place of every outcome but the
consistent one. Computed figures, verdicts and their counts are values like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from suyuan.errors import BasisMismatch, DataError, NotComputable, Problem, UnitMismatch
from suyuan.values import Cell, Ledger, Value, indicator_of
from suyuan.verdicts import CONSISTENT, JUDGED, PREFIX, RULES

CHECKS = "audit_checks"
EDITION = "{edition}"  # in inputs: the key of the edition's own row
# What values that do not suit their test lead to.
UNSUITABLE = (NotComputable, UnitMismatch, BasisMismatch, TypeError, IndexError)
Ids = Sequence[str]
Tables = Mapping[str, pd.DataFrame]


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
    # inputs: what is printed in each place
    "same_numbers": CheckType("same_numbers", _inputs, _made(_COUNT, "distinct")),
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


@dataclass(frozen=True)
class Check:
    """A row of audit_checks."""

    id: str
    line: int
    severity: str
    test: str
    printed: Ids
    inputs: Ids
    judgement: str

    @property
    def key(self) -> str:
        """The id as part of a value's id."""
        return self.id.lower()


def _ids(text: str, edition: str) -> list[str]:
    return [part.replace(EDITION, edition) for part in text.split(";") if part]


def read_checks(table: pd.DataFrame, edition: str) -> list[Check]:
    """The checks in file order."""
    return [
        Check(
            row.check_id, int(row.line), row.severity, row.test,
            _ids(row.printed, edition), _ids(row.inputs, edition), row.judgement,
        )
        for row in table.itertuples()
    ]  # fmt: skip


def check_problems(check: Check, ledger: Ledger, file: str) -> Iterator[Problem]:
    """E170 unknown test, E171 value that does not exist, E172 judgement that is missing."""
    if check.test not in TESTS:
        yield Problem("E170", file, check.line, "test", check.test, {"tests": "、".join(TESTS)})
        return
    for column, ids in (("printed", check.printed), ("inputs", check.inputs)):
        for value_id in ids:
            if value_id not in ledger:
                yield Problem("E171", file, check.line, column, value_id)
    if JUDGED in RULES[TESTS[check.test].rule].outcomes and not check.judgement:
        yield Problem("E172", file, check.line, "judgement", check.id)


def _derive(ledger: Ledger, check: Check, recipe: Recipe, suffix: str = "") -> str:
    value_id = f"audit.{recipe.indicator}.{check.key}{suffix}"
    return ledger.derive(value_id, recipe.op, recipe.parents).id


def _name(code: str) -> str:
    return f"verdicts.name.{code}"


def decide(ledger: Ledger, check: Check) -> Value:
    """The verdict of one check, and the figures it computes, as new values.

    Raises one of UNSUITABLE where the inputs do not suit the test.
    """
    test = TESTS[check.test]
    computed = [
        one if isinstance(one, str) else _derive(ledger, check, one)
        for one in test.computed(check.inputs)
    ]
    case = Case(check.printed, check.inputs, computed)
    for suffix, recipe in test.more(case).items():
        _derive(ledger, check, recipe, f"_{suffix}")
    outcomes = [
        code if code == CONSISTENT or not check.judgement else check.judgement
        for code in RULES[test.rule].outcomes
    ]
    parents = [*test.facts(case), *map(_name, outcomes)]
    shown = {"computed": ";".join(computed)} if computed else {}
    return ledger.derive(f"audit.verdict.{check.key}", PREFIX + test.rule, parents, **shown)


def count_evidence(ledger: Ledger, tables: Tables) -> None:
    """How many rows there are of what the checks count, and of what vendors disclose."""
    for name, table, column in (
        ("trends", "trends", "name"),
        ("guides", "guides", "audience"),
        ("index_nodes", "index_nodes", "name"),
    ):
        key = tables[table].columns[1]  # the first column is the line number
        cells = [f"{table}.{column}.{row}" for row in tables[table][key]]
        ledger.derive(f"audit.evidence_count.{name}", "count", cells)
    subjects, observations = tables["subjects"], tables["observations"]
    vendors = subjects[subjects["type"] == "vendor"]["subject_id"]
    rows = observations[observations["subject_id"].isin(vendors)]
    units = [f"indicators.unit.{indicator}" for indicator in rows["indicator_id"]]
    for name, wanted in (("vendor_scales", "compute_total"), ("vendor_shares", "share")):
        parents = [f"indicators.unit.{wanted}", *units]
        ledger.derive(f"audit.evidence_count.{name}", "tally", parents)


def record_limits(ledger: Ledger, limits: pd.DataFrame) -> None:
    """The limits of config/audit_limits.csv, as values."""
    for row in limits.itertuples():
        cell = Cell("audit_limits", "value", row.limit_id)
        ledger.convert(f"audit.limit.{row.limit_id}", row.value, row.unit, cell)


def count_verdicts(ledger: Ledger, checks: Iterable[Check], codes: Iterable[str]) -> None:
    """How many verdicts there are: in all, of each sort, of each severity and both, judged."""
    by_severity: dict[str, list[str]] = {}
    for check in checks:
        by_severity.setdefault(check.severity, []).append(f"audit.verdict.{check.key}")
    every = [verdict for verdicts in by_severity.values() for verdict in verdicts]
    ledger.derive("report.audit_count", "count", every)
    for code in codes:
        ledger.derive(f"report.audit_count.{code}", "tally", [_name(code), *every])
    for severity, verdicts in by_severity.items():
        ledger.derive(f"report.audit_count.{severity}", "count", verdicts)
        for code in codes:
            value_id = f"report.audit_count.{severity}_{code}"
            ledger.derive(value_id, "tally", [_name(code), *verdicts])
    judged = [
        f"audit.verdict.{check.key}"
        for check in checks
        if check.judgement and not is_consistent(ledger, check)
    ]
    if judged:
        ledger.derive("report.audit_count.judged", "count", judged)


def is_consistent(ledger: Ledger, check: Check) -> bool:
    """Whether the verdict is that the claim holds."""
    return ledger[f"audit.verdict.{check.key}"].v == ledger[_name(CONSISTENT)].v


def audit(ledger: Ledger, tables: Tables, edition: str, file: str) -> None:
    """Verdicts on all checks and their counts, as values.

    ``file`` is the name of the table of checks in messages. Raises DataError with every problem
    of the checks: E170 to E173.
    """
    record_limits(ledger, tables["audit_limits"])
    count_evidence(ledger, tables)
    checks = read_checks(tables[CHECKS], edition)
    problems = [found for check in checks for found in check_problems(check, ledger, file)]
    if problems:
        raise DataError(problems)
    for check in checks:
        try:
            decide(ledger, check)
        except UNSUITABLE as error:
            ids = ";".join([*check.printed, *check.inputs])
            details = {"test": check.test, "detail": str(error)}
            problems.append(Problem("E173", file, check.line, "inputs", ids, details))
    if problems:
        raise DataError(problems)
    count_verdicts(ledger, checks, list(tables["verdicts"]["verdict_id"]))
