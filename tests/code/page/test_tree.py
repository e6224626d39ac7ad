"""The page as a tree: what is parsed is written again, and what is wrong is refused."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import ProseError
from suyuan.page.tree import (
    characters,
    document_text,
    fill,
    parse,
    parse_document,
    parse_svg,
    parts_of,
    put,
    serialise,
    slot,
    text_of,
)
from tests.code.miniature import TEMPLATES

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 1 1"><clipPath id="a"><path d="M0"/></clipPath>'
    '<use xlink:href="#a"/><text>甲 &lt; 乙</text></svg>'
)


@pytest.mark.parametrize(
    "html",
    [
        '共<data value="5" data-fact="x.甲" id="v-x-1">5</data>个',
        '<p>甲<br>乙</p>\n<img src="a.svg" alt="甲 &amp; 乙">',
        "<pre>\n\n  甲\n</pre>",
        "<p hidden title=\"&#34;甲&#34;\">1 &lt; 2 &gt; 0 &amp;amp; 'x'</p>",
        '<script type="application/json" id="a">{"a": "<b>&amp;"}</script><style>a > b {}</style>',
        "",
        "甲",
    ],
)
def test_what_was_parsed_is_written_again(html):
    assert serialise(parse(html, "x")) == html


def test_comments_are_left_out_and_entities_are_their_characters():
    assert serialise(parse("甲<!-- x -->乙&#51;&nbsp;&rarr;", "x")) == "甲乙3\u00a0→"


def test_a_drawing_keeps_its_names_its_prefixes_and_its_case():
    page = parse(f"<p>{slot('graphic', 'a')}</p>", "x")
    fill(page, "graphic", lambda _: [parse_svg(SVG)])
    assert serialise(page) == f"<p>{SVG}</p>"


def test_a_document_is_written_with_its_type():
    html = (
        '<!DOCTYPE html>\n<html lang="zh-CN"><head><title>题</title></head><body></body></html>\n'
    )
    root = parse_document(html, "x")
    assert (root.tag, document_text(root)) == ("html", html)


@pytest.mark.parametrize(
    ("html", "value", "within"),
    [
        ("<p>甲</div></p>", "</div>", "<p>"),
        ("<div><p>甲</div>", "</div>", "<p>"),
        ("甲</p>", "</p>", ""),
        ("<p><b>甲</p></b>", "</p>", "<b>"),
        ("<p><b>甲", "<b>", "<p>"),
        ("<p>甲\n", "<p>", ""),
        ('<p>甲<a id="a" id="b">乙</a></p>', '<a id="a" id="b">', "<p>"),
        ("甲<div/>", "<div/>", ""),
        ("甲<br></br>", "</br>", ""),
    ],
)
def test_a_tag_that_goes_with_nothing_is_refused(html, value, within):
    with pytest.raises(ProseError) as caught:
        parse(html, "x")
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.value) == ("E330", "x", value)
    assert problem.details == {"within": within, "near": "甲"}
    assert value in message(problem, TEMPLATES)


def test_a_document_without_its_root_is_refused():
    with pytest.raises(ProseError, match="E330"):
        parse_document("<p>甲</p>", "x")


def test_parts_are_taken_out_and_put_back():
    tree = parse("甲<b>乙</b>丙<i>丁</i><u>戊</u>己", "x")
    parts = parts_of(tree)
    assert [part if isinstance(part, str) else part.tag for part in parts] == [
        "甲", "b", "丙", "i", "u", "己"
    ]  # fmt: skip
    put(tree, parts[::-1])
    assert serialise(tree) == "己<u>戊</u><i>丁</i>丙<b>乙</b>甲"


def test_a_run_among_parts_gives_its_own():
    holder = Element("p")
    put(holder, ["甲", parse("乙<b>丙</b>丁", "x"), "戊"])
    assert serialise(holder) == "<p>甲乙<b>丙</b>丁戊</p>"


def test_slots_are_filled_by_name_each_with_what_it_asks_for():
    tree = parse(
        f"<p>甲{slot('a', 'one')}乙{slot('b')}{slot('a', 'two')}丙</p>{slot('a', 'x')}", "x"
    )
    fill(tree, "a", lambda found: ["（", Element("b"), found.get("data-of"), "）"])
    left = slot("b")
    assert serialise(tree) == (f"<p>甲（<b></b>one）乙{left}（<b></b>two）丙</p>（<b></b>x）")
    fill(tree, "b", lambda _: ())
    assert left not in serialise(tree)


def test_characters_of_texts_and_attributes():
    tree = parse('<p title="甲">乙<b>丙</b>丁</p>', "x")
    assert characters(tree) == set("甲乙丙丁")
    assert text_of(tree) == "乙丙丁"


def test_tags_without_end_are_refused_before_a_walk_recurses():
    with pytest.raises(ProseError, match="E388"):
        parse("<b>" * 3000 + "甲" + "</b>" * 3000, "x")
    assert parse("<b>" * 200 + "甲" + "</b>" * 200, "x") is not None
