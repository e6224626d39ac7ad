"""Verify: the stage that tests a finished build's lineage before anyone reads it.

In: build/<edition>/lineage.json and all it was made from. Out: verified.json.
"""

from __future__ import annotations

from dataclasses import asdict

from suyuan.contract.config import Config
from suyuan.core.files import dump_json, sha256, write_text
from suyuan.core.layout import Layout
from suyuan.outputs import package
from suyuan.outputs.verification import check


def run(layout: Layout, config: Config) -> None:
    """The stage: verify the finished build before anyone reads it; write verified.json."""
    lineage = layout.build / package.LINEAGE
    read = sha256(lineage)
    verdict = check(layout, config, lineage)
    counts = {
        "passed": True,  # otherwise the check has raised
        "lineage": read,
        "values": verdict.values,
        "inputs": verdict.inputs,
        "moved": verdict.moved,
        "explained": [asdict(finding) for finding in verdict.explained],
    }
    write_text(layout.build / package.VERDICT, dump_json(counts) + "\n")
