"""One changed cell changes what depends on it, everywhere it is printed, and nothing else.

甘肃's total, 114.5 in the source, becomes 150 in a copy of the edition. What may change is read
from the lineage of the report before the change.
"""

from __future__ import annotations

import csv
import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from suyuan.core.files import read_yaml
from tests.editions.html_tree import Element, read_html
from tests.workflow.project import EDITION, Project

ROW = "F049"
CELL = f"{ROW},gansu,compute_total,,{{0}},Eflops,=,,,medium,,总规模精度未注明。,{{0}}(Eflops),"
# What these make is another number whenever one of the numbers it is made from is.
# 甘肃 overtakes 宁夏: the page names whoever leads, and the shares that the leader has.
LEADING = {what.format(name) for name in ("gansu", "ningxia")
           for what in ("subjects.name.{}", "{}.compute_share_nw", "{}.gdp_share_nw")}  # fmt: skip
ARITHMETIC = {"convert", "same", "sum", "difference", "ratio", "ratio_low", "ratio_high", "growth"}

Values = Mapping[str, Mapping[str, Any]]


def made_from_the_cell(values: Values, operations: Iterable[str] | None = None) -> set[str]:
    """Ids of the values that come from the changed cell, through these operations only if given."""
    allowed = set(operations or (entry["op"] for entry in values.values()))
    ours = ["observations", "value", [ROW]]
    found: set[str] = set()
    while True:
        more = {
            value_id
            for value_id, entry in values.items()
            if entry["op"] in allowed
            and (ours in entry.get("src", ()) or not found.isdisjoint(entry.get("in", ())))
        }
        if more == found:
            return found
        found = more


def different(before: Values, after: Values) -> set[str]:
    """Ids of the values that are another number or printed otherwise, or are new or gone."""

    def shown(values: Values) -> dict[str, tuple[str, str]]:
        return {value_id: (entry["v"], entry["txt"]) for value_id, entry in values.items()}

    return {value_id for value_id, _ in shown(before).items() ^ shown(after).items()}


@pytest.fixture(scope="module")
def before(built: Path) -> Project:
    return Project(built)


@pytest.fixture(scope="module")
def after(before: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    project = before.copy(tmp_path_factory.mktemp("changed") / "project")
    project.replace(project.raw("observations"), CELL.format("114.5"), CELL.format("150"))
    done = project.snakemake("--until", "render")
    assert done.code == 0, done.output
    yield project
    shutil.rmtree(project.root)


@cache
def written(project: Project) -> Mapping[str, Any]:
    """The lineage of a finished build, read once."""
    return project.lineage("build")


@pytest.fixture(scope="module")
def changed(before: Project, after: Project) -> set[str]:
    return different(written(before)["values"], written(after)["values"])


def test_the_worked_answers(after: Project) -> None:
    values = written(after)["values"]
    exact = {key: values[key]["v"] for key in values}
    assert exact["gansu.compute_total"] == "150"
    assert exact["nw.compute_total"] == "352.3"  # 316.8 − 114.5 + 150
    assert exact["tier_first.compute_total"] == "281.0"  # 宁夏 131.0 + 150
    shares = {
        "nw.ai_share": 190.2 / 352.3,
        "gansu.ai_share": 79.8 / 150,
        "gansu.compute_share_nw": 150 / 352.3,
        "ningxia.compute_share_nw": 131.0 / 352.3,
        "gansu.compute_per_gdp": 150 / 13697.5,
        "gansu.target_reached.compute_total_2026": 150 / 30,
    }
    assert {key: float(exact[key]) for key in shares} == pytest.approx(shares, abs=1e-9)
    # 150 > 131.0 > 45.1 > 22.0 > 4.2
    provinces = ("gansu", "ningxia", "xinjiang", "qinghai", "shaanxi")
    assert [exact[f"{name}.rank"] for name in provinces] == ["1", "2", "3", "4", "5"]
    assert exact["nw.leader.compute_total"] == "甘肃"
    assert values["gansu.tier"]["txt"] == "第一梯队"  # from 100 on, as with 114.5
    assert exact["tier_first.members"] == "宁夏、甘肃"
    claims = written(after)["claims"]
    assert claims["nw.ai_share_over_60"]["holds"] is False  # 190.2 / 352.3 = 53.99%
    assert claims["nw.ai_share_over_60"]["margin"] == "-6.01"  # 53.99% − 60%, in points
    assert claims["nw.compute_total_leader"]["txt"].startswith("甘肃")


def test_only_values_made_from_the_cell_change(before: Project, after: Project) -> None:
    old, new = written(before)["values"], written(after)["values"]
    dependent = made_from_the_cell(old)
    assert dependent == made_from_the_cell(new)
    assert set(old) == set(new)
    assert {key: old[key] for key in old if key not in dependent} == {
        key: new[key] for key in new if key not in dependent
    }


def test_all_that_must_change_does(before: Project, changed: set[str]) -> None:
    dependent = made_from_the_cell(written(before)["values"], ARITHMETIC)
    assert {"nw.ai_share.low", "tier_second.compute_share_nw", "nw.compute_share_cn"} < dependent
    assert dependent <= changed
    # 甘肃 overtakes 宁夏; 青海 keeps the largest AI share, 宁夏 the most compute per GDP.
    overtaken = {"gansu.rank", "ningxia.rank", "nw.leader.compute_total"}
    kept = {"gansu.tier", "xinjiang.rank", "nw.leader.ai_share", "nw.leader.compute_per_gdp"}
    assert overtaken <= changed
    assert kept.isdisjoint(changed)


def test_the_rest_of_the_lineage_is_the_same(before: Project, after: Project) -> None:
    old, new = written(before), written(after)
    for part in ("format", "edition", "code", "config_sha256"):
        assert old[part] == new[part]
    differing = [b["id"] for a, b in zip(old["sources"], new["sources"], strict=True) if a != b]
    assert differing == ["observations"]

    def places(lineage: Mapping[str, Any]) -> Counter[tuple[str, str, str]]:
        return Counter((use["v"], use["sec"], use["kind"]) for use in lineage["uses"])

    moved = (places(old) - places(new)) + (places(new) - places(old))
    assert {value_id for value_id, _, _ in moved} <= LEADING


def test_only_claims_about_changed_values_are_judged_anew(
    before: Project, after: Project, changed: set[str]
) -> None:
    old, new = written(before)["claims"], written(after)["claims"]
    assert set(old) == set(new)
    about = {name for name, claim in old.items() if not changed.isdisjoint(claim["in"])}
    anew = {name for name in old if old[name] != new[name]}
    assert {"nw.ai_share_over_60", "nw.compute_total_leader"} <= anew
    assert anew <= about < set(old)
    assert old["nw.ai_share_over_60"]["holds"] is True  # 190.2 / 316.8 = 60.04%


def words(element: Element) -> str:
    """An element's text without its drawings."""
    parts = (part if isinstance(part, str) else words(part) for part in element.content)
    return "" if element.tag == "svg" else "".join(parts)


@cache
def page(project: Project) -> Element:
    """The report as people read it."""
    path = project.root / "build" / EDITION / "report.html"
    return read_html(path.read_text(encoding="utf-8"))


def printed(report: Element, attribute: str) -> dict[str, Counter[str]]:
    """How each value (data-fact) or claim (data-claim) is printed, and how often so."""
    found: dict[str, Counter[str]] = {}
    for element in report.walk():
        is_claim = "data-claim" in element.attributes
        if element.tag == "data" and is_claim == (attribute == "data-claim"):
            found.setdefault(element.attributes[attribute], Counter())[words(element)] += 1
    return found


def test_the_page_prints_exactly_the_changed_values_otherwise(
    before: Project, after: Project, changed: set[str]
) -> None:
    old, new = printed(page(before), "data-fact"), printed(page(after), "data-fact")
    assert set(old) == set(new)
    assert {key for key in old if old[key] != new[key]} == changed & set(old) | LEADING
    assert {"gansu.compute_total", "nw.ai_share", "gansu.rank"} <= changed & set(old)


def test_the_page_words_exactly_the_turned_claims_otherwise(
    before: Project, after: Project
) -> None:
    old, new = printed(page(before), "data-claim"), printed(page(after), "data-claim")
    assert set(old) == set(new)
    texts = [{n: c["txt"] for n, c in written(p)["claims"].items()} for p in (before, after)]
    turned = {name for name in texts[0] if texts[0][name] != texts[1][name]}
    assert {key for key in old if old[key] != new[key]} == turned & set(old)
    assert "nw.ai_share_over_60" in turned & set(old)


def test_the_words_around_the_values_stay(before: Project, after: Project) -> None:
    words = read_yaml(before.root / "templates/words.yaml")["page"]

    def around(report: Element) -> Counter[str]:  # the note on rounded parts follows the data
        return Counter(
            text.strip().removesuffix(words["rounded"])
            for element, text in report.runs()
            if text.strip() and not element.inside("data") and not element.inside("svg")
        )

    assert around(page(before)) == around(page(after))


def test_only_figures_that_plot_a_changed_value_differ(
    before: Project, after: Project, changed: set[str]
) -> None:
    old, new = (project.contents(f"figures/{EDITION}") for project in (before, after))
    assert set(old) == set(new)
    plotting = set()
    for name, content in old.items():
        if name.endswith(".csv"):
            rows = csv.DictReader(content.decode("utf-8").splitlines())
            if not changed.isdisjoint(row["value_id"] for row in rows):
                plotting |= {name.removesuffix("csv") + end for end in ("csv", "svg", "narrow.svg")}
    assert {"tier_map.svg", "province_scale.svg", "ai_share.svg", "ai_share.csv"} <= plotting
    assert {name for name in old if old[name] != new[name]} == plotting | {"figures.json"}


def test_every_mark_of_a_changed_value_moves_or_is_labelled_anew(
    before: Project, after: Project, changed: set[str]
) -> None:
    def labels(project: Project) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for path in (project.root / "figures" / EDITION).glob("*.csv"):
            with path.open(encoding="utf-8", newline="") as lines:
                found[path.stem] = {row["value_id"]: row["txt"] for row in csv.DictReader(lines)}
        return found

    old, new = labels(before), labels(after)
    for figure, texts in old.items():
        assert set(texts) == set(new[figure])
        assert {key for key in texts if texts[key] != new[figure][key]} == changed & set(texts)


@pytest.fixture(scope="module")
def below(before: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Values]:
    """Every value with a total of 甘肃 above its AI compute of 79.8, below the floor of 100."""
    project = before.copy(tmp_path_factory.mktemp("below") / "project")
    project.replace(project.raw("observations"), CELL.format("114.5"), CELL.format("85"))
    for stage in ("ingest", "normalise", "score"):
        done = project.run("suyuan", "stage", stage, "--edition", EDITION)
        assert done.code == 0, done.output
    yield computed(project)
    shutil.rmtree(project.root)


def computed(project: Project) -> Values:
    """Every value as the scores leave it, before any is printed."""
    path = project.root / "data/processed" / EDITION / "values.json"
    return json.loads(path.read_text(encoding="utf-8"))["values"]


def test_a_total_below_the_floor_moves_the_province_a_tier_down(below: Values) -> None:
    values = below
    assert (values["gansu.tier"]["v"], values["gansu.tier"]["txt"]) == ("2", "第二梯队")
    assert values["tier_first.members"]["v"] == "宁夏"
    assert values["tier_first.compute_total"]["v"] == "131.0"
    assert values["tier_second.members"]["v"] == "甘肃、新疆、青海"
    assert values["tier_second.member_count"]["v"] == "3"
    assert values["tier_second.compute_total"]["v"] == "152.1"  # 85 + 45.1 + 22.0
    assert values["nw.compute_total"]["v"] == "287.3"  # 316.8 − 114.5 + 85


def test_a_move_between_tiers_changes_only_values_made_from_the_cell(
    before: Project, below: Values
) -> None:
    old = computed(before)
    assert different(old, below) <= made_from_the_cell(old) | made_from_the_cell(below)
