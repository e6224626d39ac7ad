"""What a comparison costs: 200,000 observations of which one in a hundred changed, as JSON.

Both sides are lineage files with their tables; a total of each subject rests on a hundred rows.
Peak memory is that of the process which compares.
"""

from __future__ import annotations

import gc
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from suyuan.contract import edition
from suyuan.contract.codebook import Codebook
from suyuan.contract.tables import read_raw, write_rows
from suyuan.core.files import read_yaml
from suyuan.diff.document import Difference
from suyuan.diff.sides import LINEAGE, Side
from suyuan.domain import recording
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.file import dump_lineage, source_entry
from suyuan.lineage.ledger import Ledger
from tools import bench_lineage as lineage

SEED, PART = 20260331, 100  # one row of so many is changed
TABLES = ("indicators", "units")


def make(folder: Path, changed: bool) -> None:
    """A side: observations, codebook and lineage."""
    schema = edition.raw_schemas(lineage.LAYOUT)["observations"]
    path = folder / "observations.csv"
    lineage.write_rows(path, schema.columns)
    if changed:
        raw = read_raw(path, path.name)
        place = raw.header.index("value")
        rows = [cells for _, cells in raw.records]
        for number in random.Random(SEED).sample(range(len(rows)), len(rows) // PART):
            rows[number][place] = f"1{rows[number][place]}"
        write_rows(raw.header, rows, path)
    for name in TABLES:
        (folder / f"{name}.csv").write_bytes((lineage.LAYOUT.config / f"{name}.csv").read_bytes())
    codebook = Codebook.read(lineage.LAYOUT)
    ledger = Ledger(codebook, OPERATIONS)
    table = lineage.normalised(path, codebook)
    recording.record_observations(ledger, table)
    parts: dict[str, list[str]] = {}
    for subject, value_id in zip(table["subject_id"], table["value_id"], strict=True):
        parts.setdefault(subject, []).append(value_id)
    for subject, ids in parts.items():
        ledger.derive(f"{subject}.{lineage.INDICATOR}", "sum", ids)
    keys = {"observations": "obs_id", "indicators": "indicator_id", "units": "unit"}
    sources = [source_entry(n, folder / f"{n}.csv", f"{n}.csv", key) for n, key in keys.items()]
    text = dump_lineage(
        edition="2026Q1", code={"version": "0", "sha256": "0"}, config_sha256="", sources=sources,
        ledger=ledger, kept={value.id for value in ledger}, claims={}, uses=(),
    )  # fmt: skip
    (folder / LINEAGE).write_text(text, encoding="utf-8")


def compare(base: Path, head: Path) -> None:
    """Seconds, memory and what was found, printed as JSON."""
    gc.disable()  # as the command does
    started = time.perf_counter()
    words = read_yaml(lineage.LAYOUT.templates / "words.yaml")
    sides = (Side.open("base", base), Side.open("head", head))
    schemas = edition.all_schemas(lineage.LAYOUT)
    document = Difference(*sides, schemas, OPERATIONS, words).to_json()
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {name: len(document[name]) for name in ("inputs", "values", "unexplained")}
    print(json.dumps({"rows": lineage.ROWS, "seconds": round(seconds, 2),
                      "peak_mib": round(memory), **found}))  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        base, head = Path(folder, "base"), Path(folder, "head")
        for path, changed in ((base, False), (head, True)):
            path.mkdir()
            make(path, changed)
        again = [sys.executable, "-m", "tools.bench_diff", str(base), str(head)]
        subprocess.run(again, check=True, cwd=lineage.ROOT)


if __name__ == "__main__":
    compare(*map(Path, sys.argv[1:])) if len(sys.argv) > 1 else main()
