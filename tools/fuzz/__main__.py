"""Mutants of tables and configuration: what `suyuan check` says of them, and what is built of them.

``python -m tools.fuzz`` tries a few and builds a few of those that are accepted; ``--long`` tries
3,000 and builds each that is accepted and reads otherwise. It fails where one ends in a traceback,
hides what people do not see, or is told of another file or row. The result is JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from tools.fuzz.bench import ACCEPTED, WRONG, Bench, Verdict
from tools.fuzz.later import LATE, PAGE, REPORT, STOPPED, batches, built
from tools.fuzz.mutants import SEED, mutants

ROOT = Path(__file__).parents[2]
FEW, MANY = 48, 3000  # mutants
ONE_IN = 8  # builds that are whole, with the PDF and its verification; the others end at the page
SHOWN = 300  # characters of what was said


def tried(arguments: argparse.Namespace, part: int) -> tuple[list[Verdict], list[Verdict]]:
    """One process's part of the mutants: what check said, and what became of those built."""
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(ROOT, Path(folder))
        files = {name: data for name, data in bench.files().items() if arguments.file in name}
        mine = mutants(files, arguments.mutants, arguments.seed)[
            arguments.skip + part :: arguments.jobs
        ]
        checked = [bench.judge(mutant) for mutant in mine]
        accepted = (verdict.mutant for verdict in checked if verdict.outcome == ACCEPTED)
        groups = batches(accepted)[: arguments.builds]
        later = [
            verdict
            for number, group in enumerate(groups, start=1)
            for verdict in built(bench, group, PAGE if number % ONE_IN else REPORT)
        ]
        return checked, later


def counted(verdicts: Iterable[Verdict]) -> dict[str, Counter[str]]:
    """How many of each family came to what."""
    counts = defaultdict[str, Counter[str]](Counter)
    for verdict in verdicts:
        counts[verdict.mutant.family][verdict.outcome] += 1
    return dict(counts)


def shown(verdict: Verdict) -> dict[str, Any]:
    mutant = verdict.mutant
    return {
        "family": mutant.family, "number": mutant.number, "file": mutant.file,
        "line": mutant.line, "outcome": verdict.outcome, "said": verdict.said[-SHOWN:],
    }  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--long", action="store_true", help=f"{MANY} mutants, all built")
    parser.add_argument("--mutants", type=int, help=f"how many: {FEW} without")
    parser.add_argument("--builds", type=int, help="how many builds of accepted ones at most")
    parser.add_argument("--seed", default=SEED)
    parser.add_argument("--skip", type=int, default=0, help="how many are left out at first")
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--file", default="", help="only mutants of files that contain this")
    arguments = parser.parse_args()
    arguments.mutants = arguments.mutants or (MANY if arguments.long else FEW)
    if arguments.builds is None:
        arguments.builds = arguments.mutants if arguments.long else 1
    with ProcessPoolExecutor(arguments.jobs) as pool:
        parts = list(pool.map(partial(tried, arguments), range(arguments.jobs)))
    checked = [verdict for part, _ in parts for verdict in part]
    later = [verdict for _, part in parts for verdict in part]
    wrong = [each for each in (*checked, *later) if each.outcome in (*WRONG, LATE)]
    print(
        json.dumps(
            {
                "total": sum(counted(checked).values(), Counter()),
                "built": sum(counted(later).values(), Counter()),
                "families": counted(checked),
                "stopped": [shown(each) for each in later if each.outcome == STOPPED],
                "wrong": [shown(each) for each in wrong],
            },
            ensure_ascii=False,
            indent=1,
        )
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
