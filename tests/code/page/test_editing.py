"""What an editor strikes out of a finished page."""

from __future__ import annotations

import pytest

from suyuan.contract.codebook import Codebook
from suyuan.core.errors import ProseError
from suyuan.page.editing import LONGEST, check_editing, other_units, problems
from suyuan.page.tree import parse

INSTEAD = {"印出": "所载"}
INDICATORS = [
    {"indicator_id": name, "name": name, "unit": unit, "display_unit": shown, "decimals": "",
     "basis": "", "minimum": "", "maximum": ""}
    for name, unit, shown in [
        ("total", "EFLOPS", "EFLOPS"), ("density", "EFLOPS/亿元", "PFLOPS/亿元"),
        ("delay", "ms", "ms"), ("share", "1", "%"),
    ]
]  # fmt: skip
UNITS = [
    {"unit": unit, "canonical": canonical, "factor": "1", "label": label, "rounded": rounded}
    for unit, canonical, label, rounded in [
        ("EFLOPS", "EFLOPS", "EFLOPS", "yes"), ("万P", "EFLOPS", "万P", "yes"),
        ("P", "EFLOPS", "P", "yes"), ("PFLOPS", "EFLOPS", "PFLOPS", "yes"),
        ("EFLOPS/亿元", "EFLOPS/亿元", "EFLOPS/亿元", "yes"),
        ("PFLOPS/亿元", "EFLOPS/亿元", "PFLOPS/亿元", "yes"), ("ms", "ms", "毫秒", "yes"),
        ("%", "1", "%", "yes"), ("1", "1", "-", "yes"), ("个", "count", "个", "no"),
    ]
]  # fmt: skip
BOOK = Codebook.from_tables(INDICATORS, UNITS)
OTHERS = other_units(BOOK)


def found(text):
    tree = parse(f"<p>{text}</p>", "page")
    return [(problem.code, problem.value) for problem in problems(tree, INSTEAD, OTHERS)]


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("规模与易观报告所载相同。", []),
        ("来源印出的数。", [("E381", "印出")]),
        ("印<b>出</b>的数。", [("E381", "印出")]),  # what a reader sees, not what is written
        ("供给的的规模。", [("E383", "的的")]),
        ("规模，，占比。", [("E383", "，，")]),
        ("规模,占比。", [("E384", ",")]),
        ("比为 3:2，见 A,B。", []),
        ("为了了解规模。", []),
        ("规模超过10万P。", [("E385", "万P")]),
        ("中心有 500P，另有 3 PFLOPS。", [("E385", "P"), ("E385", "PFLOPS")]),
        ("时延小于20ms。", [("E385", "ms")]),
        ("规模100 EFLOPS，强度3.89 PFLOPS/亿元，时延20毫秒，占60%。", []),
        ("西宁万P级集群，产品为 P100 与 5PB 存储。", []),
    ],
)
def test_what_is_struck_out(text, struck):
    assert found(text) == struck


def test_a_sentence_may_have_so_many_characters():
    assert found("字" * LONGEST + "。") == []
    assert found("字" * 40 + "；" + "字" * 40 + "。") == [("E382", "81")]
    assert found("字" * 60 + "。" + "字" * 60 + "。") == []


def test_a_page_that_an_editor_would_change_is_refused():
    with pytest.raises(ProseError):
        check_editing(parse("<p>印出</p>", "page"), INSTEAD, BOOK)
