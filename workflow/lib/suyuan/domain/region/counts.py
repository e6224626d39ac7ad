"""How many rows and values there are, and of which sort."""

from __future__ import annotations

from collections.abc import Callable

from suyuan.contract.edition import OBSERVATIONS
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Shelf

COUNTED = {  # what is counted, by the text that stands for a row
    "policies": "title", "policy_lines": "name", "suppliers": "type", "sources": "title",
    "supplier_presence": "evidence", OBSERVATIONS: "locator", "hubs": "name",
}  # fmt: skip


def count_rows(ledger: Ledger, tables: Shelf) -> None:
    """How many policies, suppliers, sources and observations there are, and of which sort."""

    def count(value_id: str, table: str) -> None:
        with ledger.reading(f"rows:{table}", "all rows"):
            ledger.derive(value_id, "count", tables[table].cells(COUNTED[table]))

    def count_each(table: str, column: str, value_id: Callable[[str], str]) -> None:
        with ledger.reading(f"rows:{table}.{column}", "the rows of each"):
            for text, rows in sorted(tables[table].by(column).items()):
                if text:
                    ledger.derive(value_id(text), "count", rows.cells(COUNTED[table]))

    count("report.policy_count", "policies")
    count_each("policies", "subject_id", "{}.policy_count".format)
    count_each("policies", "line_id", "report.policy_count.{}".format)
    count("report.policy_line_count", "policy_lines")
    count("report.supplier_count", "suppliers")
    count_each("suppliers", "type", "report.supplier_count.{}".format)
    count_each("supplier_presence", "supplier_id", "{}.presence_count".format)
    count_each("supplier_presence", "subject_id", "{}.supplier_count".format)
    count("report.source_count", "sources")
    count_each("sources", "grade", lambda grade: f"report.source_count.grade_{grade.lower()}")
    for name, column in (("addressed", "url"), ("dated", "published"), ("read", "read_on")):
        with ledger.reading(f"rows:sources:{column}", "the rows that say it"):
            if rows := tables["sources"].without(**{column: ""}).cells(COUNTED["sources"]):
                ledger.derive(f"report.source_count.{name}", "count", rows)
    count("report.observation_count", OBSERVATIONS)
    with ledger.reading("rows:restating", "rows that restate another"):
        if again := tables[OBSERVATIONS].without(restates="").cells(COUNTED[OBSERVATIONS]):
            ledger.derive("report.restatement_count", "count", again)
    count("report.hub_count", "hubs")


def count_values(ledger: Ledger) -> None:
    """How many numbers there are before this one."""
    ledger.derive("report.value_count", "count", ledger.numbers())
