"""Many editions in one run: seconds per edition of few and of many, and of no-ops, as JSON.

Synthetic editions, each a quarter. ``--until STAGE`` stops early, for a machine with little time.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Any

from suyuan.contract.config import read_config
from suyuan.core.settings import EDITIONS
from tools import synthetic
from tools.bench import measured

EDITION = "2026Q1"
FEW, MANY = 5, 50
RUN = ("snakemake", "--config", "editions=all")


def write_table(root: Path, editions: list[str]) -> None:
    lines = ["edition,region,gdp_period", *(f"{edition},," for edition in editions)]
    (root / EDITIONS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def of(editions: int, folder: Path, until: list[str]) -> dict[str, Any]:
    """Seconds of so many editions, cold and with nothing left to do."""
    layout = synthetic.project(folder, EDITION)
    synthetic.grow(layout, read_config(layout.root, EDITION))
    write_table(layout.root, synthetic.repeat(layout, editions))
    cold, idle = (measured(layout.root, *RUN, *until) for _ in range(2))
    each = {f"{name}_each": round(cold[name] / editions, 2) for name in cold if "seconds" in name}
    return {"editions": editions, **cold, **each, "no_op": idle}


def main() -> None:
    """Few editions, many, and how the seconds of each compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=FEW)
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--until", metavar="STAGE")
    asked = parser.parse_args()
    until = ["--until", asked.until] if asked.until else []
    with tempfile.TemporaryDirectory() as temporary:
        few, many = (
            of(number, Path(temporary, str(number)), until) for number in (asked.few, asked.many)
        )
    ratio = round(many["cpu_seconds_each"] / few["cpu_seconds_each"], 2)
    print(json.dumps({"few": few, "many": many, "each_of_many_by_each_of_few": ratio}, indent=2))


if __name__ == "__main__":
    main()
