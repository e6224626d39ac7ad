"""What captions and headings say by themselves."""

from __future__ import annotations

import pytest

from suyuan.page.captions import without_finding, without_notice
from suyuan.page.gates import placed
from suyuan.page.tree import parse

VERBS, NOUNS = ["为", "占", "高于", "有"], ["占比", "所有"]
NOTICE, NOTE = "示例评估", "示例评估：由本项目评定。"


def found(gate, html):
    return [(p.code, p.value) for p in gate(placed(parse(html, "page")))]


@pytest.mark.parametrize(
    ("caption", "refused"),
    [
        ("表 1 各省区的规模", True),
        ("表 1 各省区的占比", True),  # a noun that holds a verb
        ("表 1 所有省区", True),
        ("表 1 规模与占比（甲高于乙）", True),  # an aside is no finding
        ("表 1 甲高于乙", False),
        ("表 1 甲占全部的一半", False),
        ("表 1 甲的占比高于乙", False),
    ],
)
def test_a_caption_without_a_verb_is_refused(caption, refused):
    gate = without_finding(VERBS, NOUNS)
    for tag in ("caption", "figcaption"):
        wanted = [("E386", caption)] if refused else []
        assert found(gate, f"<div><{tag}>{caption}</{tag}></div>") == wanted
    assert found(gate, f"<p>{caption}</p>") == []  # prose may be anything


MADE = {"a.rating": (), "a.score": ("a.rating",), "b.total": ()}


class Values:
    """A ledger of three values: a judged one, one made from it, and a recorded one."""

    def __contains__(self, value_id):
        return value_id in MADE

    def __getitem__(self, value_id):
        kind = "judged" if value_id == "a.rating" else "measured"
        return type("Value", (), {"meta": {"kind": kind}})

    def parents(self, value_id):
        return MADE[value_id]


@pytest.mark.parametrize("tag", ["h2", "caption", "figcaption"])
@pytest.mark.parametrize(
    ("fact", "words", "refused"),
    [
        ("a.score", "", True),  # rests on a rating
        ("a.score", "（示例评估）", False),
        ("b.total", "", False),
        ("no.such", "", False),
    ],
)
def test_what_travels_says_that_it_is_assessed(tag, fact, words, refused):
    gate = without_notice(Values(), NOTICE, NOTE)
    html = f'<div><{tag}>甲为<data data-fact="{fact}">1</data>{words}</{tag}></div>'
    assert [code for code, _ in found(gate, html)] == (["E387"] if refused else [])


def test_a_source_line_that_says_so_holds_its_own_caption_to_it():
    gate = without_notice(Values(), NOTICE, NOTE)
    one = '<div><table><caption>甲{}</caption></table></div><p class="source">{}</p>'
    assert found(gate, f"<main>{one.format('', NOTE)}</main>") == [("E387", "甲")]
    assert found(gate, f"<main>{one.format('（示例评估）', NOTE)}</main>") == []
    both = one.format("", "数据来源：[S1]") + one.format("（示例评估）", NOTE)
    assert found(gate, f"<main>{both}</main>") == []
