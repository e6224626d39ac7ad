"""The ledger computes values and cannot help writing down from what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from suyuan.contract.codebook import Codebook
from suyuan.contract.tables import read_records
from suyuan.core.errors import BasisMismatch, DuplicateValue, UnitMismatch, UnknownValue
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import TEXT, Cell, Value, indicator_of
from tests.code.miniature import TINY

BOOK = Codebook.from_tables(
    read_records(TINY / "config/indicators.csv"), read_records(TINY / "config/units.csv")
)


def cell(key, column="value", source="observations"):
    return Cell(source, column, key)


@pytest.fixture
def fresh():
    """Two totals and two AI totals, as recorded."""
    made = Ledger(BOOK, OPERATIONS)
    made.convert("a.compute_total", "50.0", "EFLOPS", cell("T1"))
    made.convert("b.compute_total", "3.00", "万P", cell("T2"))
    made.convert("a.ai_compute", "20.0", "EFLOPS", cell("T3"))
    made.convert("b.ai_compute", "2.0", "万P", cell("T4"))
    return made


# --- recorded values --------------------------------------------------------------------------


def test_a_recorded_number_keeps_its_digits_its_cell_and_its_rounding(fresh):
    value = fresh["a.compute_total"]
    assert (value.v, value.unit, value.txt) == (Decimal("50.0"), "EFLOPS", "50.0")
    assert (value.op, value.src, value.parents) == ("convert", (cell("T1"),), ())
    assert (value.half, value.basis) == (Decimal("0.05"), "infrastructure")
    assert (value.printed, value.printed_unit, value.meta) == ("50.0", "EFLOPS", {})


def test_a_converted_number_keeps_the_printed_one_beside_it(fresh):
    value = fresh["b.compute_total"]
    assert (value.data, value.unit, value.txt) == ("30", "EFLOPS", "30")  # 3.00 · 10
    assert value.half == Decimal("0.05")  # 0.005 · 10
    assert (value.printed, value.printed_unit) == ("3.00", "万P")


def test_what_describes_a_value_is_kept(fresh):
    value = fresh.convert(
        "c.compute_total", "1", "E", cell("T9"), comparator=">", as_of="2029", basis=""
    )
    assert value.meta["comparator"] == ">"
    assert value.meta["as_of"] == "2029"
    assert "basis" not in value.meta
    assert value.basis == "infrastructure"


def test_a_row_may_name_another_basis(fresh):
    value = fresh.convert("c.compute_total", "1", "E", cell("T9"), basis="source_weighted")
    assert value.basis == "source_weighted"
    assert "basis" not in value.meta


@pytest.mark.parametrize("comparator", [">", "<", "≥", "≤"])
def test_a_bound_is_exact_as_stated(fresh, comparator):
    value = fresh.convert("c.compute_total", "60", "E", cell("T9"), comparator=comparator)
    assert value.half == 0


@pytest.mark.parametrize(
    ("comparator", "kind", "half"),
    [("=", "target", "0"), ("=", "policy", "0"), ("=", "measured", "0.5"), ("≈", "claim", "0.5")],
)
def test_a_target_is_exact_and_a_measurement_is_rounded(fresh, comparator, kind, half):
    value = fresh.convert(
        "c.compute_total", "60", "E", cell("T9"), comparator=comparator, kind=kind
    )
    assert value.half == Decimal(half)


def test_a_text_is_its_own_value(fresh):
    value = fresh.text("subjects.name.a", "甲", cell("a", "name", "subjects"))
    assert (value.v, value.data, value.txt, value.unit, value.op) == ("甲", "甲", "甲", TEXT, TEXT)
    assert value.meta == {}
    with pytest.raises(TypeError, match=r"subjects\.name\.a"):
        _ = value.number


# --- computed values --------------------------------------------------------------------------


def test_a_sum_records_its_parents_unit_basis_and_rounding(fresh):
    value = fresh.derive("r.compute_total", "sum", ["a.compute_total", "b.compute_total"])
    # 50.0 + 30 = 80.0, rounding 0.05 + 0.05
    assert (value.data, value.unit, value.txt) == ("80.0", "EFLOPS", "80.0")
    assert (value.op, value.src) == ("sum", ())
    assert value.parents == ("a.compute_total", "b.compute_total")
    assert (value.half, value.basis) == (Decimal("0.10"), "infrastructure")
    assert fresh["r.compute_total"] is value


def test_a_ratio_is_computed_to_34_digits_and_printed_as_its_indicator_says(fresh):
    value = fresh.derive("b.ai_share", "ratio", ["b.ai_compute", "b.compute_total"])
    assert value.data == "0." + "6" * 33 + "7"  # 20 / 30
    assert (value.txt, value.unit, value.basis) == ("66.67%", "1", "")


def test_an_operation_may_give_its_own_text(fresh):
    fresh.text("tiers.name.first", "甲档", cell("first", "name", "tiers"))
    fresh.convert("tier_first.compute_total.floor", "50", "EFLOPS", cell("first", "minimum"))
    classes = ["tier_first.compute_total.floor", "tiers.name.first"]
    value = fresh.derive("a.tier", "classify", ["a.compute_total", *classes])
    assert (value.v, value.txt, value.unit) == (Decimal(1), "甲档", "tier")


def test_a_derived_text_is_a_text(fresh):
    for subject, name in (("a", "甲"), ("b", "乙")):
        fresh.text(f"subjects.name.{subject}", name, cell(subject, "name", "subjects"))
    value = fresh.derive("r.members", "join", ["subjects.name.a", "subjects.name.b"])
    assert (value.v, value.unit, value.txt) == ("甲、乙", TEXT, "甲、乙")


def test_a_count_of_texts_has_the_unit_of_its_indicator(fresh):
    fresh.text("subjects.name.a", "甲", cell("a", "name", "subjects"))
    value = fresh.derive("r.province_count", "count", ["subjects.name.a"])
    assert (value.v, value.unit, value.txt) == (Decimal(1), "count", "1")


# --- bounds are carried through ---------------------------------------------------------------


def carried(op, *comparators, kind="measured", name="r.compute_total"):
    """The comparator that an operation gives to what it makes of numbers with these."""
    made = Ledger(BOOK, OPERATIONS)
    for place, comparator in enumerate(comparators):
        made.convert(
            f"s{place}.compute_total", str(40 - place), "E", cell(f"T{place}"),
            comparator=comparator, kind=kind,
        )  # fmt: skip
    parents = [f"s{place}.compute_total" for place in range(len(comparators))]
    return made.derive(name, op, parents).meta.get("comparator", "=")


@pytest.mark.parametrize(
    ("op", "name", "comparators", "result"),
    [
        ("same", "r.compute_total", [">"], ">"),
        ("same", "r.compute_total", ["≤"], "≤"),  # another name changes nothing
        ("same", "r.compute_total", ["≈"], "≈"),
        ("sum", "r.compute_total", ["=", ">", "="], ">"),
        ("sum", "r.compute_total", ["≥", "="], "≥"),
        ("sum", "r.compute_total", ["≥", ">"], ">"),
        ("sum", "r.compute_total", [">", "<"], "≈"),  # over and under: anything
        ("difference", "r.compute_total", ["=", ">"], "<"),
        ("ratio", "r.multiple", [">", "="], ">"),
        ("ratio", "r.multiple", ["=", ">"], "<"),  # over more than 140 is less than over 140
        ("ratio", "r.multiple", [">", "<"], ">"),
        ("ratio", "r.multiple", [">", ">"], "≈"),
        ("growth", "r.growth", [">", "="], "<"),
        ("growth", "r.growth", ["=", ">"], ">"),
        ("count", "r.cluster_count", [">", ">"], "="),
    ],
)
def test_a_result_of_bounds_is_a_bound(op, name, comparators, result):
    assert carried(op, *comparators, name=name) == result


def test_a_target_is_no_bound_of_what_is(fresh):
    assert carried("ratio", "≥", "≥", kind="target", name="r.multiple") == "="


# --- what must not be added -------------------------------------------------------------------


@pytest.mark.parametrize("op", ["sum", "difference", "growth", "rank", "maximum", "minimum"])
def test_bases_are_never_mixed(fresh, op):
    with pytest.raises(BasisMismatch, match="ai_fp16"):
        fresh.derive("r.compute_total", op, ["a.compute_total", "a.ai_compute"])
    assert "r.compute_total" not in fresh


@pytest.mark.parametrize("basis", ["device", "source_weighted", "ai_fp16"])
def test_a_row_on_another_basis_is_not_added_either(fresh, basis):
    fresh.convert("c.compute_total", "1", "E", cell("T9"), basis=basis)
    with pytest.raises(BasisMismatch, match=basis):
        fresh.derive("r.compute_total", "sum", ["a.compute_total", "c.compute_total"])


def test_bases_may_be_compared_in_a_ratio(fresh):
    assert fresh.derive("a.ai_share", "ratio", ["a.ai_compute", "a.compute_total"]).txt == "40.00%"


def test_units_are_never_mixed(fresh):
    fresh.convert("a.gdp", "1000", "亿元", cell("T5"))
    with pytest.raises(UnitMismatch, match="亿元"):
        fresh.derive("r.compute_total", "sum", ["a.compute_total", "a.gdp"])


def test_a_sum_cannot_take_the_name_of_another_quantity(fresh):
    # 80.0 EFLOPS would be printed as 80.0 亿元.
    with pytest.raises(UnitMismatch, match=r"r\.gdp"):
        fresh.derive("r.gdp", "sum", ["a.compute_total", "b.compute_total"])


# --- the ledger -------------------------------------------------------------------------------


def test_an_id_belongs_to_one_value(fresh):
    with pytest.raises(DuplicateValue, match=r"a\.compute_total"):
        fresh.convert("a.compute_total", "1", "E", cell("T9"))
    with pytest.raises(DuplicateValue):
        fresh.derive("a.compute_total", "same", ["b.compute_total"])
    assert fresh["a.compute_total"].src == (cell("T1"),)


def test_unknown_values_are_named(fresh):
    with pytest.raises(UnknownValue, match=r"z\.gdp"):
        _ = fresh["z.gdp"]
    with pytest.raises(UnknownValue, match=r"z\.gdp"):
        fresh.derive("r.gdp", "sum", ["z.gdp"])


def test_the_ledger_is_a_collection_in_the_order_of_making(fresh):
    assert len(list(fresh)) == 4
    assert [value.id for value in fresh][:2] == ["a.compute_total", "b.compute_total"]
    assert "a.compute_total" in fresh
    assert "a" not in fresh


def test_a_series_holds_numbers_on_the_basis_of_its_indicator(fresh):
    for period, basis in (("2027", ""), ("2028", "source_weighted"), ("2029", "infrastructure")):
        name = f"n.compute_total.{period}"
        fresh.convert(name, "1", "E", cell(f"T{period}"), basis=basis)
    fresh.derive("n.compute_total.2030", "same", ["n.compute_total.2029"])
    fresh.text("n.compute_total.2031", "未知", cell("T8"))
    found = [value.id for value in fresh.matching("n.compute_total.2*")]
    assert found == [f"n.compute_total.{year}" for year in (2027, 2029, 2030)]
    assert fresh.matching("n.*.1*") == []
    assert [v.id for v in fresh.matching("?.ai_compute")] == ["a.ai_compute", "b.ai_compute"]


def test_the_indicator_is_the_second_part_of_an_id():
    assert indicator_of("ningxia.compute_total") == "compute_total"
    assert indicator_of("cn.compute_total.2024-06") == "compute_total"


# --- as JSON ----------------------------------------------------------------------------------


def test_json_of_a_recorded_value(fresh):
    value = fresh.convert("c.compute_total", "7500", "P", cell("T9"), comparator="≈", grade="high")
    assert value.to_json() == {
        "v": "7.5", "u": "EFLOPS", "txt": "7.5", "op": "convert",
        "src": [["observations", "value", ["T9"]]], "half": "0.0005", "basis": "infrastructure",
        "printed": "7500", "printed_unit": "P", "comparator": "≈", "grade": "high",
        "via": ["indicator:compute_total", "unit:P"],
    }  # fmt: skip


def test_json_of_a_computed_value(fresh):
    value = fresh.derive("a.ai_share", "ratio", ["a.ai_compute", "a.compute_total"])
    assert value.to_json() == {
        "v": "0.4", "u": "1", "txt": "40.00%", "op": "ratio",
        "in": ["a.ai_compute", "a.compute_total"], "via": ["indicator:ai_share"],
    }  # fmt: skip


def test_every_value_of_the_miniature_survives_json(ledger):
    assert len(list(ledger)) > 200
    for value in ledger:
        assert Value.from_json(value.id, value.to_json()) == value


def test_an_exact_value_is_told_from_one_of_unknown_rounding(fresh):
    exact = fresh.convert("r.hub_count", "8", "个", cell("T9"))
    assert (exact.half, exact.to_json()["half"]) == (0, "0")
    unknown = fresh.derive("a.ai_share", "ratio", ["a.ai_compute", "a.compute_total"])
    assert unknown.half is None
    assert "half" not in unknown.to_json()
    for value in (exact, unknown):
        assert Value.from_json(value.id, value.to_json()) == value


def test_a_source_with_several_rows_is_read_back_as_several_cells():
    entry = {
        "v": "1",
        "u": "count",
        "txt": "1",
        "op": "count",
        "src": [["hubs", "name", ["a", "b"]]],
    }
    cells = Value.from_json("r.hub_count", entry).src
    assert cells == (Cell("hubs", "name", "a"), Cell("hubs", "name", "b"))


def test_equal_values_make_equal_ledgers(fresh):
    again = Ledger(BOOK, OPERATIONS, list(fresh))
    assert list(again) == list(fresh)
    with pytest.raises(DuplicateValue):
        Ledger(BOOK, OPERATIONS, [*fresh, fresh["a.compute_total"]])
