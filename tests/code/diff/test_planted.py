"""Thirty planted changes of ten kinds: each is found, has the right cause, and nothing else is.

``moved`` are values that must be among those that changed, with the share of each cause where it
can be worked out by hand; every change must name no other cause than ``causes``.
"""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from tests.code.diff.sides import by_id, compared, side
from tests.code.miniature import fixed

NEAR = Decimal("1e-9")


@dataclass(frozen=True)
class Planted:
    """A change, what causes it, its kind, and some of the values that it moves."""

    name: str
    edits: tuple
    causes: set
    kind: str = "data"
    moved: dict = field(default_factory=dict)  # id: {ref: contribution}, or None for a text


def cell(key, column="value", table="observations"):
    return f"{table}.{column}.{key}"


def added(key, like, **cells):
    return lambda project: project.add("observations", like, obs_id=key, **cells)


def both(key, again, value):
    """A figure and the row that restates it."""
    return (fixed("value", key, value), fixed("value", again, value))


T1 = {cell("T001"), cell("T030")}
PLANTED = [
    # a figure
    Planted("a total", (fixed("value", "T002", "3.10"),), {cell("T002")},
            moved={"beta.compute_total": {cell("T002"): "1"},
                   "rg.compute_total": {cell("T002"): "1"}}),
    Planted("a part", (fixed("value", "T007", "5.0"),), {cell("T007")},
            moved={"gamma.ai_compute": {cell("T007"): "-1.0"}}),
    Planted("the product of a province", (fixed("value", "T009", "1100"),), {cell("T009")},
            moved={"alpha.gdp.2029": {cell("T009"): "100"}}),
    Planted("an exact number", (fixed("value", "T023", "210"),), {cell("T023")},
            moved={"na.racks.2027": {cell("T023"): "100000"}}),
    Planted("a forecast", (fixed("value", "T019", "600"),), {cell("T019")},
            moved={"na.compute_total.2030": {cell("T019"): "100"}}),
    # two that meet
    Planted("two addends", (fixed("value", "T002", "3.10"), fixed("value", "T003", "11000")),
            {cell("T002"), cell("T003")},
            moved={"rg.compute_total": {cell("T002"): "1", cell("T003"): "1"}}),
    Planted("a part and its whole",
            (fixed("value", "T003", "12000"), fixed("value", "T007", "3.0")),
            {cell("T003"), cell("T007")},
            moved={"gamma.ai_share": {cell("T003"): "-0.075", cell("T007"): "-0.275"}}),
    Planted("a figure and its restatement", both("T001", "T030", "51.0"), T1,
            moved={"rg.compute_total": {cell("T001"): "1.0"}}),
    # the unit of a figure
    Planted("a unit", (fixed("unit", "T014", "万亿元"),), {cell("T014", "unit")},
            moved={"alpha.gdp.2028": {cell("T014", "unit"): "9989001"}}),
    Planted("a unit and the figure",
            (fixed("unit", "T003", "EFLOPS"), fixed("value", "T003", "12")),
            {cell("T003", "unit"), cell("T003")}),
    Planted("another unit of the same worth", (fixed("unit", "T007", "E"),),
            {cell("T007", "unit")}),
    # what a unit is worth
    Planted("a factor", (fixed("factor", "万P", "11", "units"),), {cell("万P", "factor", "units")},
            "config", {"beta.compute_total": {cell("万P", "factor", "units"): "3"},
                       "a1.compute_total": {cell("万P", "factor", "units"): "1.25"}}),
    Planted("a factor of counts", (fixed("factor", "万架", "20000", "units"),),
            {cell("万架", "factor", "units")}, "config",
            {"na.racks.2029": {cell("万架", "factor", "units"): "1500000"}}),
    # how a number is printed
    Planted("decimals", (fixed("decimals", "ai_share", "3", "indicators"),),
            {cell("ai_share", "decimals", "indicators")}, "config"),
    Planted("a unit of display", (fixed("display_unit", "ai_share", "1", "indicators"),),
            {cell("ai_share", "display_unit", "indicators")}, "config"),
    # method
    Planted("the floor of a class", (fixed("minimum", "first", "60", "tiers"),),
            {cell("first", "minimum", "tiers")}, "method",
            {"alpha.tier": {cell("first", "minimum", "tiers"): "1"}}),
    Planted("the unit of a floor", (fixed("unit", "second", "EFLOPS", "tiers"),),
            {cell("second", "unit", "tiers")}, "method"),
    # rows that come and go
    Planted("a row that comes", (added("T099", "T014", qualifier="2027"),), {cell("T099", "*")}),
    Planted("a row that goes", (lambda p: p.drop("observations", "T014"),), {cell("T014", "*")}),
    Planted("a newer figure", (added("T099", "T018", qualifier="2029-12", as_of="2029-12",
            value="420"),), {cell("T099", "*")}),
    Planted("a source", (lambda p: p.add("sources", "paper", source_id="gazette", title="公报"),),
            {cell("gazette", "*", "sources")}),
    # other keys
    Planted("a renamed row", (fixed("obs_id", "T014", "T999"),), set()),
    Planted("a renamed class", (fixed("tier_id", "second", "middle", "tiers"),),
            {cell("middle", "*", "tiers")}, "method"),
    # what selects
    Planted("a period", (fixed("as_of", "T024", "2028"), fixed("qualifier", "T024", "2028")),
            {cell("T024", "as_of"), cell("T024", "qualifier")}),
    Planted("whose part it is", (fixed("parent_id", "b1", "alpha", "subjects"),),
            {cell("b1", "parent_id", "subjects")}),
    Planted("a comparator", (fixed("comparator", "T028", "="),), {cell("T028", "comparator")}),
    Planted("what a figure is", (fixed("kind", "T024", "forecast"),), {cell("T024", "kind")}),
    # words
    Planted("a name", (fixed("name", "alpha", "甲某", "subjects"),),
            {cell("alpha", "name", "subjects")}),
    Planted("a note", (fixed("note", "T004", "另一个约数。"),), {cell("T004", "note")}),
    Planted("a title", (lambda p: p.set("policies", p.rows("policies")[1][0], "title", "新规"),),
            {cell("alpha_plan", "title", "policies")}),
]  # fmt: skip


@pytest.fixture(scope="module")
def base(tmp_path_factory, schemas):
    return side(tmp_path_factory.mktemp("base") / "project", schemas)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.name)
def test_a_planted_change_has_its_cause_and_no_other(planted, base, tmp_path, schemas):
    head = side(tmp_path / "head", schemas, planted.edits)
    document = compared(base, head, head.folder)
    values = by_id(document["values"])
    causes = [cause for entry in values.values() for cause in entry["causes"]]
    assert document["unexplained"] == []
    assert {ref for cause in causes for ref in cause.get("cells", [cause["ref"]])} == planted.causes
    assert {cause["kind"] for cause in causes} <= {planted.kind}
    for value_id, shares in planted.moved.items():
        found = {c["ref"]: Decimal(c["contribution"]) for c in values[value_id]["causes"]}
        assert found.keys() == shares.keys()
        for ref, share in shares.items():
            assert abs(found[ref] - Decimal(share)) < NEAR
    for entry in values.values():
        if "delta" in entry:
            shares = sum(Decimal(cause["contribution"]) for cause in entry["causes"])
            assert abs(shares - Decimal(entry["delta"])) < NEAR
    for value_id in base.values.keys() & head.values.keys():
        before, after = base.values[value_id], head.values[value_id]
        assert (value_id in values) or before["v"] == after["v"], "a change that was not found"


def test_there_are_thirty():
    assert len(PLANTED) >= 30
