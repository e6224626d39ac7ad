"""No statement about a company without its evidence beside it."""

from __future__ import annotations

import pytest

from suyuan.contract.messages import message
from suyuan.page import gates
from suyuan.page.citing import anchor_of, cited
from suyuan.page.sections import FRAME
from suyuan.page.tree import parse
from tests.code.miniature import TEMPLATES

VENDOR = "templates/sections/04-01-north.html.jinja"


def tables(listed="north_cards;north_price"):
    """One statement about 北云, which lists that evidence; the last row is about another."""
    profile = {"profile_id": "north_scale", "subject_id": "north", "text": "甲", "evidence": listed}
    register = [
        {"evidence_id": "north_cards", "subject_id": "north", "text": "乙"},
        {"evidence_id": "north_price", "subject_id": "north", "text": "丙"},
        {"evidence_id": "south_cards", "subject_id": "south", "text": "丁"},
    ]
    return {
        "profiles": ("profile_id", [profile]),
        "evidence": ("evidence_id", register),
        "ratings": ("rating_id", [{"rating_id": "r", "subject_id": "north", "evidence": ""}]),
    }


def link(key):
    return f'<a class="evidence" href="#{anchor_of(key)}">E001</a>'


SAID = '<data data-fact="profiles.text.north_scale">甲</data>'
BOTH = f'<span class="references">{link("north_cards")} {link("north_price")}</span>'


def found(section, listed="north_cards;north_price"):
    """Code, template, statement and evidence of each problem."""
    html = f'<section class="section" id="04-01-north"><h2>甲</h2>{section}</section>'
    problems = list(cited(tables(listed))(gates.placed(parse(html, FRAME))))
    assert all(problem.value in message(problem, TEMPLATES) for problem in problems)
    return [(p.code, p.file, p.value, p.details.get("other", "")) for p in problems]


@pytest.mark.parametrize(
    "lawful",
    [
        f"<ul><li><strong>{SAID}</strong>{BOTH}</li></ul>",
        f"<p>{BOTH}{SAID}</p>",
        "<p>说明</p>",  # what is not printed need not be cited
        '<p><data data-fact="profiles.subject_id.north_scale">甲</data></p>',  # no statement
    ],
)
def test_a_statement_with_all_its_references_passes(lawful):
    assert found(lawful) == []


@pytest.mark.parametrize(
    ("faulty", "listed", "problems"),
    [
        (f"<p>{SAID}</p>", "", [("E368", "")]),
        (f"<p>{SAID}{link('south_cards')}</p>", "south_cards", [("E369", "south_cards")]),
        (f"<p>{SAID}{link('north_cards')}</p>", "north_cards;north_price",
         [("E370", "north_price")]),
        (f"<ul><li>{SAID}</li><li>{BOTH}</li></ul>", "north_cards;north_price",
         [("E370", "north_cards"), ("E370", "north_price")]),  # beside another statement
        (f"<p>{SAID}</p><p>{BOTH}</p>", "north_cards", [("E370", "north_cards")]),
        (f'<p>{SAID}{link("north_cards").replace("evidence", "see", 1)}</p>', "north_cards",
         [("E370", "north_cards")]),
    ],
)  # fmt: skip
def test_a_statement_without_its_evidence_is_refused(faulty, listed, problems):
    wanted = [(code, VENDOR, "north_scale", other) for code, other in problems]
    assert found(faulty, listed) == wanted
