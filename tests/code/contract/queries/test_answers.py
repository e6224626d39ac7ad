"""An answer settles one query, as long as what it was given for stands and up to its last day."""

from __future__ import annotations

import csv

import pytest

from suyuan.cli import main
from suyuan.contract import edition, matrix, observations
from suyuan.contract.queries import answers, rules
from suyuan.contract.queries.answers import asked
from suyuan.core.errors import DataError
from suyuan.core.layout import Layout
from tests.code.contract.queries.world import row, seen, tables
from tests.code.miniature import ROOT

ANSWER = {
    "answer_id": "N001", "code": "W182", "table": "observations", "row": "F026", "column": "value",
    "value": "6900", "beside": "F005=1216;F010=1339;F015=1473;F020=1620;F025=1104",
    "answer": "accepted", "reason": "理由。", "by": "we", "answered_on": "2026-04-01",
    "until": "2026-03-31",
}  # fmt: skip


def country(**cells):
    """A country whose whole is not the sum of its parts, and an answer to that."""
    found = tables()
    row(found, "observations", "F026")["value"] = "6900"
    found["answers"] = [ANSWER | cells]
    return found


def codes(found, unasked=()):
    looked = seen(found)
    result = asked(looked, list(rules.problems(looked)), unasked)
    return [(query.code, query.column) for query in result.open], result.answered


def test_an_answer_settles_its_query():
    assert codes(country()) == ([], 1)


def test_without_it_the_query_is_open():
    found = country()
    del found["answers"]
    assert codes(found) == ([("W182", "value")], 0)


@pytest.mark.parametrize("cells", [{"code": "W181"}, {"row": "F025"}, {"column": "unit"}])
def test_an_answer_to_nothing_is_told_and_the_query_stays(cells):
    assert codes(country(**cells)) == ([("W182", "value"), ("W197", "row")], 0)


def test_an_answer_lapses_when_the_cell_changes():
    found = country()
    row(found, "observations", "F026")["value"] = "6901"
    assert codes(found) == ([("W182", "value"), ("W198", "value")], 0)


def test_an_answer_lapses_when_what_it_was_compared_with_changes():
    found = country()
    row(found, "observations", "F025")["value"] = "1105"
    assert codes(found) == ([("W182", "value"), ("W198", "beside")], 0)


def test_an_answer_lapses_when_the_cutoff_passes_its_last_day():
    assert codes(country(until="2026-03-30")) == ([("W182", "value"), ("W199", "until")], 0)
    found = country()
    found["edition"][0]["cutoff"] = "2026-06-30"
    assert codes(found) == ([("W182", "value"), ("W199", "until")], 0)


def test_an_answer_whose_query_is_gone_is_to_be_deleted():
    found = country()
    found["observations"][25]["value"] = tables()["observations"][25]["value"]
    assert codes(found) == ([("W197", "row")], 0)


def test_answers_to_what_is_not_asked_here_are_let_be():
    found = tables()
    found["answers"] = [ANSWER | {"code": "W184", "value": "1", "beside": ""}]
    assert codes(found, unasked={"W184"}) == ([], 0)
    assert codes(found) == ([("W197", "row")], 0)


def test_a_query_of_an_older_rule_is_answered_by_the_other_row_that_it_names():
    found = tables()
    looked = seen(found)
    problem = looked.query("W166", "observations", looked.observations[3], "as_of")
    problem.details["other"] = "F003"
    lines = answers._Rows(looked)
    assert lines.place(problem) == ("W166", "observations", "F004", "as_of")
    assert lines.beside(problem) == "F003=2023"


def test_the_edition_before_is_compared_fact_by_fact():
    now, before = tables(), tables()
    row(now, "observations", "F005")["value"] = "1400"
    found = list(rules.problems(seen(now), seen(before)))
    (query,) = [each for each in found if each.code == "W184"]
    assert (query.row, query.column, query.details["beside"]) == (6, "value", "F005=1216")
    row(now, "observations", "F005")["value"] = "1216.4"  # within the last digit that was printed
    assert [e.code for e in rules.problems(seen(now), seen(before))] == ["W184"]
    row(now, "observations", "F005")["value"] = "1225"
    assert [e.code for e in rules.problems(seen(now), seen(before))] == []
    row(now, "observations", "F005").update(value="1400", as_of="2026")  # another fact
    assert "W184" not in [e.code for e in rules.problems(seen(now), seen(before))]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("name", matrix.editions(ROOT))
def test_every_query_of_the_editions_of_the_repository_is_answered(name, order):
    layout = Layout(ROOT, name)
    read = edition.check(layout)
    frames = {table: edition.ingested(rows) for table, rows in read.items()}
    frames["observations"] = frames["observations"][::order]  # answers hold in any order of rows
    normalised = observations.check(layout, frames)
    before = observations.seen_before(frames, edition.read_before(layout, read))
    result = observations.asked(layout, frames, normalised, before)
    assert list(result.open) == []
    assert result.answered == len(read["answers"].rows)


def answered(project, **cells):
    """The miniature with one answer, to a query that it has after a change."""
    project.set("observations", "T023", "as_of", "2026")  # its qualifier is 2027
    said = {
        "answer_id": "N001", "code": "W168", "table": "observations", "row": "T023",
        "column": "as_of", "value": "2026", "beside": "", "answer": "accepted", "reason": "理由。",
        "by": "we", "answered_on": "2030-04-01", "until": "2030-12-31",
    }  # fmt: skip
    path = project.layout.raw / "answers.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        out = csv.DictWriter(lines, list(said), lineterminator="\n")
        out.writeheader()
        out.writerow(said | cells)


def test_a_check_counts_what_is_answered(project, monkeypatch, capsys):
    project.own_sections()
    answered(project)
    monkeypatch.chdir(project.root)
    assert main(["check", "--answers"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[2] == "存疑 1 处已有答复，见 answers.csv"
    assert len(out) == 3


def test_a_check_drafts_what_is_to_be_answered(project, monkeypatch, capsys):
    project.own_sections()
    answered(project, value="2025")
    monkeypatch.chdir(project.root)
    assert main(["check", "--answers"]) == 0
    *_, header, row = capsys.readouterr().out.splitlines()
    assert header == (project.layout.raw / "answers.csv").read_text(encoding="utf-8").split()[0]
    assert row == "N002,W168,observations,T023,as_of,2026,,,,,,"


def test_what_is_answered_is_not_asked_by_a_build(project):
    answered(project)
    project.run()
    assert (project.layout.processed / "queries.csv").read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"table": "carried"}, "E880", "table"),
        ({"row": "T999"}, "E880", "row"),
        ({"column": "colour"}, "E880", "column"),
        ({"until": ""}, "E106", "until"),
        ({"answer": "maybe"}, "E126", "answer"),
    ],
)
def test_an_answer_names_what_there_is(project, cells, code, column):
    answered(project, **cells)
    with pytest.raises(DataError) as caught:
        edition.check(project.layout)
    assert [(p.code, p.column) for p in caught.value.problems] == [(code, column)]


def test_a_query_is_answered_once(project):
    answered(project)
    path = project.layout.raw / "answers.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[1].replace("N001", "N002"), ""]), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        edition.check(project.layout)
    assert [(p.code, p.row) for p in caught.value.problems] == [("E881", 3)]


def test_who_answers_is_registered(tmp_path):
    tables = edition.check(Layout(ROOT, matrix.editions(ROOT)[0]))
    known = {each.cells["rater_id"] for each in tables["raters"].rows}
    for name, column in (("answers", "by"), ("ratings", "rater"), ("estimates", "rater")):
        assert {each.cells[column] for each in tables[name].rows} <= known
        keys = tables[name].schema.foreign_keys
        assert any((key.field, key.resource) == (column, "raters") for key in keys)
