"""Which editions are stale or damaged, and why, without touching any of them."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from suyuan.cli import main
from suyuan.core import inputs
from suyuan.core.errors import BrokenFile, ReportedError
from suyuan.publish import lock, publication, shelf, work
from suyuan.publish.process import Process
from suyuan.stages import receipts, status
from suyuan.stages.chain import CHAIN
from tests.code.miniature import EDITION
from tests.code.publish.releases import publish, state

CORRECTED = f"{EDITION}-r1"


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setenv("SUYUAN_NOW", "2030-04-02")


def found(project):
    """Codes and places of what is the matter, by kind and name."""
    states = status.status(project.root)
    return {
        (each.kind, each.name): [(problem.code, problem.file) for problem in each.problems]
        for each in states
    }


@pytest.fixture
def published(project):
    publish(project)
    return project


def test_nothing_is_there_yet(project):
    assert found(project) == {
        (status.AT_HAND, EDITION): [("E631", f"report/{EDITION}")],
        (status.SHELF, "editions"): [],
    }


def test_a_published_edition_is_well_until_something_changes(published):
    key = status.PUBLISHED, EDITION
    before = state(published.root)
    assert found(published)[key] == []
    assert state(published.root) == before
    published.set("observations", "T009", "note", "改过")
    assert found(published)[key] == [("E634", f"editions/{EDITION}")]
    publish(published, reason="更正")
    assert found(published)[key] == []  # of what was corrected nobody asks that
    assert found(published)[status.PUBLISHED, CORRECTED] == []


def test_damage_is_told_apart_from_age(published, monkeypatch, capsys):
    monkeypatch.chdir(published.root)
    published.set("observations", "T009", "note", "改过")
    assert main(["status"]) == 0
    page = published.root / shelf.EDITIONS / EDITION / "report.html"
    page.chmod(0o644)
    page.write_text("x", encoding="utf-8")
    assert main(["status", EDITION]) == 1
    assert f"editions/{EDITION}/report.html " in capsys.readouterr().out
    (page.parent / "manifest.json").unlink()
    assert [code for code, _ in found(published)[status.PUBLISHED, EDITION]] == ["E620"]


@pytest.mark.parametrize(
    ("name", "code"), [("../x", "E198"), ("2031Q1", "E100"), ("2031Q1-r1", "E640"), ("", "E198")]
)
def test_what_is_no_edition_is_refused(project, name, code):
    with pytest.raises(ReportedError) as caught:
        status.status(project.root, name)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_correction_can_be_asked_for_by_its_name(published):
    published.set("observations", "T009", "note", "改过")
    publish(published, reason="更正")
    published.set("observations", "T009", "note", "又改过")
    own, _ = status.status(published.root, CORRECTED)
    assert (own.kind, own.name) == (status.PUBLISHED, CORRECTED)
    assert [problem.code for problem in own.problems] == ["E634"]
    first, _ = (s for s in status.status(published.root, EDITION) if s.kind == status.PUBLISHED)
    assert (first.name, first.problems) == (EDITION, [])


@pytest.mark.parametrize("name", ["manifest.json", "report.html"])
def test_what_may_not_be_read_is_no_lost_file(published, monkeypatch, name):
    place, read = f"editions/{EDITION}/{name}", Path.read_bytes

    def refuse(path):
        if path == published.root / place:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert found(published)[status.PUBLISHED, EDITION] == [("E402", place)]


def test_who_may_only_read_is_told_how_things_stand(published, monkeypatch):
    opened = os.open

    def refuse(path, flags, *mode):
        if flags & (os.O_RDWR | os.O_WRONLY | os.O_CREAT):
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, flags, *mode)

    monkeypatch.setattr(lock.os, "open", refuse)
    assert found(published)[status.SHELF, "editions"] == []


@pytest.mark.parametrize("name", ["latest", "index.html", ".lock"])
def test_what_lies_in_the_place_of_the_publications_own_is_told(published, name):
    place = published.root / shelf.EDITIONS / name
    place.unlink()
    place.mkdir()
    assert found(published)[status.SHELF, "editions"] == [("E641", f"editions/{name}")]
    with pytest.raises(BrokenFile, match="E641"):
        publish(published)


def test_what_a_killed_run_has_left_is_told(published):
    own = Process.own("2030-04-01 00:00:00")
    dead = Process(own.host, own.pid, "0", own.since)
    (published.root / work.WORK / dead.label).mkdir()
    (published.root / lock.FILE).write_text(json.dumps(dead.to_json()), encoding="utf-8")
    latest = published.root / shelf.EDITIONS / shelf.LATEST
    latest.unlink()
    latest.symlink_to("2029Q4")
    codes = [code for code, _ in found(published)[status.SHELF, "editions"]]
    assert codes == ["E637", "E635", "E636"]
    assert [each.damaged for each in status.status(published.root)] == [False, False, True]
    latest.unlink()
    latest.symlink_to(EDITION)
    assert not any(each.damaged for each in status.status(published.root))
    publish(published)
    assert found(published)[status.SHELF, "editions"] == []


def test_a_report_at_hand_is_held_against_its_receipts(project, monkeypatch):
    layout, key = project.layout, (status.AT_HAND, EDITION)
    monkeypatch.setattr(receipts, "paths", paths_of(layout))
    digests = receipts.made_from(layout, [stage.name for stage in CHAIN])
    for stage in CHAIN:
        for path in receipts.paths(layout, stage.writes[0]):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(stage.name, encoding="utf-8")
        receipts.write(layout, stage.name, digests[stage.name])
    assert found(project)[key] == []
    (layout.build / "score").write_text("x", encoding="utf-8")
    assert found(project)[key] == [("E632", f"build/{EDITION}/score")]
    (layout.report / "deliver").write_text("x", encoding="utf-8")
    assert found(project)[key] == [("E633", f"report/{EDITION}/deliver")]
    project.set("observations", "T009", "note", "改过")
    assert found(project)[key][0] == ("E632", f"data/raw/{EDITION}")
    receipts.receipt(layout, "deliver").unlink()
    assert found(project)[key] == [("E632", f"data/raw/{EDITION}")]


def test_what_an_edit_brings_is_no_damage_of_what_was_delivered(project, monkeypatch):
    layout, makers = project.layout, paths_of(project.layout)
    monkeypatch.setattr(receipts, "paths", makers)
    digests = receipts.made_from(layout, [stage.name for stage in CHAIN])
    for stage in CHAIN:
        for path in receipts.paths(layout, stage.writes[0]):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(stage.name, encoding="utf-8")
        receipts.write(layout, stage.name, digests[stage.name])
    drawn = layout.report / "figures/new.svg"
    brought = {"deliver": [layout.report / "deliver", drawn]}
    made_by = {product: stage.name for stage in CHAIN for product in stage.writes}
    monkeypatch.setattr(
        receipts,
        "paths",
        lambda own, product: brought.get(made_by[product]) or makers(own, product),
    )
    project.set("observations", "T009", "note", "改过")
    assert found(project)[status.AT_HAND, EDITION] == [("E632", f"data/raw/{EDITION}")]
    assert not status.status(project.root)[0].damaged


def test_each_kind_of_inputs_has_a_place_that_a_person_finds(project):
    for kind in (*inputs.KINDS, inputs.LIBRARIES):
        assert inputs.folder(project.layout, kind).strip("/"), kind


def test_pages_over_all_editions_that_are_not_theirs_are_made_again(published):
    folder = published.root / shelf.EDITIONS
    (folder / "index.html").unlink()
    (folder / "feed.xml").write_text("x", encoding="utf-8")
    pages = [("E638", "editions/index.html"), ("E638", "editions/feed.xml")]
    assert found(published)[status.SHELF, "editions"] == pages
    assert not any(each.damaged for each in status.status(published.root))
    publish(published)
    assert found(published)[status.SHELF, "editions"] == []


def test_a_folder_that_is_not_mounted_is_one_line(project):
    (project.root / shelf.EDITIONS).symlink_to("nowhere")
    for asked in (status.status, lambda root: publication.publish(root, EDITION)):
        with pytest.raises(BrokenFile) as caught:
            asked(project.root)
        assert [(p.code, p.file) for p in caught.value.problems] == [("E639", "editions")]


def paths_of(layout):
    """A file for each stage, the last one's in the report."""
    makers = {product: stage.name for stage in CHAIN for product in stage.writes}

    def paths(_, product):
        name = makers[product]
        return [(layout.report if name == "deliver" else layout.build) / name]

    return paths
