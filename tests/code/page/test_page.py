"""What templates place is printed once, inside its data element, and written down as a use."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from markupsafe import Markup

from suyuan.contract.edition import config_schemas, raw_schemas, read_rows
from suyuan.contract.messages import message
from suyuan.core.errors import ProseError
from suyuan.core.files import read_yaml
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.claims import Claim, Parameter
from suyuan.lineage.judging import judge
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Group
from suyuan.lineage.value import Cell
from suyuan.page import exhibits
from suyuan.page.exhibits import Drawing
from suyuan.page.page import Page
from suyuan.page.sections import Section
from suyuan.page.tree import slot
from tests.code.miniature import TEMPLATES

WORDS = read_yaml(TEMPLATES / "words.yaml")
DATA = re.compile(r'<data value="([^"]*)" data-fact="([^"]*)" id="([^"]*)">(.*?)</data>')
PROVINCES = ["alpha", "beta", "delta", "gamma"]


@pytest.fixture(scope="module")
def tables(built):
    schemas = raw_schemas(built.layout) | config_schemas(built.layout)
    rows = read_rows(built.layout)
    return {name: (schemas[name].primary_key, found) for name, found in rows.items()}


@pytest.fixture
def page(ledger, tables):
    """A page over the miniature, with one figure of two marks."""
    values = Ledger(ledger.codebook, OPERATIONS, list(ledger))
    values.derive("report.figure.clusters", "figure", ["a1.compute_total", "a2.compute_total"])
    marks = [("a1.compute_total", "m-clusters-1"), ("a2.compute_total", "m-clusters-2")]
    drawings = {"clusters": Drawing("条形图", marks, Group("figure:clusters", ""))}
    made = Page(
        ledger=values, tables=tables, drawings=drawings, words=WORDS, claims={},
        provinces=PROVINCES,
    )  # fmt: skip
    with made.entered(Section("02-06-scale")):
        yield made


def facts(html):
    """(value, fact, anchor, text) of every data element."""
    return DATA.findall(html)


def uses(page):
    return [(use.v, use.anchor, use.kind) for use in page.uses]


# --- numbers ----------------------------------------------------------------------------------


def test_a_fact_stands_in_its_data_element(page):
    assert page.fact("rg.ai_share") == (
        '<data value="0.5" data-fact="rg.ai_share" id="v2-6-1">50.00%</data>'
    )
    (use,) = page.uses
    assert vars(use) == {
        "v": "rg.ai_share", "sec": "02-06-scale", "anchor": "v2-6-1", "kind": "text"
    }  # fmt: skip


def test_every_use_has_an_anchor_of_its_own(page):
    html = page.fact("rg.gdp") + page.fact("na.gdp") + page.fact("rg.gdp")
    assert [anchor for *_, anchor, _ in facts(html)] == ["v2-6-1", "v2-6-2", "v2-6-3"]
    assert [use.anchor for use in page.uses] == ["v2-6-1", "v2-6-2", "v2-6-3"]


def test_no_two_values_ever_share_an_anchor(page):
    for value in page.ledger:
        page.fact(value.id)
        page.fact(value.id)
    anchors = [use.anchor for use in page.uses]
    assert len(set(anchors)) == len(anchors)


def test_a_text_is_escaped(page):
    cell = Cell("policies", "title", "x")
    page.ledger.text("policies.title.x", '<b>"甲"</b> & 乙', cell)
    assert page.fact("policies.title.x").count("<b>") == 0
    assert "&lt;b&gt;" in page.fact("policies.title.x")


def test_a_quantity_has_its_comparator_and_its_unit(page):
    text = DATA.sub(r"\4", page.quantity("delta.compute_total"))
    assert text == "约10 EFLOPS"
    assert DATA.sub(r"\4", page.quantity("b1.compute_total")) == "超过5 EFLOPS"
    assert DATA.sub(r"\4", page.quantity("alpha.latency.ring1")) == "不超过1 毫秒"
    assert DATA.sub(r"\4", page.quantity("beta.ai_share")) == "66.67%"
    # delta is about 10, so the sum is about 100 and its share about a half
    assert DATA.sub(r"\4", page.quantity("rg.compute_total")) == "约100.0 EFLOPS"
    assert DATA.sub(r"\4", page.quantity("rg.ai_share")) == "约50.00%"
    assert DATA.sub(r"\4", page.bounded("delta.compute_total")) == "约10"


def test_a_unit_that_holds_a_numeral_is_traced_too(page):
    html = page.quantity("rg.gdp")
    assert [(fact, text) for _, fact, _, text in facts(html)] == [
        ("rg.gdp", "2,000"), ("indicators.display_unit.gdp", "亿元")
    ]  # fmt: skip
    assert len(page.uses) == 2


def test_a_renamed_value_keeps_its_comparator(page):
    # A source's "over 7" is no "7" when the report calls it the latest.
    page.ledger.convert(
        "na.racks.2030", "7", "万架", Cell("observations", "value", "T9"), comparator=">"
    )
    page.ledger.derive("na.racks.newest", "same", ["na.racks.2030"])
    assert DATA.sub(r"\4", page.bounded("na.racks.2030")) == "超过7"
    assert DATA.sub(r"\4", page.bounded("na.racks.newest")) == "超过7"


def test_units_of_table_heads(page):
    assert page.unit("compute_total") == "EFLOPS"
    assert page.unit("multiple") == WORDS["page"]["no_unit"]
    assert page.unit("multiple", none="") == ""
    assert "万架" in page.unit("racks")


def test_a_count_is_a_chinese_numeral(page):
    html = page.count("rg.province_count")
    assert facts(html) == [("4", "rg.province_count", "v2-6-1", "四")]
    assert facts(page.count("alpha.cluster_count"))[0][3] == "两"


# --- words around numbers ---------------------------------------------------------------------


def test_the_name_of_an_indicator(page):
    assert facts(page.indicator("rg.ai_share"))[0][1:] == (
        "indicators.name.ai_share", "v2-6-1", "智算占比"
    )  # fmt: skip


def test_the_source_and_period_of_a_recorded_value(page):
    assert page.cited("na.gdp.2029") == page.see_source("yearbook")
    assert facts(page.period("na.compute_total.2028-06"))[0][3] == "2028年6月"
    assert facts(page.period("na.compute_total.2028-06"))[0][1] == "observations.as_of.T017"


def test_the_root_of_a_renamed_value(page):
    assert page.root("na.gdp") == "na.gdp.2029"
    assert page.root("rg.gdp") == "rg.gdp"  # a sum is no renaming


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2029", "2029年"),
        ("2029-06", "2029年6月"),
        ("2029-12-31", "2029年12月31日"),
        ("2029-10-05", "2029年10月5日"),
        ("2029Q2", "2029年第2季度"),
        ("2029/2030", "2029年至2030年"),
        ("未定", "未定"),
        ("训练/推理", "训练/推理"),  # a stroke alone makes no span
        ("2029/推理", "2029/推理"),
    ],
)
def test_dates_in_words(page, text, words):
    assert page.date(text) == words


def test_a_list_in_words(page):
    assert facts(page.listed("hubs.clusters.west"))[0][3] == "甲一、甲二"


def test_words_for_codes(page):
    assert page.word("kind", "measured") == WORDS["kind"]["measured"]
    for group, code in (("kind", "guessed"), ("kinds", "measured")):
        with pytest.raises(ProseError) as caught:
            page.word(group, code)
        (problem,) = caught.value.problems
        assert (problem.code, problem.value) == ("E302", f"{group}.{code}")


def test_a_table_or_figure_that_does_not_exist_is_reported(page):
    with pytest.raises(ProseError, match="E302"):
        list(page.rows("nothing"))
    with pytest.raises(ProseError, match="E302"):
        page.figure("nothing", Markup("").strip)


# --- what is not known ------------------------------------------------------------------------


def test_what_is_unknown_is_said_so(page):
    assert page.unknown() == '<span class="unknown">本项目记录未载</span>'
    assert page.fact_or_unknown("delta.cluster_total") == page.unknown()
    assert facts(page.fact_or_unknown("alpha.cluster_total"))[0][3] == "20.0"
    assert page.known("alpha.cluster_total")
    assert not page.known("delta.cluster_total")
    assert len(page.uses) == 1


@pytest.mark.parametrize("place", ["fact", "count", "quantity", "bounded", "dated", "listed"])
def test_a_value_that_does_not_exist_is_reported(page, place):
    with pytest.raises(ProseError) as caught:
        getattr(page, place)("zeta.gdp")
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E302", "templates/sections/02-06-scale.html.jinja")
    assert (problem.column, problem.value) == ("02-06-scale", "zeta.gdp")
    assert "zeta.gdp" in message(problem, TEMPLATES)


# --- rows -------------------------------------------------------------------------------------


def test_rows_print_their_cells_as_facts(page):
    plan, _rules, notice = page.rows("policies")
    assert facts(plan.title)[0][1:] == (
        "policies.title.alpha_plan", "v2-6-1", "甲省算力规划"
    )  # fmt: skip
    assert notice.issued == page.unknown()
    assert notice.dated("issued") == page.unknown()
    assert facts(plan.dated("issued"))[0][3] == "2028年"
    assert plan.raw["subject_id"] == "alpha"
    assert plan.key == "alpha_plan"
    with pytest.raises(AttributeError, match="colour"):
        _ = plan.colour


def test_rows_are_chosen_by_their_cells(page):
    assert [row.key for row in page.rows("policies", subject_id="alpha")] == [
        "alpha_plan", "alpha_rules"
    ]  # fmt: skip
    chosen = page.rows("policies", subject_id="alpha", line_id="govern")
    assert [row.key for row in chosen] == ["alpha_rules"]
    west = list(page.rows("hubs"))[1]
    assert facts(west.listed("clusters"))[0][3] == "甲一、甲二"


def test_provinces_in_the_order_of_an_indicator(page):
    assert page.ranked("ai_share") == ["beta", "gamma", "alpha", "delta"]  # equals as displayed
    assert page.ranked("compute_per_gdp") == ["delta", "beta", "alpha", "gamma"]


# --- headings, figures, tables ----------------------------------------------------------------


def test_a_heading_carries_its_number(page):
    html = page.heading(lambda: Markup("\n 甲地领先 \n"))
    number = "<span data-ordinal>2.6</span> "
    assert html == f'<h2 id="sec-02-06-scale">{number}甲地领先</h2>'


def test_what_is_printed_belongs_to_the_section_that_was_entered(page):
    with page.entered(Section("D-sources")):
        page.fact("rg.gdp")
    page.fact("rg.gdp")
    assert [use.sec for use in page.uses] == ["D-sources", "02-06-scale"]
    with pytest.raises(ProseError), page.entered(Section("D-sources")):
        page.fact("nothing")
    assert page.section == Section("02-06-scale")  # left, whatever happened in it


def test_a_figure_holds_its_marks(page):
    html = page.figure("clusters", lambda: Markup("集群"))
    assert "<figcaption><span data-ordinal>图1</span> 集群</figcaption>" in html
    data = 'class="graphic" value="2" data-fact="report.figure.clusters" id="fig-clusters"'
    assert f"<data {data}>{slot('graphic', 'clusters')}</data>" in html
    assert uses(page)[:3] == [
        ("a1.compute_total", "m-clusters-1", "mark"),
        ("a2.compute_total", "m-clusters-2", "mark"),
        ("report.figure.clusters", "fig-clusters", "mark"),
    ]


def test_figures_and_tables_are_numbered_apart_in_order(page):
    empty = Markup("").strip
    numbers = [
        re.search("data-ordinal>(.*?)<", html)[1]
        for html in (
            page.table("a", "甲", empty),
            page.figure("clusters", empty),
            page.table("b", "乙", empty),
        )
    ]
    assert numbers == ["表1", "图1", "表2"]
    anchors = [exhibit.anchor for exhibit in page.exhibits]
    assert anchors == ["tab-a", "fig-clusters", "tab-b"]


def test_a_reference_is_a_link_whose_number_comes_later(page):
    assert page.see_figure("clusters") == (
        f'<a class="see" href="#fig-clusters">{slot("number", "fig-clusters")}</a>'
    )
    assert 'href="#tab-later"' in page.see_table("later")
    assert (page.uses, page.exhibits) == ([], [])


def test_what_a_table_prints_are_cells(page):
    page.fact("rg.gdp")
    html = page.table("t", "表题", lambda: page.fact("rg.ai_share"))
    page.fact("na.gdp")
    assert [use.kind for use in page.uses if "sources" not in use.v] == ["text", "cell", "text"]
    (table,) = page.exhibits
    assert table.uses == range(1, 2)  # the second use, and no other, is the table's
    assert '<div class="table" id="tab-t"><table class="t">' in html
    assert '<div class="table long"' in page.table("l", "表题", Markup("").strip, long=True)


def test_a_claim_in_a_table_is_a_cell(page):
    claim = Claim(
        "x.any", "threshold", ("rg.ai_share",), Parameter(Decimal(0)), frozenset({"above"}),
        {"above": "高于"}, line=1,
    )  # fmt: skip
    page.claims = {"x.any": judge(claim, page.ledger)}
    page.claim("x.any")
    page.table("t", "表题", lambda: page.claim("x.any"), source="")
    assert [use.kind for use in page.uses] == ["text", "cell"]


def source_line(html):
    """What follows a figure or table as its source line."""
    return html.partition('<p class="source">')[2]


def sources(line):
    return re.findall(r">\[(S\d+)\]</a>", line)


def test_the_source_line_names_what_the_marks_come_from(page):
    page.fact("rg.gdp")  # before the figure: not its business
    line = source_line(page.figure("clusters", lambda: Markup("集群")))
    assert sources(line) == ["S3"]  # 乙地日报
    assert WORDS["page"]["computed"] not in line  # the marks are as recorded


def test_the_source_line_goes_down_to_the_cells_in_the_order_of_the_register(page):
    line = source_line(page.table("t", "表题", lambda: page.fact("rg.compute_per_gdp")))
    assert sources(line) == ["S1", "S2"]  # 甲国统计年鉴, 算力调查
    assert '<a class="code" href="#S2" data-ordinal>[S2]</a>' in line
    assert line.endswith(f"{WORDS['page']['computed']}</p>")


def test_a_source_line_names_few_lines_of_a_document_and_not_many(page):
    key, rows = page.tables["observations"]
    given = [row | {"locator": f"L{place}"} for place, row in enumerate(rows)]

    def lines_of(rows, *provinces):
        page.tables = {**page.tables, "observations": (key, rows)}
        page.__post_init__()
        ids = [f"{one}.compute_total" for one in provinces]
        line = source_line(page.table("t", "表题", lambda: Markup("").join(map(page.fact, ids))))
        return [fact for _, fact, *_ in facts(line)]

    told = ["observations.locator.T001", "observations.locator.T002"]
    assert lines_of(given, "alpha", "beta") == told
    assert lines_of(given, "alpha", "beta", "gamma", "delta") == []  # four are many
    assert lines_of(rows, "alpha", "beta") == []  # 表一 is no line of a text


def test_a_long_source_line_names_the_first_and_says_where_the_others_stand(page, monkeypatch):
    monkeypatch.setattr(exhibits, "MOST", 1)
    start = len(page.uses)
    line = source_line(page.table("t", "表题", lambda: page.fact("rg.compute_per_gdp")))
    assert sources(line) == ["S1"]
    assert WORDS["page"]["more_sources"] in line
    assert [use.v for use in page.uses[start:]] == ["rg.compute_per_gdp"]


def test_a_document_is_told_how_many_numbers_rest_on_it(page):
    page.fact("rg.compute_per_gdp")  # GDP from the yearbook, capacity from the survey
    page.fact("rg.gdp")
    page.fact("report.observation_count")  # a count rests on nothing
    page.fact("subjects.name.alpha")  # nor is a text a number
    counts = [facts(page.resting_on(one))[0][3] for one in ("yearbook", "survey")]
    assert counts == ["2", "1"]
    page.fact("beta.gdp")  # printed after the question
    assert facts(page.resting_on("yearbook"))[0][3] == "2"


def test_codes_are_unique_and_stay_when_the_register_grows(page):
    codes = page.origins.codes
    assert list(codes.values()) == [f"S{place}" for place in range(1, len(codes) + 1)]
    key, rows = page.tables["sources"]
    page.tables = {**page.tables, "sources": (key, [*rows, {**rows[0], key: "newest"}])}
    page.__post_init__()
    assert codes.items() <= page.origins.codes.items()
    new = f"S{len(rows) + 1}"
    assert page.source_code("newest") == f'<span id="{new}" data-ordinal>{new}</span>'


def test_a_source_line_of_its_own_words_is_escaped_and_uses_nothing(page):
    html = page.table("t", "表题", Markup("").strip, source="本项目<评定>")
    assert html.endswith('\n<p class="source">本项目&lt;评定&gt;</p>')
    assert page.uses == []


def test_a_slot_knows_what_was_printed_before_it(page):
    page.fact("rg.gdp")
    assert page.slot("trace") == slot("trace")
    page.fact("rg.gdp")
    assert page.slots == {"trace": 1}


@pytest.mark.parametrize(
    ("section", "number"),
    [("02-06-scale", "2.6"), ("03-04-suppliers", "3.4"), ("02-10-x", "2.10"), ("D-sources", "D"),
     ("01-summary", ""), ("00-cover", "")],
)  # fmt: skip
def test_ordinals_come_from_the_names_of_sections(section, number):
    expected = f"<span data-ordinal>{number}</span> " if number else ""
    assert Section(section).ordinal == expected


def test_the_data_of_a_number_is_exact(page):
    assert Decimal(facts(page.fact("beta.ai_share"))[0][0]) == page.ledger["beta.ai_share"].v


@pytest.mark.parametrize("shortened", [False, True])
def test_a_caption_says_whether_its_drawing_shows_only_the_first(page, shortened):
    page.drawings["clusters"] = replace(page.drawings["clusters"], shortened=shortened)
    html = page.figure("clusters", lambda: Markup("各集群"))
    assert (WORDS["page"]["shortened"] in html) == shortened
