"""``suyuan diff`` and ``suyuan review`` on two folders, as a person gives the commands."""

from __future__ import annotations

import json
import re
import shutil

import pytest

from suyuan import cli
from suyuan.diff.sides import LINEAGE
from tests.code.diff.seen import LESS_AI, page
from tests.code.diff.sides import side

CLAIM = "claim:rg.ai_share_over_40"


@pytest.fixture
def given(tmp_path, schemas, monkeypatch, capsys):
    """Give a command on two delivered reports in a project; its exit code and what it printed."""
    for name, edits in (("base", ()), ("head", (LESS_AI,))):
        own = side(tmp_path / name, schemas, edits)
        page(own)
        for file in (own.made / LINEAGE, own.html):
            shutil.copy(file, own.folder)
    shutil.copytree(tmp_path / "head", tmp_path / "project", symlinks=True)
    (tmp_path / "project" / LINEAGE).unlink()
    monkeypatch.chdir(tmp_path / "project")

    def give(command, *more, head="../head"):
        code = cli.main([command, "../base", head, *map(str, more)])
        return code, capsys.readouterr()

    return give


def test_a_comparison_is_written_and_said(given, tmp_path):
    code, said = given("diff", "--exit-code")
    assert code == 1
    assert "[反转] 山区 智算占比：超过四成 → 不足四成" in said.out
    out = tmp_path / "project" / said.out.splitlines()[-1]
    assert {path.name for path in out.iterdir()} == {"diff.json", "index.html", "summary.md"}
    document = json.loads((out / "diff.json").read_text(encoding="utf-8"))
    assert document["format"] == "diff/1"
    assert {"text", "figures", "sections"} <= set(document)


def test_the_same_report_is_no_difference(given):
    code, said = given("diff", "--exit-code", head="../base")
    assert code == 0
    assert "没有差异" in said.out


def test_only_and_tolerance_narrow_what_is_printed(given):
    _, said = given("diff", "--only", "value", "--tolerance", "0.5")
    # The AI compute of alpha fell from 20 to 5, the region's from 50 to 35.
    assert "甲 智算规模：20.0 → 5.0（−15.0）" in said.out
    assert "山区 智算规模：" not in said.out
    assert "论断（" not in said.out


def test_a_review_from_open_to_settled(given, tmp_path):
    code, said = given("review", "--require")
    assert code == 1
    assert CLAIM in said.out
    assert "尚有差异未经接受" in said.out
    code, _ = given("review", "--by", "甲", "--accept", "input:*", "--accept", "text:*")
    assert code == 0
    code, said = given(
        "review", "--require", "--by", "乙", "--question", CLAIM, "--comment", "待查"
    )
    assert code == 1
    assert "[存疑]" in said.out
    assert "待查" in said.out
    code, said = given("review", "--require", "--by", "乙", "--accept", CLAIM)
    assert code == 0
    assert "全部差异均已接受" in said.out
    kept = (tmp_path / "project/data/review/2030Q1.csv").read_text(encoding="utf-8")
    assert kept.startswith("item,digest,verdict,comment,reviewer,reviewed_on,base\n")
    assert "乙" in kept
    assert given("review", "--require")[0] == 0


def test_nobody_accepts_without_a_name(given, tmp_path):
    code, said = given("review", "--accept", "input:*")
    assert code == 1
    assert "(E389)" in said.err
    assert not (tmp_path / "project/data/review").exists()


def test_the_page_knows_what_was_said(given, tmp_path):
    given("review", "--by", "甲", "--accept", CLAIM)
    _, said = given("diff")
    html = (tmp_path / "project" / said.out.splitlines()[-1] / "index.html").read_text("utf-8")
    assert f'"{CLAIM}":{{"by":"甲"' in html


HEADER = "item,digest,verdict,comment,reviewer,reviewed_on,base"


@pytest.mark.parametrize(
    ("record", "code", "line"),
    [
        (f"{HEADER}\na,b,acepted,,甲,2030-01-01,x\n", "E395", 2),
        (f"{HEADER}\na,b,accepted,,甲,2030-01-01,x\n<<<<<<< HEAD\n", "E807", 3),
        (f"{HEADER}\na,b,accepted,,甲,2030-01-01,x,y\n", "E395", 2),
        ("item,verdict\n", "E396", 1),
        ("", "E141", 1),
        (b"\xff\xfe\x00", "E803", 1),
    ],
    ids=["verdict", "conflict", "cell", "header", "empty", "bytes"],
)
@pytest.mark.parametrize("command", ["review", "diff"])
def test_a_broken_record_is_said_so(given, tmp_path, command, record, code, line):
    file = tmp_path / "project/data/review/2030Q1.csv"
    file.parent.mkdir(parents=True)
    file.write_bytes(record if isinstance(record, bytes) else record.encode())
    exit_code, said = given(command)
    assert exit_code == 1
    assert f"data/review/2030Q1.csv:{line}" in said.err
    assert f"({code})" in said.err


def test_a_record_that_a_spreadsheet_saved_is_read(given, tmp_path):
    given("review", "--by", "甲", "--accept", "input:*", "--comment", "逐条\n核对过")
    file = tmp_path / "project/data/review/2030Q1.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count("\n") == 2  # the header, and a line for the verdict
    assert "逐条 核对过" in text
    file.write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    code, said = given("review", "--by", "甲", "--accept", "text:*", "--accept", "claim:*")
    assert code == 0
    assert "全部差异均已接受" in said.out
    assert "逐条 核对过" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("by", ["", " "])
def test_a_blank_is_nobody(given, by):
    code, said = given("review", "--by", by, "--accept", "input:*")
    assert (code, "(E389)" in said.err) == (1, True)


@pytest.mark.parametrize("share", ["nan", "-5", "inf", "ein"])
def test_a_tolerance_is_a_share(given, share):
    with pytest.raises(SystemExit) as refused:
        given("diff", f"--tolerance={share}")
    assert refused.value.code == 2


SHARE = r'("rg.ai_share": *{[^}]*"v":)"[^"]*"'


def broken(change):
    """An edit of the lineage as text."""

    def edit(file):
        text = file.read_text(encoding="utf-8")
        assert change(text) != text
        file.write_text(change(text), encoding="utf-8")

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        broken(lambda text: text[: len(text) // 2]),
        broken(lambda _: "[]"),
        broken(lambda _: "{}"),
        broken(lambda text: re.sub(SHARE, r'\1"abc"', text)),
        broken(lambda text: re.sub(SHARE, r"\1null", text)),
        lambda file: file.write_bytes(b"\xff\xfe"),
    ],
    ids=["half", "list", "nothing", "no number", "null", "bytes"],
)
def test_a_broken_lineage_is_said_so(given, tmp_path, edit):
    edit(tmp_path / "head" / LINEAGE)
    code, said = given("diff")
    assert code == 1
    assert "(E390)" in said.err


def test_a_number_written_into_the_lineage_is_code_three(given, tmp_path):
    broken(lambda text: re.sub(SHARE, r'\1"0.37"', text))(tmp_path / "head" / LINEAGE)
    code, said = given("diff", "--exit-code")
    assert code == 3
    assert "无法解释的变化（1）" in said.out
