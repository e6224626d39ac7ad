"""Claims follow the data: words, margins, and the stop when there are no words."""

from decimal import Decimal

import pytest

from suyuan.claims import Claim, check_wording, judge, read_claims
from suyuan.errors import ConfigError, ProseError

SHARE = "rg.ai_share"
WORDS = {True: "超过", False: "不足"}


def claim(test, facts, parameter="1", wording=WORDS, uncertain=""):
    return Claim("x.claim", test, tuple(facts), Decimal(parameter), wording, uncertain)


def test_a_share_is_measured_in_points(ledger):
    share = SHARE
    just_below = str(ledger[share].number - Decimal("0.0104"))
    judged = judge(claim("above", [share], just_below), ledger)
    assert judged.holds
    assert (judged.margin, judged.unit) == (Decimal("1.04"), "pp")  # 0.0104 is 1.04 points
    assert judged.words == "超过"


def test_a_margin_inside_rounding_is_not_robust(ledger):
    share = SHARE
    judged = judge(claim("above", [share], str(ledger[share].number - Decimal("1e-9"))), ledger)
    assert judged.holds
    assert not judged.robust
    assert judged.margin != 0  # it is small, and shown to be more than nothing


def test_a_wide_margin_is_robust(ledger):
    judged = judge(claim("above", [SHARE], "0.01"), ledger)
    assert judged.robust


def test_uncertain_words_are_for_what_rounding_could_turn(ledger):
    share = SHARE
    edge = str(ledger[share].number)
    assert judge(claim("above", [share], edge, uncertain="难定"), ledger).words == "难定"
    assert judge(claim("above", [share], "0.01", uncertain="难定"), ledger).words == "超过"


def test_the_words_change_with_the_outcome(ledger):
    assert judge(claim("above", [SHARE], "0.99"), ledger).words == "不足"


def test_without_words_for_the_outcome_the_build_stops_and_says_why(ledger):
    share = SHARE
    judged = judge(claim("above", [share], "0.99", {True: "超过"}), ledger)
    with pytest.raises(ProseError) as stopped:
        check_wording(judged, ledger)
    (problem,) = stopped.value.problems
    assert problem.code == "E320"
    assert problem.value == "超过"
    assert ledger[share].txt in problem.details["facts"]
    assert "observations:" in problem.details["facts"]  # and the rows it goes back to


def test_a_fact_that_does_not_exist_is_named(ledger):
    with pytest.raises(ConfigError, match="E161"):
        judge(claim("above", ["no.such"], "1"), ledger)


@pytest.mark.parametrize("entry", ["test: nonsense, facts: [a.b]", "test: above, fact: [a.b]"])
def test_an_unknown_test_or_key_is_reported(project, entry):
    (project.root / "config/claims.yaml").write_text(f"claims: {{x: {{{entry}}}}}\n", "utf-8")
    with pytest.raises(ConfigError, match="E321"):
        read_claims(project.layout, {})


def test_a_placeholder_stands_for_every_member(project):
    text = 'claims: {x: {test: leads, facts: "{province}.gdp", holds: 居首}}\n'
    (project.root / "config/claims.yaml").write_text(text, "utf-8")
    found = read_claims(project.layout, {"ranked": ["one"], "province": ["alpha", "beta"]})
    assert found["x"].facts == ("alpha.gdp", "beta.gdp")
