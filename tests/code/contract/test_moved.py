"""Cells in other columns than theirs are told as what happened, once."""

from __future__ import annotations

import pytest

from suyuan.contract.moved import told_as_moved
from suyuan.contract.rows import problems, shape
from suyuan.contract.schema import Field, ForeignKey, Schema
from suyuan.contract.tables import RawTable

KEY = Field("id", "string", "", required=True, pattern="^[a-z]$")
FIELDS = (
    KEY,
    Field("place", "string", "", required=True),
    Field("value", "number", "", required=True),
    Field("kind", "string", "", required=True, enum=("meant", "read")),
    Field("on", "period", ""),
    Field("note", "string", ""),
    Field("sort", "string", "", required=True, enum=("A", "B")),
)
PLACES = Schema("places", "地方", "", "id", (KEY,), ())
PLOTS = Schema("plots", "地块", "", "id", FIELDS, (ForeignKey("place", "places", "id"),))
ROWS = [
    ["a", "x", "1", "meant", "2026", "", "A"],
    ["b", "y", "2", "read", "2025", "一说", "B"],
    ["c", "x", "3", "read", "", "", "A"],
    ["d", "y", "4", "meant", "2024", "", "B"],
]
COLUMNS = PLOTS.columns


def told(rows, **places):
    tables = {}
    for schema, cells in ((PLACES, places.get("known", [["x"], ["y"]])), (PLOTS, rows)):
        raw = RawTable(schema.columns, list(enumerate(cells, start=2)))
        tables[schema.name], found = shape(raw, schema, f"{schema.name}.csv")
        assert found == []
    found = told_as_moved(tables, problems(tables))
    return [(p.code, p.row, p.column) for p in found]


def with_row(place, *cells):
    return [*ROWS[:place], list(cells), *ROWS[place + 1 :]]


def exchanged(rows, one, other):
    at, to = COLUMNS.index(one), COLUMNS.index(other)
    order = list(range(len(COLUMNS)))
    order[at], order[to] = to, at
    return [[row[place] for place in order] for row in rows]


def test_what_is_in_its_place_is_told_as_before():
    assert told(ROWS) == []
    assert told(with_row(0, "a", "x", "eins", "meant", "2026", "", "A")) == [("E120", 2, "value")]
    rows = with_row(0, "a", "x", "eins", "mean", "2026", "", "A")
    assert told(rows) == [("E120", 2, "value"), ("E126", 2, "kind")]
    rows = with_row(0, "a", "x", "eins", "mean", "gestern", "", "C")
    assert [code for code, *_ in told(rows)] == ["E120", "E126", "E125", "E126"]


def test_a_row_that_slipped():
    right = with_row(1, "b", "y", "", "2", "read", "2025", "一说")
    assert told(right) == [("E884", 3, "value")]
    assert told(with_row(1, "b", "2", "read", "2025", "一说", "B", "")) == [("E885", 3, "place")]
    assert told(with_row(1, "", "b", "y", "2", "read", "2025", "一说")) == [("E884", 3, "id")]


@pytest.mark.parametrize(
    ("one", "other"), [("value", "kind"), ("place", "value"), ("kind", "sort")]
)
def test_two_columns_that_changed_places(one, other):
    assert told(exchanged(ROWS, one, other)) == [("E886", 1, one)]


def test_of_which_one_takes_any_text():
    rows = [[*row[:5], f"注{row[0]}", row[6]] for row in ROWS]
    assert told(exchanged(rows, "note", "kind")) == [("E886", 1, "kind")]


def test_columns_that_no_exchange_mends_are_told_cell_by_cell():
    rows = [[*row[:2], f"{row[2]}个", *row[3:]] for row in ROWS]
    assert told(rows) == [("E123", line, "value") for line in range(2, 6)]


def test_two_cells_of_a_row_that_changed_places():
    rows = [*ROWS[:2], *exchanged([ROWS[2]], "place", "value"), ROWS[3]]
    assert told(rows) == [("E887", 4, "place")]


def test_an_empty_cell_changed_places_with_nothing():
    assert told(with_row(2, "c", "z", "", "read", "", "", "A")) == [
        ("E106", 4, "value"),
        ("E111", 4, "place"),
    ]
