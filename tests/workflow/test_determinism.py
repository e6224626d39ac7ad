"""Where, when and by whom a report is built leaves no trace in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workflow.project import EDITION, Project


@pytest.mark.slow
def test_two_builds_under_different_conditions_are_the_same_bytes(
    built: Path, tmp_path: Path
) -> None:
    home = tmp_path / "another home"
    home.mkdir()
    there = Project(built).clone(tmp_path / "another folder" / "with a longer name")
    done = there.snakemake(
        "--cores=1",
        TZ="Pacific/Kiritimati",  # already tomorrow for most of the world
        PYTHONHASHSEED="4",
        HOME=str(home),
        LANG="C",
        LC_ALL="C",
    )
    assert done.code == 0, done.output
    for folder in (f"report/{EDITION}", f"figures/{EDITION}"):
        ours, theirs = Project(built).contents(folder), there.contents(folder)
        assert len(ours) >= 3
        assert set(ours) == set(theirs)
        assert [name for name in ours if ours[name] != theirs[name]] == []
