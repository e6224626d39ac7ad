"""From a printed number back to the cells it came from, and to their source."""

from __future__ import annotations

import shutil

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import LookupFailed
from suyuan.core.files import sha256
from suyuan.core.layout import Layout
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.file import Use
from suyuan.lineage.trace import Tracer
from tests.code.miniature import TEMPLATES


@pytest.fixture(scope="module")
def tracer(built):
    return Tracer.open(built.layout, OPERATIONS)


def test_without_a_report_there_is_nothing_to_trace(project):
    with pytest.raises(LookupFailed) as caught:
        Tracer.open(Layout(project.root, "2030Q1"), OPERATIONS)
    (problem,) = caught.value.problems
    assert (problem.code, problem.value) == ("E201", "2030Q1")
    assert message(problem, TEMPLATES)


# --- cells ------------------------------------------------------------------------------------


def test_a_cell_is_told_with_its_file_line_and_source(built, tracer):
    assert tracer.cell("observations", "value", "T013") == {
        "file": "data/raw/2030Q1/observations.csv",
        "line": 14,
        "sha256": sha256(built.file("observations")),
        "row": "T013",
        "column": "value",
        "value": "2",
        "unit": "万亿元",
        "comparator": "=",
        "kind": "measured",
        "as_of": "2029",
        "grade": "high",
        "locator": "第一页",
        "source": {
            "title": "甲国统计年鉴",
            "publisher": "统计局",
            "published": "2030-02-10",
            "grade": "A",
            "url": "https://example.org/yearbook",
        },
    }


def test_what_a_source_leaves_out_is_left_out(tracer):
    source = tracer.cell("observations", "value", "T001")["source"]
    assert source == {
        "title": "算力调查", "publisher": "研究所", "published": "2030-03", "grade": "B"
    }  # fmt: skip


def test_a_cell_of_the_configuration_has_no_source(tracer):
    cell = tracer.cell("tiers", "minimum", "second")
    assert (cell["file"], cell["line"], cell["value"]) == ("config/tiers.csv", 4, "2")
    assert "source" not in cell


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_cells_are_found_in_every_encoding(project, encoding):
    path = project.file("observations")
    text = path.read_text(encoding="utf-8").replace("\n", "\r\n")
    path.write_bytes(text.encode(encoding))
    project.run()
    project.publish()
    cell = Tracer.open(project.layout, OPERATIONS).cell("observations", "value", "T004")
    assert (cell["line"], cell["value"], cell["sha256"]) == (5, "10", sha256(path))


# --- trees ------------------------------------------------------------------------------------


def leaves(node):
    if "cells" in node:
        return [(cell["row"], cell["column"]) for cell in node["cells"]]
    return [leaf for parent in node["in"] for leaf in leaves(parent)]


def test_a_tree_ends_in_cells(tracer):
    tree = tracer.tree("rg.ai_share")
    assert (tree["id"], tree["v"], tree["u"], tree["txt"], tree["op"]) == (
        "rg.ai_share", "0.5", "1", "50.00%", "ratio"
    )  # fmt: skip
    assert [parent["id"] for parent in tree["in"]] == ["rg.ai_compute", "rg.compute_total"]
    # AI of alpha, beta, delta, gamma, then their totals
    rows = ["T005", "T006", "T008", "T007", "T001", "T002", "T004", "T003"]
    assert leaves(tree) == [(row, "value") for row in rows]


def test_every_value_can_be_traced_to_cells(tracer):
    assert all(leaves(tracer.tree(value_id)) for value_id in tracer.lineage["values"])


def test_a_tree_tells_where_the_report_uses_its_value(project):
    project.run()
    use = Use("rg.ai_share", "02-06-scale", "v-rg-ai-share-1", "text")
    project.publish([use])
    tracer = Tracer.open(project.layout, OPERATIONS)
    assert tracer.tree("rg.ai_share")["uses"] == [vars(use)]
    assert tracer.tree("rg.gdp")["uses"] == []


# --- data that changed since ------------------------------------------------------------------


@pytest.fixture
def reported(project):
    """A tracer over a project whose data may change after the report was made."""
    project.run()
    project.publish()
    return lambda: Tracer.open(project.layout, OPERATIONS).tree("alpha.compute_total")["cells"]


def test_an_edited_cell_is_told_beside_the_one_that_the_report_was_made_from(project, reported):
    project.set("observations", "T001", "value", "999.0")
    (cell,) = reported()
    assert (cell["value"], cell["now"]) == ("50.0", "999.0")


def test_another_cell_of_an_edited_file_is_as_it_was(project, reported):
    project.set("observations", "T002", "value", "999.0")
    (cell,) = reported()
    assert cell["value"] == "50.0"
    assert "now" not in cell


def test_a_row_that_is_gone(project, reported):
    project.drop("observations", "T001")
    (cell,) = reported()
    assert (cell["value"], cell["now"], cell["line"]) == ("50.0", None, 0)


def test_a_file_that_is_gone(project, reported):
    project.file("observations").unlink()
    (cell,) = reported()
    assert (cell["value"], cell["now"]) == ("50.0", None)


def test_the_delivered_copies_know_the_rest_of_a_row(project, reported):
    shutil.copytree(project.root / "data/raw", project.layout.report / "data/raw")
    shutil.copytree(project.layout.config, project.layout.report / "config")
    project.drop("observations", "T001")
    (cell,) = reported()
    assert (cell["value"], cell["now"], cell["line"]) == ("50.0", None, 2)
    assert cell["source"]["title"] == "算力调查"


def test_what_changed_is_named(project):
    project.run()
    project.publish()
    project.set("observations", "T001", "value", "999.0")
    tracer = Tracer.open(project.layout, OPERATIONS)
    assert tracer.changed == {"observations": "data/raw/2030Q1/observations.csv"}
