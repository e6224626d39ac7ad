"""How much the tables of the industry and its ecosystem hold, where an edition has them."""

from __future__ import annotations

from collections.abc import Mapping

from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Shelf

# What is counted: the value, the table, the text that stands for a row, and what it is told by.
COUNTS: tuple[tuple[str, str, str, Mapping[str, str]], ...] = (
    ("layer_count", "industry_layers", "name", {"level": "report.{of}.level{one}"}),
    ("ecosystem_member_count", "ecosystem_members", "name",
     {"platform": "report.{of}.{one}", "subject_id": "{one}.{of}"}),
    ("ecosystem_quadrant_count", "ecosystem_quadrants", "name", {}),
    ("ecosystem_event_count", "ecosystem_events", "title", {}),
)  # fmt: skip
PROFILES, SCENARIO = "province_profiles", "scenario"


def count_ecosystem(ledger: Ledger, tables: Shelf) -> None:
    """How many layers, members, quadrants and events there are, and scenarios of each province."""
    for of, table, text, parts in COUNTS:
        if table not in tables:
            continue
        with ledger.reading(f"rows:{table}", "all rows"):
            ledger.derive(f"report.{of}", "count", tables[table].cells(text))
        for column, value_id in parts.items():
            with ledger.reading(f"rows:{table}.{column}", "the rows of each"):
                for one, rows in sorted(tables[table].by(column).items()):
                    name = value_id.format(of=of, one=one)
                    ledger.derive(name, "count", rows.cells(text))
    if PROFILES in tables:
        with ledger.reading(f"rows:{PROFILES}.{SCENARIO}", "the scenarios of each"):
            found = tables[PROFILES].where(slot=SCENARIO).by("subject_id")
            for province, rows in sorted(found.items()):
                ledger.derive(f"{province}.scenario_count", "count", rows.cells("title"))
