"""Verification of a lineage file against an edition that is computed afresh from its raw rows."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from suyuan.contract import edition, observations
from suyuan.contract.codebook import Codebook
from suyuan.contract.config import Config
from suyuan.contract.messages import catalogue
from suyuan.contract.tables import read_raw
from suyuan.core.errors import LineageRefuted, LookupFailed, Problem
from suyuan.core.files import read_json, sha256
from suyuan.core.layout import Layout
from suyuan.domain import values
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.value import Value
from suyuan.lineage.verification import KINDS, Cells, Finding, Verdict, check_value, unfaithful
from suyuan.page.compose import compose
from suyuan.page.page import Page
from suyuan.page.templates import environment


def misplaced(uses: Sequence[Mapping[str, str]], page: Page) -> Iterator[Finding]:
    """Uses that writing the report afresh does not make, and those it makes beside them."""
    claimed = {tuple(sorted(use.items())) for use in uses}
    made = {tuple(sorted(asdict(use).items())) for use in page.uses}
    for use in sorted(claimed ^ made):
        yield Finding(dict(use)["v"], "unfaithful", f"use: {dict(use)['anchor']}")


def compute_afresh(layout: Layout, config: Config) -> Page:
    """The edition from its raw rows, up to the written page, nothing read from a build."""
    tables = {name: edition.ingested(table) for name, table in edition.check(layout).items()}
    ledger = values.compute(layout, config, tables, observations.check(layout, tables))
    rows = {name: table.to_dict("records") for name, table in tables.items()}
    return compose(layout, config, environment(layout), ledger, rows).page


def verify(lineage: Mapping[str, Any], layout: Layout, config: Config) -> Verdict:
    """All three questions to every value of a lineage file."""
    started = time.perf_counter()
    verdict = Verdict()
    values = {key: Value.from_json(key, entry) for key, entry in lineage["values"].items()}
    raw = {
        source["id"]: (read_raw(layout.root / source["path"], source["path"]), source["key"][0])
        for source in lineage["sources"]
        if source["key"]
    }
    for source in lineage["sources"]:
        if sha256(layout.root / source["path"]) != source["sha256"]:
            verdict.failures.append(Finding(source["id"], "unfaithful", "sha256"))
    cells, codebook = Cells(raw), Codebook.read(layout)
    for value in values.values():
        check_value(value, values, cells, codebook, OPERATIONS, verdict)
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
