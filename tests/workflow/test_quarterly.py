"""`make quarterly` on the real editions, by a clock that is set: once, by one at a time, or not.

What ends it leaves the published editions as they were; whatever it was, people are told.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from suyuan.core.files import sha256
from suyuan.core.periods import last_day
from suyuan.publish import shelf
from tests.code.publish.releases import state
from tests.code.publish.sink import Sink, sink
from tests.workflow.project import CHECKOUT, Done, Project

pytestmark = pytest.mark.slow

OLD, NEW = sorted(path.name for path in (CHECKOUT / "data/raw").iterdir())[-2:]
PATIENCE = 900  # seconds for a publication
# Stand in for validators that take minutes: PDF passes unless a test says otherwise.
STAND_INS = {
    "page.py": """
import os
from types import SimpleNamespace as N

def validate_pdf(path, profile):
    rule = os.environ.get("BROKEN_RULE", "")
    return N(is_compliant=not rule, failures=[N(rule_id=rule, message="no")] if rule else [])
""",
    "selenium.py": "raise ImportError\n",
}


@dataclass
class Quarter:
    """A project, where its notices arrive, and the runs that are given there."""

    project: Project
    sink: Sink

    def environment(self, edition: str, **more: str) -> dict[str, str]:
        """That of a machine on which the edition is due."""
        own = self.project.environment()
        return own | more | {
            "PATH": f"{Path(sys.executable).parent}:{own['PATH']}",
            "PYTHONPATH": f"{own['PYTHONPATH']}:{self.project.root}/stand-ins",
            "SUYUAN_NOTICES": self.sink.address,
            "SUYUAN_NOW": str(last_day(edition) + timedelta(days=7)),
            "no_proxy": "127.0.0.1",
        }  # fmt: skip

    def run(self, edition: str, **more: str) -> Done:
        done = subprocess.run(
            ["make", "quarterly"], cwd=self.project.root, env=self.environment(edition, **more),
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", check=False,
            timeout=PATIENCE,
        )  # fmt: skip
        return Done(done.returncode, done.stdout)

    def begun(self, edition: str) -> subprocess.Popen:
        """A run whose build has begun: people have been told so."""
        before = len(self.sink.letters)
        started = subprocess.Popen(
            ["make", "quarterly"], cwd=self.project.root, env=self.environment(edition),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while len(self.sink.letters) == before:
            assert started.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.1)
        return started

    @property
    def editions(self) -> Path:
        return self.project.root / "editions"

    @property
    def latest(self) -> str:
        return self.editions.joinpath("latest").readlink().name

    def seen(self) -> dict[str, bytes]:
        """What readers find."""
        found = state(self.editions)
        return {name: data for name, data in found.items() if not name.startswith(".")}

    def refused(self, *codes: str, **more: str) -> str:
        """The notice of a run that publishes nothing, for such reasons."""
        before, told = self.seen(), len(self.sink.letters)
        done = self.run(NEW, **more)
        assert done.code, done.output
        assert self.seen() == before
        assert self.latest == OLD
        letter = self.sink.letters[-1]
        assert len(self.sink.letters) > told
        assert letter["title"] == f"溯源 {NEW}：未予发布"
        assert [code for code in codes if f"({code})" not in letter["message"]] == []
        assert [code for code in codes if f"({code})" not in done.output] == []
        return letter["message"]


@pytest.fixture(scope="module")
def told() -> Iterator[Sink]:
    with sink() as found:
        yield found


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, told: Sink) -> Quarter:
    """A fresh clone in which the last edition but one was published when it was due."""
    root = tmp_path_factory.mktemp("quarter") / "project"
    quarter = Quarter(Project.of_checkout(root), told)
    shutil.copy(CHECKOUT / "Makefile", root)
    (root / "tools").mkdir()
    (root / "tools/setup.sh").write_text("#!/bin/sh\n", encoding="utf-8")
    (root / "tools/setup.sh").chmod(0o755)
    (root / "stand-ins").mkdir()
    for name, text in STAND_INS.items():
        (root / "stand-ins" / name).write_text(text, encoding="utf-8")
    done = quarter.run(OLD)
    assert done.code == 0, done.output
    assert quarter.latest == OLD
    assert told.titles == [f"溯源 {OLD}：开始发布", f"溯源 {OLD}：已发布"]
    return quarter


@pytest.fixture
def quarter(first: Quarter, tmp_path: Path) -> Quarter:
    """A copy of it, in which the last edition is due; notices that came before are gone."""
    first.sink.letters.clear()
    return Quarter(first.project.copy(tmp_path / "project"), first.sink)


def test_killed_then_two_at_once_then_published_once(quarter: Quarter) -> None:
    before = quarter.seen()
    killed = quarter.begun(NEW)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    assert quarter.seen() == before

    running = quarter.begun(NEW)
    refused = quarter.run(NEW)
    assert refused.code
    assert "(E601)" in refused.output
    assert quarter.sink.titles[-1] == f"溯源 {NEW}：未予发布"
    assert running.wait(PATIENCE) == 0
    assert quarter.sink.titles[-1] == f"溯源 {NEW}：已发布"
    assert "与上一版相比" in quarter.sink.letters[-1]["message"]
    assert quarter.latest == NEW
    after = quarter.seen()
    assert {name: after[name] for name in before if name.startswith(f"{OLD}/")} == {
        name: data for name, data in before.items() if name.startswith(f"{OLD}/")
    }
    assert list((quarter.editions / ".work").iterdir()) == []

    told = len(quarter.sink.letters)
    again = quarter.run(NEW)
    assert again.code == 0, again.output
    assert "无需再发布" in again.output
    assert quarter.seen() == after
    assert len(quarter.sink.letters) == told


def test_a_stop_takes_everything_back(quarter: Quarter) -> None:
    before = quarter.seen()
    stopped = quarter.begun(NEW)
    os.killpg(stopped.pid, signal.SIGINT)  # as systemd, to each of its processes
    assert stopped.wait(60)
    assert quarter.seen() == before
    assert list((quarter.editions / ".work").iterdir()) == []
    assert quarter.sink.titles[-1] == f"溯源 {NEW}：发布中途失败"
    assert "(E629)" in quarter.sink.letters[-1]["message"]


def test_a_broken_row_refuses(quarter: Quarter) -> None:
    path = quarter.project.root / f"data/raw/{NEW}/observations.csv"
    header, row, *rest = path.read_text(encoding="utf-8").splitlines()
    cells = row.split(",")
    cells[header.split(",").index("value")] = "约一千"
    path.write_text("\n".join([header, ",".join(cells), *rest, ""]), encoding="utf-8")
    assert f"data/raw/{NEW}/observations.csv:2:value" in quarter.refused("E120")


def test_a_claim_without_words_for_what_is_so_refuses(quarter: Quarter) -> None:
    path = quarter.project.root / "config/claims.yaml"
    claims = json.loads((quarter.editions / OLD / "lineage.json").read_text("utf-8"))["claims"]
    text = path.read_text(encoding="utf-8")
    at, outcome = next(
        (text.index(f"\n  {name}:\n"), claim["outcome"])
        for name, claim in claims.items()
        if claim["robust"] and f"\n  {name}:\n" in text
    )
    line = text.index(f"\n      {outcome}: ", at)
    path.write_text(text[:line] + text[text.index("\n", line + 1) :], encoding="utf-8")
    assert "config/claims.yaml" in quarter.refused("E320")


def test_an_unexplained_difference_and_a_failing_validator_refuse(quarter: Quarter) -> None:
    forge(quarter.editions / OLD, "nw.compute_total")
    said = quarter.refused("E616", "E617", BROKEN_RULE="6.1.2-1")
    assert "6.1.2-1" in said
    assert "nw.compute_total" in said


def forge(folder: Path, value_id: str) -> None:
    """Another number in a published lineage, and a manifest that has its digest."""
    for name in ("lineage.json", "manifest.json"):
        (folder / name).chmod(0o644)
    path = folder / "lineage.json"
    text = path.read_text(encoding="utf-8")
    number = json.loads(text)["values"][value_id]["v"]
    at = text.index(f'"{value_id}":')
    there = text.index(f'"v":"{number}"', at)
    assert "\n" not in text[at:there]
    path.write_text(
        text[:there] + f'"v":"{float(number) + 1:g}"' + text[there + len(f'"v":"{number}"') :],
        encoding="utf-8",
    )
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (entry,) = (each for each in manifest["files"] if each["name"] == "lineage.json")
    entry["sha256"] = sha256(path)
    text = json.dumps(shelf.sealed(manifest))
    (folder / "manifest.json").write_text(text, encoding="utf-8")
