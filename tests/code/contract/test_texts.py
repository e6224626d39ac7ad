"""Texts of cells: nothing unseen, no mark of a gap, not a whole page."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from suyuan.contract.texts import LONGEST, read_texts
from suyuan.contract.unseen import bare, is_unseen, shown, unseen
from tests.code.miniature import ROOT

TEXTS = read_texts(ROOT / "workflow/schemas")
UNSEEN = {
    "NUL": "\0", "bell": "\x07", "escape": "\x1b", "tab": "\t", "delete": "\x7f",
    "next line": "\x85",
    "no-break space": "\xa0", "soft hyphen": "\xad", "zero width space": "\u200b",
    "right to left": "\u202e", "isolate": "\u2066", "line separator": "\u2028", "BOM": "\ufeff",
    "variation": "\ufe0f", "accent": "\u0301", "Hangul filler": "\u3164", "Braille blank": "\u2800",
    "en space": "\u2002", "private": "\ue000", "no character": "\ufffe", "unassigned": "\u0378",
    "replacement": "\ufffd", "tag": "\U000e0041", "surrogate": "\ud800",
}  # fmt: skip


@pytest.mark.parametrize("character", UNSEEN.values(), ids=UNSEEN.keys())
def test_what_is_not_seen_is_found_and_shown(character):
    text = f"宁{character}夏"
    assert unseen(text) == character
    assert bare(text) == "宁夏"
    assert shown(text) == f"宁⟨U+{ord(character):04X}⟩夏"
    assert [code for code, _ in TEXTS.problems(text, ())] == ["E820"]


@pytest.mark.parametrize(
    "text", ["宁夏 131.0", "“甘肃”①〇——…·", "a\u3000b", "≥ 60%", "𠮷", "Ω, κ, é"]
)
def test_what_is_seen_is_left_alone(text):
    assert unseen(text) == ""
    assert shown(text) == text
    assert list(TEXTS.problems(text, ())) == []


def test_the_quick_way_finds_as_much():
    for code in range(sys.maxunicode + 1):
        if is_unseen(chr(code)):
            assert unseen(f"中{chr(code)}"), hex(code)


def test_no_category_of_letters_or_signs_is_unseen_as_a_whole():
    assert not any(is_unseen(c) for c in "aé中αβ+≥％、。（）×→■①")
    assert unicodedata.category("\u0301") == "Mn"  # and yet nobody sees what it stands on


@pytest.mark.parametrize(
    "text",
    ["=A1", "= A1", "=SUM(A1:A9)", '="x"', "=1+1", "＝A1", "@SUM(A1)", "+A1", "-$B$2", "-SUM(A1)"],
)
def test_a_formula_is_no_text(text):
    assert list(TEXTS.problems(text, ())) == [("E866", {})]
    assert list(TEXTS.problems(text, (text,))) == []


@pytest.mark.parametrize(
    "text", ["= ≈ >", "+18%~23%", "-3.2%", "≥60%", "A=B", "+超过一半", "- abc"]
)
def test_signs_before_a_text_make_no_formula(text):
    assert list(TEXTS.problems(text, ())) == []


@pytest.mark.parametrize("text", ["true", "FALSE", "yes", "No", "真"])
def test_an_answer_without_a_question_is_no_text(text):
    assert list(TEXTS.problems(text, ())) == [("E821", {})]
    assert list(TEXTS.problems(text, (text,))) == []


GAPS = ["（无）", "【待补】", "“暂无”。", "Ｎ／Ａ", "N.A.", "***", "，", "－", '"', "##", "待核实"]


@pytest.mark.parametrize("text", [*GAPS, "[object Object]", "(null)", "_TBD_"])
def test_marks_around_a_gap_make_no_text_of_it(text):
    assert list(TEXTS.problems(text, ())) == [("E821", {})]


@pytest.mark.parametrize("text", ["%", "℃", "无锡", "（五）", "C", "缺口", "null 值", "①"])
def test_a_short_text_is_a_text(text):
    assert list(TEXTS.problems(text, ())) == []


@pytest.mark.parametrize("text", ["#REF!", "#N/A", "n/a", "NULL", "null", "None", "NaN", "-", "—",
                                  "待补", "不详", "？", "TBD", "...", "无", "#DIV/0!"])  # fmt: skip
def test_what_stands_for_a_gap_is_no_text(text):
    assert list(TEXTS.problems(text, ())) == [("E821", {})]
    assert list(TEXTS.problems(text, (text,))) == []
    assert list(TEXTS.problems(f"{text}级", ())) == []  # part of a word


def test_a_cell_is_no_page():
    assert list(TEXTS.problems("长" * LONGEST, ())) == []
    ((code, details),) = TEXTS.problems("长" * (LONGEST + 1), ())
    assert (code, details["longest"]) == ("E822", str(LONGEST))
