"""Sentences of the real report change when the data do, or the build stops and says why."""

from __future__ import annotations

import json

import pytest

from tests.workflow.project import EDITION

CELL = (
    f"data/raw/{EDITION}/observations.csv",
    "F059,shaanxi,ai_compute,,2.5,",
    "F059,shaanxi,ai_compute,,1.0,",
)


def edit(project, name, before, after):
    path = project.root / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.mark.known
def test_the_share_holds_as_shipped_but_within_rounding(lineage):
    claim = lineage["claims"]["nw.ai_share_over_60"]
    # 190.2 / 316.8 = 60.0379 %; rounding allows 59.9117 % to 60.1643 %.
    assert claim["holds"] is True
    assert claim["robust"] is False
    assert (claim["margin"], claim["unit"]) == ("0.04", "pp")
    assert claim["margin_range"] == ["-0.09", "0.16"]
    assert claim["in"] == ["nw.ai_share"]
    assert claim["txt"] == "约六成"


def test_every_claim_in_use_is_marked_in_the_html(html, lineage):
    shown = [e for e in html.walk() if "data-claim" in e.attributes]
    assert {e.attributes["data-claim"] for e in shown} == {
        name for name, claim in lineage["claims"].items() if claim["uses"]
    }
    for element in shown:
        claim = lineage["claims"][element.attributes["data-claim"]]
        assert element.attributes["id"] in claim["uses"]
        assert ("fragile" in element.attributes["class"]) is not claim["robust"]
        said = "".join(element.text.split())
        assert said == "".join(claim["txt"].split())


@pytest.mark.slow
@pytest.mark.known
def test_less_ai_compute_changes_the_words_and_the_verdict(project):
    before = json.loads(
        (project.root / f"report/{EDITION}/lineage.json").read_text(encoding="utf-8")
    )
    edit(project, *CELL)
    # 188.7 / 316.8 = 59.56 %, and no rounding takes it over 60.
    done = project.snakemake("--until", "render")
    assert done.code == 0, done.output
    after = lineage_of(project)
    claim = after["claims"]["nw.ai_share_over_60"]
    assert (claim["holds"], claim["txt"]) == (False, "不足六成")
    html = (project.root / f"build/{EDITION}/report.html").read_text(encoding="utf-8")
    assert "约六成" not in html.partition("<body")[2].replace(" ", "")
    verdict = "audit.verdict.a03"
    assert after["values"][verdict]["v"] != before["values"][verdict]["v"]


def lineage_of(project):
    return json.loads((project.root / f"build/{EDITION}/lineage.json").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.known
def test_without_the_other_wording_the_build_stops(project):
    edit(project, *CELL)
    edit(project, "config/claims.yaml", "      below: 不足{parameter|chengs}\n", "")
    report = (project.root / f"report/{EDITION}/report.html").read_bytes()
    done = project.snakemake()
    assert done.code != 0
    (line,) = {line for line in done.output.splitlines() if "(E320)" in line}
    assert line.startswith("config/claims.yaml:")
    assert "nw.ai_share_over_60" in line
    assert "above: 超过" in line
    assert "59.6%" in line
    assert "observations:F059" in line
    assert "Traceback" not in done.output
    assert (project.root / f"report/{EDITION}/report.html").read_bytes() == report
