"""Rows that code relies on by name: a missing one is told with its file and column."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest

from suyuan.contract.codebook import Codebook
from suyuan.core.errors import ConfigError, Problem
from suyuan.domain.assessment.tree import IndicatorTree

INDICATOR = {
    "indicator_id": "a", "name": "甲", "unit": "u", "display_unit": "u", "decimals": "",
    "basis": "", "minimum": "", "maximum": "",
}  # fmt: skip
BOOK = Codebook.from_tables([INDICATOR], [])
TREE = IndicatorTree.of(
    [{"node_id": "a", "parent_id": "", "level": "0", "order": "1", "aggregation": "arithmetic"}]
)


@pytest.mark.parametrize(
    ("relied", "file", "column", "name"),
    [
        (lambda: BOOK.text(Decimal(1), "b", computed=True), "indicators.csv", "indicator_id", "b"),
        (lambda: BOOK.text(Decimal(1), "a", computed=True), "units.csv", "unit", "u"),
        (lambda: TREE.nodes("score"), "tree.csv", "node_id", "score"),
        (lambda: TREE.aggregation["score"], "tree.csv", "node_id", "score"),
        (lambda: pickle.loads(pickle.dumps(BOOK)).indicators["b"],
         "indicators.csv", "indicator_id", "b"),
    ],
)  # fmt: skip
def test_a_missing_row_is_told(relied, file, column, name):
    with pytest.raises(ConfigError) as told:
        relied()
    assert told.value.problems == (Problem("E160", f"config/{file}", 0, column, name),)


def test_whether_a_row_is_there_may_be_asked():
    assert "b" not in BOOK.indicators
    assert BOOK.indicators.get("b") is None
