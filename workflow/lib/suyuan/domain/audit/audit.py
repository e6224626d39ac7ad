"""Audit: the claims of the source, held against what it prints and what others record.

Each row of ``audit_checks`` names a typed test and the values it is about. A test says what is
computed beside the printed figure and which rule decides. Where a person must
weigh what the test found, the row's ``judgement`` takes the place of every outcome but the
consistent one. Computed figures, verdicts and their counts are values like all others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from suyuan.contract.tables import Tables
from suyuan.core.errors import BasisMismatch, DataError, NotComputable, Problem, UnitMismatch
from suyuan.domain.audit.rule import CONSISTENT, JUDGED, PREFIX
from suyuan.domain.audit.source_test import Case, Derived, Ids, names, source_test
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell, Value

CHECKS = "audit_checks"
EDITION = "{edition}"  # in inputs: the key of the edition's own row
# What values that do not suit their test lead to.
UNSUITABLE = (NotComputable, UnitMismatch, BasisMismatch, ValueError, TypeError, IndexError)


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
    if check.test not in names():
        yield Problem("E170", file, check.line, "test", check.test, {"tests": "、".join(names())})
        return
    for column, ids in (("printed", check.printed), ("inputs", check.inputs)):
        for value_id in ids:
            if value_id not in ledger:
                yield Problem("E171", file, check.line, column, value_id)
    if JUDGED in source_test(check.test).rule.outcomes and not check.judgement:
        yield Problem("E172", file, check.line, "judgement", check.id)


def _derive(ledger: Ledger, check: Check, made: Derived, suffix: str = "") -> str:
    value_id = f"audit.{made.indicator}.{check.key}{suffix}"
    return ledger.derive(value_id, made.op, made.parents).id


def _name(code: str) -> str:
    return f"verdicts.name.{code}"


def decide(ledger: Ledger, check: Check) -> Value:
    """The verdict of one check, and the figures it computes, as new values.

    Raises one of UNSUITABLE where the inputs do not suit the test.
    """
    test = source_test(check.test)
    computed = [
        one if isinstance(one, str) else _derive(ledger, check, one)
        for one in test.computed(check.inputs)
    ]
    case = Case(check.printed, check.inputs, computed)
    for suffix, made in test.more(case).items():
        _derive(ledger, check, made, f"_{suffix}")
    outcomes = [
        code if code == CONSISTENT or not check.judgement else check.judgement
        for code in test.rule.outcomes
    ]
    parents = [*test.facts(case), *map(_name, outcomes)]
    shown = {"computed": ";".join(computed)} if computed else {}
    return ledger.derive(f"audit.verdict.{check.key}", PREFIX + test.rule.name, parents, **shown)


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
            wants = source_test(check.test).wants
            details = {"test": check.test, "detail": str(error), "wants": wants}
            problems.append(Problem("E173", file, check.line, "inputs", ids, details))
    if problems:
        raise DataError(problems)
    count_verdicts(ledger, checks, list(tables["verdicts"]["verdict_id"]))
