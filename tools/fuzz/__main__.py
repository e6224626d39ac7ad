"""Mutants of tables and configuration: what `suyuan check` says of them, and what is built of them.

``python -m tools.fuzz`` tries a few and builds some; ``--long`` tries 3,000, and all faults of
``tools.mutation``, and builds each that is accepted and reads otherwise. It fails where one ends in
a traceback, hides what people do not see, or is told of another file or row, and in the long form
where too few faults are noticed. The result is JSON; what is wrong is told at once as well.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from suyuan.contract.config import edition_layout
from tools.fuzz.bench import ACCEPTED, ELSEWHERE, TRACEBACK, WRONG, Bench, Verdict
from tools.fuzz.later import LATE, PAGE, REPORT, STOPPED, batches, built
from tools.fuzz.mutants import SEED, Mutant, mutants
from tools.mutation.document import DOCUMENT, OVERALL, below, document
from tools.mutation.faults import faults, lawful
from tools.mutation.gates import CRASH, Caught, caught
from tools.mutation.gates import Bench as Gates

ROOT = Path(__file__).parents[2]
FEW, MANY = 24, 3000  # mutants
FEW_FAULTS = 8
ONE_IN = 8  # builds that are whole, with the PDF and its verification; the others end at the page
SWEEP = 50  # mutants after which what is dead is cleared away
SHOWN = 300  # characters of what was said


@dataclass
class Part:
    """What one process has found: of mutants, of faults, and of what was built of either."""

    checked: list[Verdict] = field(default_factory=list)
    noticed: list[Caught] = field(default_factory=list)
    later: list[Verdict] = field(default_factory=list)
    lawful: list[Caught] = field(default_factory=list)


def tried(arguments: argparse.Namespace, part: int) -> Part:
    """One process's part of mutants and faults: each is checked, and built if it is accepted."""
    found = Part()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(ROOT, Path(folder))
        files = {name: data for name, data in bench.files().items() if arguments.file in name}
        every = mutants(files, arguments.mutants, arguments.seed)[arguments.skip :]
        found.checked = list(_each(every[part :: arguments.jobs], bench.judge))
        accepted = [each.mutant for each in found.checked if each.outcome == ACCEPTED]
        if arguments.faults:
            gates = Gates(edition_layout(ROOT, bench.config.edition), bench.config, bench)
            edition = faults(gates.edition())
            some = edition[:: max(len(edition) // arguments.faults, 1)]
            found.noticed = list(_each(some[part :: arguments.jobs], gates.try_out))
            if arguments.write:
                changes = lawful(gates.edition())[part :: arguments.jobs]
                found.lawful = list(_each(changes, gates.try_out))
            accepted += [_mutant(gates, one) for one in found.noticed if one.goes_on]
        for number, group in enumerate(batches(accepted)[: arguments.builds], start=1):
            print(f"build {number} …", file=sys.stderr, flush=True)
            found.later += _told(built(bench, group, PAGE if number % ONE_IN else REPORT))
    return found


def _each(items: Iterable[Any], judge: Callable[[Any], Any]) -> Iterator[Any]:
    for number, item in enumerate(items):
        if not number % SWEEP:
            gc.collect()
            print(f"{number} …", file=sys.stderr, flush=True)
        yield from _told([judge(item)])


def _told(found: Iterable[Verdict | Caught]) -> Iterator[Any]:
    """The same, after what is wrong was printed, and what a build was stopped for."""
    for one in found:
        verdict = one if isinstance(one, Verdict) else _verdict(one)
        if verdict.outcome in (*WRONG, LATE, STOPPED):
            print(json.dumps(shown(verdict), ensure_ascii=False), file=sys.stderr, flush=True)
        yield one


def _mutant(gates: Gates, one: Caught) -> Mutant:
    fault = one.fault
    return Mutant(fault.family, 0, gates.file(fault), gates.data(fault), fault.line)


def _verdict(one: Caught) -> Verdict:
    """A fault as what became of a mutant."""
    mutant = Mutant(one.fault.id, 0, one.fault.table, b"", one.fault.line)
    outcome = TRACEBACK if one.gate == CRASH else ELSEWHERE if one.elsewhere else one.gate
    return Verdict(mutant, outcome, one.said)


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


def report(found: Part) -> dict[str, Any]:
    """All of it for people and programs."""
    verdicts = [*found.checked, *map(_verdict, found.noticed), *found.later]
    return {
        "mutants": sum(counted(found.checked).values(), Counter()),
        "faults": len(found.noticed),
        "noticed": caught(found.noticed),
        "noticed_too_seldom": below(found.noticed),
        "built": sum(counted(found.later).values(), Counter()),
        "families": counted(found.checked),
        "stopped": [shown(each) for each in found.later if each.outcome == STOPPED],
        "wrong": [shown(each) for each in verdicts if each.outcome in (*WRONG, LATE)],
    }


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--long", action="store_true", help=f"{MANY} mutants, all faults, all built"
    )
    parser.add_argument("--mutants", type=int, help=f"how many: {FEW} without")
    parser.add_argument("--faults", type=int, help=f"about how many: {FEW_FAULTS} without")
    parser.add_argument("--builds", type=int, help="how many builds of accepted ones at most")
    parser.add_argument("--seed", default=SEED)
    parser.add_argument(
        "--skip", type=int, default=0, help="how many mutants are left out at first"
    )
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--file", default="", help="only mutants of files that contain this")
    parser.add_argument("--write", action="store_true", help="write docs/mutation.md")
    arguments = parser.parse_args()
    long = arguments.long
    usual = {"mutants": MANY if long else FEW, "faults": sys.maxsize if long else FEW_FAULTS,
             "builds": sys.maxsize if long else 1}  # fmt: skip
    for name, value in usual.items():
        if getattr(arguments, name) is None:
            setattr(arguments, name, value)
    return arguments


def main() -> int:
    arguments = asked()
    found = Part()
    with ProcessPoolExecutor(arguments.jobs) as pool:
        for part in pool.map(partial(tried, arguments), range(arguments.jobs)):
            found.checked += part.checked
            found.noticed += part.noticed
            found.lawful += part.lawful
            found.later += part.later
    said = report(found)
    print(json.dumps(said, ensure_ascii=False, indent=1))
    if arguments.write:
        DOCUMENT.write_text(document(found.noticed, found.lawful), encoding="utf-8")
    few = arguments.long and (
        said["noticed_too_seldom"] or said["noticed"] < OVERALL * said["faults"]
    )
    return 1 if said["wrong"] or few else 0


if __name__ == "__main__":
    sys.exit(main())
