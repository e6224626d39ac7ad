"""The register of carried rows: true of the rows, or named."""

from __future__ import annotations

import pytest

from suyuan.contract.carrying import digest_of
from tests.code.publish.rolled import Next


def test_digests_are_of_cells_by_column():
    row = {"a": "1", "b": "x", "c": ""}
    assert (
        digest_of(row)
        == digest_of({"c": "", "b": "x", "a": "1"})
        == digest_of({"a": "1", "b": "x"})
    )
    assert digest_of(row) != digest_of({"a": "x", "b": "1"})
    assert digest_of(row) != digest_of(row | {"c": "0"})
    assert len(digest_of(row)) == 12


WEST = "hubs.west"


@pytest.mark.parametrize(
    ("edit", "code", "column"),
    [
        (lambda n: n.set("hubs", "west", "name", "西枢纽二"), "E175", "digest"),
        (lambda n: n.set("carried", WEST, "digest", "0" * 12), "E175", "digest"),
        (lambda n: n.set("carried", WEST, "digest", "1.2E+12"), "E127", "digest"),
        (lambda n: n.set("carried", WEST, "since", "2030Q2"), "E890", "since"),
        (lambda n: n.set("carried", WEST, "since", "2031Q1"), "E890", "since"),
        (lambda n: n.set("carried", WEST, "carried_id", "hubs.wes"), "E167", "carried_id"),
        (lambda n: n.add("carried", WEST, carried_id="hubs.x", row="x"), "E174", "row"),
        (lambda n: n.add("carried", WEST, carried_id="x.y", table="x"), "E167", "carried_id"),
        (lambda n: n.add("carried", WEST, carried_id="moons.west", table="moons"), "E174", "table"),
        (lambda n: n.add("carried", WEST, carried_id="edition.west", table="edition"),
         "E174", "table"),
    ],
)  # fmt: skip
def test_what_is_not_true_of_the_rows_is_named(project, edit, code, column):
    made = Next.of(project)
    edit(made)
    ((found, file, _, where),) = made.complaints()
    assert (found, file, where) == (code, "carried.csv", column)


def test_a_row_under_another_key_is_told_at_that_key_alone(project):
    made = Next.of(project)
    made.set("hubs", "west", "hub_id", "x")
    ((code, file, _, column),) = made.complaints()
    assert (code, file, column) == ("E897", "hubs.csv", "hub_id")
    made.set("hubs", "x", "name", "西枢纽二")  # it may be another row
    assert [(code, file) for code, file, *_ in made.complaints()] == [("E174", "carried.csv")]


@pytest.mark.parametrize(("key", "code"), [("x", "E897"), ("Alpha", "E897")])
def test_cells_that_name_a_row_under_another_key_are_not_told(project, key, code):
    made = Next.of(project)
    made.set("subjects", "alpha", "subject_id", key)
    assert [(found, file) for found, file, *_ in made.complaints()] == [(code, "subjects.csv")]


def test_a_row_that_is_gone_and_that_cells_name_is_told_once(project):
    made = Next.of(project)
    made.drop("subjects", "alpha")
    assert [(code, file) for code, file, *_ in made.complaints()] == [("E889", "subjects.csv")]


def test_a_row_that_is_wrong_itself_is_told_there_alone(project):
    made = Next.of(project)
    made.set("hubs", "west", "as_of", "2030/3/31")
    ((code, file, _, column),) = made.complaints()
    assert (code, file, column) == ("E136", "hubs.csv", "as_of")


@pytest.mark.parametrize("table", ["carried", "revisions"])
def test_of_a_table_that_nobody_can_read_no_row_is_called_gone(project, table):
    made = Next.of(project)
    if table == "revisions":
        made.drop("carried", WEST)
        made.set("hubs", "west", "name", "西枢纽二")
        made.revise("hubs", "west", "name", "西枢纽")
    path = made.layout.raw / "hubs.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("hub_id,", "hub,", 1), encoding="utf-8"
    )
    assert {(code, file) for code, file, _, _ in made.complaints()} == {("E813", "hubs.csv")}


def test_a_row_taken_out_is_confirmed(project):
    made = Next.of(project)
    made.drop("carried", "hubs.west")
    assert made.complaints() == []


@pytest.mark.parametrize("table", ["carried", "revisions"])
def test_the_registers_may_be_empty_or_absent(project, table):
    made = Next.of(project)
    made.write(table, [])
    assert made.complaints() == []
    (made.layout.raw / f"{table}.csv").unlink()
    assert made.complaints() == []


def test_other_tables_may_not(project):
    made = Next.of(project)
    made.write("carried", [])
    made.write("hubs", [])
    assert [found[:2] for found in made.complaints()] == [("E143", "hubs.csv")]


def test_a_register_of_another_edition_is_told_once(project):
    made = Next.of(project)
    for row in made.rows("carried"):
        made.set("carried", row["carried_id"], "since", "2030Q2")
    assert made.complaints() == [("E890", "carried.csv", 2, "since")]
