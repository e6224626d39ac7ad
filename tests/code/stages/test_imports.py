"""What takes long to import is imported where it is used: each stage is a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

# A fifth of a second each.
PANDAS, DRAWING, SETTING = "pandas", "matplotlib", "weasyprint"
NEVER = {
    "ingest": {PANDAS, DRAWING, SETTING},
    "normalise": {PANDAS, DRAWING, SETTING},
    "score": {PANDAS, DRAWING, SETTING},
    "chart": {DRAWING, SETTING},
    "render": {PANDAS, DRAWING, SETTING},
    "typeset": {PANDAS, DRAWING},
    "verify": {DRAWING, SETTING},
    "tabulate": {PANDAS, DRAWING, SETTING},
    "export": {PANDAS, DRAWING, SETTING},
    "deliver": {PANDAS, DRAWING, SETTING},
    "check": {DRAWING, SETTING},
    "chain": {PANDAS, DRAWING, SETTING},  # what Snakemake itself reads
}
CODE = """
import sys
import suyuan.cli, suyuan.stages.{stage}
from suyuan.stages.chain import PRODUCTS
from suyuan.core.layout import Layout
from pathlib import Path
if "{stage}" in ("chart", "verify", "check"):
    from suyuan.figures.kind import kind_names, kind_of
    for name in kind_names():
        kind_of(name)
PRODUCTS["formats"](Layout(Path(), "2026Q1"))
print(*sys.modules)
"""


@pytest.mark.parametrize("stage", NEVER)
def test_a_stage_imports_nothing_that_it_does_not_use(stage):
    run = subprocess.run(
        [sys.executable, "-c", CODE.format(stage=stage)], check=True, stdout=subprocess.PIPE
    )
    assert not NEVER[stage] & set(run.stdout.decode().split())
