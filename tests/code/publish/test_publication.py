"""An edition is published whole or not at all, once, and never changes after that."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from suyuan.cli import main
from suyuan.core.errors import BrokenFile, Locked, LookupFailed, Problem, StaleBuild
from suyuan.core.files import sha256
from suyuan.publish import lock, pin, publication, said, shelf, work
from suyuan.publish.gates import Found, Gate
from suyuan.publish.process import Process, labelled
from suyuan.publish.rebuilding import rebuild
from tests.code.miniature import EDITION, ROOT
from tests.code.publish.releases import gate, publish, rewrite, state
from tests.code.publish.rolled import NEXT, Next

FIRST, SECOND = EDITION, f"{EDITION}-r1"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setenv("SUYUAN_NOW", "2030-04-02T09:00:00")


def editions(project):
    return project.root / shelf.EDITIONS


def edit(project):
    project.set("observations", "T009", "note", "改过")


def codes(error):
    return [problem.code for problem in error.value.problems]


def test_it_is_published_with_a_manifest_of_all_that_it_is_and_was_made_from(project):
    outcome = publish(project, gates=[gate()])
    assert (outcome.kind, outcome.name, outcome.reasons) == ("published", FIRST, ())
    folder = editions(project) / FIRST
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }
    assert {entry["name"]: entry["sha256"] for entry in manifest["files"]} == {
        name: sha256(path) for name, path in files.items() if name != "manifest.json"
    }
    assert {"report.html", "lineage.json", "sources.tar.gz", "search.json"} <= files.keys()
    raw = f"data/raw/{EDITION}/observations.csv"
    assert manifest["inputs"][raw] == sha256(project.root / raw)
    assert manifest["published"] == "2030-04-02T09:00:00+08:00"
    assert manifest["gates"] == [{"gate": "claims", "passed": True, "unchecked": []}]
    assert manifest["versions"]["python"] == sys.version.split()[0]
    assert not any(path.stat().st_mode & 0o222 for path in files.values())


def test_the_pages_over_all_editions_speak_of_it(project):
    publish(project)
    folder = editions(project)
    assert (folder / "latest").readlink().name == FIRST
    assert f'href="{FIRST}/report.html"' in (folder / "index.html").read_text(encoding="utf-8")
    feed = ElementTree.parse(folder / "feed.xml").getroot()
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}updated").text == "2030-04-02T09:00:00+08:00"
    script = (folder / "search.js").read_text(encoding="utf-8")
    searched = json.loads(script.removeprefix("window.SUYUAN = ").rstrip(";\n"))
    assert searched["editions"] == [FIRST]


def test_nothing_else_is_left(project):
    publish(project)
    assert {path.name for path in editions(project).iterdir()} == {
        FIRST, "latest", "index.html", "feed.xml", "search.js", ".lock", ".work",
    }  # fmt: skip
    assert list((project.root / work.WORK).iterdir()) == []
    assert (project.root / lock.FILE).read_bytes() == b""


def test_once_published_and_unchanged_nothing_is_done(project, monkeypatch):
    publish(project)
    before = state(editions(project))
    monkeypatch.setenv("SUYUAN_NOW", "2030-05-01")
    outcome = publish(project, build=None, gates=None)  # neither is asked
    assert (outcome.kind, outcome.name) == ("unchanged", FIRST)
    assert publish(project, reason="无", build=None, gates=None).kind == "unchanged"
    assert state(editions(project)) == before


def test_another_default_edition_changes_no_edition(project):
    publish(project)
    config = project.root / "config/config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace(f"edition: {EDITION}", "edition: 2030Q2"), encoding="utf-8")
    assert config.read_text(encoding="utf-8") != text
    assert publish(project).kind == "unchanged"


def test_what_is_published_is_not_changed_without_a_reason(project):
    publish(project)
    before = state(editions(project))
    edit(project)
    outcome = publish(project)
    assert outcome.kind == "refused"
    (reason,) = outcome.reasons
    assert reason.endswith("(E603)")
    assert f"data/raw/{EDITION}/observations.csv" in reason
    assert state(editions(project)) == before


def test_who_wants_it_once_is_content_with_what_there_is(project):
    publish(project)
    before = state(editions(project))
    edit(project)
    outcome = publication.publish(project.root, EDITION, build=None, gates=None, once=True)
    assert (outcome.kind, outcome.name) == ("unchanged", FIRST)
    assert state(editions(project)) == before


def test_a_correction_stands_beside_what_it_corrects(project):
    publish(project)
    before = state(editions(project) / FIRST)
    edit(project)
    outcome = publish(project, reason=" 来源\x00更正了\n数值 ")
    assert (outcome.kind, outcome.name) == ("published", SECOND)
    assert state(editions(project) / FIRST) == before
    manifest = shelf.named(project.root, SECOND).manifest
    assert (manifest["corrects"], manifest["reason"]) == (FIRST, "来源 更正了 数值")
    assert (editions(project) / "latest").readlink().name == SECOND
    note = (editions(project) / f"{FIRST}.corrected.txt").read_text(encoding="utf-8")
    assert SECOND in note
    assert "来源 更正了 数值" in note
    index = (editions(project) / "index.html").read_text(encoding="utf-8")
    assert f'本版次已由 <a href="#{SECOND}">{SECOND}</a> 更正。理由：来源 更正了 数值' in index
    feed = ElementTree.parse(editions(project) / "feed.xml").getroot()
    names = [entry.find(f"{ATOM}id").text for entry in feed.iter(f"{ATOM}entry")]
    assert [name.rpartition(":")[2] for name in names] == [SECOND, FIRST]
    assert publish(project, reason="再次").kind == "unchanged"


def test_pages_made_from_what_was_just_published_are_those_made_from_its_manifest(project):
    publish(project)
    project.set("observations", "T009", "value", "1001")
    assert publish(project, reason="更正").kind == "published"
    before = state(editions(project))
    counts = shelf.named(project.root, SECOND).manifest["diff"]["counts"]
    assert len(counts) > 1
    assert publish(project).kind == "unchanged"
    assert state(editions(project)) == before


@pytest.mark.parametrize(
    ("edition", "reason", "code"),
    [
        (EDITION, "理由", "E604"),
        (EDITION, " ", "E605"),
        (SECOND, None, "E606"),
        ("", None, "E606"),
        ("2026H1", None, "E606"),
        ("2031Q1", None, "E100"),
    ],
)
def test_what_makes_no_sense_is_refused(project, edition, reason, code):
    with pytest.raises(LookupFailed) as caught:
        publication.publish(project.root, edition, reason=reason)
    assert codes(caught) == [code]
    assert not (editions(project) / "latest").exists()


@pytest.mark.parametrize("early", [True, False])
def test_a_gate_that_refuses_leaves_everything_as_it_was(project, early):
    publish(project)
    before = state(editions(project))
    edit(project)
    refusing = gate(Problem("E613", "lineage.json", value="x"), "某一行 (E121)", early=early)
    outcome = publish(project, reason="更正", gates=[refusing, gate(code="audit")])
    assert outcome.kind == "refused"
    assert [reason[-6:] for reason in outcome.reasons] == ["(E613)", "(E121)"]
    assert state(editions(project)) == before


def test_a_build_that_fails_says_why(project):
    done = work.Done(1, "Job 1\ndata/raw/x.csv:3:value 不对 (E120)\n")
    outcome = publish(project, build=lambda *_: done)
    assert outcome.reasons == ["data/raw/x.csv:3:value 不对 (E120)"]
    assert outcome.kind == "refused"
    outcome = publish(project, build=lambda *_: work.Done(9, ""))
    assert [reason[-6:] for reason in outcome.reasons] == ["(E409)"]
    assert outcome.kind == "failed"
    outcome = publish(project, build=lambda *_: work.Done(-15, "on its way\n"))
    (reason,) = outcome.reasons
    assert reason.startswith(f"logs/{EDITION}/publication.log snakemake ")
    assert "SIGTERM" in reason
    assert shelf.published(project.root) == []


def test_what_there_was_nothing_of_is_not_said_to_have_passed(project):
    said, nothing = [], Gate("review", lambda _: Found(nothing="baseless"), early=False)
    assert publish(project, gates=[nothing], said=said).kind == "published"
    (line,) = [line for line in said if line.endswith("差异已经审阅")]
    assert "通过" not in line
    (told,) = shelf.named(project.root, FIRST).manifest["gates"]
    assert told == {"gate": "review", "passed": None, "unchecked": []}
    assert "差异已经审阅" not in (editions(project) / "index.html").read_text(encoding="utf-8")


def test_rows_that_nobody_reads_are_not_left_out_of_what_is_published(project):
    stray = project.file("observations").with_name("observations (1).csv")
    stray.touch()
    outcome = publish(project)
    assert [reason[-6:] for reason in outcome.reasons] == ["(E857)"]
    stray.rename(stray.with_name("~$observations.csv"))
    said = []
    assert publish(project, said=said).kind == "published"
    assert any(line.endswith("(W857)") for line in said)
    stray.touch()
    assert publish(project).kind == "unchanged"


def test_what_was_damaged_is_said_and_not_hidden(project):
    publish(project)
    page = editions(project) / FIRST / "report.html"
    page.chmod(0o644)
    page.write_text("x", encoding="utf-8")
    (editions(project) / FIRST / "lineage.json").unlink()
    (editions(project) / FIRST / "more.txt").touch()
    found = [problem.code for problem in shelf.named(project.root, FIRST).damage()]
    assert sorted(found) == ["E621", "E622", "E623"]
    assert publish(project).kind == "refused"


@pytest.mark.parametrize(
    "keys", [{"published": "2030-04-01"}, {"inputs": []}, {"gates": "x"}, {"edition": "2029Q1"}]
)
def test_a_manifest_that_a_hand_has_edited_is_said(project, keys):
    publish(project)
    rewrite(editions(project) / FIRST, seal=False, **keys)
    with pytest.raises(BrokenFile) as caught:
        publish(project)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E621", f"editions/{FIRST}/manifest.json")


@pytest.mark.parametrize(
    "keys",
    [
        {"files": 3}, {"files": [{"name": "x"}]}, {"inputs": None}, {"gates": [{"gate": "x"}]},
        {"diff": {}}, {"published": 5}, {"published": "2030-04-02"}, {"corrects": ["a"]},
        {"edition": "../x"}, {"edition": NEXT}, {"versions": [1]}, {"title": None},
        {"files": [{"name": "../../x", "size": 0, "sha256": "0"}]}, {"format": "manifest/2"},
    ],
)  # fmt: skip
def test_what_has_another_shape_is_no_manifest_whoever_sealed_it(project, keys):
    publish(project)
    rewrite(editions(project) / FIRST, **keys)
    for asked in (publish, lambda project: rebuild(project.root, FIRST)):
        with pytest.raises(BrokenFile) as caught:
            asked(project)
        (problem,) = caught.value.problems
        assert (problem.code, problem.file) == ("E620", f"editions/{FIRST}/manifest.json")


def test_a_search_that_was_damaged_is_said(project):
    publish(project)
    search = editions(project) / FIRST / "search.json"
    search.chmod(0o644)
    search.write_text("{}", encoding="utf-8")
    with pytest.raises(BrokenFile) as caught:
        publish(project)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E621", f"editions/{FIRST}/search.json")
    search.unlink()
    with pytest.raises(BrokenFile) as caught:
        publish(project)
    assert codes(caught) == ["E622"]


def test_nothing_is_compared_with_an_edition_that_was_damaged(project):
    publish(project)
    Next.of(project)
    page = editions(project) / FIRST / "lineage.json"
    page.chmod(0o644)
    page.write_text("{}", encoding="utf-8")
    outcome = publication.publish(project.root, NEXT, gates=(), build=None)
    assert outcome.kind == "refused"
    assert [reason[-6:] for reason in outcome.reasons] == ["(E621)"]


def test_a_correction_of_an_older_edition_is_not_said_to_be_the_latest(project):
    publish(project)
    shutil.copytree(editions(project) / FIRST, editions(project) / NEXT)
    rewrite(editions(project) / NEXT, name=NEXT, edition=NEXT)
    edit(project)
    outcome = publish(project, reason="更正")
    assert shelf.names(project.root) == [FIRST, SECOND, NEXT]
    assert (editions(project) / "latest").readlink().name == NEXT
    assert shelf.named(project.root, SECOND).manifest["diff"]["base"] == FIRST
    line = said.published(project.root, outcome).splitlines()[-1]
    assert f"editions/{SECOND}/" in line
    assert line.endswith(NEXT)


def test_a_clock_that_was_set_back_is_told_and_hides_nothing(project, monkeypatch):
    publish(project)
    edit(project)
    monkeypatch.setenv("SUYUAN_NOW", "2030-01-01")
    lines = []
    assert publish(project, reason="更正", said=lines).kind == "published"
    assert any("2030-01-01 00:00" in line and "2030-04-02 09:00" in line for line in lines)
    feed = ElementTree.parse(editions(project) / "feed.xml").getroot()
    updated = [each.find(f"{ATOM}updated").text for each in feed.iter(f"{ATOM}entry")]
    assert updated == ["2030-01-01T00:00:00+08:00", "2030-04-02T09:00:00+08:00"]
    assert feed.find(f"{ATOM}updated").text == max(updated)


@pytest.mark.parametrize("name", ["latest", "index.html"])
def test_a_folder_in_the_place_of_a_page_is_named(project, monkeypatch, capsys, name):
    publish(project)
    (editions(project) / name).unlink()
    (editions(project) / name / "mine").mkdir(parents=True)
    monkeypatch.chdir(project.root)
    assert main(["publish"]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"editions/{name} ")


def test_a_folder_without_a_manifest_stops_everything(project):
    (editions(project) / FIRST).mkdir(parents=True)
    with pytest.raises(BrokenFile) as caught:
        publish(project)
    assert codes(caught) == ["E620"]


def test_a_source_that_is_edited_meanwhile_is_noticed(project, monkeypatch):
    read = pin._read

    def reading(layout):
        found = read(layout)
        edit(project)
        return found

    monkeypatch.setattr(pin, "_read", reading)
    with pytest.raises(StaleBuild) as caught:
        publish(project)
    assert codes(caught) == ["E607"]


# --- a machine that does not do its part ------------------------------------------------------


@pytest.mark.parametrize("size", [0, 4096, 200_000])
def test_a_full_disk_is_one_message_and_nothing_published(project, size, tmp_path):
    """Files of this size can be written, and none that is larger."""
    publish(project)
    edit(project)
    before = state(editions(project))
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(project.root), str(size)],
        capture_output=True, encoding="utf-8", check=False,
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT}/workflow/lib"},
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    _, line = done.stderr.splitlines()
    assert line.endswith("(E401)")
    assert not line.startswith(".")
    assert state(editions(project)) == before
    assert publish(project, reason="更正").kind == "published"


FULL = """
import os, resource, sys
from functools import partial
from pathlib import Path
from suyuan import cli
from suyuan.publish import publication
from suyuan.publish.gates import Found, Gate
from tests.code.publish.releases import built
sys.dont_write_bytecode = True
publication.publish = partial(publication.publish, gates=(), build=built)
os.chdir(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
sys.exit(cli.main(["publish", "--correct", "更正"]))
"""


def test_a_folder_that_cannot_be_written_is_one_message(project, monkeypatch, capsys):
    def refuse(path, *_):
        raise OSError(errno.EROFS, "Read-only file system", str(path))

    monkeypatch.setattr(lock.os, "open", refuse)
    monkeypatch.chdir(project.root)
    assert main(["publish"]) == 2
    _, line = capsys.readouterr().err.splitlines()
    assert line.startswith("editions/.lock ")
    assert line.endswith("(E402)")


@pytest.mark.parametrize(
    ("number", "code"), [(errno.EACCES, "E402"), (errno.EROFS, "E402"), (errno.EXDEV, "E404")]
)
def test_what_could_not_be_moved_is_not_built(project, monkeypatch, capsys, number, code):
    rename = type(project.root).rename

    def refuse(path, target):
        if target.parent == editions(project):
            raise OSError(number, os.strerror(number), str(path), None, str(target))
        return rename(path, target)

    monkeypatch.setattr(type(project.root), "rename", refuse)
    monkeypatch.setattr(work, "build", None)
    monkeypatch.chdir(project.root)
    assert main(["publish"]) == 2
    line = capsys.readouterr().err.splitlines()[-1]
    assert line.startswith("editions ")
    assert line.endswith(f"({code})")


def test_an_edition_that_lies_elsewhere_is_one_of_them(project, tmp_path):
    publish(project)
    (editions(project) / FIRST).rename(tmp_path / "archive")
    (editions(project) / FIRST).symlink_to(tmp_path / "archive")
    assert publish(project).kind == "unchanged"
    (tmp_path / "archive").rename(tmp_path / "lost")
    with pytest.raises(BrokenFile) as caught:
        publish(project)
    assert codes(caught) == ["E620"]


# --- the lock ---------------------------------------------------------------------------------

HOLDING = """
import sys, time
from pathlib import Path
from suyuan.publish.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(project):
    """A process that holds the lock."""
    started = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(project.root)], stdout=subprocess.PIPE
    )
    assert started.stdout.readline() == b"held\n"
    yield started
    started.kill()
    started.wait()
    started.stdout.close()


def test_two_at_once_are_one_refused(project, holder, monkeypatch, capsys):
    with pytest.raises(Locked) as caught:
        publish(project)
    (problem,) = caught.value.problems
    assert (problem.code, problem.value) == ("E601", str(holder.pid))
    monkeypatch.chdir(project.root)
    assert main(["publish"]) == 75
    assert "(E601)" in capsys.readouterr().err
    assert main(["unlock"]) == 75


def test_the_lock_of_a_process_that_was_killed_is_taken_over(project, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert lock.left(project.root).pid == holder.pid
    lines = []
    assert publish(project, said=lines).kind == "published"
    assert any(str(holder.pid) in line for line in lines)
    assert lock.left(project.root) is None


def test_the_lock_of_another_host_waits_for_a_person(project, monkeypatch, capsys):
    path = project.root / lock.FILE
    path.parent.mkdir()
    elsewhere = Process("elsewhere", 1, "1", "2030-01-01 00:00:00")
    path.write_text(json.dumps(elsewhere.to_json()), encoding="utf-8")
    with pytest.raises(Locked) as caught:
        publish(project)
    assert codes(caught) == ["E602"]
    monkeypatch.chdir(project.root)
    assert main(["unlock"]) == 0
    assert "elsewhere" in capsys.readouterr().out
    assert publish(project).kind == "published"


def test_where_nothing_was_published_there_is_no_lock(project, monkeypatch, capsys):
    monkeypatch.chdir(project.root)
    assert main(["unlock"]) == 0
    assert capsys.readouterr().out
    assert not editions(project).exists()
    assert main(["rebuild-check", FIRST]) == 1
    assert capsys.readouterr().err.splitlines()[-1].endswith("(E640)")


def test_a_number_given_again_is_not_the_same_process():
    own = Process.own()
    assert own.lives
    assert labelled(own.label) == own
    assert labelled(Process(own.host, own.pid, f"{own.started}0").label).lives is False
    assert Process("elsewhere", own.pid, own.started).lives is None


def test_only_what_the_dead_have_left_is_cleared(project):
    publish(project)
    own, folder = Process.own(), project.root / work.WORK
    dead = Process(own.host, own.pid, "0").label
    kept = {own.label, Process("elsewhere", 1, "1").label, "notes"}
    for name in (dead, *kept):
        (folder / name / "pinned").mkdir(parents=True)
    work.clear(project.root)
    assert {path.name for path in folder.iterdir()} == kept
