"""Lineage leaves nothing out: what a changed cell moves is what the cell reaches.

``make sound`` tries every column of every table; here, a cell of each table and of each column that
once moved what it did not reach. Each computes everything again: `make test` tries a few.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from suyuan.contract.carrying import CARRIED, HEADER, by_key, carrying_problems, digest_of
from suyuan.contract.schema import read_schemas
from suyuan.contract.table import Row, Table
from suyuan.lineage.ledger import Ledger
from tools import sound

# table, column, key: conversions, selections, memberships, orders, judgements, bounds, words
FEW = [
    ("observations", "unit", "F046"),
    ("policies", "line_id", "gansu_three_year_plan"),
    ("tiers", "order", "first"),
    ("claims", "claims", "nw.ai_share_over_60"),
]
ONCE_OUTSIDE = [
    ("observations", "as_of", "F046"),
    ("observations", "kind", "F046"),
    ("observations", "basis", "F046"),
    ("observations", "comparator", "F046"),
    ("units", "factor", "万P"),
    ("units", "label", "EFLOPS"),
    ("units", "rounded", "EFLOPS"),
    ("indicators", "decimals", "ai_share"),
    ("indicators", "display_unit", "compute_per_gdp"),
    ("subjects", "parent_id", "tuoli"),
    ("subjects", "order", "ningxia"),
    ("policies", "subject_id", "gansu_three_year_plan"),
    ("sources", "grade", "miit-2022-press"),
    ("suppliers", "type", "aliyun"),
    ("audit_checks", "severity", "A01"),
    ("audit_checks", "judgement", "A01"),
    ("audit_checks", "inputs", "A01"),
    ("model", "value", "coverage_floor"),
    ("tree", "order", "supply"),
    ("tree", "aggregation", "supply"),
    ("figures", "figures", "province_scale"),
    ("config", "gdp_period", ""),
]


@pytest.fixture(scope="module")
def every():
    return sound.every_cell()


@pytest.mark.slow
def test_a_cell_of_every_table_reaches_what_it_moves(every):
    tables = sound.base()[0].tables
    others = [c for c in every if c[0] in tables and c[1] != tables[c[0]].schema.primary_key]
    first = {cell[0]: cell for cell in reversed(others)}
    done = [sound.run(cell) for cell in first.values()]
    assert [one for one in done if one.outside] == []
    assert sum(not one.refused for one in done) > len(done) / 2


@pytest.mark.parametrize(
    "cell",
    [*FEW, *(pytest.param(cell, marks=pytest.mark.slow) for cell in ONCE_OUTSIDE)],
    ids=".".join,
)
def test_what_was_once_outside_is_reached(cell):
    assert sound.run(cell).outside == ()


def test_every_column_and_every_entry_is_tried(every):
    state, _ = sound.base()
    columns = {
        (name, field.name) for name, table in state.tables.items() for field in table.schema.fields
    }
    assert columns <= {cell[:2] for cell in every}
    assert {name for name, _, _ in every} - set(state.tables) == {"config", "claims", "figures"}


def test_a_cell_of_a_row_that_is_carried_over_may_be_changed():
    state, _ = sound.base()
    name, key, table = "policies", "gansu_three_year_plan", state.tables["policies"]
    cells = (f"{name}.{key}", name, key, "2025Q4", digest_of(by_key(table)[key]))
    schema = read_schemas(sound.LAYOUT.schemas / "raw")[CARRIED]
    register = Table(schema, "carried.csv", (Row(2, dict(zip(HEADER, cells, strict=True))),))
    state = replace(state, tables={**state.tables, CARRIED: register})
    for column in ("title", table.schema.primary_key):
        changed = state.with_cell((name, column, key), "another").tables
        assert list(carrying_problems(changed)) == []
        assert by_key(changed[CARRIED]) != by_key(register)


def test_a_display_order_moves_no_number():
    state, before = sound.base()
    turned = state.with_cell(("tree", "order", "supply"), "5")
    turned = turned.with_cell(("tree", "order", "trust"), "1")
    after = sound.Computed.of(turned)
    numbers = [v for v in before.ledger if v.unit != "text"]
    moved = [v.id for v in numbers if after.ledger[v.id].v != v.v]
    assert moved == []
    assert before.ledger["nw.simulation"].v == after.ledger["nw.simulation"].v


def test_what_is_not_recorded_is_seen(monkeypatch):
    monkeypatch.setattr(Ledger, "note", lambda *_: None)
    state, _ = sound.base()
    before = sound.Computed.of(state)
    after = state.with_cell(("policies", "line_id", "gansu_three_year_plan"), "")
    found = sound.difference(before, sound.Computed.of(after))
    assert found - before.reached([("policies", "line_id", "gansu_three_year_plan")])
