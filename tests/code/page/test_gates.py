"""Gates of structure: each finds its fault where it stands, and nothing on a lawful page."""

from __future__ import annotations

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import ProseError
from suyuan.page import gates
from suyuan.page.sections import FRAME
from suyuan.page.tree import parse
from tests.code.miniature import TEMPLATES

SCALE = "templates/sections/02-06-scale.html.jinja"
SEEN = '<p>见<a class="see" href="#fig-tiers">图1</a>、<a class="see" href="#tab-tiers">表1</a></p>'
FIGURE = '<figure><figcaption>图</figcaption><data class="graphic" id="fig-tiers"></data></figure>'
TABLE = '<div class="table" id="tab-tiers"><table class="tiers"></table></div>'
DATA = '<slot name="data"></slot>'
SOURCE = '<p class="source">数据来源：甲</p>'
LAWFUL = f"<h2>甲</h2>{SEEN}{FIGURE}{DATA}\n{SOURCE}{TABLE}\n{SOURCE}<h3>乙</h3>"
FILLED = [gate for gate in gates.FINISHED if gate is not gates.unfilled]
ALL = (*gates.COMPOSED, *FILLED)


def page(section):
    """A page with one section of scale in its chapter."""
    return parse(
        '<header><table class="stamp"></table></header><nav><a href="#chapter-02">二</a></nav>'
        f'<section class="chapter" id="chapter-02"><h1>二</h1>'
        f'<section class="section" id="02-06-scale">{section}</section></section>'
        '<slot name="trace"></slot>',
        FRAME,
    )


def found(section, chosen=ALL):
    """Code, template and value of each problem."""
    elements = gates.placed(page(section))
    problems = [problem for gate in chosen for problem in gate(elements)]
    assert all(problem.value in message(problem, TEMPLATES) for problem in problems)
    return [(problem.code, problem.file, problem.value) for problem in problems]


def test_a_lawful_page_passes():
    assert found(LAWFUL) == []


@pytest.mark.parametrize(
    ("faulty", "code", "value"),
    [
        (LAWFUL + '<p id="a"></p><p id="a"></p>', "E331", "a"),
        (LAWFUL.replace(f"{TABLE}\n{SOURCE}", TABLE), "E332", "tab-tiers"),
        (LAWFUL.replace(f"{DATA}\n{SOURCE}", DATA), "E332", "fig-tiers"),
        (LAWFUL.replace(SOURCE, '<p class="source"> </p>', 1), "E332", "fig-tiers"),
        (LAWFUL.replace(SOURCE, f"<p>甲</p>{SOURCE}", 1), "E332", "fig-tiers"),
        (LAWFUL + '<table class="raw"></table>', "E332", "raw"),
        (LAWFUL + "<figure></figure>", "E332", "figure"),
        (LAWFUL.replace('href="#fig-tiers"', 'href="#02-06-scale"'), "E333", "fig-tiers"),
        (LAWFUL.replace('class="see" href="#tab-tiers"', 'href="#tab-tiers"'), "E333", "tab-tiers"),
        (LAWFUL + '<a href="#nowhere">甲</a>', "E334", "#nowhere"),
        (LAWFUL.replace("<h2>甲</h2>", "<h2> </h2>"), "E335", "02-06-scale"),
        (LAWFUL + FIGURE + SOURCE, "E336", "fig-tiers"),
        (LAWFUL + TABLE + SOURCE, "E336", "tab-tiers"),
        (LAWFUL + "<h5>丙</h5>", "E337", "h5 丙"),
    ],
)
def test_each_gate_finds_its_fault_where_it_stands(faulty, code, value):
    assert found(faulty) == [(code, SCALE, value)]


def test_a_section_without_a_heading_is_told_once_more_by_the_levels():
    faulty = LAWFUL.replace("<h2>甲</h2>", "")
    assert found(faulty, [gates.without_heading]) == [("E335", SCALE, "02-06-scale")]
    assert found(faulty, [gates.skipped_levels]) == [("E337", SCALE, "h3 乙")]


def test_outside_all_sections_the_frame_is_named():
    with pytest.raises(ProseError) as caught:
        gates.check(parse('<a href="#x">甲</a>', FRAME), gates.FINISHED)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E334", FRAME)


def test_a_misspelt_reference_is_told_beside_the_figure_that_nothing_names():
    faulty = LAWFUL.replace("#fig-tiers", "#fig-tires")
    assert found(faulty, gates.COMPOSED) == [
        ("E334", SCALE, "#fig-tires"), ("E333", SCALE, "fig-tiers")
    ]  # fmt: skip


def test_levels_may_rise_by_any_step():
    assert found(LAWFUL + "<h4>丙</h4><h2>丁</h2>") == []


def test_a_page_without_a_place_for_its_appendix_is_refused():
    (problem,) = gates.without_appendix(gates.placed(parse("<h1>甲</h1>", FRAME)))
    assert (problem.code, problem.value) == ("E339", "trace")
    assert 'page.slot("trace")' in message(problem, TEMPLATES)


def test_a_slot_that_nothing_fills_is_told():
    assert found(LAWFUL + '<slot name="explorr"></slot>', [gates.unfilled])[-2:] == [
        ("E338", SCALE, "explorr"), ("E338", FRAME, "trace")
    ]  # fmt: skip
