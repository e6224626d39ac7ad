"""Two JSON documents compared: every difference once, at its place."""

from __future__ import annotations

from typing import Any

import pytest

from suyuan.lineage.comparison import differences

USES = [{"anchor": "a", "v": "x"}, {"anchor": "b", "v": "y"}]


@pytest.mark.parametrize(
    ("found", "expected", "told"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 2}, {"a": 1}, [("changed", "a")]),
        ({"a": 1.0}, {"a": 1}, [("changed", "a")]),  # equal in Python, not the same in JSON
        ({"a": True}, {"a": 1}, [("changed", "a")]),
        ({"a": [1.0]}, {"a": [1]}, [("missing", "a.1"), ("extra", "a.1.0")]),
        ({"a": []}, {"a": {}}, [("changed", "a")]),
        ({}, {"a": None}, [("missing", "a")]),
        ({"a": None}, {}, [("extra", "a")]),
        ({"a": {"b": {"c": "x"}}}, {"a": {"b": {"c": "y"}}}, [("changed", "a.b.c")]),
        (["x", "x"], ["x"], [("repeated", "x")]),
        (["y", "x"], ["x", "y"], [("reordered", "y")]),
        ([["t", "c", ["1"]]], [["t", "c", ["2"]]],
         [("missing", '["t","c",["2"]]'), ("extra", '["t","c",["1"]]')]),
        (USES[:1], USES, [("missing", "b")]),
        ([USES[0], {"anchor": "b", "v": "z"}], USES, [("changed", "b.v")]),
        (USES[::-1], USES, [("reordered", "b")]),
        ([*USES, USES[0]], USES, [("repeated", "a")]),
        ([None, 3], USES, [("missing", "a"), ("missing", "b"), ("extra", "3"), ("extra", "null")]),
    ],
)  # fmt: skip
def test_each_difference_is_told_at_its_place(
    found: Any, expected: Any, told: list[tuple[str, str]]
) -> None:
    said = [(each.kind, ".".join(each.place)) for each in differences(found, expected)]
    assert sorted(said) == sorted(told)
