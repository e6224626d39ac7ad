"""The header is looked at before any row: each of its faults is said once, and nothing after it."""

from __future__ import annotations

import pytest

from suyuan.contract.messages import message
from suyuan.contract.rows import shape
from suyuan.contract.schema import Field, Schema
from suyuan.contract.tables import RawTable
from suyuan.contract.texts import Texts
from tests.code.miniature import TEMPLATES

FIELDS = tuple(Field(name, "string", "") for name in ("obs_id", "value", "unit", "note"))
TEXTS = Texts(totals=frozenset({"合计"}))
SCHEMA = Schema("plots", "地块", "", "obs_id", FIELDS, (), texts=TEXTS)
HEADER = [field.name for field in FIELDS]
ROWS = [["a", "1", "P", ""], ["b", "2", "P", ""]]


def told(*lines):
    records = list(enumerate(map(list, lines), start=1))
    table, found = shape(RawTable(records[0][1], records[1:]), SCHEMA, "plots.csv")
    assert bool(found) != bool(table.rows)
    return [(p.code, p.row, p.column) for p in found], [message(p, TEMPLATES) for p in found]


def test_columns_in_any_order_are_a_header():
    assert told(HEADER[::-1], *ROWS) == ([], [])


@pytest.mark.parametrize(
    "before", [[["西北算力"]], [["# x"], ["单位：P", ""]], [["题", "", "", ""]]]
)
def test_lines_above_the_header_are_said_once(before):
    places, lines = told(*before, HEADER, *ROWS)
    assert places == [("E809", len(before) + 1, "")]
    assert f"其上另有 {len(before)} 行（首行是“{before[0][0]}”）" in lines[0]


def test_a_table_without_a_header_is_given_one():
    places, lines = told(*ROWS)
    assert places == [("E810", 1, "")]
    assert "obs_id,value,unit,note" in lines[0]


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("\ufeffobs_id", "E812", "⟨U+FEFF⟩obs_id"),
        ("obs\u200b_id", "E812", "obs⟨U+200B⟩_id"),
        ("obs_id\xa0", "E812", "obs_id⟨U+00A0⟩"),
        ("obsid", "E813", "疑为“obs_id”之误"),
        ("Obs_ID", "E813", "疑为“obs_id”之误"),
    ],
)
def test_a_name_that_is_nearly_right_is_said_once(name, code, said):
    places, lines = told([name, *HEADER[1:]], *ROWS)
    assert places == [(code, 1, "obs_id")]
    assert said in lines[0]


@pytest.mark.parametrize("written", [str.upper, str.title])
def test_a_header_in_other_letters_is_said_once(written):
    places, lines = told([written(name) for name in HEADER], *ROWS)
    assert places == [("E867", 1, "")]
    assert "请把首行改为：obs_id,value,unit,note" in lines[0]


def test_what_else_is_wrong_with_a_header_in_other_letters_is_said_too():
    places, lines = told(["OBS_ID", "VALUE", "zzz", "note"], *ROWS)
    assert places == [("E867", 1, ""), ("E102", 1, "unit"), ("E103", 1, "zzz")]
    assert "请把首行改为：obs_id,value,zzz,note" in lines[0]


def test_a_column_that_is_like_none_is_unknown_and_another_one_missing():
    places, _ = told([*HEADER[:3], "zzz"], *ROWS)
    assert places == [("E102", 1, "note"), ("E103", 1, "zzz")]


def test_one_missing_column_is_meant_by_one_name_alone():
    places, _ = told([*HEADER[:3], "notes", "notte"], [*ROWS[0], ""])
    assert [code for code, *_ in places] == ["E813", "E103"]


def test_remarks_and_totals_among_the_rows_are_said_to_be_such():
    places, _ = told(HEADER, ROWS[0], ["# so", "and so"], ROWS[1], ["合计", "3", "P", ""])
    assert places == [("E814", 3, "obs_id"), ("E815", 5, "obs_id")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (["注：截至年底"], "E818"),
        (["资料来源：统计局", "", "", ""], "E818"),
        (["", "", "万亩", ""], "E818"),
        (HEADER, "E818"),
        (["OBS_ID", "Value", "Unit", "Note"], "E818"),
        (["合 计", "3", "P", ""], "E815"),
        (["合　计", "3", "P", ""], "E815"),
        (["c"], "E105"),
        (["c", "", "P"], "E105"),
    ],
)
def test_what_is_no_data_is_said_to_be_none(line, code):
    places, _ = told(HEADER, *ROWS, line)
    assert places == [(code, 4, places[0][2])]


@pytest.mark.parametrize("line", [["1", "2", "3", "4"], ["编号", "数值", "单位", "备注"]])
def test_a_second_header_is_said_to_be_one(line):
    assert told(HEADER, line, *ROWS)[0] == [("E818", 2, "obs_id")]


def test_the_only_line_of_a_table_is_no_second_header():
    """Its key may be in Chinese by mistake; to delete it would leave no row."""
    assert told(HEADER, ["甲", "三", "亩", "无"])[0] == []


def test_rows_that_say_little_are_rows():
    assert told(HEADER, ["c", "", "", ""], *ROWS)[0] == []
    assert told(HEADER, ["c", "三", "亩", "无"], *ROWS)[0] == []
