"""While it runs, each job that has ended has a line: which of how many, edition, stage, seconds."""

from __future__ import annotations

import logging
from itertools import count
from types import SimpleNamespace

import pytest

from suyuan.contract.messages import worded
from suyuan.stages import progress
from suyuan.stages.chain import STAGES
from suyuan.stages.progress import Progress
from tests.code.miniature import TEMPLATES


def record(event=None, message="", **extra):
    made = logging.LogRecord("snakemake", logging.INFO, "", 0, message, None, None)
    made.__dict__ |= {"event": event} | extra
    return made


def announced(number, rule, edition=""):
    wildcards = {"edition": edition} if edition else {}
    return record("job_info", jobid=number, rule_name=rule, wildcards=wildcards)


@pytest.fixture
def said():
    return []


def heard(said, *records, planning=False):
    told = Progress(TEMPLATES, said.append, planning=planning)
    return [told.heard(each) for each in records]


def test_a_line_for_each_job_that_has_ended_in_the_order_of_their_ends(said, monkeypatch):
    clock = SimpleNamespace(monotonic=count(100, 1.25).__next__)  # of its own, however busy we are
    monkeypatch.setattr(progress, "time", clock)
    told = heard(
        said,
        record("run_info", stats={"score": 2, "all": 1, "total": 3}),
        announced(1, "score", "2030Q1"),
        announced(2, "score", "2030Q2"),
        record("job_finished", job_id=2),
        record("job_finished", job_id=1),
        announced(0, "all"),
        record("job_finished", job_id=0),
    )
    assert all(told)  # Snakemake's own words for it are left out
    assert said == [
        "1/3 2030Q2 score 计算数值，1.2 秒", "2/3 2030Q1 score 计算数值，3.8 秒",
        "3/3 all 报告齐备，1.2 秒",
    ]  # fmt: skip


def test_a_dry_run_says_what_would_run(said):
    plan = record("run_info", stats={"total": 1})
    heard(said, plan, announced(1, "chart", "2030Q1"), planning=True)
    assert said == ["1/1 2030Q1 chart 绘制图表"]


def test_what_is_said_of_other_things_is_left_to_snakemake(said):
    assert heard(said, record(message="Nothing to be done"), record("error", "no")) == [False] * 2
    assert heard(said, record(message="Select jobs to execute...")) == [True]
    assert not said


def test_every_rule_has_words():
    assert all(worded(TEMPLATES, f"rule_{name}") for name in (*STAGES, "all", "diff"))


def test_a_rule_without_words_is_named(said):
    heard(said, announced(1, "other"), record("job_finished", job_id=1))
    assert said[0].startswith("1/0 other")
