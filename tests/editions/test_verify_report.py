"""Lineage is tested: what was tampered with is found and named."""

from __future__ import annotations

import json
import re

import pytest


def verified(project):
    return project.run("suyuan", "verify", "2026Q1")


@pytest.fixture
def tampered(project):
    """Change the published lineage.json and verify it."""

    def change(edit):
        path = project.root / "report/2026Q1/lineage.json"
        content = json.loads(path.read_text(encoding="utf-8"))
        edit(content)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        return verified(project)

    return change


def test_the_report_is_sufficient_and_necessary_or_explained(project):
    done = verified(project)
    assert done.code == 0, done.output
    values, inputs, moved, explained = map(int, re.findall(r"(\d+)\s*[个项]", done.output))
    assert values > 1000
    assert moved + explained == inputs


def test_the_gate_kept_its_counts(built):
    verdict = json.loads((built / "build/2026Q1/verified.json").read_text(encoding="utf-8"))
    assert verdict["inputs"] == verdict["moved"] + len(verdict["explained"])
    assert all(finding["detail"].count(": ") for finding in verdict["explained"])


@pytest.mark.parametrize(
    ("value", "edit"),
    [
        ("nw.compute_total", lambda e: e["in"].pop()),
        ("nw.compute_total", lambda e: e["in"].__setitem__(0, "ningxia.ai_compute")),
        ("ningxia.compute_total", lambda e: e["src"][0][2].__setitem__(0, "F049")),
        ("ningxia.compute_total", lambda e: e.__setitem__("v", "132.0")),
        ("gansu.rank", lambda e: e["in"].reverse()),
        ("report.policy_count", lambda e: e["in"].__setitem__(0, "hubs.name.gansu")),
        ("nw.ai_share", lambda e: e.__setitem__("txt", "61.00%")),
        ("report.figure.province_scale", lambda e: e["in"].__setitem__(0, "nw.gdp")),
    ],
)  # fmt: skip
def test_a_tampered_entry_is_named(tampered, value, edit):
    done = tampered(lambda content: edit(content["values"][value]))
    assert done.code == 1
    assert value in done.output
    assert "Traceback" not in done.output


def test_a_use_that_is_not_there_is_found(tampered):
    done = tampered(lambda content: content["uses"].pop(5))
    assert done.code == 1
    assert "(E312)" in done.output
