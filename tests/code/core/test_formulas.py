"""No cell that people take away is computed by their spreadsheet."""

from __future__ import annotations

import pytest

from suyuan.core.formulas import is_formula, neutral


@pytest.mark.parametrize(
    "text",
    ['=HYPERLINK("http://x","y")', "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1",
     "＝1+1", "＋A1", "－A1", "＠x", " =1", "\u3000=1", "\u2212A1", "-1.5万", "+86-10"],
)  # fmt: skip
def test_a_formula_becomes_text(text):
    assert is_formula(text)
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-5", "\u22125.0%", "+3", "-1,310.5", "-", "\u2212"])
def test_a_number_with_a_sign_stays_one(text):
    assert neutral(text) == text


@pytest.mark.parametrize("text", ["", "宁夏", "1-3-7-14", "a=b", "131.0", "≥ 60%", "'x"])
def test_other_texts_stay_as_they_are(text):
    assert neutral(text) == text
