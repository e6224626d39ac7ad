"""What a reader is led to: a count of very many leads to none of them."""

from __future__ import annotations

import pytest

from suyuan.domain.operations import OPERATIONS
from suyuan.lineage import leading

VALUES = {
    "a.total": {"op": "sum", "in": ["x.1", "x.2"]},
    "a.count": {"op": "count", "in": ["x.1", "x.2", "x.3", "x.4"]},
    **{f"x.{n}": {"op": "convert"} for n in range(1, 5)},
}


def lineage(*printed, claims=()):
    said = {f"c{n}": {"in": facts, "uses": uses} for n, (facts, uses) in enumerate(claims)}
    return {"values": VALUES, "uses": [{"v": name} for name in printed], "claims": said}


def test_all_is_listed_where_no_printed_count_is_of_many(monkeypatch):
    assert leading.listed(lineage("a.total", "a.count")) == list(VALUES)
    monkeypatch.setattr(leading, "COUNTED", 3)
    assert leading.listed(lineage("a.total")) == list(VALUES)


@pytest.mark.parametrize(
    ("claims", "more"), [((), []), (((["x.4"], ["c-1"]),), ["x.4"]), (((["x.4"], []),), [])]
)
def test_else_what_is_printed_and_what_that_rests_on(monkeypatch, claims, more):
    monkeypatch.setattr(leading, "COUNTED", 3)
    expected = ["a.total", "a.count", "x.1", "x.2", *more]
    assert leading.listed(lineage("a.total", "a.count", claims=claims)) == expected


def test_every_operation_that_counts_is_known():
    assert {name for name, each in OPERATIONS.items() if each.counting} == leading.COUNTING
