"""What a drawing says once: most of its strokes and texts as they were, in fewer words."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from suyuan.figures.unsaid import effective, gathered

BOX, CURVE = '<path stroke="#000" stroke-linejoin="miter"/>', '<path stroke="#000"/>'


def drawn(inside, root=""):
    svg = ET.fromstring(f"<svg {root}>{inside}</svg>")
    gathered(svg)
    return svg


def said(svg, name):
    return [one.get(name) for one in svg]


def test_strokes_are_said_once_for_most_and_beside_the_others():
    plain = '<path fill="#000" stroke-linejoin="miter" stroke-width="3"/>'
    svg = drawn(2 * BOX + CURVE + plain, 'stroke-linejoin="round"')
    assert svg.get("stroke-linejoin") == "miter"
    assert said(svg, "stroke-linejoin") == [None, None, "round", None]
    assert said(svg, "stroke-width") == [None] * 4


def test_what_goes_unsaid_is_said_where_most_are_otherwise():
    wide = '<path stroke="#000" stroke-width="9"/>'
    svg = drawn(2 * wide + CURVE)
    assert svg.get("stroke-width") == "9"
    assert said(svg, "stroke-width") == [None, None, "1"]


def test_a_sign_keeps_the_width_it_says_itself():
    defs = '<defs><path id="a" stroke-width="0.4"/></defs>'
    svg = drawn(f'{defs}<use href="#a" stroke="#000" stroke-width="2"/>')
    assert svg[0][0].get("stroke-width") == "0.4"
    assert svg.get("stroke-width") == "2"


def test_texts_are_coloured_at_once_where_each_shape_has_a_colour_of_its_own():
    texts = 2 * '<text text-anchor="middle" fill="#111">a</text>' + '<text fill="#222">b</text>'
    svg = drawn(texts + '<path fill="none" stroke="#000"/>')
    assert svg.get("fill") == "#111"
    assert said(svg, "fill") == [None, None, "#222", "none"]
    assert said(svg, "text-anchor") == [None, None, "start", None]
    assert "fill" not in drawn(f"{texts}<path/>").attrib  # it would be painted in it


def test_an_element_is_read_as_it_is_seen():
    svg = drawn(2 * BOX + CURVE + '<text fill="#111">a</text>')
    assert effective(svg[0], svg.attrib)["stroke-linejoin"] == "miter"
    assert effective(svg[3], svg.attrib)["fill"] == "#111"
    assert "stroke-width" not in effective(svg[3], svg.attrib)
    assert effective(svg, svg.attrib) == {}
