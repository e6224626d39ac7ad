"""Raw tables come in alike whatever their encoding, or not at all, with every reason."""

from __future__ import annotations

import shutil

import pytest

from suyuan.contract import edition
from suyuan.contract.messages import message
from suyuan.contract.tables import LINE, read_table
from suyuan.core.errors import DataError
from suyuan.stages import check, ingest
from tests.code.miniature import DAMAGES, TEMPLATES, table_names


def processed(project):
    return {path.name: path.read_bytes() for path in sorted(project.layout.tables.iterdir())}


def test_the_miniature_is_lawful(project):
    project.own_sections()
    # Ten raw tables and three of the configuration; rows counted in the files.
    rows = sum(len(project.rows(path.stem)) - 1 for path in project.files())
    said = check.run(project.layout, project.config)
    assert project.layout.edition in said
    assert "13 张表" in said
    assert f"{rows} 行" in said


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.name)
def test_each_damage_gives_one_complaint_at_its_place(project, damage):
    file = project.name(damage.table)
    damage.edit(project)
    with pytest.raises(DataError) as caught:
        check.run(project.layout, project.config)
    places = [(p.code, p.file, p.row, p.column) for p in caught.value.problems]
    assert places == [(damage.code, file, damage.row, damage.column)]
    (line,) = [message(problem, TEMPLATES) for problem in caught.value.problems]
    place = f"{file}:{damage.row}:{damage.column or 1} " if damage.row else f"{file} "
    assert line.startswith(place)
    assert line.endswith(f"({damage.code})")


def test_every_problem_is_reported_at_once_in_file_order(project):
    project.set("observations", "T010", "value", "５００")
    project.set("observations", "T009", "grade", "A")
    project.file("hubs").unlink()
    project.set("policies", "beta_notice", "subject_id", "xyzzy")
    with pytest.raises(DataError) as caught:
        edition.check(project.layout)
    assert [(p.code, p.file.rpartition("/")[2], p.row) for p in caught.value.problems] == [
        ("E101", "hubs.csv", 1),
        ("E126", "observations.csv", 10),
        ("E121", "observations.csv", 11),
        ("E107", "policies.csv", 4),
    ]


def test_an_unreadable_table_is_not_blamed_on_the_tables_that_refer_to_it(project):
    project.file("sources").write_bytes(b"")
    with pytest.raises(DataError) as caught:
        edition.check(project.layout)
    assert [p.code for p in caught.value.problems] == ["E141"]


def test_a_table_in_the_place_of_another_is_said_once(project):
    project.file("hubs").write_bytes(project.file("sources").read_bytes())
    with pytest.raises(DataError) as caught:
        edition.check(project.layout)
    ((code, row, value),) = [(p.code, p.row, p.value) for p in caught.value.problems]
    assert (code, row, value) == ("E883", 1, "sources.csv")


def test_nothing_is_written_when_anything_is_wrong(project):
    ingest.run(project.layout, project.config)
    before = processed(project)
    project.set("observations", "T009", "value", "2000")
    project.set("hubs", "west", "subject_id", "zeta")  # the last table in order
    with pytest.raises(DataError):
        ingest.run(project.layout, project.config)
    assert processed(project) == before


def test_ingested_tables_keep_cells_and_know_their_lines(project):
    path = project.file("observations")
    header, *records = path.read_text(encoding="utf-8").splitlines()
    # A blank line and one of commas only, as spreadsheets leave them: T001 moves to line 4.
    path.write_text("\n".join([header, "", "," * header.count(","), *records, ""]), "utf-8")
    ingest.run(project.layout, project.config)
    table = read_table(project.layout.tables / "observations.csv").set_index("obs_id")
    assert table.loc["T001", LINE] == "4"
    assert table.loc["T001", "value"] == "50.0"  # not 50
    assert table.loc["T002", "unit"] == "万P"
    assert table.loc["T001", "note"] == ""
    assert list(table[LINE].astype(int)) == list(range(4, 4 + len(records)))


def saved(text, encoding, newline):
    return text.replace("\n", newline).encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "newline"),
    [("utf-8", "\r\n"), ("utf-8-sig", "\n"), ("gb18030", "\r"), ("gb18030", "\r\n")],
)
def test_encodings_read_alike(project, encoding, newline):
    ingest.run(project.layout, project.config)
    expected = processed(project)
    shutil.rmtree(project.layout.tables)
    for path in project.files():
        path.write_bytes(saved(path.read_text(encoding="utf-8"), encoding, newline))
    ingest.run(project.layout, project.config)
    assert processed(project) == expected


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_the_whole_edition_comes_out_the_same_whatever_the_encoding(project, encoding):
    values = [value.to_json() for value in project.compute()]
    for path in project.files():
        path.write_bytes(saved(path.read_text(encoding="utf-8"), encoding, "\r\n"))
    assert [value.to_json() for value in project.compute()] == values


def test_every_table_is_written_and_read_back(project):
    ingest.run(project.layout, project.config)
    raw, config = table_names(project.layout.raw), table_names(project.layout.config)
    assert table_names(project.layout.tables) == sorted(raw + config)
    tables = edition.read_rows(project.layout)
    assert sorted(tables) == sorted(raw + config)
    assert [row["tier_id"] for row in tables["tiers"]] == [
        "third",
        "first",
        "second",
    ]  # as in the file
