"""Texts of cells: each a value, made whenever it is asked for."""

from __future__ import annotations

from suyuan.lineage.texts import Texts
from suyuan.lineage.value import Cell

ROWS = {
    "hubs": [
        {"line": "2", "hub_id": "a.1", "name": "甲", "note": ""},
        {"line": "3", "hub_id": "b", "name": "乙", "note": "注"},
    ],
    "empty": [],
}
IDS = ["hubs.name.a.1", "hubs.name.b", "hubs.note.b"]


def test_every_cell_that_holds_a_text_is_a_value_by_its_table_column_and_key():
    texts = Texts(ROWS)
    assert [value.id for value in texts] == IDS
    for value in texts:
        assert texts.find(value.id) == value
        (cell,) = value.src
        assert value.id == ".".join(cell)
        assert value.txt == next(r for r in ROWS["hubs"] if r["hub_id"] == cell.key)[cell.column]
    assert texts.find("hubs.note.b").src == (Cell("hubs", "note", "b"),)


def test_nothing_else_is_one():
    for name in ("hubs.note.a.1", "hubs.line.b", "hubs.hub_id.b", "hubs.name.c", "hubs.other.b",
                 "empty.name.a", "roads.name.a", "hubs.name", "hubs", ""):  # fmt: skip
        assert Texts(ROWS).find(name) is None


def test_what_nobody_asks_for_is_neither_read_nor_made():
    class Read(dict):
        asked = 0

        def __getitem__(self, name):
            self.asked += 1
            return super().__getitem__(name)

    rows = Read(ROWS)
    texts = Texts(rows)
    texts.find("roads.name.a")
    assert rows.asked == 0
    assert texts.find("hubs.name.b") == texts.find("hubs.name.b")
    assert rows.asked == 1
