"""What the sliders of the HTML get to compute with."""

from __future__ import annotations

from decimal import Decimal

import pandas as pd
import pytest

from suyuan.contract.codebook import Codebook, Indicator, Unit
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell
from suyuan.outputs.screen.explorer import explorer_inputs, printed_as
from suyuan.page.page import Page

NODES = {"score": "", "width": "score", "depth": "score", "leaf": "width"}
WORDS = {"explorer": {"reset": "恢复"}}


def indicator(name: str, unit: str = "1", display: str = "1", decimals: int | None = None):
    return Indicator(name, f"名{name}", unit, display, decimals, "", None, None)


@pytest.fixture
def book() -> Codebook:
    per_cent = [indicator(name, display="%") for name in ("T", "P", "A", "C", "other")]
    plain = [indicator(name) for name in ("weight", "S_nw", "rank")]
    printed = [indicator("score", decimals=1), indicator("F", decimals=3)]
    share = indicator("share", display="%", decimals=1)
    units = [Unit("1", "1", Decimal(1), "-", False), Unit("%", "1", Decimal("0.01"), "%", False)]
    known = {one.id: one for one in [*per_cent, *plain, *printed, share]}
    return Codebook(known, {unit.name: unit for unit in units})


@pytest.fixture
def page(book: Codebook) -> Page:
    """Three suppliers: one complete, one without a depth, one not ranked; two dimensions."""
    ledger = Ledger(book, OPERATIONS)
    numbers = {
        "width.weight": "0.60", "depth.weight": "0.4", "market.other": "0.7",
        "one.score.width": "33.333333333333333333", "one.score.depth": "50.0",
        "two.score.width": "20", "none.score.width": "90",
    }  # fmt: skip
    for vendor in ("one", "two"):
        numbers |= {f"{vendor}.{factor}": "0.5" for factor in ("T", "P", "A", "C", "S_nw", "rank")}
    for name, text in numbers.items():
        ledger.convert(name, text, "1", Cell("model", "value", name))
    texts = [f"tree.name.{node}" for node in NODES]
    texts += [f"subjects.name.{vendor}" for vendor in ("one", "two", "none")]
    texts += [f"indicators.name.{code}" for code in ("T", "P", "A", "C", "other")]
    for name in texts:
        table, column, key = name.split(".")
        ledger.text(name, f"名{key}", Cell(table, column, key))
    tree = pd.DataFrame(
        {
            "node_id": list(NODES), "parent_id": list(NODES.values()), "level": list("0112"),
            "order": list("1211"), "aggregation": ["geometric", "arithmetic", "arithmetic", ""],
        }
    )  # fmt: skip
    suppliers = [{"supplier_id": vendor} for vendor in ("one", "two", "none")]
    tables = {"tree": ("node_id", tree.to_dict("records")), "suppliers": ("supplier_id", suppliers)}
    return Page(ledger=ledger, tables=tables, drawings={}, words=WORDS, claims={}, provinces=[])


def test_the_inputs_are_exact_and_those_of_ranked_suppliers(page):
    found = explorer_inputs(page)
    assert found["dimensions"] == ("depth", "width")  # by their order, level by level
    assert (found["vendors"], found["unranked"]) == (["one", "two"], ["none"])
    values = found["values"]
    assert values["width.weight"] == "0.60"
    assert values["one.score.width"] == "33.333333333333333333"
    assert values["market.other"] == "0.7"
    assert {"two.S_nw", "two.T", "two.P", "two.A", "two.C"} < set(values)
    assert "two.score.depth" not in values  # missing is not zero
    assert not any(name.startswith("none.") for name in values)


def test_names_words_and_the_kind_of_mean_travel_along(page):
    found = explorer_inputs(page)
    assert found["names"]["none"] == "名none"
    assert found["names"]["depth"] == "名depth"
    assert found["names"]["T"] == "名T"
    assert "leaf" not in found["names"]
    assert found["words"] == {"reset": "恢复"}
    assert found["geometric"] is True


def test_without_ranked_suppliers_there_are_none(page):
    page.ledger = Ledger(
        page.ledger.codebook, OPERATIONS, [v for v in page.ledger if ".rank" not in v.id]
    )
    assert explorer_inputs(page) == {}


def test_results_are_told_how_they_are_printed(book):
    assert printed_as(book, "share") == {"decimals": 1, "factor": 0.01, "sign": "%"}
    assert printed_as(book, "F") == {"decimals": 3, "factor": 1.0, "sign": ""}
