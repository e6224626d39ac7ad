"""A key number stands in the margin beside the paragraph that says it."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from suyuan.outputs.paper.appendix import Entry
from suyuan.outputs.paper.margins import set_beside
from suyuan.outputs.paper.marks import Marks
from suyuan.page.tree import parse, text_of

SHOWN = {"a": "超过 208 EFLOPS", "b": "60.04%", "c": "0.9"}


def section(name: str, body: str) -> str:
    return f'<section class="section" id="{name}">{body}</section>'


def data(value_id: str) -> str:
    return f'<data data-fact="{value_id}">{value_id}</data>'


def noted(html: str, ours: str = "") -> dict[str, tuple[str, str]]:
    """By section, the note in its margin, and the paragraph that begins with it."""
    tree = parse(f"<main>{html}</main>", "x")
    shown = {e: e.attrib["data-fact"] for e in tree.iter("data")}
    numbers = {value_id: number for number, value_id in enumerate(SHOWN, start=1)}
    entries = {
        number: Entry(number, "", "", SHOWN[one], f"名{one}", "", "", ours=one in ours)
        for one, number in numbers.items()
    }
    set_beside(tree, Marks(list(SHOWN), numbers, shown, {}), entries)
    return {
        held.attrib["id"]: (text_of(paragraph[0]), rest(paragraph))
        for held in tree.iter("section")
        for paragraph in held.findall("p")
        if len(paragraph) and paragraph[0].get("class") == "margin"
    }


def rest(paragraph: Element) -> str:
    return text_of(paragraph).removeprefix(text_of(paragraph[0]))


@pytest.mark.parametrize(
    ("body", "note"),
    [
        (f"<p>又{data('b')}</p><p>甲{data('a')}乙</p>", ("超过 208EFLOPS 名a ", "甲a乙")),
        (f"<h3>题{data('b')}</h3><p>文</p>", ("60.04% 名b ", "文")),
        (f"<h2>题{data('a')}</h2><p>{data('a')}与{data('b')}</p>", ("60.04% 名b ", "a与b")),
    ],
)  # fmt: skip
def test_the_first_by_rule_stands_beside_what_says_it(body, note):
    assert noted(section("s", body)) == {"s": note}


@pytest.mark.parametrize(
    "body",
    [
        f"<h2>题{data('a')}</h2><p>{data('a')}</p>",  # the title says it
        f"<table><tr><td>{data('a')}</td></tr></table>",
        f"<h3>题{data('a')}</h3><ul><li>项</li></ul>",  # no paragraph below
    ],
)
def test_nothing_else_has_a_note(body):
    assert noted(section("s", body)) == {}


def test_no_number_stands_in_two_margins():
    found = noted(section("s", f"<p>{data('a')}</p>") + section("t", f"<p>{data('a')}</p>"))
    assert list(found) == ["s"]


def test_what_this_project_set_is_no_key_number():
    assert noted(section("s", f"<p>{data('c')}</p>"), ours="c") == {}
