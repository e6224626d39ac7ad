"""Walks over graphs of values: of any depth, each value once, parents first."""

import sys

import pytest

from suyuan.core.errors import CircularValue, UnknownValue
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.graph import Entries, ancestry, downward, folded, gathered, upward
from suyuan.lineage.trace import Tracer

DEEP = 3 * sys.getrecursionlimit()
# d is made from b and c, both of them from a.
DIAMOND = Entries({"a": {}, "b": {"in": ["a"]}, "c": {"in": ["a"]}, "d": {"in": ["c", "b"]}})


def chain(length):
    values = {"v0": {"src": [["t", "c", ["k"]]]}}
    return values | {f"v{n}": {"in": [f"v{n - 1}"]} for n in range(1, length)}


def test_a_ledger_and_a_lineage_file_are_walked_alike(ledger):
    entries = Entries({value.id: value.to_json() for value in ledger})
    assert ancestry(ledger, ["rg.ai_share"]) == ancestry(entries, ["rg.ai_share"])
    assert ancestry(DIAMOND, ["b", "c"]) == {"a", "b", "c"}


def test_parents_come_first_and_nothing_twice():
    assert list(upward(DIAMOND, "d", ())) == ["a", "c", "b", "d"]
    assert list(upward(DIAMOND, "d", {"c"})) == ["a", "b", "d"]


def test_downward_each_stands_before_what_only_it_was_made_from():
    assert list(downward(DIAMOND, ["d"])) == ["d", "c", "a", "b"]
    assert list(downward(DIAMOND, ["b", "d"])) == ["b", "a", "d", "c"]


def test_whoever_wants_the_first_walks_no_further():
    graph, asked = Entries(chain(9)), []

    class Watched:
        def parents(self, value_id):
            asked.append(value_id)
            return graph.parents(value_id)

    assert next(downward(Watched(), ["v8"])) == "v8"
    assert asked == []


def test_what_a_walk_made_is_kept():
    asked = []
    known: dict[str, int] = {}

    def paths(value_id, parents):
        asked.append(value_id)
        return sum(parents) or 1

    assert folded(DIAMOND, "d", known, paths) == 2  # by b and by c
    assert folded(DIAMOND, "c", known, paths) == 1
    assert asked == ["a", "c", "b", "d"]


def test_own_things_stand_before_those_of_parents():
    own = {"a": ["x"], "b": ["y"], "c": ["z", "x"], "d": []}
    assert list(gathered(DIAMOND, "d", {}, own.__getitem__)) == ["z", "x", "y"]


def test_what_adds_nothing_is_no_second_set():
    known = {}
    own = {"a": ["x"], "b": ["y"], "c": [], "d": []}
    assert list(gathered(DIAMOND, "d", known, own.__getitem__)) == ["x", "y"]
    assert known["c"] is known["a"]
    assert (list(known["a"]), list(known["b"])) == (["x"], ["y", "x"])


def test_a_value_made_from_itself_is_refused():
    graph = Entries({"a": {"in": ["b"]}, "b": {"in": ["a"]}})
    with pytest.raises(CircularValue):
        list(upward(graph, "a", ()))


def test_a_parent_that_does_not_exist_is_named():
    with pytest.raises(UnknownValue, match="gone"):
        ancestry(Entries({"a": {"in": ["gone"]}}), ["a"])


def test_no_chain_is_too_long():
    graph, last = Entries(chain(DEEP)), f"v{DEEP - 1}"
    assert len(ancestry(graph, [last])) == DEEP
    assert list(gathered(graph, last, {}, lambda v: [v] if v == "v0" else [])) == ["v0"]


def test_a_long_chain_is_traced(tmp_path):
    about = {"v": "1", "u": "1", "txt": "1", "op": "same"}
    values = {name: about | entry for name, entry in chain(DEEP).items()}
    values["v0"] = about | {"op": "text"}
    tracer = Tracer(tmp_path, tmp_path, {"values": values, "uses": []}, OPERATIONS)
    node, length = tracer.tree(f"v{DEEP - 1}"), 1
    while node.get("in"):
        (node,) = node["in"]
        length += 1
    assert length == DEEP
