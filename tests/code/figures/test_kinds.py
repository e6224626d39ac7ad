"""What every chart kind must do, tried on the sample that its own test file holds."""

from __future__ import annotations

import re
from importlib import import_module
from xml.etree import ElementTree as ET

import pandas as pd
import pytest

from suyuan.figures import paint, thrift
from suyuan.figures.kind import COUNTED, FEW, MEASURED, PLACED, kind_names, kind_of
from suyuan.figures.svg import MARK, marks_of, to_svg
from tests.code.figures.drawing import SVG, labels, tagged

ATTRIBUTES = {
    "id", "data-fact", "width", "height", "viewBox", "version", "d", "x", "y", "transform",
    "{http://www.w3.org/1999/xlink}href", "clip-path", "fill", "fill-opacity", "opacity", "stroke",
    "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "stroke-dashoffset",
    "stroke-opacity", "font-family", "font-size", "font-weight", "text-anchor",
}  # fmt: skip
COMMON = {"series", "label", "value_id", "txt"}
every_kind = pytest.mark.parametrize("name", kind_names())


def sample(name):
    """The table of marks of a kind's own test file, tests/code/figures/kinds/test_<name>.py."""
    return import_module(f"tests.code.figures.kinds.test_{name}").SAMPLE


def svg_of(name, table):
    return to_svg(kind_of(name).draw(table), "fig")


@every_kind
def test_every_value_is_marked_and_the_table_is_left_alone(name):
    table = sample(name)
    before = table.copy()
    figure = kind_of(name).draw(table)
    pd.testing.assert_frame_equal(table, before)
    values = set(table.filter(regex="_id$").stack())
    assert {fact for fact, _ in marks_of(to_svg(figure, "fig"))} == values
    assert all(tagged(figure, value_id) for value_id in values)  # a shape, not its label alone
    printed = set(zip(table["value_id"], table.get("txt", table["value_id"]), strict=True))
    if "label_id" in table:
        printed |= set(zip(table["label_id"], table["label"], strict=True))
    shown = {(fact, text.replace("\n", "")) for fact, text in labels(figure).items() if text}
    assert shown <= printed


@every_kind
def test_a_kind_needs_what_it_says_and_no_more(name):
    kind, table = kind_of(name), sample(name)
    bounds = {f"{end}_id" for end in ("low", "high") if end in kind.needs}
    wanted = [column for column in table if column in COMMON | kind.needs | bounds]
    assert svg_of(name, table[wanted]) == svg_of(name, table)
    assert kind.needs <= set(table)
    for column in kind.needs - {"v"}:  # numbers may be wanted for the alternative text alone
        with pytest.raises((KeyError, AttributeError)):
            kind.draw(table.drop(columns=column))


@every_kind
def test_what_is_left_out_of_drawing_is_not_seen(name, monkeypatch):
    thrifty = svg_of(name, sample(name))
    for (owner, method, ours), theirs in zip(thrift.OURS, thrift.THEIRS, strict=True):
        assert getattr(owner, method) is ours  # and every other test draws so
        monkeypatch.setattr(owner, method, theirs)
    assert svg_of(name, sample(name)) == thrifty


@every_kind
def test_the_svg_is_the_same_every_time_and_hangs_together(name):
    svg = svg_of(name, sample(name))
    assert svg == svg_of(name, sample(name))
    root = ET.fromstring(svg)
    used = {attribute for element in root.iter() for attribute in element.attrib}
    assert used <= ATTRIBUTES  # a style sheet or a shorthand would be lost on one of its readers
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids)
    assert all(name.startswith(("fig-", "m-fig-")) for name in ids)
    targets = re.findall(r'(?:url\(#|href="#)([\w.-]+)', svg)
    assert set(targets) <= set(ids)
    for trace in ("<metadata", "dc:date", "matplotlib", MARK):
        assert trace.lower() not in svg.lower()


@every_kind
def test_one_label_alone_can_be_drawn(name):
    table = sample(name)
    first = table["label"] == table["label"].iloc[0]
    assert marks_of(svg_of(name, table[first].reset_index(drop=True)))


@every_kind
def test_a_kind_says_all_of_itself(name):
    kind = kind_of(name)
    assert kind.facts in (COUNTED, MEASURED, PLACED)
    assert (kind.facts != COUNTED) == ("v" in kind.needs)
    assert sample(name)["series"].nunique() in kind.series


def test_the_palette_tells_a_few_series_apart():
    assert FEW[-1] == len(paint.PALETTE)


def test_ids_of_two_figures_never_meet():
    draw, table = kind_of("bars").draw, sample("bars")
    ids = [set(re.findall(r' id="([^"]+)"', to_svg(draw(table), name))) for name in ("a", "b")]
    assert ids[0]
    assert not ids[0] & ids[1]


def test_text_in_svg_is_text():
    svg = ET.fromstring(svg_of("bars", sample("bars")))
    texts = ["".join(text.itertext()) for text in svg.iter(f"{SVG}text")]
    assert {"甲", "乙", "40.0", "20"} <= set(texts)
