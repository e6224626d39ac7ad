"""What a person and a machine are told of a run of snakemake, whatever the locale."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.workflow.project import CHAIN, EDITION, Project

CELL = ("114.5,Eflops,=", "114.6,Eflops,=")
LINE = re.compile(r"^(?:\d+/\d+|未完成) \S+ (\w+) .*，([\d.]+) 秒$", re.MULTILINE)


def events(project: Project, name: str = "logs/events.jsonl") -> list[dict[str, Any]]:
    """The events of the last run."""
    text = (project.root / name).read_text(encoding="ascii")
    return [json.loads(line) for line in text.splitlines()]


def told(output: str) -> list[tuple[str, float]]:
    """Stages and seconds of the lines."""
    return [(stage, float(seconds)) for stage, seconds in LINE.findall(output)]


def agreeing(project: Project, output: str) -> bool:
    """Whether events say of stages what lines do."""
    ends = [e for e in events(project) if e["event"] in ("done", "failed") and e["edition"]]
    return [(e["stage"], e["seconds"]) for e in ends] == told(output)


def test_a_cold_build_is_told_stage_by_stage(cold_build) -> None:
    _, done = cold_build
    assert f"{EDITION} 尚未生成过" in done.output
    assert {stage for stage, _ in told(done.output)} == {*CHAIN} - {"all"}
    assert re.search(
        r"^共 [\d.]+ 秒：核对原始数据 .* → .*交付报告 [\d.]+，其余 ", done.output, re.M
    )


@pytest.mark.parametrize("locale", [{}, {"LC_ALL": "C", "PYTHONUTF8": "0"}])
def test_one_cell_nothing_and_a_mistake_are_told(project: Project, locale: dict[str, str]) -> None:
    observations = project.raw("observations")
    text = observations.read_text(encoding="utf-8")
    nothing = project.snakemake(**locale)
    assert f"{EDITION} 沿用 10 个阶段（核对原始数据、" in nothing.output
    plan, end = events(project)
    assert (plan["event"], len(plan["kept"]), plan["changed"]) == ("plan", 10, [])
    assert (end["ok"], end["chain"]) == (True, [])

    observations.write_text(text.replace("114.5", "114.6"), encoding="utf-8")
    cell = project.snakemake("--until", "ingest", **locale)
    assert cell.code == 0, cell.output
    assert f"{EDITION} 有改动：原始数据\n" in cell.output
    assert [stage for stage, _ in told(cell.output)] == ["ingest"]
    assert agreeing(project, cell.output)
    assert events(project)[0]["changed"] == ["raw"]

    observations.write_text(text.replace("114.5", "abc"), encoding="utf-8")
    failed = project.snakemake("--until", "ingest", **locale)
    assert failed.code != 0
    assert f"未完成 {EDITION} ingest 核对原始数据，" in failed.output
    assert "共 " not in failed.output
    assert agreeing(project, failed.output)
    assert events(project)[-1]["ok"] is False


def test_quiet_says_nothing_of_stages_and_events_go_where_they_are_wanted(project: Project) -> None:
    observations = project.raw("observations")
    text = observations.read_text(encoding="utf-8")
    observations.write_text(text.replace("114.5", "114.6"), encoding="utf-8")
    usual = (project.root / "logs/events.jsonl").read_bytes()
    done = project.snakemake("--until", "ingest", "--quiet", "--config", "events=told/here.jsonl")
    assert done.code == 0, done.output
    assert not re.search(r"[\u4e00-\u9fff]", done.output)
    assert [e["event"] for e in events(project, "told/here.jsonl")] == [
        "plan", "started", "done", "ended",
    ]  # fmt: skip
    assert (project.root / "logs/events.jsonl").read_bytes() == usual


def test_a_place_for_events_that_cannot_be_written_is_told(project: Project) -> None:
    done = project.snakemake("--config", "events=Snakefile/events.jsonl")
    assert done.code != 0
    assert re.search(r"\(E40\d\)", done.output)
    assert "Traceback" not in done.output
