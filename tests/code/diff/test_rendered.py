"""The summary of a pull request and the lines of a terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suyuan.diff import rendered
from tests.code.diff.seen import LESS_AI, MORE, seen
from tests.code.miniature import fixed


@pytest.fixture(scope="module")
def both(tmp_path_factory, schemas):
    return seen(tmp_path_factory.mktemp("both"), schemas, LESS_AI, MORE)


def summary(shown):
    return rendered.summary(shown.templates, shown.view, shown.words)


def test_a_claim_that_flips_is_at_the_top(both):
    text = summary(both)
    flipped = text.index("| 山区 智算占比 | 反转 | 超过四成 | 不足四成 |")
    assert flipped < text.index("## 文字") < text.index("## 修订的数值") < text.index("## 输入")
    assert "<del>超过</del><ins>不足</ins>" in text
    assert "| 50.00% | 31.82% | −18.18 个百分点 (−36.4%) |" in text


def test_what_cannot_be_explained_comes_before_all(both):
    entry = {"id": "rg.ai_share", "before": "1", "after": "2", "reason": "unreached"}
    document = {**both.view.document, "unexplained": [entry]}
    shown = replace(both, view=both.of(both.root, document, both.base, both.head).view)
    text = summary(shown)
    assert text.index("无法解释的变化") < text.index("## 论断")
    assert "全部变化均已归因" not in text
    assert "全部变化均已归因" in summary(both)


def test_method_stands_apart_from_data(tmp_path, schemas):
    edits = (LESS_AI, fixed("minimum", "first", "21", "tiers"))
    text = summary(seen(tmp_path, schemas, *edits))
    data, method = text.index("### 数据"), text.index("（不属于市场变动）")
    assert data < text.index("T005", text.index("## 输入")) < method
    assert method < text.index("梯队门槛 first", method)


def test_an_empty_comparison_says_so(tmp_path, schemas):
    shown = seen(tmp_path, schemas)
    assert "两份报告没有差异。" in summary(shown)
    assert shown.lines().strip() == "base → head：没有差异"


def test_it_fits_a_comment_whatever_the_size(both):
    many = [
        replace(item, id=f"{item.id}{n}", title="长" * 60)
        for item in both.view.of("value", "number", "text", "input")
        for n in range(400)
    ]
    shown = replace(both, view=replace(both.view, items=tuple(many)))
    text = summary(shown)
    assert len(text) <= 60_000
    assert "项未列，见 index.html" in text


def test_a_terminal_shows_one_screen_unless_all_is_asked(both):
    many = [replace(item, id=f"{n}") for item in both.view.items for n in range(30)]
    shown = replace(both, view=replace(both.view, items=tuple(many)))
    text = shown.lines(width=60)
    assert text.count("\n") <= rendered.SCREEN
    assert "--all" in text
    assert all(len(line) <= 60 for line in text.split("\n"))
    assert "--all" not in shown.lines(whole=True)
    assert shown.lines(whole=True).count("\n") > len(many)


def test_only_some_kinds(both):
    text = both.lines(only=["claim"])
    assert "论断（1）" in text
    assert "修订的数值（" not in text


@pytest.mark.parametrize(
    ("text", "printed"),
    [("a|b", r"a\|b"), ("*a*_b_", r"\*a\*\_b\_"), ("a\nb", "a b"), ("<i>", r"\<i\>")],
)
def test_markdown_prints_text_as_it_is(text, printed):
    assert rendered.markdown(text) == printed


def test_a_line_is_cut_by_its_columns():
    assert rendered.cut("中文字", 6) == "中文字"
    assert rendered.cut("中文字符", 6) == "中文…"
    assert rendered.cut("abc", 3) == "abc"
