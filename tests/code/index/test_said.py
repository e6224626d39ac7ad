"""What the command says: two languages that say the same, and nothing of the report."""

from __future__ import annotations

import ast
import re
from string import Formatter

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import Problem
from suyuan.core.language import language
from suyuan.index import said
from tests.code.miniature import ROOT

LIBRARY = ROOT / "workflow/lib/suyuan"
ZH, EN = said.words("zh"), said.words("en")
CODE = re.compile(r"E\d{3}")
CODES = [name for name in ZH if CODE.fullmatch(name)]
CJK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
# What other rooms raise for the files of an index.
BORROWED = {
    "contract/configured.py": ("E18", "E19", "E87"),
    "contract/encodings.py": ("E802", "E805", "E819"),
    "contract/merging.py": ("E807",),
    "core/errors.py": ("E40",),
}
READ = {"E801", "E803"}  # what others refuse: workbooks, UTF-16
TOLD_BEFORE = {"E190"}  # no such file: E514


def constants(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {one.value for one in ast.walk(tree) if isinstance(one, ast.Constant)}


def used():
    rooms = [*(LIBRARY / "index").glob("*.py"), *(LIBRARY / "results").glob("*.py")]
    own = {code for path in rooms for code in constants(path)}
    lent = {
        code
        for name, starts in BORROWED.items()
        for code in constants(LIBRARY / name)
        if isinstance(code, str) and code.startswith(starts)
    }
    found = {code for code in own | lent if isinstance(code, str) and CODE.fullmatch(code)}
    return found - READ - TOLD_BEFORE


def places(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_every_code_has_words_and_all_words_are_said():
    assert used() == set(CODES)


def test_both_languages_have_the_same_names_in_one_order():
    assert list(ZH) == list(EN)


@pytest.mark.parametrize("name", ZH)
def test_both_languages_say_the_same_things(name):
    assert set(places(ZH[name])) == set(places(EN[name]))


@pytest.mark.parametrize("code", CODES)
def test_a_message_is_one_line_with_a_remedy_in_its_own_language(code):
    assert "请" in ZH[code]
    assert ";" in EN[code], "what is wrong; what to do"
    assert not CJK.search(EN[code])
    for text in (ZH[code], EN[code]):
        assert "\n" not in text
        assert not text.endswith(("。", "，", "；", ".", ";"))


# What only makes sense in the folder of the report.
OURS = (
    "上一版次", "版本库", "data-dictionary", "snakemake", "note 列", "相应的列", "登记", "报告",
    "edition", "repository", "the report",
)  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_no_remedy_is_that_of_the_report(code):
    assert not [word for word in OURS if word in ZH[code] + EN[code]]


def test_a_line_has_place_words_and_code():
    problem = Problem("E514", "x.csv", 1)
    assert said.lines([problem], "en") == ["x.csv:1:1 there is no such file; check the path (E514)"]
    assert said.lines([problem], "zh") == [message(problem, said.folder("zh"))]


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_TW"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "en_GB", "LC_ALL": "zh_CN"}, "zh"),
        ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, "en"),
    ],
)
def test_the_locale_chooses_the_language(environment, spoken):
    assert language(None, environment) == spoken
    assert language("en", environment) == "en"
