"""The recipes of CONTRIBUTING.md can be followed to the letter, and do what they promise."""

from __future__ import annotations

import csv
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.workflow.project import CHECKOUT, EDITION, Project
from tests.workflow.recipes import Block, Misleading, recipes

TEXT = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
RECIPES = {recipe.title: recipe for recipe in recipes(TEXT, EDITION)}
SMALL = ("Add a chart kind", "Add an export format", "Add an operation")
FEW = 3  # files that a newcomer touches for one of these


@pytest.fixture(scope="module")
def grown(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The project with everything that the recipes add, and its report."""
    project = Project(built).copy(tmp_path_factory.mktemp("grown") / "project")
    for folder in ("docs", "tests"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(CHECKOUT / folder, project.root / folder, ignore=ignored)
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for recipe in RECIPES.values():
        for block in recipe.blocks:
            if block.language != "sh":
                block.follow(project.root)
                continue
            done = project.command("bash", "-euo", "pipefail", "-c", block.text, PATH=path)
            assert done.code == 0, f"{recipe.title}: {done.output}"
    done = project.snakemake()
    assert done.code == 0, done.output
    yield project
    shutil.rmtree(project.root)


class Report:
    """What the tests look at in the grown report."""

    def __init__(self, project: Project) -> None:
        self.root = project.root
        self.lineage: dict[str, Any] = dict(project.lineage())
        self.values = self.lineage["values"]
        path = self.root / f"report/{EDITION}/report.html"
        self.html = path.read_text(encoding="utf-8")

    def printed(self, value_id: str, section: str = "") -> bool:
        """Whether some section, or this one, prints the value."""
        uses = (use for use in self.lineage["uses"] if use["v"] == value_id)
        return any(section in ("", use["sec"]) for use in uses)


@pytest.fixture(scope="module")
def report(grown: Project) -> Report:
    return Report(grown)


SECTION = "02-16-storage"
FIGURE = "  province_ai:\n    draw: {}\n"


def sees_indicator(report: Report) -> bool:
    value = report.values["nw.storage_total"]
    return (value["v"], value["u"], value["op"]) == ("12.5", "EB", "convert")


def sees_province(report: Report) -> bool:
    # 131.0 + 114.5 + 45.1 + 22.0 + 4.2 + 40.0 = 356.8; behind 宁夏, 甘肃 and 新疆
    total, rank = report.values["nw.compute_total"], report.values["neimenggu.rank"]
    return total["v"] == "356.8" and rank["v"] == "4" and report.printed("neimenggu.rank")


def sees_supplier(report: Report) -> bool:
    known = "newcloud.rank" not in report.values
    return known and report.printed("subjects.name.newcloud", "03-04-suppliers")


def sees_section(report: Report) -> bool:
    return f'id="{SECTION}"' in report.html and report.printed("nw.storage_total", SECTION)


def sees_figure(report: Report) -> bool:
    return report.printed("neimenggu.ai_compute", SECTION) and "fig-province_ai" in report.html


def sees_kind(report: Report) -> bool:
    project = Project(report.root)
    described = report.root / "config/figures.yaml"
    project.replace(described, FIGURE.format("bars"), FIGURE.format("stems"))
    for stage in ("chart", "render"):
        done = project.run("suyuan", "stage", stage)
        assert done.code == 0, done.output
    html = (report.root / f"build/{EDITION}/report.html").read_text(encoding="utf-8")
    return "点线图，共 6 项；最大为甘肃" in html  # five provinces, and the one of the recipe


def sees_table(report: Report) -> bool:
    dictionary = (report.root / "docs/data-dictionary.md").read_text(encoding="utf-8")
    return "示范项目" in dictionary and report.printed("pilots.name.green_direct", SECTION)


def sees_claim(report: Report) -> bool:
    claim = report.lineage["claims"]["nw.storage_over_ten"]
    return claim["holds"] and claim["txt"] == "超过十个单位" and claim["txt"] in report.html


def sees_check(report: Report) -> bool:
    verdict = "audit.verdict.a56"  # 210.2 of 356.8 are 58.9 %, at least 60 by the source
    return report.values[verdict]["v"] == "矛盾" and report.printed(verdict, "B-audit")


def sees_operation(report: Report) -> bool:
    # 131.0 − 4.2
    spread = report.values["nw.compute_total.spread"]
    return (spread["v"], spread["op"], len(spread["in"])) == ("126.8", "spread", 6)


def sees_format(report: Report) -> bool:
    folder = report.root / f"report/{EDITION}"
    lines = (folder / "numbers.jsonl").read_text(encoding="utf-8").splitlines()
    total = {"id": "nw.compute_total", "value": "356.8", "unit": "EFLOPS"}
    crate = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    (entity,) = [each for each in crate["@graph"] if each["@id"] == "numbers.jsonl"]
    said = (entity["name"], entity["encodingFormat"])
    return total in map(json.loads, lines) and said == ("全部数值（每行一个）", "application/jsonl")


def sees_message(report: Report) -> bool:
    project = Project(report.root)
    path = project.raw("observations")
    text = path.read_text(encoding="utf-8")
    header, *_, last = csv.reader(text.splitlines())
    last[header.index("obs_id")] = last[header.index("restates")] = "X009"
    last[header.index("qualifier")] = "again"
    path.write_text(f"{text}{','.join(last)}\n", encoding="utf-8")
    done = project.run("suyuan", "check")
    path.write_text(text, encoding="utf-8")
    (line,) = [line for line in done.output.splitlines() if line.endswith("(E159)")]
    return done.code == 1 and ":restates “X009”复述的是它自己" in line


LOOKS: dict[str, Callable[[Report], bool]] = {
    "Add an indicator": sees_indicator,
    "Add a province": sees_province,
    "Add a supplier": sees_supplier,
    "Add a section": sees_section,
    "Add a figure": sees_figure,
    "Add a chart kind": sees_kind,
    "Add a table": sees_table,
    "Add a claim": sees_claim,
    "Add a check of the source": sees_check,
    "Add an operation": sees_operation,
    "Add an export format": sees_format,
    "Add a message": sees_message,
}


def test_every_recipe_is_looked_at() -> None:
    assert list(LOOKS) == list(RECIPES)
    assert [title for title, recipe in RECIPES.items() if not recipe.blocks] == []


@pytest.mark.slow
@pytest.mark.parametrize("title", LOOKS)
def test_a_recipe_adds_what_it_says(report: Report, title: str) -> None:
    assert LOOKS[title](report)


@pytest.mark.parametrize("title", SMALL)
def test_a_newcomer_touches_few_files(title: str) -> None:
    assert len(RECIPES[title].files) <= FEW


# --- how blocks are followed ------------------------------------------------------------------


def test_rows_go_to_the_end_of_their_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\n1,x\n", encoding="utf-8")
    Block("csv", "a.csv", "id,name\n2,y\n").follow(tmp_path)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "id,name\n1,x\n2,y\n"
    with pytest.raises(Misleading):
        Block("csv", "a.csv", "id,title\n3,z\n").follow(tmp_path)


def test_lines_follow_the_line_they_begin_with(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("one:\n  x: 1\ntwo:\n  y: 2\n", encoding="utf-8")
    Block("yaml", "a.yaml", "one:\n  z: 3\n").follow(tmp_path)
    Block("yaml", "a.yaml", "three: 4\n").follow(tmp_path)
    text = (tmp_path / "a.yaml").read_text(encoding="utf-8")
    assert text == "one:\n  z: 3\n  x: 1\ntwo:\n  y: 2\nthree: 4\n"
    (tmp_path / "a.yaml").write_text("one:\none:\n", encoding="utf-8")
    with pytest.raises(Misleading):
        Block("yaml", "a.yaml", "one:\n  z: 3\n").follow(tmp_path)


def test_a_new_file_is_the_block(tmp_path: Path) -> None:
    Block("yaml", "b/c.yaml", "one: 1\n").follow(tmp_path)
    assert (tmp_path / "b/c.yaml").read_text(encoding="utf-8") == "one: 1\n"
