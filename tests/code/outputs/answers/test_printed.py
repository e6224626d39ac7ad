"""What a page prints, read back with the values that stand in it."""

from __future__ import annotations

import pytest

from suyuan.outputs.answers.printed import Printed

PAGE = """<html><body><nav><a><data data-fact="no" id="no">60%</data></a></nav>
<section class="section" id="02-scale"><h2 id="sec-02-scale"><span data-ordinal>2.1</span> 共有
<data value="3" data-fact="n" id="v-n-1">三</data>套口径</h2>
<p>占比<data class="claim" data-claim="c" data-fact="s" id="c-1">超过六成，为 <data data-fact="s"
id="v-s-1">60.04%</data></data>，总量 <data data-fact="t" id="v-t-1">316.8</data> EFLOPS。</p>
<p>一行<br><data data-fact="b" id="v-b-1">九</data></p>
<div class="table" id="tab-tiers"><table><caption><span data-ordinal>表 4</span> 各省</caption>
<thead><tr><th>省</th><th>总规模</th></tr></thead><tbody><tr><th scope="row"><data data-fact="a"
id="v-a-1">甲</data></th><td><data data-fact="at" id="v-at-1">50</data></td></tr>
<tr><th scope="row">乙</th><td><data data-fact="bt" id="v-bt-1">30</data></td></tr></tbody></table>
</div><figure><figcaption><span data-ordinal>图 1</span> 规模</figcaption><data class="graphic"
data-fact="report.figure.sizes" id="fig-sizes"><svg><text>316.8</text></svg></data></figure>
</section></body></html>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(PAGE, encoding="utf-8")
    return Printed.read(path)


def facts(spots):
    return [spot.fact for spot in spots]


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("三套", ["n"]),  # a numeral with its counting word
        ("316.8eflops", ["t"]),  # a number with its unit
        ("超过六成", ["s"]),  # the words of a claim
        ("60.04%", ["s", "s"]),  # the claim around it, and itself; not what the contents repeat
        ("甲50", []),  # cells do not run together
        ("一行九", []),  # nor do lines
    ],
)
def test_what_is_said_leads_to_its_values(page, said, found):
    assert facts(page.saying(said)) == found


def test_a_cell_knows_its_row_and_column(page):
    assert page.cell(page.spot("v-bt-1")) == ("乙", "总规模")
    assert page.cell(page.spot("v-t-1")) == ("", "")


def test_figures_and_tables_are_known_by_their_labels(page):
    table, figure = page.exhibits["tab-tiers"], page.exhibits["fig-sizes"]
    assert (table.label, table.title, table.section) == ("表 4", "各省", "02-scale")
    assert (figure.label, figure.title) == ("图 1", "规模")
    assert facts(page.inside(table)) == ["a", "at", "bt"]
    assert page.figure_of("m-sizes-3") is figure


def test_sections_have_their_headings(page):
    assert page.sections == {"02-scale": "2.1 共有 三套口径"}


def test_without_a_page_nothing_is_said(tmp_path):
    assert Printed.read(tmp_path / "report.html").saying("1") == []
