"""Numbers of cells: a proposal follows from the digits without a guess, or none is made."""

from __future__ import annotations

import random
import re
from decimal import Decimal

import pytest

from suyuan.contract.messages import message
from suyuan.contract.numerals import number_problem
from suyuan.core.errors import Problem
from tests.code.miniature import TEMPLATES

FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


@pytest.mark.parametrize("text", ["0", "131.0", "-3", "0.07", "12.50", "1100000000000000000000"])
def test_numbers(text):
    assert number_problem(text) is None


@pytest.mark.parametrize(
    ("text", "code", "number"),
    [
        ("１２．５", "E121", "12.5"),
        ("１2", "E121", "12"),
        ("－5", "E121", "-5"),
        ("\u22125", "E121", "-5"),
        ("1,316.8", "E122", "1316.8"),
        ("１，３１６", "E122", "1316"),
        ("1，316", "E122", "1316"),
        ("12,345,678", "E122", "12345678"),
        (".5", "E135", "0.5"),
        ("\u2212．５", "E135", "-0.5"),
    ],
)
def test_what_follows_without_a_guess_is_proposed(text, code, number):
    assert number_problem(text) == (code, {"number": number})


NO_NUMBER = [
    ("约5", "E120"), ("", "E120"), ("-", "E120"), ("--5", "E120"), ("+5", "E120"),
    ("NaN", "E120"), ("inf", "E120"), ("1 316", "E120"), ("1_316", "E120"), ("131 132", "E120"),
    ("114,5", "E120"), ("1,5", "E120"), ("1.310,5", "E120"), ("0,131", "E120"),
    ("1,3168", "E120"), ("1,316,8", "E120"), ("2026-03-31", "E120"), ("½", "E120"), ("²", "E120"),
    ("①", "E120"), ("0x10", "E120"), ("1.2.3", "E120"), ("5.", "E120"),
    ("١٢", "E120"),  # Arabic-Indic digits are digits to Python
    ("10³", "E123"), ("131.0①", "E123"), ("13O", "E123"), ("12.5万", "E123"), ("60%", "E123"),
    ("１２．５万", "E123"), ("5 EFLOPS", "E123"), ("131.0亿元左右", "E123"),
    ("1e400", "E129"), ("1.1E+07", "E129"), ("1e3", "E129"), ("1E0", "E129"), ("１ｅ３", "E129"),
    ("007", "E134"), ("-012", "E134"), ("00", "E134"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "code"), NO_NUMBER)
def test_what_would_need_a_guess_sends_people_to_the_source(text, code):
    said, details = number_problem(text)
    assert said == code
    assert "number" not in details
    line = message(Problem(code, "x.csv", 2, "value", text, details), TEMPLATES)
    assert "对照来源" in line
    words = line.removeprefix("x.csv:2:value ").replace(text, "").replace("例如 12.5", "")
    assert not re.search(r"\d", words.removesuffix(f"({code})"))  # no number of its own


def test_proposals_for_random_numbers_are_the_numbers():
    draw = random.Random(3)
    for _ in range(500):
        number = Decimal(draw.randrange(-(10**9), 10**9)).scaleb(-draw.randrange(5))
        text = f"{number:f}"
        assert number_problem(text) is None
        assert number_problem(text.translate(FULL_WIDTH)) == ("E121", {"number": text})
        if abs(number) >= 1000:
            assert number_problem(f"{number:,}") == ("E122", {"number": text})
        unit = draw.choice(["万", "亿元", "EFLOPS", "%", "P"])
        assert number_problem(text + unit) == ("E123", {"rest": unit})


def test_whatever_is_proposed_has_the_digits_of_the_cell():
    draw = random.Random(4)
    for _ in range(20_000):
        text = "".join(
            draw.choices("0123456789.,-１２，．－\u2212 eE³①½万", k=draw.randrange(1, 9))
        )
        found = number_problem(text)
        if found and "number" in found[1]:
            narrow = text.translate(str.maketrans("１２．", "12."))
            assert re.sub(r"[^0-9.]", "", narrow) == found[1]["number"].replace("-", "").replace(
                "0.", ".", 1 if found[0] == "E135" else 0
            )
