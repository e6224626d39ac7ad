"""How many rows and values there are, and of which sort."""

from __future__ import annotations

from collections.abc import Iterable

from suyuan.contract.edition import OBSERVATIONS
from suyuan.contract.tables import Tables
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import TEXT


def count_rows(ledger: Ledger, tables: Tables) -> None:
    """How many policies, suppliers, sources and observations there are, and of which sort."""

    def counted(value_id: str, table: str, column: str, keys: Iterable[str]) -> None:
        if cells := [f"{table}.{column}.{key}" for key in keys]:
            ledger.derive(value_id, "count", cells)

    policies, suppliers, sources = tables["policies"], tables["suppliers"], tables["sources"]
    counted("report.policy_count", "policies", "title", policies["policy_id"])
    for subject, rows in policies.groupby("subject_id"):
        counted(f"{subject}.policy_count", "policies", "title", rows["policy_id"])
    for line, rows in policies[policies["line_id"] != ""].groupby("line_id"):
        counted(f"report.policy_count.{line}", "policies", "title", rows["policy_id"])
    counted("report.policy_line_count", "policy_lines", "name", tables["policy_lines"]["line_id"])
    counted("report.supplier_count", "suppliers", "type", suppliers["supplier_id"])
    for kind, rows in suppliers.groupby("type"):
        counted(f"report.supplier_count.{kind}", "suppliers", "type", rows["supplier_id"])
    for supplier, rows in tables["supplier_presence"].groupby("supplier_id"):
        counted(f"{supplier}.presence_count", "supplier_presence", "evidence", rows["presence_id"])
    for province, rows in tables["supplier_presence"].groupby("subject_id"):
        counted(f"{province}.supplier_count", "supplier_presence", "evidence", rows["presence_id"])
    counted("report.source_count", "sources", "title", sources["source_id"])
    for grade, rows in sources.groupby("grade"):
        counted(f"report.source_count.grade_{grade.lower()}", "sources", "title", rows["source_id"])
    observations = tables[OBSERVATIONS]
    counted("report.observation_count", OBSERVATIONS, "locator", observations["obs_id"])
    again = observations[observations["restates"] != ""]
    counted("report.restatement_count", OBSERVATIONS, "locator", again["obs_id"])
    counted("report.hub_count", "hubs", "name", tables["hubs"]["hub_id"])


def count_values(ledger: Ledger) -> None:
    """How many numbers there are before this one."""
    numbers = [value.id for value in ledger if value.unit != TEXT]
    ledger.derive("report.value_count", "count", numbers)
