"""Bad input is told in one clear line each; it stops the workflow, and the last report stays."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from suyuan.cli import main
from tests.workflow.project import CHECKOUT, EDITION, Project

RAW = f"data/raw/{EDITION}"
MESSAGE = re.compile(r"^(\S+):(\d+):(\S+) (.+) \((E\d{3})\)$", re.MULTILINE)
HEADING = "发现 {} 处问题，报告未更新，上一份报告原样保留："


@dataclass(frozen=True)
class Place:
    """Where a message must point: a file, the row an editor shows, a column."""

    file: str
    row: int
    column: str


def swap(table: str, column: str, old: str, new: str) -> Callable[[Project], Place]:
    """Put ``new`` for the one ``old`` of a raw table; the message names that row and ``column``."""

    def edit(project: Project) -> Place:
        row = project.replace(project.raw(table), old, new)
        return Place(f"{RAW}/{table}.csv", row, column)

    return edit


def reshape(
    table: str, column: str, change: Callable[[list[list[str]]], None]
) -> Callable[[Project], Place]:
    """Change a raw table's rows; the message names the header and ``column``."""

    def edit(project: Project) -> Place:
        path = project.raw(table)
        with path.open(encoding="utf-8", newline="") as lines:
            rows = list(csv.reader(lines))
        change(rows)
        with path.open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines, lineterminator="\n").writerows(rows)
        return Place(f"{RAW}/{table}.csv", 1, column)

    return edit


def drop_comparator(rows: list[list[str]]) -> None:
    place = rows[0].index("comparator")
    for row in rows:
        del row[place]


def add_remark(rows: list[list[str]]) -> None:
    rows[0].append("remark")
    for row in rows[1:]:
        row.append("")


def remove_policies(project: Project) -> Place:
    project.raw("policies").unlink()
    return Place(f"{RAW}/policies.csv", 1, "1")


def empty_policies(project: Project) -> Place:
    project.raw("policies").write_bytes(b"")
    return Place(f"{RAW}/policies.csv", 1, "1")


def repeat_last_hub(project: Project) -> Place:
    path = project.raw("hubs")
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[-1], ""]), encoding="utf-8")
    return Place(f"{RAW}/hubs.csv", len(lines) + 1, "hub_id")


def break_bytes(column: str, before: str, broken: str) -> Callable[[Project], Place]:
    """Put a byte that no encoding knows for the first letter of a supplier's cell."""

    def edit(project: Project) -> Place:
        path = project.raw("suppliers")
        row = project.replace(path, before, broken)
        path.write_bytes(path.read_bytes().replace(b"<FF>", b"\xff"))
        return Place(f"{RAW}/suppliers.csv", row, column)

    return edit


def cell(value: str, unit: str = "Eflops", subject: str = "gansu") -> str:
    """甘肃's total as it stands in observations.csv, or with another cell."""
    return f"\nF049,{subject},compute_total,,{value},{unit},"


TOTAL = cell("114.5")
SHARE = "F129,qinghai,clean_power_share,,{},%,"


def at_total(column: str, broken: str) -> Callable[[Project], Place]:
    """Break 甘肃's total; its row is the one after the line break that ``cell`` begins with."""

    def edit(project: Project) -> Place:
        place = swap("observations", column, TOTAL, broken)(project)
        return Place(place.file, place.row + 1, place.column)

    return edit


# code, what the line must say (the value, the remedy), how the input is broken
CASES = {
    "missing file": ("E101", "缺少文件；请从上一版次复制该表", remove_policies),
    "missing column": (
        "E102",
        "缺少列“comparator”；请在表头补上这一列",
        reshape("observations", "comparator", drop_comparator),
    ),
    "unknown column": (
        "E103",
        "多出未定义的列“remark”；请删除该列",
        reshape("suppliers", "remark", add_remark),
    ),
    "duplicate key": ("E110", "说同一件事的请删除一行", repeat_last_hub),
    "misspelt foreign key": (
        "E107",
        f"“gansv”在 {RAW}/subjects.csv 中没有对应的行，可能指 subjects.csv:8“gansu”（",
        at_total("subject_id", cell("114.5", subject="gansv")),
    ),
    "text in a number": (
        "E120",
        "“一百多”不是数字；请对照来源填写半角数字",
        at_total("value", cell("一百多")),
    ),
    "no number where one is needed": (
        "E827",
        "“不详”是占位的写法，而列“value”不能为空；请对照来源填写，没有记录时请删除这一行",
        at_total("value", cell("不详")),
    ),
    "full-width digits": (
        "E121",
        "“１１４．５”含全角字符；请改为半角 114.5",
        at_total("value", cell("１１４．５")),
    ),
    "misspelt unit": (
        "E108",
        "单位“EFLOP”未登记，可能指 units.csv:2“EFLOPS”（",
        at_total("unit", cell("114.5", "EFLOP")),
    ),
    "a unit that may be several": (
        "E130",
        "单位“ZFLOPS”未登记；此处写错的请对照来源改正",
        at_total("unit", cell("114.5", "ZFLOPS")),
    ),
    "negative compute": (
        "E131",
        "“-114.5 Eflops”小于下限 0 EFLOPS；请核对数值与正负号",
        at_total("value", cell("-114.5")),
    ),
    "a share above 1": (
        "E132",
        "“194.6 %”大于上限 1；请核对数值与单位",  # 194.6% is 1.946
        swap("observations", "value", SHARE.format("94.6"), SHARE.format("194.6")),
    ),
    "invalid bytes": (
        "E140",
        "含有无法识别的字节 FF",
        break_bytes("4", "aliyun,internet_cloud,1,以", "aliyun,internet_cloud,1,<FF>"),
    ),
    "invalid bytes after a quoted comma": (
        "E140",
        "请用 UTF-8（或 GB18030）重新保存该文件",
        break_bytes("4", "aliyun,internet_cloud,1,以", 'aliyun,"internet,cloud",1,<FF>'),
    ),
    "empty file": ("E141", "文件为空；请从上一版次复制该表", empty_policies),
    "a quote left open": (
        "E142",
        "请补上英文双引号，或删去多余的一个",
        at_total("5", cell('"114.5')),
    ),
}


def complaints(output: str) -> list[tuple[Place, str, str]]:
    """Place, words and code of every message line."""
    return [
        (Place(file, int(row), column), words, code)
        for file, row, column, words, code in MESSAGE.findall(output)
    ]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Raw tables and configuration to be broken, nothing built; the working folder."""
    root = tmp_path / "project"
    for name in ("config", f"data/raw/{EDITION}"):
        shutil.copytree(CHECKOUT / name, root / name)
    for name in ("Snakefile", "templates", "workflow"):
        (root / name).symlink_to(CHECKOUT / name)
    monkeypatch.chdir(root)
    return Project(root)


@pytest.mark.parametrize("case", CASES)
def test_bad_input_gives_one_line(
    here: Project, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    code, words, damage = CASES[case]
    place = damage(here)
    assert main(["check", EDITION]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    (found,) = complaints(said.err)
    assert (found[0], found[2]) == (place, code)
    assert words in found[1]
    assert "Traceback" not in said.err


def test_an_edition_that_does_not_exist_is_named_with_those_that_do(
    here: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "2031Q4"]) == 1
    ((place, words, code),) = complaints(capsys.readouterr().err)
    assert (place, code) == (Place("--edition", 1, "edition"), "E100")
    assert "“2031Q4”不存在" in words
    assert f"现有版次：{EDITION}。请改正版次名" in words


# --- the workflow -----------------------------------------------------------------------------


def test_the_workflow_tells_all_problems_of_a_run_and_leaves_the_report(project: Project) -> None:
    report = project.contents("report")
    places = [
        at_total("value", cell("１１４．５"))(project),
        swap("hubs", "subject_id", "张家口数据中心集群,,", "张家口数据中心集群,gansv,")(project),
    ]
    done = project.snakemake()
    assert done.code == 1
    found = complaints(done.output)
    assert sorted((p.file, p.row, p.column, code) for p, _, code in found) == [
        (places[1].file, places[1].row, "subject_id", "E107"),
        (places[0].file, places[0].row, "value", "E121"),
    ]
    assert HEADING.format(2) in done.output
    assert "Traceback" not in done.output
    assert project.contents("report") == report


def test_the_workflow_refuses_an_edition_that_does_not_exist(project: Project) -> None:
    report = project.contents("report")
    done = project.snakemake("--config", "edition=2031Q4")
    assert done.code == 1
    ((place, _, code),) = complaints(done.output)
    assert (place.file, place.column, code) == ("--edition", "edition", "E100")
    assert "Traceback" not in done.output
    assert project.contents("report") == report
