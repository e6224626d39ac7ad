"""Kill publications at random moments, and look at what is left: editions old or new.

    python tools/kill_publication.py [--times 50] [--seed 1] [--edition 2026Q1]

Works in a copy of the checkout. Each time an edit is to be published as a correction; the run, or
it and all its processes, are killed by SIGKILL. Prints a line for each, then a summary as JSON;
exit code 1 where something was not as it should be.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "workflow/lib")]

from suyuan.publish import shelf, work  # noqa: E402
from tests.workflow.project import Project  # noqa: E402


def started(project: Project, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "suyuan", "publish", *words],
        cwd=project.root,
        env=project.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def finished(project: Project, *words: str) -> float:
    """Publish to the end; seconds."""
    begun = time.monotonic()
    done = project.run("suyuan", "publish", *words)
    if done.code:
        sys.exit(done.output)
    return time.monotonic() - begun


def wrong(project: Project, before: list[str]) -> Iterator[str]:
    """What readers find that is neither the old state nor the new one."""
    root, names = project.root, shelf.names(project.root)
    if names[: len(before)] != before or len(names) > len(before) + 1:
        yield f"editions {names}"
    for edition in shelf.published(root):
        yield from (f"{problem.code} {problem.file}" for problem in edition.damage())
    latest = (root / shelf.EDITIONS / shelf.LATEST).readlink().name
    if latest not in names[-2:]:
        yield f"latest {latest}"
    index = (root / shelf.EDITIONS / "index.html").read_text(encoding="utf-8")
    if not (index.endswith("</html>\n") and before[-1] in index):
        yield "index.html"


def kill(run: subprocess.Popen[bytes], *, all_of_it: bool) -> None:
    below = psutil.Process(run.pid).children(recursive=True) if all_of_it else []
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    for process in below:
        if process.is_running():
            process.kill()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--edition", default="2026Q1")
    args = parser.parse_args()
    chance, faults = random.Random(args.seed), 0
    with tempfile.TemporaryDirectory(prefix="suyuan-kill-") as folder:
        project = Project.of_checkout(Path(folder) / "project", args.edition)
        whole = finished(project)
        kept = Path(folder) / "editions"
        shutil.copytree(project.root / shelf.EDITIONS, kept, symlinks=True)
        words = project.root / "templates/words.yaml"
        words.write_text(words.read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
        before, committed = shelf.names(project.root), 0
        for number in range(args.times):
            run = started(project, "--correct", "更正")
            moment = chance.uniform(0, whole * 1.1)
            try:
                run.wait(moment)
            except subprocess.TimeoutExpired:
                kill(run, all_of_it=chance.random() < 0.5)
            found = list(wrong(project, before))
            faults += bool(found)
            new = len(shelf.names(project.root)) > len(before)
            committed += new
            print(
                f"{number + 1} {moment:.1f} s {'new' if new else 'old'} {found or ''}", flush=True
            )
            if new:
                shutil.rmtree(project.root / shelf.EDITIONS)
                shutil.copytree(kept, project.root / shelf.EDITIONS, symlinks=True)
        finished(project, "--correct", "更正")
        last = [*wrong(project, before), *map(str, work.leftovers(project.root))]
        print(json.dumps({"times": args.times, "faults": faults, "new": committed, "end": last}))
    return int(bool(faults or last))


if __name__ == "__main__":
    sys.exit(main())
