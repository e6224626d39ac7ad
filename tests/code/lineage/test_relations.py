"""Words are read back to the relation that they state."""

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import ConfigError
from suyuan.core.layout import Layout
from suyuan.lineage.relations import WORDS, read_relations
from tests.code.miniature import ROOT, TEMPLATES


@pytest.fixture(scope="module")
def relations(project_layout):
    return read_relations(project_layout)


@pytest.fixture(scope="module")
def project_layout():
    return Layout(ROOT, "2030Q1")


def stated(relations, text):
    return [(found.word, set(found.relations)) for found in relations.stated(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甘肃的现状超过目标", [("超过", {"above"})]),
        ("名次移动都不超过一位", [("不超过", {"below", "equal"})]),  # and never 超过
        ("未达到目标", [("未达到", {"below"})]),
        ("不低于门槛", [("不低于", {"equal", "above"})]),
        ("宁夏、甘肃总量并列居首", [("并列居首", {"several"})]),
        ("宁夏总量居首", [("居首", {"one"})]),
        ("集群超过全省，部分大于整体", [("超过", {"above"}), ("大于", {"above"})]),
        ("是否达到期初的两倍，难以断定", []),  # asks, and states nothing
        ("有升有降", [("有升有降", {"mixed"})]),
        ("总规模为", []),
    ],
)
def test_the_longest_word_is_read_first(relations, text, expected):
    assert stated(relations, text) == expected


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("relations:\n  above: [超过]\n  abov: [高于]\n", "E185", 3),
        ("relations:\n  above: [超过]\n  below: [低于, 超过]\n", "E193", 3),
        ("relations:\n  above: []\n", "E182", 2),
        ("words: {}\n", "E196", 1),
    ],
)
def test_what_is_no_list_of_words_is_told_with_its_line(tmp_path, text, code, row):
    (tmp_path / "templates").mkdir()
    (tmp_path / WORDS).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as stopped:
        read_relations(Layout(tmp_path, "2030Q1"))
    assert (code, row) in [(p.code, p.row) for p in stopped.value.problems]
    assert all(message(problem, TEMPLATES) for problem in stopped.value.problems)
