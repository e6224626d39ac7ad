"""What values rest on, counted without a list for each of them."""

import tracemalloc

import pytest

from suyuan.lineage.beneath import Beneath, bits
from suyuan.lineage.build import Build, CitedTable
from suyuan.lineage.facets import DOCUMENTS
from suyuan.lineage.graph import Entries

OWN = {"a": ["x"], "b": ["y"], "c": ["z", "x"], "d": []}
DIAMOND = Entries({"a": {}, "b": {"in": ["a"]}, "c": {"in": ["a"]}, "d": {"in": ["c", "b"]}})


def test_a_set_is_what_a_value_has_and_what_its_parents_rest_on():
    beneath = Beneath(DIAMOND, OWN.__getitem__)
    assert sorted(beneath.things(beneath("d"))) == ["x", "y", "z"]
    assert beneath.things(beneath("b")) == ["x", "y"]
    assert beneath("d").bit_count() == 3


def test_equal_sets_are_held_once():
    graph = Entries({"a": {}, "b": {"in": ["a"]}, "c": {"in": ["a", "b"]}})
    beneath = Beneath(graph, lambda name: range(100) if name == "a" else [])
    assert beneath("a") is beneath("b") is beneath("c")


@pytest.mark.parametrize("places", [[], [0], [3, 4, 70], [*range(200)]])
def test_the_bits_of_a_set(places):
    assert list(bits(sum(1 << place for place in places))) == places


def build(size):
    """One analysis of so many cells, and as many values that are picked from it."""
    cells = {f"k{n}": (n + 2, {"id": f"k{n}", "value": "1", "source_id": "s"}) for n in range(size)}
    number = {"v": "1", "u": "1", "txt": "1"}
    values = {
        **{f"x{n}": number | {"op": "convert", "src": [["t", "value", [f"k{n}"]]]}
           for n in range(size)},
        "analysis": number | {"op": "simulate", "in": [f"x{n}" for n in reversed(range(size))]},
        **{f"y{n}": number | {"op": "pick", "in": ["analysis"]} for n in range(size)},
    }  # fmt: skip
    tables = {
        "t": CitedTable("t", "t.csv", "id", ("id", "value", "source_id"), cells),
        DOCUMENTS: CitedTable(DOCUMENTS, "s.csv", "source_id", ("source_id", "title"),
                              {"s": (2, {"source_id": "s", "title": "S"})}),
    }  # fmt: skip
    return Build({"values": values, "claims": {}, "uses": []}, tables)


def test_the_first_cells_are_named_and_all_are_counted():
    built = build(20)
    roots = built.roots_of("y3", 4)
    assert [cell.key for cell in roots.first] == ["k19", "k18", "k17", "k16"]
    assert (roots.count, [row["title"] for row in roots.documents]) == (20, ["S"])
    assert [cell.key for cell in built.roots(["y3", "x0"])] == [f"k{n}" for n in range(19, -1, -1)]
    assert built.roots_of("x7", 4).count == 1


def held(size):
    """Bytes that are held when every value was asked."""
    built = build(size)
    tracemalloc.start()
    for name in built.values:
        built.roots_of(name, 4)
    now, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return now


def test_what_is_held_grows_with_the_values_and_not_with_their_cells_times_them():
    assert held(1200) / held(300) < 8  # 4 where each shares, 16 where each holds its own
