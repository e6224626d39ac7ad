"""The table of contents repeats headings, and its places are places of their own."""

from __future__ import annotations

import pytest

from suyuan.page.contents import fill_headings
from suyuan.page.page import Page
from suyuan.page.tree import parse, serialise, slot


@pytest.fixture
def page(ledger):
    return Page(
        ledger=ledger, tables={}, words={}, claims={}, drawings={}, provinces=[],
        claimed={"x.any": ["c-x-any-1"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("claim", "number"),
    [
        (
            '<data class="claim" data-claim="x.any" data-fact="rg.gdp" id="c-x-any-1">',
            '<data value="1" data-fact="rg.gdp" id="v-rg-gdp-1">',
        ),
        (  # whatever the order of the attributes
            '<data id="c-x-any-1" data-fact="rg.gdp" class="claim" data-claim="x.any">',
            '<data id="v-rg-gdp-1" value="1" data-fact="rg.gdp">',
        ),
    ],
)
def test_a_heading_is_repeated_with_anchors_of_its_own(page, claim, number):
    heading = f"<span data-ordinal>2.6</span> 规模{claim}为{number}1</data></data>"
    wanted, other = slot("heading", "02-06-scale"), slot("heading", "01-summary")
    tree = parse(f'<a>{wanted}</a>{other}<h2 id="sec-02-06-scale">{heading}</h2>', "x")
    fill_headings(tree, page)
    again = heading.replace('-1"', '-1-contents"')
    assert serialise(tree) == f'<a>{again}</a><h2 id="sec-02-06-scale">{heading}</h2>'
    assert [(use.v, use.sec, use.anchor, use.kind) for use in page.uses] == [
        ("rg.gdp", "contents", "c-x-any-1-contents", "text"),
        ("rg.gdp", "contents", "v-rg-gdp-1-contents", "text"),
    ]
    assert page.claimed == {"x.any": ["c-x-any-1", "c-x-any-1-contents"]}
