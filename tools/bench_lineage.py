"""What lineage costs: 200,000 observations from file to totals, with values and with bare numbers.

Both sides read the file, check every cell, convert to canonical units, keep rounding half-widths
and printed text, and add up by subject. One side records each number as a value with its cell,
and each total with its parents. The best of several interleaved rounds is reported, as JSON.
"""

from __future__ import annotations

import csv
import gc
import json
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal, localcontext
from pathlib import Path
from string import ascii_uppercase

from suyuan.contract import edition, observations, rows
from suyuan.contract.codebook import Codebook
from suyuan.contract.config import edition_layout, read_config
from suyuan.contract.tables import read_raw
from suyuan.core.numbers import EXACT
from suyuan.domain import recording
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.trace import Tracer

ROOT = Path(__file__).resolve().parent.parent
LAYOUT = edition_layout(ROOT, read_config(ROOT).edition)
ROWS, SUBJECTS, ROUNDS = 200_000, 2_000, 5
INDICATOR = "compute_total"
CELLS = {
    "indicator_id": INDICATOR, "unit": "EFLOPS", "comparator": "=", "grade": "high",
    "source_id": "survey", "locator": "L1", "as_of": "2026", "kind": "measured",
}  # fmt: skip


def write_rows(path: Path, columns: list[str]) -> None:
    """Observations of many subjects, a hundred each."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, columns, restval="", lineterminator="\n")
        writer.writeheader()
        for number in range(ROWS):
            own = {
                "obs_id": f"{ascii_uppercase[number // 10_000]}{number % 10_000:04}",
                "subject_id": f"subject{number % SUBJECTS}",
                "qualifier": f"part{number}",
                "value": f"{number % 977}.{number % 10}",
            }
            writer.writerow(CELLS | own)


def normalised(path: Path, codebook: Codebook) -> dict[str, list[str]]:
    """The rows read, checked and in canonical units; by column."""
    schema = edition.raw_schemas(LAYOUT)["observations"]
    table, problems = rows.shape(read_raw(path, path.name), schema, path.name)
    problems += [*rows.cell_problems(table), *rows.key_problems(table)]
    assert not problems, problems[0]
    return observations.normalise(edition.ingested(table), codebook)


def with_lineage(path: Path, codebook: Codebook) -> dict[str, Decimal]:
    rows = normalised(path, codebook)
    ledger = Ledger(codebook, OPERATIONS)
    recording.record_observations(ledger, rows)
    parts: dict[str, list[str]] = {}
    for subject, value_id in zip(rows["subject_id"], rows["value_id"], strict=True):
        parts.setdefault(subject, []).append(value_id)
    for subject, ids in parts.items():
        ledger.derive(f"{subject}.{INDICATOR}", "sum", ids)
    return {f"subject{n}": ledger[f"subject{n}.{INDICATOR}"].number for n in range(SUBJECTS)}


def with_numbers(path: Path, codebook: Codebook) -> dict[str, Decimal]:
    rows = normalised(path, codebook)
    subjects, printed, units = (rows[name] for name in ("subject_id", "value", "unit"))
    totals: dict[str, Decimal] = {}
    halves: dict[str, Decimal] = {}
    texts = []
    with localcontext(EXACT):
        for subject, text, unit in zip(subjects, printed, units, strict=True):
            number, _ = codebook.convert(text, unit)
            texts.append(codebook.text(number, INDICATOR, computed=False))
            half = codebook.half_width(text, unit)
            totals[subject] = totals.get(subject, Decimal(0)) + number
            halves[subject] = halves.get(subject, Decimal(0)) + half
    return totals


def timed(run: Callable[[], object]) -> tuple[float, object]:
    start = time.perf_counter()
    result = run()
    return time.perf_counter() - start, result


def lineage_cost() -> dict[str, float]:
    """Seconds of both sides, best of the rounds, and their ratio."""
    codebook = Codebook.read(LAYOUT)
    best = {"with": float("inf"), "without": float("inf")}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "observations.csv")
        write_rows(path, edition.raw_schemas(LAYOUT)["observations"].columns)
        for _ in range(ROUNDS):
            bare, expected = timed(lambda: with_numbers(path, codebook))
            full, found = timed(lambda: with_lineage(path, codebook))
            assert found == expected
            best = {"with": min(best["with"], full), "without": min(best["without"], bare)}
    return {
        "rows": ROWS,
        "with_seconds": round(best["with"], 2),
        "without_seconds": round(best["without"], 2),
        "ratio": round(best["with"] / best["without"], 3),
    }


def trace_cost() -> dict[str, float]:
    """Milliseconds to resolve one trace of the edition's report, over all its values."""
    tracer = Tracer.open(LAYOUT, OPERATIONS)
    ids, seconds = list(tracer.lineage["values"]), []
    for value_id in ids:
        tracer._nodes.clear()  # each pays for all of its ancestors
        seconds.append(timed(lambda: tracer.tree(value_id))[0])  # noqa: B023
    return {
        "values": len(ids),
        "mean_ms": round(1000 * sum(seconds) / len(ids), 3),
        "worst_ms": round(1000 * max(seconds), 3),
    }


if __name__ == "__main__":
    gc.disable()  # as the stages do
    print(json.dumps({"lineage_cost": lineage_cost(), "trace": trace_cost()}, indent=2))
