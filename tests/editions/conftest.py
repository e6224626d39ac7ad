"""The built report, read once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.editions.html_tree import Element, read_html


@pytest.fixture(scope="session")
def report(built: Path) -> Path:
    """The folder that people read."""
    return built / "report/2026Q1"


@pytest.fixture(scope="session")
def html(report: Path) -> Element:
    return read_html((report / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def lineage(report: Path) -> dict[str, Any]:
    return json.loads((report / "lineage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def values(lineage: dict[str, Any]) -> dict[str, Any]:
    return lineage["values"]
