"""Seconds and peak memory of the pipeline, in a copy of the checkout, as JSON on stdout.

Peak memory is that of the largest single process. Run it a few times and compare ratios: the
clock of a shared machine is noisy. Three ``ratios`` are held to limits, each of things measured in
the same run: the CPU of a cold build by that of setting its PDF; the wall time of ``snakemake``
after one changed cell by that of setting the PDF and four seconds more; that of a no-op by that of
``snakemake --version``. Simulations run on one core; those of an index have limits of their
own, and so have the page in a browser and the preview. Every limit is in ``limits`` and, in a line,
on stderr; ends with 1 where one is passed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools import bench_page, bench_preview
from tools.cell import Cell
from tools.limits import Limit, held, limits

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ("Snakefile", "config", "data/raw", "profiles", "pyproject.toml", "templates", "workflow")
SIMULATIONS = (  # units, indicators, draws
    ("assessment", 30, 32, 10_000),
    ("assessment", 1000, 32, 1000),
    ("index", 200, 150, 1000),
    ("index", 5000, 60, 1000),
)
Sizes = tuple[str, int, int, int]
CPU_LIMITS: dict[Sizes, float] = {
    ("index", 200, 150, 1000): 1.5,
    ("index", 5000, 60, 1000): 6.0,
}  # seconds
MEMORY_LIMIT = 500  # megabytes of these
EDITION = "2026Q1"
BESIDE_PAGES = 4.0  # seconds that one changed cell may cost beside setting the PDF
RATIOS = {  # the most that each may be
    "cold_build_to_pages": 1.8,
    "one_cell_edit_to_pages_and_4_s": 1.0,
    "no_op_to_version": 2.0,
}
TIMES = 5  # of what takes a second, the median
OTHER = "114.6"  # what the changed cell says


def measured(folder: Path, *command: str) -> dict[str, float]:
    """Run ``command`` in ``folder``; wall and CPU seconds, peak memory in MB."""
    start = time.perf_counter()
    quiet = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, quiet, 1), (os.POSIX_SPAWN_DUP2, quiet, 2)]
    here = Path.cwd()
    os.chdir(folder)
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    os.chdir(here)
    _, status, usage = os.wait4(child, 0)
    os.close(quiet)
    if status:
        sys.exit(f"{' '.join(command)} failed: {os.waitstatus_to_exitcode(status)}")
    return {
        "wall_seconds": round(time.perf_counter() - start, 2),
        "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 2),
        "peak_mb": round(usage.ru_maxrss / 1024),
    }


def often(folder: Path, *command: str) -> dict[str, float]:
    """The same, in the middle of several runs by the wall clock."""
    runs = [measured(folder, *command) for _ in range(TIMES)]
    return sorted(runs, key=lambda run: run["wall_seconds"])[TIMES // 2]


def ratios(results: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """What is held to RATIOS."""
    cold, pages, edit = (results[name] for name in ("cold_build", "pages_alone", "one_cell_edit"))
    by_wall = [results[name]["wall_seconds"] for name in ("no_op", "version")]
    return {
        "cold_build_to_pages": round(cold["cpu_seconds"] / pages["cpu_seconds"], 2),
        "one_cell_edit_to_pages_and_4_s": round(
            edit["wall_seconds"] / (pages["wall_seconds"] + BESIDE_PAGES), 2
        ),
        "no_op_to_version": round(by_wall[0] / by_wall[1], 2),
    }


def simulated(which: str, units: int, indicators: int, draws: int) -> dict[str, Any]:
    """Seconds and megabytes of one simulation in a process of its own, see simulation.py."""
    script = Path(__file__).with_name("simulation.py")
    command = [sys.executable, script, which, *map(str, (units, indicators, draws))]
    one_core = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    run = subprocess.run(command, env=one_core, check=True, stdout=subprocess.PIPE)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def simulation_limits(sizes: Sizes, found: Mapping[str, float]) -> list[Limit]:
    """The limits of one simulation; none where nothing is promised of such sizes."""
    if sizes not in CPU_LIMITS:
        return []
    name = called(sizes)
    return [
        *limits(name, found, {"cpu_seconds": CPU_LIMITS[sizes]}, "s"),
        *limits(name, found, {"megabytes": MEMORY_LIMIT}, "MB"),
    ]


def called(sizes: Sizes) -> str:
    """The name of a simulation."""
    return "simulation_" + "x".join(map(str, sizes))


def drawn(folder: Path) -> dict[str, float | str]:
    """Seconds of the drawings of a built copy, see drawings.py."""
    command = [sys.executable, Path(__file__).with_name("drawings.py"), folder, EDITION]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def previewed(folder: Path, cold: dict[str, float]) -> dict[str, dict[str, float]]:
    """Seconds of a preview in a browser, and what they are of those of a cold build."""
    found: dict[str, dict[str, float]] = bench_preview.previewed(folder, EDITION)
    for times in found.values():
        times["of_cold_build"] = round(times["wall_seconds"] / cold["wall_seconds"], 3)
    return found


def main() -> None:
    """A cold build, its pages, its page in a browser, a no-op, a changed cell, a preview, drawings,
    simulations.
    """
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary, "copy")
        copy.mkdir()
        for name in SOURCES:
            copied = shutil.copytree if Path(ROOT, name).is_dir() else shutil.copyfile
            copied(ROOT / name, copy / name)
        results: dict[str, Any] = {"cold_build": measured(copy, "snakemake")}
        typeset = ("suyuan", "stage", "typeset", "--edition", EDITION)
        results["pages_alone"] = measured(copy, *typeset)
        results["drawings"] = drawn(copy)
        results["page"] = bench_page.paged(copy, EDITION)
        results["no_op"] = often(copy, "snakemake")
        results["version"] = often(copy, "snakemake", "--version")
        cell = Cell.of(copy, EDITION)
        cell.put(OTHER)
        results["one_cell_edit"] = measured(copy, "snakemake")
        cell.restore()
        results["preview"] = previewed(copy, results["cold_build"])
    results["ratios"] = ratios(results)
    found = limits("", results["ratios"], RATIOS)
    found += [*bench_page.limits_of(results["page"]), *bench_preview.limits_of(results["preview"])]
    for sizes in SIMULATIONS:
        results[called(sizes)] = simulated(*sizes)
        found += simulation_limits(sizes, results[called(sizes)])
    results["limits"] = [limit.json() for limit in found]
    print(json.dumps(results, indent=2))
    sys.exit(held(found))


if __name__ == "__main__":
    main()
