"""Questions to the miniature, which has no page: by number, unit, name, id, row and document."""

from __future__ import annotations

import sys

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import LookupFailed
from suyuan.domain.operations import OPERATIONS
from suyuan.outputs.answers import markdown, terminal, wording
from suyuan.outputs.answers.finding import find
from suyuan.outputs.answers.report import Report
from tests.code.miniature import TEMPLATES


@pytest.fixture(scope="module")
def report(built):
    return Report.open(built.layout, OPERATIONS)


def found(report, text):
    return [hit.id for hit in find(report, text).hits]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("rg.ai_share", ["rg.ai_share"]),
        ("RG.AI_Share", ["rg.ai_share"]),
        ("  100.0 ", ["rg.compute_total"]),
        ("2,000 亿元", ["rg.gdp"]),
        ("30000 PFLOPS", ["beta.compute_total", "tier_second.compute_total"]),
        ("-25.0%", ["na.growth.racks"]),
        ("−25.0 ％", ["na.growth.racks"]),
        ("3.00 万P", ["beta.compute_total"]),  # as the source prints it
        ("丙 智算占比", ["gamma.ai_share"]),
        ("丙智算占比", ["gamma.ai_share"]),
        ("T002", ["beta.compute_total"]),
        ("t002.value", ["beta.compute_total"]),
        ("observations:T002", ["beta.compute_total"]),
        ("observations.csv:3", ["beta.compute_total"]),
        ("data/raw/2030Q1/observations.csv:3", ["beta.compute_total"]),
        ("growth.rac", ["na.growth.racks"]),  # a part of an id
        ("丙的智算占比是多少？", ["gamma.ai_share"]),
        ("三万 PFLOPS", ["beta.compute_total", "tier_second.compute_total"]),
    ],
)
def test_a_question_and_its_answer(report, asked, ids):
    assert found(report, asked) == ids


def test_a_printed_number_finds_every_value_printed_so(report):
    assert set(found(report, "66.67%")) == {"beta.ai_share", "rg.ai_share.maximum"}
    assert "subjects.name.alpha" in found(report, "甲")


def test_a_subject_tells_apart_what_is_printed_alike(report):
    assert found(report, "乙 66.67%") == ["beta.ai_share"]


def test_a_comparator_chooses_among_bounds(report):
    every, bounds = found(report, "100"), found(report, "≥100")
    assert "na.compute_total.2027" in every
    assert bounds == [one for one in every if report.values[one].get("comparator") == "≥"]


def test_a_row_says_what_it_holds(report):
    about = find(report, "T002").about
    assert about[0] == "data/raw/2030Q1/observations.csv:3  T002"
    assert "  unit = 万P" in about


def test_a_document_is_known_by_its_key_and_by_its_title(report):
    key = next(iter(report.tracer.facets.rows("sources")))
    assert any("title" in line for line in find(report, key).about)
    assert f"sources.title.{key}" in found(report, report.values[f"sources.title.{key}"]["txt"])


@pytest.mark.parametrize(
    ("asked", "near"),
    [("rg.compute_totl", "rg.compute_total"), ("100.1", "100"), ("99.99%", "")],
)
def test_what_is_not_there_is_told_with_what_is_near(report, asked, near):
    with pytest.raises(LookupFailed) as caught:
        find(report, asked)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E200", "report/2030Q1/lineage.json")
    assert near in message(problem, TEMPLATES)


@pytest.mark.parametrize("asked", ["", "  "])
def test_nothing_asked_finds_nothing(report, asked):
    with pytest.raises(LookupFailed):
        find(report, asked)


# --- printed ----------------------------------------------------------------------------------


def lines(report, asked):
    return terminal.lines(report, find(report, asked), whole=False)


def test_the_tree_in_a_terminal(report):
    assert lines(report, "na.gdp") == [
        "全国 生产总值：20,000 亿元 ← 取自  [na.gdp]",
        "└─ 全国 生产总值 2029年：20,000 亿元 ← 原始记录换算  [na.gdp.2029]",
        "   └─ data/raw/2030Q1/observations.csv:14  T013.value = 2 万亿元",
        "         实测 · 2029年 · 第一页",
        "         《甲国统计年鉴》 统计局 · 2030-02-10 · 官方或一手 · https://example.org/yearbook",
        "取舍、换算与印法另取决于：config/indicators.csv（gdp）；config/units.csv（亿元）；config/config.yaml"
        "；data/raw/2030Q1/subjects.csv",
    ]


def test_branches_of_a_tree_in_a_terminal(report):
    text = lines(report, "beta.ai_share")
    assert text[0] == f"乙 智算占比：66.67%（0.{'6' * 33}7） = 20 ÷ 30  [beta.ai_share]"
    assert text[1].startswith("├─ 乙 智算规模：20 EFLOPS")
    assert text[2].startswith("│  └─ data/raw/2030Q1/observations.csv:7  T006.value = 2.0 万P")
    assert text[5].startswith("└─ 乙 总规模：30 EFLOPS")
    assert len(text) == 10


def test_a_screen_at_most(report):
    every = terminal.lines(report, find(report, "report.observation_count"), whole=True)
    assert len(every) > terminal.SCREEN
    cut = lines(report, "report.observation_count")
    assert len(cut) == terminal.SCREEN
    assert cut[:-1] == every[: terminal.SCREEN - 1]
    assert str(len(every) - terminal.SCREEN + 1) in cut[-1]


def test_a_chain_as_markdown(report):
    assert markdown.lines(report, find(report, "na.gdp"))[:6] == [
        "**全国 生产总值：20,000 亿元**",
        "",
        "",
        "- 全国 生产总值：20,000 亿元 ← 取自 (`na.gdp`)",
        "  - 全国 生产总值 2029年：20,000 亿元 ← 原始记录换算 (`na.gdp.2029`)",
        "    - `data/raw/2030Q1/observations.csv:14  T013.value = 2 万亿元`",
    ]


def test_a_long_chain_is_printed(report, monkeypatch):
    monkeypatch.setattr(wording, "head", lambda _report, node: node["id"])
    node = {"id": "v0"}
    for number in range(1, 3 * sys.getrecursionlimit()):
        node = {"id": f"v{number}", "in": [node]}
    assert sum(1 for _ in terminal.tree_lines(report, node)) == 3 * sys.getrecursionlimit()


def test_what_selects_and_converts_is_told(report):
    (decided,) = (line for line in lines(report, "beta.compute_total") if "units.csv" in line)
    assert "config/indicators.csv（compute_total）" in decided
    assert "config/units.csv（EFLOPS、万P）" in decided
