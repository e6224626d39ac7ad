"""Audit: the claims of the source, held against what it prints and what others record.

Each row of ``audit_checks`` names a typed test and the values it is about. A test says what is
computed beside the printed figure and which rule decides. Where a person must
weigh what the test found, the row's ``judgement`` takes the place of every outcome but the
consistent one. Computed figures, verdicts and their counts are values like all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from suyuan.contract.tables import LINE
from suyuan.core.errors import BasisMismatch, DataError, NotComputable, Problem, UnitMismatch
from suyuan.domain.audit.rule import CONSISTENT, JUDGED, PREFIX
from suyuan.domain.audit.source_test import Case, Derived, Ids, names, source_test
from suyuan.lineage.homes import home_table
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Group, Rows, Shelf
from suyuan.lineage.value import Value

CHECKS = "audit_checks"
Named = Callable[[str], str]  # the file of a table as messages name it, '' for what is no table
EDITION = "{edition}"  # in inputs: the key of the edition's own row
# What values that do not suit their test lead to.
UNSUITABLE = (NotComputable, UnitMismatch, BasisMismatch, ValueError, TypeError, IndexError)


@dataclass(frozen=True)
class Check:
    """A row of audit_checks, and the reading that it was read in."""

    id: str
    line: int
    test: str
    printed: Ids
    inputs: Ids
    judgement: str
    row: Group

    @property
    def key(self) -> str:
        """The id as part of a value's id."""
        return self.id.lower()


def _ids(text: str, edition: str) -> list[str]:
    return [part.replace(EDITION, edition) for part in text.split(";") if part]


def read_checks(ledger: Ledger, table: Rows, edition: str) -> list[Check]:
    """The checks in file order, each in a reading of its own."""
    checks = []
    with ledger.reading("checks", "all rows"):
        rows = table.each()
    for row in rows:
        with ledger.reading(f"check:{row.name}", "the check's own row") as own:
            (cells,) = row.take(table.key, LINE, "test", "printed", "inputs", "judgement")
            if EDITION in cells["printed"] + cells["inputs"]:
                ledger.note("config", "edition")
        checks.append(
            Check(
                cells[table.key], int(cells[LINE]), cells["test"],
                _ids(cells["printed"], edition), _ids(cells["inputs"], edition),
                cells["judgement"], own,
            )
        )  # fmt: skip
    return checks


def check_problems(check: Check, ledger: Ledger, named: Named) -> Iterator[Problem]:
    """E170 unknown test, E171 value that does not exist, E172 judgement that is missing."""
    file = named(CHECKS)
    if check.test not in names():
        yield Problem("E170", file, check.line, "test", check.test, {"tests": "、".join(names())})
        return
    for column, ids in (("printed", check.printed), ("inputs", check.inputs)):
        for value_id in ids:
            if not ledger.known([value_id]):
                details = {"target": named(home_table(ledger, value_id))}
                yield Problem("E171", file, check.line, column, value_id, details)
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


def count_evidence(ledger: Ledger, tables: Shelf) -> None:
    """How many rows there are of what the checks count, and of what vendors disclose."""
    for name, column in (("trends", "name"), ("guides", "audience"), ("index_nodes", "name")):
        with ledger.reading(f"rows:{name}", "all rows"):
            ledger.derive(f"audit.evidence_count.{name}", "count", tables[name].cells(column))
    with ledger.reading("vendor_rows", "observations whose subject is a vendor"):
        vendors = tables["subjects"].where(type="vendor").row_keys()
        rows = tables["observations"].where_in(subject_id=vendors)
        units = [f"indicators.unit.{indicator}" for indicator in rows.column("indicator_id")]
        for name, wanted in (("vendor_scales", "compute_total"), ("vendor_shares", "share")):
            parents = [f"indicators.unit.{wanted}", *units]
            ledger.derive(f"audit.evidence_count.{name}", "tally", parents)


def record_limits(ledger: Ledger, limits: Rows) -> None:
    """The limits of config/audit_limits.csv, as values."""
    for cell, value, (unit,) in limits.recorded("value", "unit"):
        ledger.convert(f"audit.limit.{cell.key}", value, unit, cell)


def verdicts_on(rows: Rows) -> list[str]:
    """Ids of the verdicts on checks."""
    return [f"audit.verdict.{key.lower()}" for key in rows.row_keys()]


def count_verdicts(ledger: Ledger, checks: Rows, codes: Rows) -> None:
    """How many verdicts there are: in all, of each sort, of each severity and both, judged."""
    with ledger.reading("verdicts", "all checks, all sorts of verdict"):
        sorts, every = codes.row_keys(), verdicts_on(checks)
        ledger.derive("report.audit_count", "count", every)
        for code in sorts:
            ledger.derive(f"report.audit_count.{code}", "tally", [_name(code), *every])
    with ledger.reading("verdicts:severity", "the checks of each severity"):
        for severity, rows in checks.by("severity").items():
            verdicts = verdicts_on(rows)
            ledger.derive(f"report.audit_count.{severity}", "count", verdicts)
            for code in codes.row_keys():
                value_id = f"report.audit_count.{severity}_{code}"
                ledger.derive(value_id, "tally", [_name(code), *verdicts])
    with ledger.reading("verdicts:judged", "checks with a judgement that do not come out right"):
        judged = [v for v in verdicts_on(checks.without(judgement="")) if not holds(ledger, v)]
        if judged:
            ledger.derive("report.audit_count.judged", "count", judged)


def holds(ledger: Ledger, verdict: str) -> bool:
    """Whether the verdict is that the claim holds."""
    return ledger[verdict].v == ledger[_name(CONSISTENT)].v


def audit(ledger: Ledger, tables: Shelf, edition: str, named: Named) -> None:
    """Verdicts on all checks and their counts, as values.

    ``named`` gives the file of a table as messages name it. Raises DataError with every problem
    of the checks: E170 to E173.
    """
    record_limits(ledger, tables["audit_limits"])
    count_evidence(ledger, tables)
    checks = read_checks(ledger, tables[CHECKS], edition)
    problems = [found for check in checks for found in check_problems(check, ledger, named)]
    if problems:
        raise DataError(problems)
    for check in checks:
        try:
            with ledger.given(check.row):
                decide(ledger, check)
        except UNSUITABLE as error:
            ids = ";".join([*check.printed, *check.inputs])
            wants = source_test(check.test).wants
            details = {"test": check.test, "detail": str(error), "wants": wants}
            problems.append(Problem("E173", named(CHECKS), check.line, "inputs", ids, details))
    if problems:
        raise DataError(problems)
    count_verdicts(ledger, tables[CHECKS], tables["verdicts"])
