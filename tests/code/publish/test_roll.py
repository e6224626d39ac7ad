"""The next edition is begun from the last: its folder, its register, and what is refused."""

from __future__ import annotations

import pytest

from suyuan.cli import main
from suyuan.contract.carrying import OWN
from suyuan.core.errors import ConfigError, DataError, LookupFailed
from suyuan.publish import due
from suyuan.publish.roll import roll
from tests.code.miniature import EDITION, table_names
from tests.code.publish.rolled import NEXT, Next


def test_the_folder_holds_the_same_tables_byte_by_byte(project):
    made = Next.of(project)
    old, new = project.layout.raw, made.layout.raw
    assert table_names(new) == sorted([*table_names(old), "answers", "carried", "revisions"])
    for name in set(table_names(old)) - {"edition"}:
        assert (new / f"{name}.csv").read_bytes() == (old / f"{name}.csv").read_bytes()


def test_the_edition_is_the_quarter_asked_for(project):
    (row,) = Next.of(project).rows("edition")
    (old,) = [dict(zip(*project.rows("edition"), strict=True))]
    assert row == old | {
        "edition": "2030Q2", "label": "2030年第二季度", "cutoff": "2030-06-30",
        "published": "2030-06-30", "previous": "2030Q1",
    }  # fmt: skip


def test_every_row_is_marked_as_carried_over(project):
    made = Next.of(project)
    names = set(table_names(project.layout.raw)) - OWN
    rows = {f"{name}.{row[0]}" for name in names for row in project.rows(name)[1:]}
    register = made.rows("carried")
    assert {row["carried_id"] for row in register} == rows
    assert len(register) == len(rows)
    assert {row["since"] for row in register} == {EDITION}
    assert made.rows("revisions") == []
    assert made.complaints() == []


def test_answers_come_along_but_for_those_about_two_editions(project):
    header = "answer_id,code,table,row,column,value,beside,answer,reason,by,answered_on,until\n"
    cells = "observations,T001,value,50.0,,accepted,理由。,we,2030-04-01,2030-03-31\n"
    path = project.layout.raw / "answers.csv"
    path.write_text(f"{header}N001,W175,{cells}N002,W184,{cells}", encoding="utf-8")
    made = Next.of(project)
    assert [row["answer_id"] for row in made.rows("answers")] == ["N001"]
    assert not [row for row in made.rows("carried") if row["table"] == "answers"]
    assert made.complaints() == []


def test_what_was_carried_already_keeps_its_age(project):
    made = Next.of(project)
    made.drop("carried", "hubs.west")  # looked at again in 2030Q2
    third = roll(project.root, "2030Q3", NEXT)[0]
    since = {row["carried_id"]: row["since"] for row in Next(third).rows("carried")}
    assert since.pop("hubs.west") == NEXT
    assert set(since.values()) == {EDITION}


@pytest.mark.parametrize(
    ("new", "old", "error", "code"),
    [
        ("2030", EDITION, ConfigError, "E198"),
        ("../x", EDITION, ConfigError, "E198"),
        (NEXT, "2030q1", ConfigError, "E198"),
        (NEXT, "2029Q4", LookupFailed, "E100"),
        (EDITION, EDITION, LookupFailed, "E205"),
        ("2029Q4", EDITION, LookupFailed, "E206"),
        ("2030Q1-r2", EDITION, LookupFailed, "E207"),
        (NEXT, "2030Q1-r1", LookupFailed, "E207"),
    ],
)
def test_what_cannot_be_an_edition_is_refused(project, new, old, error, code):
    before = sorted(project.layout.raw.parent.iterdir())
    with pytest.raises(error) as caught:
        roll(project.root, new, old)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert sorted(project.layout.raw.parent.iterdir()) == before


def test_an_edition_that_is_not_lawful_is_no_ground(project):
    project.set("observations", "T009", "value", "１０００")
    with pytest.raises(DataError):
        roll(project.root, NEXT, EDITION)
    assert [path.name for path in project.layout.raw.parent.iterdir()] == [EDITION]


def test_the_last_quarter_that_the_calendar_has_is_one(project):
    layout, _, _ = roll(project.root, "9999Q4", EDITION)
    assert "9999-12-31" in (layout.raw / "edition.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, OSError, ValueError])
def test_what_was_broken_off_leaves_nothing(project, monkeypatch, stopped):
    def stop(*_):
        raise stopped

    monkeypatch.setattr("suyuan.publish.roll.carried_rows", stop)
    with pytest.raises(stopped):
        roll(project.root, NEXT, EDITION)
    assert [path.name for path in project.layout.raw.parent.iterdir()] == [EDITION]


def test_the_command_says_what_was_made_and_what_is_due(project, capsys, monkeypatch):
    monkeypatch.chdir(project.root)
    project.set("observations", "T009", "kind", "forecast")
    project.set("observations", "T009", "as_of", "2030Q2")
    assert main(["roll", NEXT, "--from", EDITION]) == 0
    out = capsys.readouterr().out
    assert "data/raw/2030Q2/" in out
    assert "data/raw/2030Q2/observations.csv:10 T009" in out
    assert main(["roll", NEXT, "--from", EDITION]) == 1
    assert "(E205)" in capsys.readouterr().err


def test_passing_times_are_those_between_the_two_cutoffs(project):
    for key, kind, as_of in (
        ("T009", "forecast", "2029Q4"),  # before the last edition's cutoff
        ("T010", "forecast", "2030Q1"),  # on its day: what came true was published after it
        ("T011", "target", "2030-06"),
        ("T012", "target", "2030"),  # not yet
    ):
        project.set("observations", key, "kind", kind)
        project.set("observations", key, "as_of", as_of)
    found = roll(project.root, NEXT, EDITION)[2]
    keys = {kind: [row.cells["obs_id"] for row in rows] for kind, rows in found.rows.items()}
    assert keys == {"forecast": ["T010"], "target": ["T011"]}
    assert found.sections is None  # the report of 2030Q1 is not there
    assert found.claims is None


LINEAGE = {
    "values": {
        "a.x": {"src": [["observations", "value", ["T1"]]]},
        "a.y": {"src": [["observations", "value", ["T2"]]]},
        "sum": {"in": ["a.x", "a.y"]},
        "name": {"src": [["subjects", "name", ["T1"]]]},
    },
    "uses": [
        {"v": "a.x", "sec": "02-b"}, {"v": "sum", "sec": "01-a"}, {"v": "name", "sec": "03-c"},
    ],
    "claims": {"high": {"in": ["sum"]}, "low": {"in": ["a.y"]}, "named": {"in": ["name"]}},
}  # fmt: skip


def test_prose_to_read_again_prints_the_row_and_claims_rest_on_it():
    assert due.sections(LINEAGE, {"T1"}) == {"02-b": ["T1"]}
    assert due.claims(LINEAGE, {"T1"}) == {"high": ["T1"]}
    assert due.claims(LINEAGE, {"T1", "T2"}) == {"high": ["T1", "T2"], "low": ["T2"]}
