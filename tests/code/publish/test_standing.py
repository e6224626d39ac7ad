"""What an edition lacks at its own cutoff, whatever day it is."""

from __future__ import annotations

import shutil

import pytest

from suyuan.cli import main
from suyuan.core import clock
from suyuan.core.errors import LookupFailed
from suyuan.publish import standing
from tests.code.miniature import EDITION, ROOT, Project, borrow_schemas

FRESHNESS = "indicator_id,max_age_days,expected_by,reason\n"
RELEASES = "release_id,title,series,expected_by,max_age_days,reason\n"


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """The miniature with registers of what is expected; commands are given in its folder."""
    schemas = borrow_schemas(tmp_path / "schemas")
    for name in ("freshness", "releases"):
        shutil.copy(ROOT / f"workflow/schemas/config/{name}.yaml", schemas / "config")
    project = Project.make(tmp_path / "project", schemas)
    expect(project, "freshness", FRESHNESS + "gdp,9999,,x\n")
    expect(project, "releases", RELEASES + "book,年鉴,yearbook,01-31,9999,x\n")
    monkeypatch.chdir(project.root)
    return project


def expect(project, register, text):
    (project.layout.config / f"{register}.csv").write_text(text, encoding="utf-8")


def test_the_clock_says_which_edition_is_due(monkeypatch):
    monkeypatch.setenv(clock.NOW, "2026-07-07")
    assert standing.edition_due() == "2026Q2"


def test_one_that_lacks_nothing_may_be_published(watched, monkeypatch, capsys):
    monkeypatch.setenv(clock.NOW, "2030-04-07")
    assert main(["due"]) == 0
    said = capsys.readouterr().out
    assert EDITION in said
    assert "W704" not in said


def test_what_it_says_does_not_depend_on_the_day(watched, monkeypatch, capsys):
    expect(watched, "releases", RELEASES + "book,年鉴,quarterly,01-31,30,x\n")
    expect(watched, "freshness", FRESHNESS + "gdp,1,,x\n")
    said = set()
    for day in ("2030-04-07", "2035-01-01"):
        monkeypatch.setenv(clock.NOW, day)
        assert main(["due", EDITION]) == 0
        said.add(capsys.readouterr().out)
    (text,) = said
    assert "config/releases.csv:2:expected_by" in text
    assert "W704" in text


def test_a_missing_row_of_the_quarter_is_refused(watched, capsys):
    expect(watched, "freshness", FRESHNESS + "gdp,9999,01-31,x\n")
    assert main(["due", EDITION]) == 1
    said = capsys.readouterr().err
    assert f"data/raw/{EDITION}/observations.csv:1:indicator_id" in said
    assert "“gdp”" in said
    assert "E703" in said


def test_an_edition_that_nobody_began_is_named_with_the_command(watched, monkeypatch, capsys):
    monkeypatch.setenv(clock.NOW, "2030-07-07")
    assert main(["due"]) == 1
    assert f"suyuan roll 2030Q2 --from {EDITION}" in capsys.readouterr().err


@pytest.mark.parametrize("now", ["0001-01-01", "1979-12-31T23:59", "9999-12-31T23:00-05:00", "x"])
def test_a_clock_that_nobody_can_mean_is_told(watched, monkeypatch, capsys, now):
    monkeypatch.setenv(clock.NOW, now)
    assert main(["due"]) == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith(f"{clock.NOW} “{now}”")
    assert line.endswith("(E701)")


@pytest.mark.parametrize("name", ["", "../x", "2026H1", "2026-05", "2026Q2-shanghai"])
def test_what_is_no_name_of_an_edition_is_refused_where_it_stands(watched, capsys, name):
    assert main(["due", name]) == 1
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("EDITION “")
    assert line.endswith("(E198)")


def test_a_clock_that_is_wrong_is_told(watched, monkeypatch, capsys):
    monkeypatch.setenv(clock.NOW, "1985-01-01")
    assert main(["due"]) == 1
    said = capsys.readouterr().err
    assert "1985-01-01" in said
    assert "(E708)" in said


def test_one_that_is_not_there_is_not_found(watched):
    with pytest.raises(LookupFailed, match="E702"):
        standing.standing(watched.root, "2099Q1")


def test_a_folder_copied_by_hand_is_told_so(watched, capsys):
    shutil.copytree(watched.layout.raw, watched.layout.raw.with_name("2030Q2"))
    assert main(["due", "2030Q2"]) == 1
    said = capsys.readouterr().err
    assert "data/raw/2030Q2/edition.csv:2:edition" in said
    assert f"suyuan roll 2030Q2 --from {EDITION}" in said
