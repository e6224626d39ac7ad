"""On paper a marked number is a link to its entry, and its element is gone."""

from __future__ import annotations

import pytest

from suyuan.lineage.ledger import Ledger
from suyuan.outputs.paper.links import link
from suyuan.outputs.paper.marks import Rule, choose
from suyuan.page.tree import parse, serialise, slot

ALL = ("heading", "caption", "summary", "claim", "text")


def rule(**given):
    return Rule(**{"marks": 9, "places": ALL, "summary": "s", "rows": 9, "rows_of_one": 9} | given)


@pytest.fixture
def values(ledger):
    """A ledger with a figure and a count of rows."""
    values = Ledger(ledger.codebook, ledger.operations, list(ledger))
    values.derive("report.figure.a", "figure", ["rg.gdp"])
    return values


@pytest.fixture
def linked(values):
    """HTML as it stands on paper."""

    def linked(html):
        tree = parse(html, "x")
        link(tree, choose(tree, values, rule()))
        return serialise(tree)

    return linked


def data(value_id, text, more=""):
    return f'<data value="1" data-fact="{value_id}" id="v-{value_id}"{more}>{text}</data>'


GDP = data("rg.gdp", "1")
SHARE = '<data value="1" data-fact="rg.ai_share" id="v-rg-ai-share-1">50%</data>'
FIRST = '<a href="#t-rg-gdp" id="mark-1" data-mark="[1]">1</a>'
AGAIN = '<a href="#t-rg-gdp">1</a>'
COUNT = data("report.source_count", "3")


@pytest.mark.parametrize(
    ("html", "paper"),
    [
        (f"<p>共{GDP}亿元</p>", f"<p>共{FIRST}亿元</p>"),
        (f"<p>{GDP}与{GDP}</p>", f"<p>{FIRST}与{AGAIN}</p>"),
        (  # once in each section
            f'<div class="section" id="a">{GDP}</div><div class="section" id="b">{GDP}{GDP}</div>',
            f'<div class="section" id="a">{FIRST}</div><div class="section" id="b">'
            f'<a href="#t-rg-gdp" data-mark="[1]">1</a>{AGAIN}</div>',
        ),
        (f"<table><tr><td>{GDP}</td></tr></table>", "<table><tr><td>1</td></tr></table>"),
        (f"<td>{GDP}</td><p>{GDP}</p>", f"<td>{AGAIN}</td><p>{FIRST}</p>"),
        (f"<p>{COUNT}项</p>", "<p>3项</p>"),  # a count of rows rests on none of them
        (f'<a href="#x">{GDP}</a>', '<a href="#x">1</a>'),  # no link within a link
        (
            f'<data class="claim" data-claim="c" data-fact="rg.gdp" id="c-1">为{GDP}</data>',
            f'<span class="claim">为{FIRST}</span>',
        ),
        (  # words of a claim about a marked number lead to it, and carry no mark
            f'{GDP}<data class="claim" data-claim="c" data-fact="rg.gdp" id="c-1">高</data>',
            f'{FIRST}<a class="claim" href="#t-rg-gdp">高</a>',
        ),
        (
            '<figure><data class="graphic" data-fact="report.figure.a" id="fig-a">甲</data>'
            "</figure>",
            '<figure><span class="graphic">甲</span></figure>',
        ),
        (f"{GDP}{slot('trace')}{GDP}", f"{FIRST}{slot('trace')}1"),  # what comes after has none
        (f"<nav><span>1</span>{GDP}<p><span>甲</span></p></nav>", "<nav>11<p>甲</p></nav>"),
        ('<a class="see" href="#a"><span>图1</span></a>', '<a class="see" href="#a">图1</a>'),
        ('<a class="evidence" href="#a"><span>E</span></a>', '<a class="evidence" href="#a">E</a>'),
        (  # a link of the page leads to a number that has no entry
            f'<table><td>{SHARE}</td></table><a href="#v-rg-ai-share-1">见</a>',
            '<table><td><span id="v-rg-ai-share-1">50%</span></td></table>'
            '<a href="#v-rg-ai-share-1">见</a>',
        ),
    ],
)  # fmt: skip
def test_on_paper(linked, html, paper):
    assert linked(html) == paper


HEADED = (
    f'<div class="section" id="s"><p>{data("beta.ai_share", "7%")}</p></div>'
    f'<div class="section" id="t"><p>{data("alpha.ai_compute", "20")}</p>'
    f"<table><caption>{data('rg.gdp', '1')}</caption></table>"
    f"<h2>{data('rg.ai_share', '5%')}</h2>"
    f'<data data-claim="c" data-fact="na.gdp">{data("na.gdp", "1")}</data>'
    f"<p>{data('alpha.gdp', '2')}</p></div>"
)


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        ({}, ["rg.ai_share", "rg.gdp", "beta.ai_share", "na.gdp"]),
        ({"places": ("summary", "heading")}, ["beta.ai_share", "rg.ai_share"]),
        ({"marks": 2}, ["rg.ai_share", "rg.gdp"]),
    ],
)
def test_the_places_say_which_numbers_come_first(values, given, chosen):
    found = choose(parse(HEADED, "x"), values, rule(**given))
    assert list(found.chosen)[:4] == chosen
    assert sorted(found.numbers.values()) == list(range(1, len(found.chosen) + 1))


def test_of_one_place_those_come_first_on_which_most_rest(values):
    # Two shares of alpha rest on its AI compute, nothing on its GDP that is printed here.
    html = "".join(
        f"<p>{data(one, '1')}</p>" for one in ("alpha.gdp", "alpha.ai_compute", "alpha.ai_share")
    )
    found = choose(parse(html, "x"), values, rule())
    assert found.chosen[0] == "alpha.ai_compute"
    assert list(found.numbers) == ["alpha.gdp", "alpha.ai_compute", "alpha.ai_share"]


def test_however_much_is_printed_the_marks_are_as_many_as_the_rule_says(values):
    ids = [value.id for value in values if value.unit != "text"]
    html = "".join(f"<p>{data(one, '1')}</p>" for one in ids * 2)
    assert len(choose(parse(html, "x"), values, rule(marks=5)).numbers) == 5


def test_a_number_in_words_carries_no_mark(values):
    assert not choose(parse(f"<p>共{data('rg.gdp', '三')}个</p>", "x"), values, rule()).numbers
