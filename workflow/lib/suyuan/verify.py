"""Verify: lineage is tested, not asserted.

Three questions to every value of a lineage file. Is it *sufficient*: do the cited cells and
parents alone give the value again? Is each of them *necessary*: does the value move when that
one moves, or is there a reason why it cannot? And is it *faithful*: does computing the edition
afresh from the raw rows record the same lineage?
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

from suyuan import ingest, normalise, render, score
from suyuan.codebook import Codebook
from suyuan.config import Config
from suyuan.errors import LineageRefuted, LookupFailed, Problem
from suyuan.files import dump_json, read_json, sha256, write_text
from suyuan.formats import EXACT
from suyuan.layout import Layout
from suyuan.messages import catalogue
from suyuan.operations import OPERATIONS, Result
from suyuan.page import Page
from suyuan.tables import RawTable, read_raw
from suyuan.values import TEXT, Value, indicator_of

FACTORS = (Decimal("1.01"), Decimal(2), Decimal("0.5"), Decimal(1000), Decimal("0.001"))
KINDS = ("insufficient", "idle", "unfaithful", "missing")
BY_NUMBER = frozenset({"count", "figure", "table"})  # what they count moves them by coming or going


@dataclass(frozen=True)
class Finding:
    """What is wrong with one value, or why one of its inputs cannot move it."""

    value_id: str
    kind: str  # one of KINDS, or explained
    detail: str


@dataclass
class Verdict:
    """Counts, and everything that is not as it should be."""

    values: int = 0
    inputs: int = 0
    moved: int = 0
    explained: list[Finding] = field(default_factory=list)
    failures: list[Finding] = field(default_factory=list)
    seconds: float = 0.0


class Cells:
    """The raw cells a lineage file cites, read once per table."""

    def __init__(self, tables: Mapping[str, tuple[RawTable, str]]) -> None:
        self._rows = {
            name: {cells[raw.header.index(key)]: dict(zip(raw.header, cells, strict=True))
                   for _, cells in raw.records}
            for name, (raw, key) in tables.items()
        }  # fmt: skip

    def row(self, source: str, key: str) -> Mapping[str, str]:
        """The row of that key; raises KeyError where there is none."""
        return self._rows[source][key]


def _recorded(value: Value, row: Mapping[str, str], codebook: Codebook) -> Decimal | str:
    """What a recorded value's own cell says."""
    text = row[value.src[0].column]
    if value.op == TEXT:
        return text
    return codebook.convert(text, row.get("unit") or value.printed_unit)[0]


def _compute(value: Value, parents: Sequence[Value]) -> Result:
    with localcontext(EXACT):
        return OPERATIONS[value.op].run(value.id, parents)


def _same(value: Value, result: Result, codebook: Codebook) -> bool:
    again = result.v
    if OPERATIONS[value.op].clips and isinstance(again, Decimal):
        again = codebook.clipped(indicator_of(value.id), again)
    return value.v == again and (result.txt is None or value.txt == result.txt)


def _moved(parent: Value) -> Iterator[Value]:
    """The parent with other contents: small and large changes, up and down."""
    if isinstance(parent.v, str):
        yield parent._replace(v=parent.v + "′", txt=parent.txt + "′")
        return
    for factor in FACTORS:
        yield parent._replace(v=parent.v * factor if parent.v else factor)


def moves(value: Value, parents: Sequence[Value], place: int, codebook: Codebook) -> bool:
    """Whether some change of one parent changes the value."""
    if value.op in BY_NUMBER:
        return _compute(value, [*parents[:place], *parents[place + 1 :]]).v != value.v
    for changed in _moved(parents[place]):
        try:
            result = _compute(value, [*parents[:place], changed, *parents[place + 1 :]])
        except (ArithmeticError, ValueError):
            return True  # the value would not even exist
        if not _same(value, result, codebook):
            return True
    return False


def check_value(
    value: Value, values: Mapping[str, Value], cells: Cells, codebook: Codebook, verdict: Verdict
) -> None:
    """Ask a value the first two questions and write the answers into ``verdict``."""
    verdict.values += 1
    if value.src:
        verdict.inputs += 1
        try:
            said = _recorded(value, cells.row(value.src[0].source, value.src[0].key), codebook)
        except KeyError as missing:
            verdict.failures.append(Finding(value.id, "missing", f"{value.src[0]}: {missing}"))
            return
        # A record is its cell: another cell is another value, so it is necessary as it stands.
        verdict.moved += said == value.v
        if said != value.v:
            verdict.failures.append(Finding(value.id, "insufficient", f"{said} != {value.data}"))
        return
    unknown = [parent for parent in value.parents if parent not in values]
    if unknown or value.op not in OPERATIONS:
        verdict.failures.append(Finding(value.id, "missing", ", ".join(unknown) or value.op))
        return
    parents = [values[parent] for parent in value.parents]
    result = _compute(value, parents)
    if not _same(value, result, codebook):
        verdict.failures.append(Finding(value.id, "insufficient", f"{result.v} != {value.data}"))
        return
    small = list(OPERATIONS[value.op].sample(parents))
    if small != parents:
        again = _compute(value, small)
        value = value._replace(v=again.v, txt=again.txt or str(again.v))
    for place, parent in enumerate(parents):
        verdict.inputs += 1
        if moves(value, small, place, codebook):
            verdict.moved += 1
        elif reason := OPERATIONS[value.op].idle:
            verdict.explained.append(Finding(value.id, "explained", f"{parent.id}: {reason}"))
        else:
            verdict.failures.append(Finding(value.id, "idle", parent.id))


def unfaithful(values: Mapping[str, Value], fresh: Mapping[str, Value]) -> Iterator[Finding]:
    """Values that computing afresh does not give, or gives another lineage."""
    for value_id, value in values.items():
        again = fresh.get(value_id)
        if again is None:
            yield Finding(value_id, "unfaithful", "not computed from this edition's rows")
            continue
        for part in ("v", "txt", "op", "src", "parents"):
            if getattr(value, part) != getattr(again, part):
                difference = f"{part}: {getattr(value, part)} != {getattr(again, part)}"
                yield Finding(value_id, "unfaithful", difference)
                break


def misplaced(uses: Sequence[Mapping[str, str]], page: Page) -> Iterator[Finding]:
    """Uses that writing the report afresh does not make, and those it makes beside them."""
    claimed = {tuple(sorted(use.items())) for use in uses}
    made = {tuple(sorted(asdict(use).items())) for use in page.uses}
    for use in sorted(claimed ^ made):
        yield Finding(dict(use)["v"], "unfaithful", f"use: {dict(use)['anchor']}")


def compute_afresh(layout: Layout, config: Config) -> Page:
    """The edition from its raw rows, up to the written page, nothing read from a build."""
    tables = {name: ingest.ingested(table) for name, table in ingest.check(layout).items()}
    ledger = score.compute(layout, config, tables, normalise.check(layout, tables))
    rows = {name: table.to_dict("records") for name, table in tables.items()}
    return render.compose(layout, config, render.environment(layout), ledger, rows).page


def verify(lineage: Mapping[str, Any], layout: Layout, config: Config) -> Verdict:
    """All three questions to every value of a lineage file."""
    started = time.perf_counter()
    verdict = Verdict()
    values = {key: Value.from_json(key, entry) for key, entry in lineage["values"].items()}
    raw = {
        source["id"]: (read_raw(layout.root / source["path"], source["path"]), source["key"][0])
        for source in lineage["sources"]
    }
    for source in lineage["sources"]:
        if sha256(layout.root / source["path"]) != source["sha256"]:
            verdict.failures.append(Finding(source["id"], "unfaithful", "sha256"))
    cells, codebook = Cells(raw), Codebook.read(layout)
    for value in values.values():
        check_value(value, values, cells, codebook, verdict)
    page = compute_afresh(layout, config)
    verdict.failures += unfaithful(values, {value.id: value for value in page.ledger})
    verdict.failures += misplaced(lineage["uses"], page)
    verdict.seconds = time.perf_counter() - started
    return verdict


def summary(verdict: Verdict, layout: Layout) -> str:
    """The verdict in words."""
    words = catalogue(layout.templates)["verified"]
    return words.format(
        edition=layout.edition,
        values=verdict.values,
        inputs=verdict.inputs,
        moved=verdict.moved,
        explained=len(verdict.explained),
        seconds=f"{verdict.seconds:.1f}",
    )


def check(layout: Layout, config: Config, path: Path) -> Verdict:
    """Verify one lineage file. Raises LineageRefuted E310 with every failing value."""
    if not path.is_file():
        raise LookupFailed(Problem("E201", layout.name(path), 1, "1", layout.edition))
    verdict = verify(read_json(path), layout, config)
    if verdict.failures:
        file = layout.name(path)
        raise LineageRefuted(
            Problem(f"E31{KINDS.index(f.kind)}", file, 1, f.value_id, f.detail)
            for f in verdict.failures
        )
    return verdict


def run(layout: Layout, config: Config) -> None:
    """The stage: verify the finished build before anyone reads it; write verified.json."""
    verdict = check(layout, config, layout.build / "lineage.json")
    counts = {
        "values": verdict.values,
        "inputs": verdict.inputs,
        "moved": verdict.moved,
        "explained": [asdict(finding) for finding in verdict.explained],
    }
    write_text(layout.build / "verified.json", dump_json(counts) + "\n")
