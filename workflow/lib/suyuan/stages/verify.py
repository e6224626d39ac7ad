"""Verify: the stage that tests a finished build's lineage before anyone reads it.

In: build/<edition>/lineage.json and all it was made from. Out: verified.json.
"""

from __future__ import annotations

from dataclasses import asdict

from suyuan.contract.config import Config
from suyuan.core.files import dump_json, write_text
from suyuan.core.layout import Layout
from suyuan.outputs.verification import check


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
