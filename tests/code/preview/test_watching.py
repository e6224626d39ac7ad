"""A save is seen, and of which kind it was."""

from __future__ import annotations

import pytest

from suyuan.outputs import package
from suyuan.preview.watching import DELIVERED, EVERY, UNREST, Watch
from tests.code.miniature import Project
from tests.code.preview.conftest import section


class Clock:
    """Time as the test has it."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


def append(path, text: str = "\n") -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


SAVES = {
    "raw": lambda project: project.file("observations"),
    "config": lambda project: project.file("indicators"),
    "settings": lambda project: project.root / "config/config.yaml",
    "claims": lambda project: project.root / "config/claims.yaml",
    "plots": lambda project: project.root / "config/figures.yaml",
    "templates": lambda project: section(project, "02-01-scale"),
    "messages": lambda project: project.root / "templates/messages.yaml",
}


@pytest.mark.parametrize("kind", SAVES)
def test_a_save_is_seen_once(small: Project, clock: Clock, kind: str):
    watch = Watch(small.layout, clock)
    assert watch.changed() == frozenset()
    append(SAVES[kind](small))
    assert watch.changed() == {kind}
    assert watch.changed() == frozenset()


def test_a_file_in_place_of_another_is_seen(small: Project, clock: Clock):
    watch, path = Watch(small.layout, clock), small.file("observations")
    beside = path.with_name(".observations.part")
    beside.write_bytes(path.read_bytes())
    beside.replace(path)
    assert watch.changed() == {"raw"}


def test_files_that_come_and_go_are_seen_at_once(small: Project, clock: Clock):
    watch, new = Watch(small.layout, clock), section(small, "02-02-new")
    new.touch()
    assert watch.changed() == {"templates"}
    new.unlink()
    assert watch.changed() == {"templates"}


def test_where_no_folder_tells_of_it_a_file_is_seen_within_a_second(
    small: Project, clock: Clock, monkeypatch
):
    monkeypatch.setattr(Watch, "_folders", lambda self: {})  # as on some network folders
    watch, new = Watch(small.layout, clock), section(small, "02-02-new")
    new.touch()
    assert watch.changed() == frozenset()
    clock.seconds += EVERY
    assert watch.changed() == {"templates"}
    new.unlink()
    assert watch.changed() == {"templates"}


def test_what_lies_beside_the_tables_is_seen(small: Project, clock: Clock):
    watch, stray = Watch(small.layout, clock), small.layout.raw / "observations (1).csv"
    stray.touch()
    clock.seconds += EVERY
    assert watch.changed() == {"raw"}
    stray.unlink()
    assert watch.changed() == {"raw"}


def test_a_report_that_is_delivered_is_seen(small: Project, clock: Clock):
    watch, report = Watch(small.layout, clock), small.layout.report / package.LINEAGE
    report.parent.mkdir(parents=True)
    report.touch()
    assert watch.changed() == {DELIVERED}
    report.unlink()
    assert watch.changed() == {DELIVERED}


def test_other_files_are_none_of_its_business(small: Project, clock: Clock):
    watch = Watch(small.layout, clock)
    for name in ("README.md", "data/raw/2030Q1/notes.txt", "report/x.html", "build/x.html"):
        path = small.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    clock.seconds += EVERY
    assert watch.changed() == frozenset()


def test_a_save_of_several_files_is_one(small: Project, clock: Clock):
    watch = Watch(small.layout, clock)
    more = [small.root / "config/claims.yaml", section(small, "02-01-scale")]

    def pause() -> None:
        if more:
            append(more.pop())

    append(small.file("observations"))
    assert watch.settled(watch.changed(), pause) == {"raw", "templates", "claims"}
    assert watch.changed() == frozenset()


def test_who_never_stops_writing_is_not_waited_for(small: Project, clock: Clock):
    watch, path = Watch(small.layout, clock), small.file("observations")

    def pause() -> None:
        append(path)
        clock.seconds += UNREST / 4
        assert clock.seconds <= UNREST

    append(path)
    assert watch.settled(watch.changed(), pause) == {"raw"}


def test_what_cannot_be_listed_stays_known(small: Project, clock: Clock):
    watch = Watch(small.layout, clock)
    schemas = small.root / "workflow/schemas"
    target = schemas.resolve()
    schemas.unlink()
    clock.seconds += EVERY
    watch.changed()
    append(small.file("observations"))
    assert "raw" in watch.changed()
    schemas.symlink_to(target, target_is_directory=True)
