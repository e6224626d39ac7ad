"""Revisions: each names what it changed, and nothing else differs from the edition before."""

from __future__ import annotations

import shutil

import pytest

from tests.code.miniature import EDITION
from tests.code.publish.rolled import Next


@pytest.fixture
def made(project):
    """The next edition, in which west is renamed, as its revision says."""
    made = Next.of(project)
    made.drop("carried", "hubs.west")
    made.set("hubs", "west", "name", "西枢纽二")
    made.revise("hubs", "west", "name", "西枢纽")
    assert made.complaints() == []
    return made


def test_a_whole_row_may_come_or_go(made):
    made.add("hubs", "west", hub_id="moon", name="月枢纽")
    made.revise("hubs", "moon", "", "", "addition")
    made.drop("hubs", "east")
    made.drop("carried", "hubs.east")
    made.revise("hubs", "east", "", "", "withdrawal")
    assert made.complaints() == []


@pytest.mark.parametrize(
    ("edit", "code", "column"),
    [
        (lambda m: m.set("revisions", "V001", "table", "moons"), "E176", "table"),
        (lambda m: m.set("revisions", "V001", "table", "edition"), "E176", "table"),
        (lambda m: m.set("revisions", "V001", "row", "moon"), "E176", "row"),
        (lambda m: m.set("revisions", "V001", "column", "colour"), "E176", "column"),
        (lambda m: m.set("revisions", "V001", "column", "hub_id"), "E176", "column"),
        (lambda m: m.set("revisions", "V001", "before", "西枢纽二"), "E177", "before"),
        (lambda m: m.set("revisions", "V001", "kind", "withdrawal"), "E177", "row"),
        (lambda m: m.set("revisions", "V001", "kind", "addition"), "E179", "column"),
        (lambda m: m.revise("hubs", "west", "name", "西", "correction"), "E178", "row"),
        (lambda m: m.revise("hubs", "east", "name", "东"), "E168", "row"),
        (lambda m: m.revise("hubs", "moon", "", "", "addition"), "E176", "row"),
    ],
)
def test_what_the_rows_of_the_edition_refute(made, edit, code, column):
    edit(made)
    ((found, file, _, where),) = made.complaints()
    assert (found, file, where) == (code, "revisions.csv", column)


@pytest.mark.parametrize(
    ("edit", "code", "file", "column"),
    [
        (lambda m: m.set("revisions", "V001", "before", "旧"), "E163", "revisions.csv", "before"),
        (lambda m: m.set("hubs", "west", "clusters", "西一"), "E164", "hubs.csv", "clusters"),
        (lambda m: m.write("revisions", []), "E164", "hubs.csv", "name"),
        (lambda m: m.add("hubs", "west", hub_id="moon", name="月"), "E165", "hubs.csv", "hub_id"),
        (lambda m: (m.drop("hubs", "east"), m.drop("carried", "hubs.east")), "E166", "hubs.csv",
         "hub_id"),
    ],
)  # fmt: skip
def test_what_the_edition_before_refutes(made, edit, code, file, column):
    edit(made)
    ((found, where, _, at),) = made.complaints()
    assert (found, where, at) == (code, file, column)
    shutil.rmtree(made.layout.raw.with_name(EDITION))  # a build stands alone
    assert made.complaints() == []


def test_a_table_of_the_edition_before_is_told_once(made):
    made.revise("hubs", "east", "", "", "withdrawal")
    made.add("hubs", "west", hub_id="moon", name="月枢纽")
    made.revise("hubs", "moon", "", "", "addition")
    made.drop("hubs", "east")
    made.drop("carried", "hubs.east")
    assert made.complaints() == []
    shutil.copy(made.layout.root / f"data/raw/{EDITION}/hubs.csv", made.layout.raw)
    assert made.complaints() == [("E891", "hubs.csv", 1, "hub_id")]


def test_revisions_of_another_edition_are_told_once(made):
    made.write("revisions", [])
    made.set("hubs", "west", "name", "西枢纽")
    for table, key in (("hubs", "west"), ("subjects", "alpha")):
        row = next(row for row in made.rows(table) if key in row.values())
        for column in list(row)[1:4]:
            made.revise(table, key, column, row[column])
        made.drop("carried", f"{table}.{key}")
    assert made.complaints() == [("E892", "revisions.csv", 2, "revision_id")]
