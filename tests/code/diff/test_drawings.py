"""Figures of two folders: data, scale, order, style."""

from __future__ import annotations

import pytest

from suyuan.diff.drawings import changes

TITLES = {"bars": "图 1 柱"}


def figure(folder, values=None, looks=None, axis="100", order=("a.v", "b.v"), scale=1.0):
    """A figure ``bars`` of two bars in a folder."""
    values = {"a.v": "10", "b.v": "20"} | (values or {})
    looks = {"a.v": "#123", "b.v": "#123"} | (looks or {})
    own = folder / "figures/2030Q1"
    own.mkdir(parents=True)
    rows = [f"系列,{name},2030,{name},{values[name]}.0,{values[name]}" for name in order]
    (own / "bars.csv").write_text("\n".join(["series,label,x,value_id,v,txt", *rows, ""]))
    bars = [
        f'<g data-fact="{name}" id="m-{place}"><path d="M 0 {place} L {10 * scale} {place}"'
        f' fill="{looks[name]}"/></g>'
        for place, name in enumerate(order)
    ]
    svg = f"<svg>{''.join(bars)}<g><text x='1'>{axis}</text></g></svg>"
    (own / "bars.svg").write_text(svg)
    return own


@pytest.fixture
def compare(tmp_path):
    def run(**after):
        before = figure(tmp_path / "before")
        return changes(before, figure(tmp_path / "after", **after), TITLES, TITLES)

    return run


def test_the_same_figure_has_no_changes(compare):
    assert compare() == []


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        ({"values": {"a.v": "12"}}, ["data"]),
        ({"axis": "200"}, ["scale"]),
        ({"scale": 0.5}, ["scale"]),
        ({"order": ("b.v", "a.v")}, ["order"]),
        ({"looks": {"b.v": "#456"}}, ["style"]),
        ({"values": {"a.v": "12"}, "axis": "200", "looks": {"b.v": "#456"}},
         ["data", "scale", "style"]),
    ],
)  # fmt: skip
def test_each_kind_of_change_is_named(compare, after, kinds):
    (found,) = compare(**after)
    assert found["change"] == kinds
    assert (found["id"], found["title"]) == ("bars", "图 1 柱")
    assert found["before"] == found["after"] == "figures/2030Q1/bars.svg"


def test_what_is_plotted_otherwise_is_listed(compare):
    (found,) = compare(values={"a.v": "12"})
    assert [(m["value"], m["column"], m["before"], m["after"]) for m in found["marks"]] == [
        ("a.v", "v", "10.0", "12.0"), ("a.v", "txt", "10", "12"),
    ]  # fmt: skip


def test_a_figure_of_one_side(tmp_path):
    own = figure(tmp_path / "one")
    (tmp_path / "none").mkdir()
    (found,) = changes(own, tmp_path / "none", TITLES, {})
    assert (found["change"], found["after"]) == (["removed"], "")
    (found,) = changes(tmp_path / "none", own, {}, TITLES)
    assert (found["change"], found["before"]) == (["added"], "")


def test_a_drawing_that_no_page_shows_is_no_figure(tmp_path):
    own = figure(tmp_path / "one")
    (tmp_path / "none").mkdir()
    assert changes(own, tmp_path / "none", {}, {}) == []
