"""Printed numbers become canonical ones, and what is said twice must agree."""

from __future__ import annotations

import pytest

from suyuan.contract import edition, observations
from suyuan.contract.tables import read_table, records
from suyuan.core.errors import DataError


def checked(project):
    tables = {name: edition.ingested(made) for name, made in edition.check(project.layout).items()}
    return {row["obs_id"]: row for row in records(observations.check(project.layout, tables))}


def complaints(project):
    with pytest.raises(DataError) as caught:
        checked(project)
    return caught.value.problems


@pytest.mark.parametrize(
    ("obs_id", "value_id", "printed", "v", "u"),
    [
        ("T001", "alpha.compute_total", "50.0", "50.0", "EFLOPS"),
        ("T002", "beta.compute_total", "3.00", "30", "EFLOPS"),  # 3.00 万P · 10
        ("T003", "gamma.compute_total", "10000", "10", "EFLOPS"),  # 10000 PFLOPS / 1000
        ("T013", "na.gdp.2029", "2", "20000", "亿元"),  # 2 万亿元 · 10000
        ("T023", "na.racks.2027", "200", "2000000", "架"),  # 200 万架
        ("T030", "", "50.0", "50.0", "EFLOPS"),  # a restatement is no value of its own
    ],
)
def test_canonical_numbers_stand_beside_the_printed_ones(built, obs_id, value_id, printed, v, u):
    table = read_table(built.layout.processed / "normalised.csv").set_index("obs_id")
    row = table.loc[obs_id]
    assert (row["value_id"], row["value"], row["v"], row["u"]) == (value_id, printed, v, u)


def test_value_ids_of_originals_are_unique(built):
    table = read_table(built.layout.processed / "normalised.csv")
    ids = table.loc[table["value_id"] != "", "value_id"]
    assert len(set(ids)) == len(ids) == 32  # 33 rows, one of them a restatement


# --- bounds -----------------------------------------------------------------------------------


def test_bounds_hold_for_the_converted_number(project):
    project.add(
        "observations", "T005", obs_id="T034", indicator_id="ai_share", qualifier="printed",
        value="100", unit="%",
    )  # fmt: skip
    assert checked(project)["T034"]["v"] == "1"  # 100 % is the largest lawful share
    project.set("observations", "T034", "value", "100.01")
    (problem,) = complaints(project)
    assert (problem.code, problem.row, problem.column) == ("E132", 35, "value")
    assert problem.value == "100.01 %"
    assert problem.details == {"bound": "1"}


def test_a_lower_bound_is_named_with_its_unit(project):
    project.set("observations", "T004", "value", "-0.1")
    (problem,) = complaints(project)
    assert (problem.code, problem.value) == ("E131", "-0.1 E")
    assert problem.details == {"bound": "0 EFLOPS"}


def test_a_unit_of_another_quantity(project):
    project.set("observations", "T009", "unit", "%")
    (problem,) = complaints(project)
    assert (problem.code, problem.row, problem.column, problem.value) == ("E133", 10, "unit", "%")
    assert problem.details == {"indicator": "生产总值", "expected": "亿元"}


# --- restatements -----------------------------------------------------------------------------


def test_a_restatement_that_differs_names_both_rows(project):
    project.set("observations", "T030", "value", "51.0")
    (problem,) = complaints(project)
    assert (problem.code, problem.row) == ("E150", 31)
    assert problem.details == {
        "file": project.name("observations"), "line": "2", "other": "T001",
        "this": "51.0 EFLOPS", "that": "50.0 EFLOPS",
    }  # fmt: skip


@pytest.mark.parametrize(("value", "unit"), [("5.00", "万P"), ("50000", "P"), ("50", "EFLOPS")])
def test_the_same_number_may_be_restated_in_other_words(project, value, unit):
    # 5.00 万P · 10 = 50000 P / 1000 = 50 EFLOPS = 50.0 EFLOPS
    project.set("observations", "T030", "value", value)
    project.set("observations", "T030", "unit", unit)
    assert checked(project)["T030"]["u"] == "EFLOPS"


def test_restatements_say_whether_they_qualify_alike(built):
    (row,) = read_table(built.layout.processed / "restatements.csv").to_dict("records")
    assert row == {
        "obs_id": "T030", "restates": "T001", "value_id": "alpha.compute_total", "v": "50.0",
        "comparator": "≈", "original_comparator": "=",
    }  # fmt: skip


def test_a_chain_of_restatements(project):
    project.add("observations", "T030", obs_id="T034", restates="T030")
    (problem,) = complaints(project)
    assert (problem.code, problem.row, problem.value) == ("E152", 35, "T030")


def test_two_rows_that_claim_one_value(project):
    project.set("observations", "T030", "restates", "")
    (problem,) = complaints(project)
    assert (problem.code, problem.row, problem.column) == ("E151", 31, "qualifier")
    assert problem.details["value_id"] == "alpha.compute_total"
    assert problem.details["line"] == "2"


# --- statements -------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["1-4毫秒", "1毫秒", "3-1", "1-3-7", "一至三毫秒"])
def test_a_statement_repeats_exactly_the_numbers_it_restates(project, text):
    project.set("statements", "S001", "text", text)
    (problem,) = complaints(project)
    assert (problem.code, problem.file) == ("E150", project.name("statements"))
    assert (problem.row, problem.column, problem.value) == (2, "text", text)
    assert problem.details["that"] == "1;3"


def test_a_statement_may_restate_a_statement(project):
    project.set("statements", "S002", "restates", "S001")
    checked(project)


def test_a_statement_that_restates_nothing(project):
    project.set("statements", "S001", "restates", "T031;T099;T032")
    (problem,) = complaints(project)
    assert (problem.code, problem.row, problem.column) == ("E111", 2, "restates")
    assert problem.value == "T099"
    both = (project.name("observations"), project.name("statements"))
    assert problem.details == {"target": "、".join(both)}


# --- all at once ------------------------------------------------------------------------------


def test_every_problem_is_reported(project):
    project.set("observations", "T014", "qualifier", "2029")
    project.set("observations", "T030", "value", "51.0")
    project.set("statements", "S001", "text", "1-4")
    assert [problem.code for problem in complaints(project)] == ["E151", "E150", "E150"]


@pytest.mark.parametrize("table", ["units", "tiers", "indicators"])
def test_blank_lines_in_a_configuration_table_do_no_harm(project, table):
    # Spreadsheets leave a last line of commas; the data contract passes over it.
    commas = "," * project.file(table).read_text(encoding="utf-8").split("\n")[0].count(",")
    with project.file(table).open("a", encoding="utf-8") as file:
        file.write(f"{commas}\n")
    assert project.compute()["rg.compute_total"].txt == "100.0"
