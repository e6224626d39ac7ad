"""What an editor strikes out of a finished page."""

from __future__ import annotations

import pytest

from suyuan.core.errors import ProseError
from suyuan.page.editing import LONGEST, check_editing, problems
from suyuan.page.tree import parse

INSTEAD = {"印出": "所载"}


def found(text):
    tree = parse(f"<p>{text}</p>", "page")
    return [(problem.code, problem.value) for problem in problems(tree, INSTEAD)]


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
        check_editing(parse("<p>印出</p>", "page"), INSTEAD)
