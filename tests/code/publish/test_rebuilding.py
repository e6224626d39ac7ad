"""A published edition is made again from its own sources, and every difference is named."""

from __future__ import annotations

import json
import shutil

import pytest

from suyuan.core.errors import BrokenFile, LineageRefuted, LookupFailed
from suyuan.core.files import sha256
from suyuan.publish import pin, shelf, work
from suyuan.publish.process import Process
from suyuan.publish.rebuilding import rebuild
from tests.code.miniature import EDITION
from tests.code.publish.releases import built, publish, rewrite


@pytest.fixture
def published(project, monkeypatch):
    monkeypatch.setenv("SUYUAN_NOW", "2030-04-02")
    publish(project)
    return project


def forged(project, name, data):
    """Another content of a published file, with a manifest that knows of it."""
    folder = project.root / shelf.EDITIONS / EDITION
    for path in (folder / name, folder / "manifest.json"):
        path.chmod(0o644)
    (folder / name).write_bytes(data)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    for entry in manifest["files"]:
        if entry["name"] == name:
            entry["sha256"] = sha256(folder / name)
    rewrite(folder, **manifest)


def codes(error):
    return [(problem.code, problem.file) for problem in error.value.problems]


def test_it_comes_out_the_same_whatever_the_project_holds_by_now(published):
    published.set("observations", "T009", "value", "1")
    shutil.rmtree(published.root / "data/processed", ignore_errors=True)
    found = rebuild(published.root, EDITION, built)
    assert found.files == len(shelf.named(published.root, EDITION).files) - 2  # search and sources
    assert found.other == {}
    assert work.leftovers(published.root) == []
    assert list((published.root / work.WORK).iterdir()) == []


def test_what_a_killed_rebuilding_has_left_is_cleared_by_the_next(published):
    own = Process.own()
    dead = Process(own.host, own.pid, "0").label
    (published.root / work.WORK / dead / "config").mkdir(parents=True)
    rebuild(published.root, EDITION, built)
    assert list((published.root / work.WORK).iterdir()) == []


def test_one_that_was_killed_says_its_signal(published):
    done = work.Done(-9, "", "snakemake")
    with pytest.raises(LookupFailed) as caught:
        rebuild(published.root, EDITION, lambda *_: done)
    (problem,) = caught.value.problems
    assert problem.details["signal"] == "SIGKILL"
    assert problem.file == f"{shelf.EDITIONS}/{EDITION}/sources.tar.gz"


def test_another_byte_is_named_with_what_is_installed_otherwise(published):
    forged(published, "report.html", b"x")
    folder = published.root / shelf.EDITIONS / EDITION
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    rewrite(folder, versions=manifest["versions"] | {"python": "2.7"})
    with pytest.raises(LineageRefuted) as caught:
        rebuild(published.root, EDITION, built)
    place = f"{shelf.EDITIONS}/{EDITION}"
    assert codes(caught) == [("E628", place), ("E627", f"{place}/report.html")]


def test_a_file_that_is_made_more_or_less_is_a_difference(published):
    def other(root, edition, log):
        done = built(root, edition, log)
        report = root / "report" / edition
        (report / "report.html").rename(report / "page.html")
        return done

    with pytest.raises(LineageRefuted) as caught:
        rebuild(published.root, EDITION, other)
    assert [file.rpartition("/")[2] for _, file in codes(caught)] == ["page.html", "report.html"]


def test_sources_that_are_not_those_of_the_manifest_are_refused(published):
    path = published.root / shelf.EDITIONS / EDITION / "sources.tar.gz"
    contents = pin.opened(path.read_bytes())
    forged(published, "sources.tar.gz", pin.archive(contents | {"Snakefile": b"x"}))
    with pytest.raises(BrokenFile) as caught:
        rebuild(published.root, EDITION, None)
    assert [problem.value for problem in caught.value.problems] == ["Snakefile"]


@pytest.mark.parametrize("name", ["/suyuan.txt", "../../out.txt", "config/../../../out.txt"])
def test_nothing_is_unpacked_outside(published, tmp_path, name):
    """Not even for a manifest that knows of it: an edition may come from somebody else."""
    name = f"{tmp_path}{name}" if name[0] == "/" else name
    folder = published.root / shelf.EDITIONS / EDITION
    contents = pin.opened((folder / "sources.tar.gz").read_bytes()) | {name: b"x"}
    forged(published, "sources.tar.gz", pin.archive(contents))
    rewrite(folder, inputs=pin.digests(contents))
    before = set(tmp_path.rglob("*.txt"))
    with pytest.raises(BrokenFile) as caught:
        rebuild(published.root, EDITION, None)
    assert [(p.code, p.value) for p in caught.value.problems] == [("E626", name)]
    assert set(tmp_path.rglob("*.txt")) == before


def test_a_damaged_edition_is_not_built(published):
    (published.root / shelf.EDITIONS / EDITION / "report.html").unlink()
    with pytest.raises(BrokenFile) as caught:
        rebuild(published.root, EDITION, None)
    assert [code for code, _ in codes(caught)] == ["E622"]


def test_what_cannot_be_built_here_says_why(published):
    done = work.Done(1, "x:1:1 磁盘空间不足 (E401)")
    with pytest.raises(LookupFailed) as caught:
        rebuild(published.root, EDITION, lambda *_: done)
    (problem,) = caught.value.problems
    assert (problem.code, problem.value) == ("E625", "x:1:1 磁盘空间不足 (E401)")


def test_what_was_never_published_is_named(published):
    with pytest.raises(LookupFailed) as caught:
        rebuild(published.root, "2030Q2", None)
    assert [code for code, _ in codes(caught)] == ["E624"]


def test_an_archive_of_equal_files_has_equal_bytes():
    one, other = pin.archive({"a": b"1", "b/c": b"2"}), pin.archive({"b/c": b"2", "a": b"1"})
    assert one == other
    assert pin.opened(one) == {"a": b"1", "b/c": b"2"}
