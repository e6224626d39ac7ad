"""What a run of snakemake is told as: lines for people, events for machines, the same in both."""

from __future__ import annotations

import json
import logging
from itertools import count
from types import SimpleNamespace

import pytest

from suyuan.contract.messages import worded
from suyuan.core.inputs import KINDS, LIBRARIES
from suyuan.stages import journal, progress
from suyuan.stages.chain import STAGES
from suyuan.stages.editions import Plan
from suyuan.stages.journal import Journal
from suyuan.stages.lines import Lines
from suyuan.stages.progress import Job, Progress, longest
from tests.code.miniature import TEMPLATES

EVERY = tuple(STAGES)
KINDS_OF = {"raw": set(EVERY), "templates": {*EVERY[4:]}, "fonts": {*EVERY[3:]}}


FIRST = Plan(None, (), KINDS_OF)


def record(event=None, message="", **extra):
    made = logging.LogRecord("snakemake", logging.INFO, "", 0, message, None, None)
    made.__dict__ |= {"event": event} | extra
    return made


def planned(**stats):
    return record("run_info", stats=stats | {"total": sum(stats.values())})


def announced(number, rule, edition="2030Q1"):
    wildcards = {"edition": edition} if edition else {}
    return record("job_info", jobid=number, rule_name=rule, wildcards=wildcards)


def ended(number):
    return record("job_finished", job_id=number)


@pytest.fixture
def said():
    return []


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """One of its own, however busy we are: a second and a quarter at each look."""
    ticks = SimpleNamespace(monotonic=count(100, 1.25).__next__)
    monkeypatch.setattr(progress, "time", ticks)
    monkeypatch.setattr(journal, "time", SimpleNamespace(monotonic=lambda: 7.0))
    monkeypatch.setattr(progress, "_age", lambda: 0.5)


def telling(said, plans, *, planning=False):
    """Progress whose lines are ``said``, and its events."""
    lines, events = Lines(TEMPLATES, said.append), []

    def tell(event):
        events.append(event)
        lines.tell(event)

    found = {edition: lambda plan=plan: plan for edition, plan in plans.items()}
    return Progress(tell, found, planning=planning), events


def heard(said, *records, plan=FIRST, planning=False):
    told, _ = telling(said, {"2030Q1": plan}, planning=planning)
    return [told.heard(each) for each in records], told


def test_a_cold_build_has_a_line_for_each_stage_and_one_of_where_the_time_went(said):
    told, running = heard(
        said,
        planned(score=1, chart=1, all=1),
        announced(1, "score"), ended(1), announced(2, "chart"), ended(2), announced(0, "all", ""),
        ended(0),
    )  # fmt: skip
    running.ended(ok=True)
    assert all(told)  # Snakemake's own words for it are left out
    assert said == [
        "2030Q1 尚未生成过，从头做起",
        "1/3 2030Q1 score 计算数值，1.2 秒",
        "2/3 2030Q1 chart 绘制图表，1.2 秒",
        "3/3 all 报告齐备，1.2 秒",
        "共 9.2 秒：计算数值 1.2 → 绘制图表 1.2，其余 6.8",
    ]


def test_after_one_cell_what_changed_is_said_and_after_a_template_what_is_kept(said):
    heard(said, planned(**dict.fromkeys(EVERY, 1)), plan=Plan(("raw",), (), KINDS_OF))
    assert said == ["2030Q1 有改动：原始数据"]
    said.clear()
    kept = Plan(("templates",), EVERY[:4], KINDS_OF)
    heard(said, planned(**dict.fromkeys(EVERY[4:], 1)), plan=kept)
    assert said == [
        "2030Q1 有改动：模板",
        "2030Q1 沿用 4 个阶段（核对原始数据、换算单位、计算数值、绘制图表）：原始数据、字体未变",
    ]


def test_a_stage_that_is_forced_is_not_said_to_be_kept(said):
    heard(said, planned(deliver=1), plan=Plan((), EVERY, KINDS_OF))
    assert "沿用 9 个阶段" in said[0]
    assert "交付" not in said[0]


def test_a_run_without_work_says_that_all_is_kept(said):
    told, _ = heard(said, record(message="Nothing to be done"), plan=Plan((), EVERY, KINDS_OF))
    assert told == [False]  # Snakemake says it too
    (line,) = said
    assert line.startswith("2030Q1 沿用 10 个阶段（核对原始数据、")
    assert line.endswith("：原始数据、模板、字体未变")


def test_a_stage_that_fails_has_a_line_and_nothing_is_said_of_where_the_time_went(said):
    told, running = heard(
        said, planned(score=1, all=1), announced(1, "score"), record("job_error", jobid=1),
        plan=Plan(("raw",), (), KINDS_OF),
    )  # fmt: skip
    running.ended(ok=False)
    assert not told[-1]  # how it failed is the voice's to say
    assert said == ["2030Q1 有改动：原始数据", "未完成 2030Q1 score 计算数值，1.2 秒"]


def test_editions_side_by_side_have_lines_in_the_order_of_their_ends(said):
    plans = {"2030Q1": Plan(("raw",), EVERY[:1], KINDS_OF), "2030Q2": Plan(("raw",), (), KINDS_OF)}
    told, _ = telling(said, plans)
    for each in (
        planned(ingest=1, score=2), announced(1, "score", "2030Q1"),
        announced(2, "score", "2030Q2"), ended(2), ended(1),
    ):  # fmt: skip
        told.heard(each)
    assert said == [
        "2030Q1 有改动：原始数据", "2030Q1 沿用 1 个阶段（核对原始数据）：原始数据未变",
        "2030Q2 有改动：原始数据",
        "1/3 2030Q2 score 计算数值，1.2 秒", "2/3 2030Q1 score 计算数值，3.8 秒",
    ]  # fmt: skip


def test_a_dry_run_says_what_would_run_and_its_plan_once(said):
    plan = Plan(("raw",), (), KINDS_OF)
    stats = planned(chart=1)
    heard(said, stats, announced(1, "chart"), stats, plan=plan, planning=True)
    assert said == ["2030Q1 有改动：原始数据", "1/1 2030Q1 chart 绘制图表"]


def test_what_is_said_of_other_things_is_left_to_snakemake(said):
    others = record(message="Provided cores: 2"), record("error", "no")
    assert heard(said, *others)[0] == [False] * 2
    assert heard(said, record(message="Select jobs to execute..."))[0] == [True]
    assert not said


def test_every_rule_and_every_kind_of_inputs_has_words():
    assert all(worded(TEMPLATES, f"rule_{name}") for name in (*STAGES, "all", "diff"))
    assert all(worded(TEMPLATES, f"kind_{name}") for name in (*KINDS, LIBRARIES))


def test_a_rule_without_words_is_named(said):
    heard(said, announced(1, "other"), ended(1))
    assert said[0].startswith("1/0 2030Q1 other")


def test_the_time_went_where_one_job_waited_for_another():
    jobs = [Job("score", "", 0, 1), Job("verify", "", 1, 5), Job("typeset", "", 1, 8),
            Job("export", "", 8, 9), Job("tabulate", "", 5, 7), Job("all", "", 9, 9)]  # fmt: skip
    assert [job.rule for job in longest(jobs)] == ["score", "typeset", "export"]
    assert longest([]) == []


def test_events_are_json_as_they_happen_and_a_place_that_cannot_be_written_is_no_news(
    tmp_path, monkeypatch, said
):
    monkeypatch.setattr(journal, "USUAL", tmp_path / "logs/events.jsonl")
    written, asked = Journal(None), Journal(tmp_path / "asked.jsonl")
    for event in ({"event": "plan", "edition": "2030Q1"}, {"event": "ended", "ok": True}):
        written.tell(event)
        asked.tell(event)
    lines = (tmp_path / "logs/events.jsonl").read_text(encoding="utf-8").splitlines()
    assert lines == (tmp_path / "asked.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["plan", "ended"]
    (tmp_path / "file").touch()
    monkeypatch.setattr(journal, "USUAL", tmp_path / "file/events.jsonl")
    Journal(None).tell({"event": "plan"})
    with pytest.raises(OSError, match="file"):
        Journal(tmp_path / "file/events.jsonl")
