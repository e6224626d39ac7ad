"""Mutants of tables and configuration, and what `suyuan check` says of them: as JSON.

``python -m tools.fuzz`` tries a few hundred, ``--mutants 3000`` more. It fails where one ends in a
traceback, hides what people do not see, or is told of another file or row.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

from tools.fuzz.bench import WRONG, Bench
from tools.fuzz.mutants import SEED, mutants

ROOT = Path(__file__).parents[2]
FEW = 320
SHOWN = 300  # characters of what was said


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=FEW, help=f"how many: {FEW} without")
    parser.add_argument("--seed", default=SEED)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after as many")
    parser.add_argument("--file", default="", help="only mutants of files that contain this")
    arguments = parser.parse_args()
    started, counts, wrong = time.monotonic(), defaultdict[str, Counter[str]](Counter), []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(ROOT, Path(folder))
        files = {name: data for name, data in bench.files().items() if arguments.file in name}
        for mutant in mutants(files, arguments.mutants, arguments.seed):
            if time.monotonic() - started > arguments.seconds:
                break
            verdict = bench.judge(mutant)
            counts[mutant.family][verdict.outcome] += 1
            if verdict.outcome in WRONG:
                wrong.append(
                    {"family": mutant.family, "number": mutant.number, "file": mutant.file,
                     "line": mutant.line, "outcome": verdict.outcome,
                     "said": verdict.said[-SHOWN:]}
                )  # fmt: skip
    total = sum(counts.values(), Counter[str]())
    print(
        json.dumps(
            {"total": total, "families": counts, "wrong": wrong}, ensure_ascii=False, indent=1
        )
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
