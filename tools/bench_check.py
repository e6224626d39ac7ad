"""What `suyuan check` costs: of the edition as it is, and of many observations, as a table.

Wall seconds are the best of a few runs, for a machine may be shared; CPU seconds and peak memory
those of the worst. Ends with 1 where a limit is passed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from suyuan.contract.config import read_config
from tools import synthetic
from tools.bench import measured
from tools.limits import Limit, held

EDITION = "2026Q1"
MANY = 200_000
RUNS = 5
LIMITS = {
    "as it is": {"wall_seconds": 1.0},
    f"{MANY} observations": {"cpu_seconds": 20.0, "peak_mb": 800.0},
}
UNITS = {"wall_seconds": "s", "cpu_seconds": "s", "peak_mb": "MB"}


@dataclass(frozen=True)
class Cost:
    """Of one edition."""

    name: str
    wall_seconds: float
    cpu_seconds: float
    peak_mb: float


def cost(name: str, folder: Path, runs: int) -> Cost:
    """Of checking the edition in ``folder`` so many times."""
    command = (sys.executable, "-m", "suyuan", "check", EDITION)
    found = [measured(folder, *command) for _ in range(runs)]
    return Cost(
        name,
        min(one["wall_seconds"] for one in found),
        max(one["cpu_seconds"] for one in found),
        max(one["peak_mb"] for one in found),
    )


def limits_of(costs: Sequence[Cost]) -> list[Limit]:
    """What each edition is held to."""
    return [
        Limit(f"{own.name}: {what}", getattr(own, what), most, UNITS[what])
        for own in costs
        for what, most in LIMITS[own.name].items()
    ]


def main() -> None:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    usual, grown = LIMITS
    with tempfile.TemporaryDirectory() as scratch:
        as_it_is, many = Path(scratch, "as-it-is"), Path(scratch, "many")
        synthetic.project(as_it_is, EDITION)
        synthetic.grow(
            synthetic.project(many, EDITION), read_config(many, EDITION), observations=MANY
        )
        costs = [cost(usual, as_it_is, RUNS), cost(grown, many, 1)]
    print("edition | wall s | CPU s | peak MB\n--- | --- | --- | ---")
    for own in costs:
        print(f"{own.name} | {own.wall_seconds} | {own.cpu_seconds} | {own.peak_mb}")
    sys.exit(held(limits_of(costs)))


if __name__ == "__main__":
    main()
