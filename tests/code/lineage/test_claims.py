"""Claims follow the data: words, margins, and the stop when there are no words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import ConfigError, ProseError
from suyuan.lineage.claims import Claim, check_wording, judge, judge_all, read_claims
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell, Value
from tests.code.miniature import TEMPLATES

SHARE = "rg.ai_share"
WORDS = {True: "超过", False: "不足"}


LINE = 7


def claim(test, facts, parameter, wording=WORDS, uncertain=""):
    return Claim("x.claim", test, tuple(facts), Decimal(parameter), wording, LINE, uncertain)


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
    assert (problem.code, problem.row) == ("E320", LINE)
    assert problem.value == "超过"
    assert ledger[share].txt in problem.details["facts"]
    assert "observations:" in problem.details["facts"]  # and the rows it goes back to


def test_a_fact_that_does_not_exist_is_named(ledger):
    with pytest.raises(ConfigError, match="E161"):
        judge(claim("above", ["no.such"], "1"), ledger)


@pytest.mark.parametrize(
    ("entry", "code", "column"),
    [
        ("test: nonsense, facts: [a.b], holds: 是", "E186", "claims.x.test"),
        ("test: abov, facts: [a.b], parameter: 1, holds: 是", "E185", "claims.x.test"),
        ("test: above, fact: [a.b], parameter: 1, holds: 是", "E195", "claims.x.fact"),
        ("test: above, parameter: 1, holds: 是", "E197", "claims.x"),
        ("test: above, facts: [a.b], holds: 是", "E322", "claims.x"),
        ("test: within, facts: [a.b, a.c], holds: 是", "E322", "claims.x"),
        ("test: exceeds, facts: [a.b, a.c], parameter: 1, holds: 是", "E323", "claims.x.parameter"),
        ("test: above, facts: [a.b], parameter: .nan, holds: 是", "E184", "claims.x.parameter"),
        ("test: above, facts: [a.b], parameter: yes, holds: 是", "E184", "claims.x.parameter"),
        ("test: above, facts: [a.b, a.c], parameter: 1, holds: 是", "E324", "claims.x.facts"),
        ("test: leads, facts: a.b, holds: 是", "E324", "claims.x.facts"),
        ("test: above, facts: [a.b], parameter: 1", "E325", "claims.x"),
        ("test: above, facts: [a.b], parameter: 1, holds: 5", "E181", "claims.x.holds"),
        ("test: [above], facts: [a.b], parameter: 1, holds: 是", "E185", "claims.x.test"),
        (
            f"test: above, facts: [a.b], parameter: 1{'0' * 30}, holds: 是",
            "E128",
            "claims.x.parameter",
        ),
        ("test: exceeds, facts: [a.b, a.c], holds: '{a.b'", "E328", "claims.x.holds"),
        ("test: exceeds, facts: [a.b, a.c], fails: '{}'", "E328", "claims.x.fails"),
        (
            "test: exceeds, facts: [a.b, a.c], holds: 是, uncertain: 'a}'",
            "E328",
            "claims.x.uncertain",
        ),
    ],
)
def test_what_is_no_claim_is_told_with_its_line(project, entry, code, column):
    text = (
        f"claims:\n  y: {{test: above, parameter: 1, facts: [a.b], holds: 是}}\n  x: {{{entry}}}\n"
    )
    (project.root / "config/claims.yaml").write_text(text, "utf-8")
    with pytest.raises(ConfigError) as stopped:
        read_claims(project.layout, {})
    found = [(p.code, p.row, p.column) for p in stopped.value.problems]
    assert (code, 3, column) in found
    assert all(message(problem, TEMPLATES) for problem in stopped.value.problems)


def test_a_claim_that_a_pattern_makes_too_is_told(project):
    text = PATTERN + "  south.fits: {test: exceeds, facts: [a.b, a.c], holds: 是}\n"
    with pytest.raises(ConfigError) as stopped:
        patterned(project, text)
    (problem,) = stopped.value.problems
    assert (problem.code, problem.row, problem.details) == ("E193", 6, {"first": "3"})
    assert message(problem, TEMPLATES)


@pytest.mark.parametrize(
    ("test", "facts", "parameter", "code", "said"),
    [
        ("above", ["subjects.name.alpha"], "1", "E326", "subjects.name.alpha"),
        ("above", [SHARE], "subjects.name.alpha", "E326", "subjects.name.alpha"),
        ("exceeds", [SHARE, "rg.compute_total"], None, "E327", "1、EFLOPS"),
    ],
)
def test_only_numbers_of_one_unit_are_compared(ledger, test, facts, parameter, code, said):
    compared = Claim("x.claim", test, tuple(facts), parameter and Decimal(1), WORDS, LINE)
    if parameter and parameter != "1":
        compared = replace(compared, parameter=parameter)
    with pytest.raises(ConfigError) as stopped:
        judge(compared, ledger)
    (problem,) = stopped.value.problems
    assert (problem.code, problem.row, problem.value) == (code, LINE, said)
    assert message(problem, TEMPLATES)


def test_a_placeholder_stands_for_every_member(project):
    text = 'claims: {x: {test: leads, facts: "{province}.gdp", holds: 居首}}\n'
    (project.root / "config/claims.yaml").write_text(text, "utf-8")
    found = read_claims(project.layout, {"ranked": ["one"], "province": ["alpha", "beta"]})
    assert found["x"].facts == ("alpha.gdp", "beta.gdp")


PATTERN = """
claims:
  "{vendor}.fits": {test: within, parameter: rg.ai_share, facts: ["{vendor}.a", "{vendor}.b"],
                    holds: 相容, fails: 相左}
  plain: {test: above, parameter: 0.5, facts: [rg.ai_share], holds: 超过, fails: 不足}
"""


def patterned(project, text=PATTERN):
    (project.root / "config/claims.yaml").write_text(text, "utf-8")
    return read_claims(project.layout, {"province": [], "vendor": ["north", "south"]})


def test_a_name_with_a_placeholder_makes_a_claim_of_each_member(project):
    found = patterned(project)
    assert list(found) == ["north.fits", "south.fits", "plain"]
    assert found["south.fits"].facts == ("south.a", "south.b")
    assert [claim.pattern for claim in found.values()] == ["{vendor}.fits", "{vendor}.fits", ""]
    assert (found["north.fits"].parameter, found["plain"].parameter) == (SHARE, Decimal("0.5"))


def test_a_claim_of_a_pattern_is_judged_only_where_its_facts_are_known(project, ledger):
    found = patterned(project)
    found["north.fits"] = replace(found["north.fits"], facts=(SHARE, "alpha.ai_share"))
    judged = judge_all(found.values(), ledger)
    assert list(judged) == ["north.fits", "plain"]


def test_a_parameter_may_be_a_value(project, ledger):
    share, other = ledger[SHARE].number, ledger["alpha.ai_share"].number
    found = patterned(project)["north.fits"]
    judged = judge(replace(found, facts=(SHARE, "alpha.ai_share")), ledger)
    # The two may differ by as much as the share itself.
    expected = (share - abs(share - other)) * 100
    assert float(judged.margin) == pytest.approx(float(expected), abs=0.005)


def test_a_pattern_that_nobody_has_the_facts_of_is_reported(project, ledger):
    with pytest.raises(ConfigError, match="E161"):
        judge_all(patterned(project).values(), ledger)


def test_a_parameter_that_does_not_exist_is_named(project, ledger):
    text = PATTERN.replace("parameter: 0.5", "parameter: no.such")
    plain = patterned(project, text)["plain"]
    with pytest.raises(ConfigError, match="E161") as stopped:
        judge_all([plain], ledger)
    assert stopped.value.problems[0].value == "no.such"


def test_a_value_that_words_print_must_exist(ledger):
    words = {True: "超过", False: "{no.such}"}  # whether or not they are the words of today
    with pytest.raises(ConfigError, match="E161"):
        judge(claim("above", [SHARE], "0.01", words), ledger)


# --- robust is shown, never left out ----------------------------------------------------------


def recorded(value_id, number, half):
    cell = Cell("observations", "value", value_id)
    return Value(value_id, Decimal(number), "EFLOPS", number, "convert", (cell,), (), Decimal(half))


def tiers(ledger, floor):
    """The miniature's codebook, and a region whose 131.0 ± 0.05 is held against a floor."""
    made = Ledger(ledger.codebook, ledger.operations)
    for value in (
        recorded("a.compute_total", "131.0", "0.05"),
        recorded("tier_one.compute_total", floor, "0.005"),
        recorded("tier_two.compute_total", "0", "0"),
    ):
        made._add(value)
    for name in ("one", "two"):
        made.text(f"tiers.name.{name}", name, Cell("tiers", "name", name))
    parents = ["a.compute_total"]
    for name in ("one", "two"):
        parents += [f"tier_{name}.compute_total", f"tiers.name.{name}"]
    made.derive("a.tier", "classify", parents)
    made.derive("a.tier.again", "same", ["a.tier"])
    return made


def test_a_tier_at_its_floor_is_not_robust(ledger):
    # 131.0 may be 130.95: it reaches 130.97 as printed, and may not reach it.
    judged = judge(claim("above", ["a.tier"], "1.5"), tiers(ledger, "130.97"))
    assert (judged.holds, judged.robust) == (False, False)
    assert (judged.span.low, judged.span.high) == (Decimal("-0.5"), Decimal("0.5"))  # first, second
    again = judge(claim("above", ["a.tier.again"], "1.5"), tiers(ledger, "130.97"))
    assert not again.robust
    far = judge(claim("above", ["a.tier"], "1.5"), tiers(ledger, "130.90"))  # 130.95 > 130.905
    assert far.robust


def test_what_is_drawn_is_never_shown_to_be_robust(ledger):
    made = Ledger(ledger.codebook, ledger.operations)
    made._add(recorded("a.compute_total", "131.0", "0"))
    # No draws are needed here: the operation alone says that nothing is known of its digits.
    made._add(Value("a.ai_share", Decimal("0.99"), "1", "99.00%", "simulate",
                    parents=("a.compute_total",)))  # fmt: skip
    judged = judge(claim("above", ["a.ai_share"], "0.01"), made)
    assert (judged.holds, judged.robust) == (True, False)
