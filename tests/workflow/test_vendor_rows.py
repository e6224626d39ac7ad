"""Rows alone add a supplier to the report; ratings that go missing leave bounds and coverage."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.editions.html_tree import Element, read_html
from tests.workflow.project import EDITION, Project

pytestmark = pytest.mark.slow  # a build of its own
MODEL, NEW = "coreshub", "newcomer"  # the new supplier has the rows of this one
TRUSTLESS, SUPPLYLESS = "huaweicloud", "baiducloud"  # who lose a dimension
OWN = ("S", "R", "T", "P", "A", "C", "F")
KEYS = {
    "subjects": "subject_id", "suppliers": "supplier_id", "supplier_presence": "presence_id",
    "ratings": "rating_id", "criterion_ratings": "criterion_rating_id", "estimates": "estimate_id",
    "evidence": "evidence_id",
}  # fmt: skip
DIFFERENT = {  # no two rows may say the same
    "subjects": {"name": "新晋智算", "full_name": "新晋智算云"},
    "suppliers": {"summary": "同一供给，另一家供应商。"},
}
Rows = list[dict[str, str]]
Values = Mapping[str, Mapping[str, Any]]


def edit(path: Path, change: Callable[[Rows], Rows]) -> None:
    """Write a table's rows again, changed."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(rows))


def with_newcomer(table: str) -> Callable[[Rows], Rows]:
    """The rows of the model once more under another id, resting on evidence of the same words."""
    key, own = KEYS[table], DIFFERENT.get(table, {})

    def change(rows: Rows) -> Rows:
        model = [row for row in rows if MODEL in row[key].split("_")]
        assert model
        copies = [
            {n: text if n == "source_id" else text.replace(MODEL, NEW) for n, text in row.items()}
            for row in model
        ]
        return rows + [copy | own for copy in copies]

    return change


def leaves_below(config: Path, dimension: str) -> set[str]:
    with (config / "tree.csv").open(encoding="utf-8") as lines:
        parent = {row["node_id"]: row["parent_id"] for row in csv.DictReader(lines)}
    found = {dimension}
    while more := {node for node, above in parent.items() if above in found} - found:
        found |= more
    return found


def without(vendor: str, nodes: set[str]) -> Callable[[Rows], Rows]:
    """The ratings of a vendor at such nodes say that they are missing."""

    def change(rows: Rows) -> Rows:
        lost = [r for r in rows if r["subject_id"] == vendor and r["node_id"] in nodes]
        assert lost
        for row in lost:
            row |= {"score": "", "grade": "", "evidence": "", "kind": "missing"}
        return rows

    return change


@pytest.fixture(scope="module")
def before(built: Path) -> Values:
    return Project(built).lineage()["values"]


@pytest.fixture(scope="module")
def after(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = Project(built).copy(tmp_path_factory.mktemp("rows") / "project")
    for table in KEYS:
        edit(project.raw(table), with_newcomer(table))
    for vendor, dimension in ((TRUSTLESS, "trust"), (SUPPLYLESS, "supply")):
        nodes = leaves_below(project.root / "config", dimension)
        edit(project.raw("ratings"), without(vendor, nodes))
    done = project.snakemake("--until", "render")
    assert done.code == 0, done.output
    yield project
    shutil.rmtree(project.root)


@pytest.fixture(scope="module")
def values(after: Project) -> Values:
    return after.lineage("build")["values"]


@pytest.fixture(scope="module")
def html(after: Project) -> Element:
    path = after.root / "build" / EDITION / "report.html"
    return read_html(path.read_text(encoding="utf-8"))


def facts_in(html: Element, anchor: str) -> set[str]:
    (whole,) = [e for e in html.walk() if e.attributes.get("id") == anchor]
    return {e.attributes["data-fact"] for e in whole.walk() if "data-fact" in e.attributes}


def exact(values: Values, value_id: str) -> Decimal:
    return Decimal(values[value_id]["v"])


# --- one more supplier ------------------------------------------------------------------------


def test_the_newcomer_is_what_its_rows_say(before: Values, values: Values) -> None:
    for part in OWN:
        assert values[f"{NEW}.{part}"]["v"] == before[f"{MODEL}.{part}"]["v"]


def test_no_other_supplier_has_another_number(before: Values, values: Values) -> None:
    vendors = {name.removesuffix(".S") for name in before if re.fullmatch(r"\w+\.S", name)}
    assert len(vendors) == 7
    compared = 0
    for vendor in vendors - {SUPPLYLESS}:
        for part in OWN:
            name = f"{vendor}.{part}"
            assert values.get(name) == before.get(name)
            compared += name in before
    assert compared > 30
    for part in ("R", "T", "P", "A", "C"):  # what hangs on no rating of supply
        assert values[f"{SUPPLYLESS}.{part}"] == before[f"{SUPPLYLESS}.{part}"]


@pytest.mark.parametrize(
    "table",
    [
        "suppliers",
        "presence",
        "ladder",
        "supply_shares",
        "filters",
        "matrix",
        "score_sensitivities",
    ],
)
def test_the_newcomer_is_in_every_table(html: Element, table: str) -> None:
    assert f"subjects.name.{NEW}" in facts_in(html, f"tab-{table}")


@pytest.mark.parametrize(
    ("figure", "mark"),
    [
        ("supply_ladder", "F"), ("supply_shares", "share"), ("rank_probabilities", "p_rank.6"),
        ("score_odds", f"score_p_beats.{MODEL}"), ("supply_sensitivities", "sobol.T"),
        ("power_matrix", "score"),
    ],
)  # fmt: skip
def test_the_newcomer_is_in_every_figure(html: Element, figure: str, mark: str) -> None:
    wanted = f"{NEW}.{mark}" if not mark.endswith("6") else f"{NEW}.p_rank.5"
    assert wanted in facts_in(html, f"fig-{figure}")


def test_the_newcomer_is_ranked_with_its_model(values: Values) -> None:
    assert values[f"{NEW}.rank"]["v"] == values[f"{MODEL}.rank"]["v"]  # equals share a place
    assert exact(values, f"{NEW}.p_beats.{MODEL}") == pytest.approx(
        Decimal("0.5"), abs=Decimal("0.03")
    )


# --- one dimension less -----------------------------------------------------------------------


def test_a_dimension_without_ratings_leaves_bounds_and_coverage(
    before: Values, values: Values
) -> None:
    assert f"{TRUSTLESS}.score.trust" not in values
    lost = exact(before, f"{TRUSTLESS}.coverage.trust") * exact(before, "trust.weight")
    coverage = exact(before, f"{TRUSTLESS}.coverage") - lost
    assert exact(values, f"{TRUSTLESS}.coverage") == coverage
    low, score, high = (
        exact(values, f"{TRUSTLESS}.{part}") for part in ("score_low", "score", "score_high")
    )
    assert low < score < high
    assert high - low >= 100 * exact(values, "trust.weight")


def test_who_keeps_enough_evidence_stays_ranked(values: Values) -> None:
    assert exact(values, f"{TRUSTLESS}.coverage") >= exact(values, "model.parameter.coverage_floor")
    assert f"{TRUSTLESS}.rank" in values
    assert f"{TRUSTLESS}.score.lower" in values


def test_who_has_no_supply_left_is_shown_as_unranked(values: Values, html: Element) -> None:
    assert f"{SUPPLYLESS}.S" not in values
    assert f"{SUPPLYLESS}.rank" not in values
    name = values[f"subjects.name.{SUPPLYLESS}"]["txt"]
    (table,) = [e for e in html.walk() if e.attributes.get("id") == "tab-ladder"]
    (row,) = [e.text for e in table.walk() if e.tag == "tr" and name in e.text]
    assert "未排名" in row
    assert "缺" in row
    said = "".join(e.text for e in html.walk() if e.tag == "p" and e.text.strip().startswith(name))
    for part in ("coverage", "score_low", "score_high"):
        assert values[f"{SUPPLYLESS}.{part}"]["txt"] in said
