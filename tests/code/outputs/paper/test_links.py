"""On paper a traced number is a link to its entry, and its element is gone."""

from __future__ import annotations

import pytest

from suyuan.lineage.ledger import Ledger
from suyuan.outputs.paper.links import link
from suyuan.page.tree import parse, serialise, slot


@pytest.fixture
def linked(ledger):
    """HTML as it stands on paper, where two values have entries in the appendix."""
    values = Ledger(ledger.codebook, ledger.operations, list(ledger))
    values.derive("report.figure.a", "figure", ["rg.gdp"])

    def linked(html):
        tree = parse(html, "x")
        link(tree, values, {"t-rg-gdp", "t-report-figure-a"}, "溯源")
        return serialise(tree)

    return linked


GDP = '<data value="1" data-fact="rg.gdp" id="v-rg-gdp-1">1</data>'
SHARE = '<data value="1" data-fact="rg.ai_share" id="v-rg-ai-share-1">50%</data>'
LINK = '<a href="#t-rg-gdp">1</a>'


@pytest.mark.parametrize(
    ("html", "paper"),
    [
        (f"<p>共{GDP}亿元</p>", f"<p>共{LINK}亿元</p>"),
        (f"<p>占{SHARE}。</p>", "<p>占50%。</p>"),  # no entry, no link
        (f'<a href="#x">{GDP}</a>', '<a href="#x">1</a>'),  # no link within a link
        (
            f'<data class="claim" data-fact="rg.gdp" id="c-1">为{GDP}</data>',
            f'<span class="claim">为{LINK}</span>',
        ),
        ('<data class="claim" data-fact="rg.gdp" id="c-1">高</data>',
         '<a class="claim" href="#t-rg-gdp">高</a>'),
        (
            '<figure><data class="graphic" data-fact="report.figure.a" id="fig-a">甲</data>'
            "</figure>",
            '<figure><span class="graphic">甲</span>'
            '<a class="to-trace" href="#t-report-figure-a">溯源</a></figure>',
        ),
        (f"{GDP}{slot('trace')}{GDP}", f"{LINK}{slot('trace')}1"),  # what comes after has none
        (f"<nav><span>1</span>{GDP}<p><span>甲</span></p></nav>", f"<nav>1{LINK}<p>甲</p></nav>"),
        ('<a class="see" href="#a"><span>图1</span></a>', '<a class="see" href="#a">图1</a>'),
        (  # a link of the page leads here
            f'{SHARE}<a href="#v-rg-ai-share-1">见</a>',
            '<span id="v-rg-ai-share-1">50%</span><a href="#v-rg-ai-share-1">见</a>',
        ),
    ],
)  # fmt: skip
def test_on_paper(linked, html, paper):
    assert linked(html) == paper
