"""From a printed number back to the cells it came from, and to their source."""

from __future__ import annotations

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import LookupFailed
from suyuan.core.files import sha256
from suyuan.core.layout import Layout
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.file import Use
from suyuan.lineage.trace import Tracer, lines
from tests.code.miniature import TEMPLATES


@pytest.fixture(scope="module")
def tracer(built):
    return Tracer.open(built.layout, OPERATIONS)


# --- finding ----------------------------------------------------------------------------------


def test_an_id_finds_itself(tracer):
    assert tracer.find("rg.ai_share") == ["rg.ai_share"]


def test_a_printed_number_finds_every_value_printed_so(tracer):
    assert set(tracer.find("66.67%")) == {"beta.ai_share", "rg.ai_share.maximum"}
    assert set(tracer.find("  100.0 ")) == {"rg.compute_total"}
    assert "subjects.name.alpha" in tracer.find("甲")


@pytest.mark.parametrize("text", ["−25.0%", "-25.0%", " -25.0%", "-25.0% "])
def test_a_minus_may_be_typed_as_a_hyphen(tracer, text):
    assert tracer.find(text) == ["na.growth.racks"]


@pytest.mark.parametrize("text", ["99.99%", "rg.nothing", "", "100"])
def test_what_was_not_printed_is_not_found(tracer, text):
    # 100 is printed: na.compute_total.2027 and others; 100.0 is another print of another value.
    if text == "100":
        assert "rg.compute_total" not in tracer.find(text)
        return
    with pytest.raises(LookupFailed) as caught:
        tracer.find(text)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E200", "report/2030Q1/lineage.json")
    assert f"“{text}”" in message(problem, TEMPLATES)


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


def test_the_tree_in_a_terminal(tracer):
    assert list(lines(tracer.tree("na.gdp"))) == [
        "na.gdp = 20000 亿元  [same]",
        "└─ na.gdp.2029 = 20000 亿元  [convert]",
        "   └─ data/raw/2030Q1/observations.csv:14  T013.value = 2 万亿元",
        "         = · measured · 2029 · 第一页",
        "         《甲国统计年鉴》 统计局 · 2030-02-10 · A · https://example.org/yearbook",
    ]


def test_branches_of_a_tree_in_a_terminal(tracer):
    text = list(lines(tracer.tree("beta.ai_share")))
    assert text[0] == f"beta.ai_share = 66.67% (0.{'6' * 33}7)  [ratio] 20 ÷ 30"
    assert text[1].startswith("├─ beta.ai_compute = 20 EFLOPS")
    assert text[2].startswith("│  └─ data/raw/2030Q1/observations.csv:7  T006.value = 2.0 万P")
    assert text[5].startswith("└─ beta.compute_total = 30 EFLOPS")
    assert text[6].startswith("   └─ data/raw/2030Q1/observations.csv:3  T002.value = 3.00 万P")
    assert len(text) == 9
