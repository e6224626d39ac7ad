"""What growth costs: CPU seconds and peak memory of every stage at several sizes, as a table.

Synthetic editions, one of each size, built stage by stage in processes of their own. CPU time, not
the clock: a machine may be shared. An exponent is that of what a stage costs beyond the edition as
it is, between the two largest sizes; ``-`` where that is no more than noise. Ends with 1 where a
limit is passed.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from suyuan.contract.config import read_config
from suyuan.stages.chain import CHAIN
from tools import synthetic
from tools.bench import measured
from tools.limits import Limit, held

EDITION = "2026Q1"
TOTAL = "all stages"
SIZES = {
    "observations": (2_300, 23_000, 230_000),
    "provinces": (18, 31),
    "vendors": (25, 50, 100),
}
EXPONENTS = {"observations": 1.2, "provinces": 1.2, "vendors": 2.0}
STAGE_SECONDS, STAGE_MB = 60, 1500  # of each stage at the most observations
PROVINCES_TIMES, VENDORS_SECONDS = 1.5, 180  # of the whole build at the most
HTML_TIMES = 1.02  # nothing more is printed of more observations, but for longer counts
LITTLE, NOISE = (
    1.0,
    0.1,
)  # CPU seconds beyond the base, and parts of it, that tell nothing of growth
FILES = ("report.html", "report.pdf", "lineage.json", "report.xlsx")


@dataclass
class Built:
    """What one edition cost: CPU seconds and peak megabytes by stage, bytes by file."""

    seconds: dict[str, float] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)
    bytes: dict[str, int] = field(default_factory=dict)


def build(folder: Path, **sizes: int) -> Built:
    """An edition of such sizes, built in ``folder``."""
    layout, found = synthetic.project(folder, EDITION), Built()
    synthetic.grow(layout, read_config(folder, EDITION), **sizes)
    for stage in CHAIN:
        command = (sys.executable, "-m", "suyuan", "stage", stage.name, "--edition", EDITION)
        cost = measured(folder, *command)
        found.seconds[stage.name], found.memory[stage.name] = cost["cpu_seconds"], cost["peak_mb"]
        print(f"{sizes} {stage.name} {cost}", file=sys.stderr)
    found.seconds[TOTAL] = round(sum(found.seconds.values()), 2)
    found.memory[TOTAL] = max(found.memory.values())
    found.bytes = {name: (layout.report / name).stat().st_size for name in FILES}
    return found


def exponent(sizes: Sequence[int], costs: Sequence[float], base: float) -> float | None:
    """How fast costs beyond ``base`` grow between the last two sizes; None where it cannot tell."""
    first, last = (cost - base for cost in costs[-2:])
    if min(first, last) < max(LITTLE, NOISE * base):
        return None
    return math.log(last / first) / math.log(sizes[-1] / sizes[-2])


def limits_of(what: str, base: Built, built: Mapping[int, Built]) -> Iterator[Limit]:
    """What the largest edition is held to, and its growth."""
    most = built[max(built)]
    for stage in base.seconds:
        costs = [built[size].seconds[stage] for size in built]
        found = exponent(list(built), costs, base.seconds[stage])
        if found is not None:
            yield Limit(f"{what}: exponent of {stage}", round(found, 2), EXPONENTS[what])
        if what == "observations" and stage != TOTAL:
            yield Limit(f"{what}: {stage}", most.seconds[stage], STAGE_SECONDS, "s")
    if what == "observations":
        yield Limit(f"{what}: a stage", most.memory[TOTAL], STAGE_MB, "MB")
        size = base.bytes["report.html"]
        yield Limit(f"{what}: report.html", most.bytes["report.html"], HTML_TIMES * size, "bytes")
    if what == "provinces":
        seconds = PROVINCES_TIMES * base.seconds[TOTAL]
        yield Limit(f"{what}: the build", most.seconds[TOTAL], seconds, "s")
    if what == "vendors":
        yield Limit(f"{what}: the build", most.seconds[TOTAL], VENDORS_SECONDS, "s")


def table(what: str, base: Built, built: Mapping[int, Built]) -> str:
    """Seconds and megabytes, a row a stage, and the size of the files."""
    head = ["stage", "base", *map(str, built), "exponent"]
    lines = [f"{what} (CPU s / peak MB)", " | ".join(head), " | ".join("---" for _ in head)]
    for stage in base.seconds:
        sides = [base, *built.values()]
        costs = [f"{b.seconds[stage]:.1f} / {b.memory[stage]:.0f}" for b in sides]
        grown = [built[size].seconds[stage] for size in built]
        found = exponent(list(built), grown, base.seconds[stage])
        lines.append(" | ".join([stage, *costs, "-" if found is None else f"{found:.2f}"]))
    for name in FILES:
        sizes = [f"{b.bytes[name] / 1e6:.2f} MB" for b in (base, *built.values())]
        lines.append(" | ".join([name, *sizes, ""]))
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="where to keep the numbers")
    parser.add_argument("only", nargs="*", choices=[*SIZES, []], help="what to grow; all if none")
    asked = parser.parse_args()
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    found: list[Limit] = []
    kept: dict[str, dict[str, object]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        base = build(Path(scratch, "base"))
        kept["base"] = {"": vars(base)}
        for what in asked.only or SIZES:
            built = {n: build(Path(scratch, f"{what}{n}"), **{what: n}) for n in SIZES[what]}
            kept[what] = {str(n): vars(one) for n, one in built.items()}
            print(table(what, base, built), end="\n\n", flush=True)
            found += limits_of(what, base, built)
    if asked.json:
        asked.json.write_text(json.dumps(kept, indent=2), encoding="utf-8")
    sys.exit(held(found))


if __name__ == "__main__":
    main()
