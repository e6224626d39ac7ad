"""What becomes of mutants that `suyuan check` accepts, in the stages that make the report.

Several are put into the project at once, each in another file; where that ends early they are
built in halves, so that each is held to have passed only in a build that came to its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from suyuan.contract.config import edition_layout, read_config
from suyuan.core.errors import ReportedError, reported
from tools.fuzz.bench import Bench, Verdict, last_lines
from tools.fuzz.mutants import Mutant

BUILT, STOPPED, LATE = "built", "stopped with a message", "traceback in a later stage"
PAGE = ("ingest", "normalise", "score", "chart", "render", "tabulate")
REPORT = ("ingest", "normalise", "score", "chart", "render", "typeset", "verify", "tabulate",
          "export")  # fmt: skip
STAGES = {stage: import_module(f"suyuan.stages.{stage}") for stage in REPORT}
TOGETHER = 4  # mutants in one build


def batches(mutants: Iterable[Mutant], size: int = TOGETHER) -> list[list[Mutant]]:
    """The mutants in groups of at most ``size``, in which each is of another file."""
    found: list[list[Mutant]] = []
    for mutant in mutants:
        open_for = (
            batch
            for batch in found
            if len(batch) < size and all(each.file != mutant.file for each in batch)
        )
        batch = next(open_for, None)
        if batch is None:
            found.append([mutant])
        else:
            batch.append(mutant)
    return found


def built(bench: Bench, mutants: Sequence[Mutant], stages: Sequence[str]) -> Iterator[Verdict]:
    """What became of each, one verdict a mutant."""
    outcome, said = _build(bench, mutants, stages)
    if outcome == BUILT or len(mutants) == 1:
        yield from (Verdict(mutant, outcome, said) for mutant in mutants)
        return
    half = len(mutants) // 2
    yield from built(bench, mutants[:half], stages)
    yield from built(bench, mutants[half:], stages)


def _build(bench: Bench, mutants: Sequence[Mutant], stages: Sequence[str]) -> tuple[str, str]:
    """A build in a process of its own: what typesetting keeps in memory ends with it."""
    with bench.holding(*mutants), ProcessPoolExecutor(1, get_context("fork")) as process:
        try:
            return process.submit(_staged, bench.root, stages).result()
        except BrokenExecutor as error:
            return LATE, repr(error)


def _staged(root: Path, stages: Sequence[str]) -> tuple[str, str]:
    stage = ""
    try:
        config = read_config(root)
        layout = edition_layout(root, config.edition)
        for stage in stages:
            STAGES[stage].run(layout, config)
    except (ReportedError, OSError) as error:
        return STOPPED, f"{stage}: {reported(error, root)}"
    except Exception:  # as in the bench
        return LATE, f"{stage}: {last_lines()}"
    return BUILT, ""
