"""Each edition of the repository, built, and its report read once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from suyuan.contract.config import edition_layout, read_config
from suyuan.outputs.verification.afresh import Afresh
from suyuan.outputs.verification.values import asked
from tests.builds import build_once
from tests.editions.html_tree import Element, read_html
from tests.workflow.project import CHECKOUT, EDITION

# What is asked of every edition in the quick run: its contract, its claims, its lineage. All else
# that is known of one edition's files is asked of the others in the slow one.
EVERYWHERE = frozenset(
    {"test_claims_report", "test_judgements", "test_lineage_contract", "test_traceability",
     "test_updates_report", "test_weight"}
)  # fmt: skip
EDITIONS = sorted(path.name for path in (CHECKOUT / "data/raw").iterdir() if path.is_dir())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what takes long to the slow run, for all editions but one."""
    for item in items:
        if edition_of(item) != EDITION and item.path.stem not in EVERYWHERE:
            item.add_marker(pytest.mark.slow)


def edition_of(item: pytest.Item) -> str:
    """The edition that a test looks at."""
    asked = getattr(item, "callspec", None)
    return asked.params.get("edition", EDITION) if asked else EDITION


@pytest.fixture(scope="session", params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    """Every edition, one after the other."""
    return request.param


@pytest.fixture(autouse=True)
def _only_what_is_known(request: pytest.FixtureRequest, edition: str) -> None:
    if request.node.get_closest_marker("known") and edition != EDITION:
        pytest.skip(f"speaks of the printed numbers of {EDITION}")


@pytest.fixture(scope="session")
def whole(request: pytest.FixtureRequest, edition: str) -> bool:
    """Whether a test of this run needs more of the edition than its page and its lineage."""
    others = (item for item in request.session.items if item.path.stem not in EVERYWHERE)
    return edition == EDITION or any(edition_of(item) == edition for item in others)


@pytest.fixture(scope="session")
def built(edition: str, whole: bool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone of the checkout with a finished build: look, but change nothing in it.

    Where nobody looks at more, only the page and its lineage are built.
    """
    project, done = build_once(tmp_path_factory, edition, *(() if whole else ("--until", "render")))
    assert done.code == 0, done.output
    return project.root


@pytest.fixture(scope="session")
def report(built: Path, edition: str, whole: bool) -> Path:
    """The folder that people read; of an edition not built whole, what is to go there."""
    return built / ("report" if whole else "build") / edition


@pytest.fixture(scope="session")
def html(report: Path) -> Element:
    return read_html((report / "report.html").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def lineage(report: Path) -> dict[str, Any]:
    return json.loads((report / "lineage.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def afresh(built: Path, edition: str) -> Afresh:
    """The edition computed and written anew from its raw rows; no value is asked."""
    with asked(edition_layout(built, edition), read_config(built, edition)) as answer:
        return answer.afresh


@pytest.fixture(scope="session")
def values(lineage: dict[str, Any]) -> dict[str, Any]:
    return lineage["values"]


@pytest.fixture(scope="session")
def numbers(values: dict[str, Any]) -> dict[str, Any]:
    return {name: entry for name, entry in values.items() if entry["u"] != "text"}


@pytest.fixture(scope="session")
def made(values: dict[str, Any]) -> dict[str, Any]:
    """Numbers, and texts that were computed."""
    return {name: entry for name, entry in values.items() if entry["op"] != "text"}
