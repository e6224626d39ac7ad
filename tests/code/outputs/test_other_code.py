"""A report that other code has made is told as such, not refuted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from suyuan.contract.messages import message
from suyuan.core.layout import Layout
from suyuan.outputs import package
from suyuan.outputs.lineage import version
from suyuan.outputs.verification.check import Files
from suyuan.outputs.verification.delivered import other_code
from tests.code.miniature import ROOT, TEMPLATES

LAYOUT = Layout(ROOT, "2026Q1")
OURS, OTHER = version(LAYOUT), {"version": "0.0.9", "sha256": "ab" * 32}


def told(lineage: Any, statement: Any) -> list[str]:
    made = {"predicate": {"buildDefinition": {"internalParameters": {"code": statement}}}}
    contents = {package.LINEAGE: json.dumps({"code": lineage}).encode(),
                package.STATEMENT: json.dumps(made).encode()}  # fmt: skip
    files = Files(contents, {name: f"report/{name}" for name in contents})
    return [message(problem, TEMPLATES) for problem in other_code(LAYOUT, files)]


def test_both_files_name_other_code():
    (found,) = told(OTHER, OTHER)
    assert "E376" in found
    assert "0.0.9" in found
    assert "abababababab" in found
    assert OURS["sha256"][:12] in found


@pytest.mark.parametrize(
    ("lineage", "statement"),
    [(OURS, OURS), (OTHER, OURS), (OURS, OTHER), ("x", OTHER), (None, None), ("x", "x")],
)
def test_what_one_file_says_alone_is_for_the_comparison(lineage, statement):
    assert told(lineage, statement) == []


def test_a_report_without_statement_is_for_the_comparison():
    assert list(other_code(LAYOUT, Files({}, {}))) == []
