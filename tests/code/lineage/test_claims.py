"""Claims follow the data: words, margins, and the stop when there are no words."""

from dataclasses import replace
from decimal import Decimal

import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import ConfigError, ProseError
from suyuan.lineage.claims import (
    CLAIMS,
    Claim,
    Parameter,
    read_claims,
    typed_numerals,
    unused,
)
from suyuan.lineage.judging import check_wording, judge, judge_all
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell, Value
from tests.code.miniature import TEMPLATES

SHARE = "rg.ai_share"
WORDS = {"below": "不足", "equal": "恰为", "above": "超过"}
ABOVE = frozenset({"above"})


LINE = 7


def claim(test, facts, parameter, wording=WORDS, uncertain="", asserts=ABOVE):
    given = Parameter(Decimal(parameter))
    return Claim("x.claim", test, tuple(facts), given, asserts, wording, LINE, uncertain)


def test_a_share_is_measured_in_points(ledger):
    share = SHARE
    just_below = str(ledger[share].number - Decimal("0.0104"))
    judged = judge(claim("threshold", [share], just_below), ledger)
    assert (judged.holds, judged.outcome) == (True, "above")
    assert (judged.margin, judged.unit) == (Decimal("1.04"), "pp")  # 0.0104 is 1.04 points
    assert judged.words == "超过"


def test_a_claim_that_asserts_the_lower_side_has_its_margin_turned_round(ledger):
    just_above = str(ledger[SHARE].number + Decimal("0.0104"))
    below = claim("threshold", [SHARE], just_above, asserts=frozenset({"below"}))
    judged = judge(below, ledger)
    assert (judged.holds, judged.margin) == (True, Decimal("1.04"))
    assert judged.span.low < judged.span.high


def test_a_margin_inside_rounding_is_not_robust(ledger):
    share = SHARE
    near = str(ledger[share].number - Decimal("1e-9"))
    judged = judge(claim("threshold", [share], near), ledger)
    assert judged.holds
    assert not judged.robust
    assert judged.margin != 0  # it is small, and shown to be more than nothing


def test_a_wide_margin_is_robust(ledger):
    judged = judge(claim("threshold", [SHARE], "0.01"), ledger)
    assert judged.robust


def test_outcomes_that_share_their_words_are_one_to_the_reader(ledger):
    edge = str(ledger[SHARE].number)
    words = {"below": "不同", "above": "不同", "equal": "不同"}
    together = claim("threshold", [SHARE], edge, words, asserts=frozenset())
    assert judge(together, ledger).robust
    assert not judge(replace(together, asserts=ABOVE), ledger).robust  # it may hold or not


def test_uncertain_words_are_for_what_rounding_could_turn(ledger):
    share = SHARE
    edge = str(ledger[share].number)
    assert judge(claim("threshold", [share], edge, uncertain="难定"), ledger).words == "难定"
    assert judge(claim("threshold", [share], "0.01", uncertain="难定"), ledger).words == "超过"


def test_the_words_change_with_the_outcome(ledger):
    number = ledger[SHARE].number
    for parameter, words in (("0.99", "不足"), (str(number), "恰为"), ("0.01", "超过")):
        assert judge(claim("threshold", [SHARE], parameter), ledger).words == words


def test_without_words_for_the_outcome_the_build_stops_and_says_why(ledger):
    share = SHARE
    judged = judge(claim("threshold", [share], "0.99", {"above": "超过"}), ledger)
    with pytest.raises(ProseError) as stopped:
        check_wording(judged, ledger)
    (problem,) = stopped.value.problems
    assert (problem.code, problem.row) == ("E320", LINE)
    assert problem.value == "above: 超过"
    assert problem.details["outcome"] == "below"
    assert ledger[share].txt in problem.details["facts"]
    assert "observations:" in problem.details["facts"]  # and the rows it goes back to


def test_a_fact_that_does_not_exist_is_named(ledger):
    with pytest.raises(ConfigError, match="E161"):
        judge(claim("threshold", ["no.such"], "1"), ledger)


def test_a_parameter_that_cannot_be_said_stops_the_build(ledger):
    words = {"above": "超过{parameter|chengs}"}
    with pytest.raises(ConfigError, match="E329"):
        judge(claim("threshold", [SHARE], "0.655", words), ledger)


BARE = "test: threshold, facts: [a.b], asserts: above, parameter: 1"


@pytest.mark.parametrize(
    ("entry", "code", "column"),
    [
        ("test: nonsense, facts: [a.b], asserts: above, words: {above: 超过}", "E186", "test"),
        ("test: thresold, facts: [a.b], asserts: above, words: {above: 超过}", "E185", "test"),
        ("test: threshold, fact: [a.b], asserts: above, words: {above: 超过}", "E195", "fact"),
        ("test: threshold, asserts: above, parameter: 1, words: {above: 超过}", "E197", ""),
        ("test: threshold, facts: [a.b], asserts: above, words: {above: 超过}", "E322", ""),
        ("test: within, facts: [a.b, a.c], asserts: inside, words: {inside: 不到}", "E322", ""),
        (
            "test: compare, facts: [a.b, a.c], asserts: above, parameter: 1, words: {above: 超过}",
            "E323", "parameter",
        ),
        (f"{BARE.replace('1', 'true')}, words: {{above: 超过}}", "E184", "parameter"),
        (f"{BARE}{'0' * 30}, words: {{above: 超过}}", "E128", "parameter"),
        ("test: [threshold], facts: [a.b], asserts: above, words: {above: 超过}", "E185", "test"),
        (f"{BARE}, words: {{above: '超过{{a.b'}}", "E329", "words.above"),
        (f"{BARE.replace('1', '{of: a.b}')}, words: {{above: 超过}}", "E197", "parameter"),
        (f"{BARE.replace('[a.b]', '[a.b, a.c]')}, words: {{above: 超过}}", "E324", "facts"),
        ("test: leads, facts: a.b, asserts: one, words: {one: 居首}", "E324", "facts"),
        (f"{BARE}, words: {{}}", "E325", "words"),
        (f"{BARE}, words: {{above: 5}}", "E181", "words.above"),
        (f"{BARE}, words: {{abov: 超过}}", "E185", "words.abov"),
        (f"{BARE}, words: {{one: 居首}}", "E186", "words.one"),
        (f"{BARE.replace('above', 'rising')}, words: {{above: 超过}}", "E186", "asserts"),
        (f"{BARE}, words: {{above: 很大}}", "E326", "words.above"),
        (f"{BARE}, words: {{above: 不足}}", "E327", "words.above"),
        (f"{BARE}, words: {{'below, equal': 不足}}", "E327", "words.below, equal"),
        (f"{BARE}, words: {{above: 超过}}, uncertain: 未及", "E327", "uncertain"),
        (f"{BARE}, words: {{above: '超过{{parameter|feet}}'}}", "E329", "words.above"),
        (
            "test: trend, facts: [a.b.2020, a.b.2021], asserts: rising, words: {rising: 逐期上升}",
            "E328", "facts",
        ),
        (
            "test: part_of, facts: [a.b, c.b, d.e], asserts: within, words: {within: 不到}",
            "E328", "facts",
        ),
    ],
)  # fmt: skip
def test_what_is_no_claim_is_told_with_its_line(project, entry, code, column):
    good = f"{{{BARE}, words: {{above: 超过}}}}"
    (project.root / CLAIMS).write_text(f"claims:\n  y: {good}\n  x: {{{entry}}}\n", "utf-8")
    with pytest.raises(ConfigError) as stopped:
        read_claims(project.layout, {})
    found = [(p.code, p.row, p.column) for p in stopped.value.problems]
    assert (code, 3, f"claims.x.{column}".rstrip(".")) in found
    assert all(message(problem, TEMPLATES) for problem in stopped.value.problems)


def test_a_placeholder_stands_for_every_member(project):
    entry = '{test: leads, facts: "{province}.gdp", asserts: one, words: {one: 居首}}'
    (project.root / CLAIMS).write_text(f"claims: {{x: {entry}}}\n", "utf-8")
    found = read_claims(project.layout, {"ranked": ["one"], "province": ["alpha", "beta"]})
    assert found["x"].facts == ("alpha.gdp", "beta.gdp")


def test_a_series_stands_for_all_that_was_measured_of_it_by_period(ledger):
    # The miniature records 1000 of 2028 and 1500 of 2029; a forecast or target is not of them.
    series = replace(claim("trend", ["na.compute_total.2*"], "1"), parameter=None)
    found = judge(series, ledger)
    numbers = [ledger[fact].number for fact in found.claim.facts]
    periods = [ledger[fact].meta["as_of"] for fact in found.claim.facts]
    assert len(numbers) > 1
    assert periods == sorted(periods)
    with pytest.raises(ConfigError, match="E161"):
        judge(replace(series, facts=("na.nothing.2*",)), ledger)
    with pytest.raises(ConfigError, match="E324"):
        judge(replace(series, test="compare"), ledger)


PATTERN = """
claims:
  "{vendor}.fits": {test: within, parameter: rg.ai_share, facts: ["{vendor}.a", "{vendor}.b"],
                    asserts: inside, words: {"inside, touching": 相容, outside: 相左}}
  plain: {test: threshold, parameter: 0.5, facts: [rg.ai_share], asserts: above,
          words: {above: 超过, "below, equal": 不超过}}
"""


def patterned(project, text=PATTERN):
    (project.root / CLAIMS).write_text(text, "utf-8")
    return read_claims(project.layout, {"province": [], "vendor": ["north", "south"]})


def test_a_name_with_a_placeholder_makes_a_claim_of_each_member(project):
    found = patterned(project)
    assert list(found) == ["north.fits", "south.fits", "plain"]
    assert found["south.fits"].facts == ("south.a", "south.b")
    assert [claim.pattern for claim in found.values()] == ["{vendor}.fits", "{vendor}.fits", ""]
    assert found["north.fits"].parameter == Parameter(None, SHARE)
    assert found["plain"].parameter == Parameter(Decimal("0.5"))
    assert found["plain"].wording["equal"] == "不超过"  # one wording for two outcomes


def test_a_claim_that_a_pattern_makes_too_is_told(project):
    entry = "{test: compare, facts: [a.b, a.c], asserts: above, words: {above: 超过}}"
    with pytest.raises(ConfigError) as stopped:
        patterned(project, f"{PATTERN}  south.fits: {entry}\n")
    (problem,) = stopped.value.problems
    assert (problem.code, problem.row, problem.details) == ("E193", 7, {"first": "3"})
    assert message(problem, TEMPLATES)


def test_a_multiple_is_of_what_is_above_zero(ledger):
    less = "na.growth.racks"  # -25 %, and less still is below twice that, above it in words
    assert ledger[less].number < 0
    with pytest.raises(ConfigError) as stopped:
        judge(claim("times", [SHARE, less], 2), ledger)
    (problem,) = stopped.value.problems
    assert (problem.code, problem.value) == ("E316", ledger[less].txt)
    assert message(problem, TEMPLATES)


@pytest.mark.parametrize(
    ("facts", "parameter", "code", "said"),
    [
        (["subjects.name.alpha"], Parameter(Decimal(1)), "E317", "subjects.name.alpha"),
        ([SHARE], Parameter(None, "subjects.name.alpha"), "E317", "subjects.name.alpha"),
        ([SHARE, "rg.compute_total"], None, "E318", "1、EFLOPS"),
    ],
)
def test_only_numbers_of_one_unit_are_compared(ledger, facts, parameter, code, said):
    test = "threshold" if parameter else "compare"
    compared = replace(claim(test, facts, 1), parameter=parameter)
    with pytest.raises(ConfigError) as stopped:
        judge(compared, ledger)
    (problem,) = stopped.value.problems
    assert (problem.code, problem.row, problem.value) == (code, LINE, said)
    assert message(problem, TEMPLATES)


def test_a_claim_of_a_pattern_is_judged_only_where_its_facts_are_known(project, ledger):
    found = patterned(project)
    found["north.fits"] = replace(found["north.fits"], facts=(SHARE, "alpha.ai_share"))
    judged = judge_all(found.values(), ledger)
    assert list(judged) == ["north.fits", "plain"]


def test_a_parameter_may_be_a_value_or_1_less_a_value(project, ledger):
    share, other = ledger[SHARE].number, ledger["alpha.ai_share"].number
    found = replace(patterned(project)["north.fits"], facts=(SHARE, "alpha.ai_share"))
    # The two may differ by as much as the share itself, or by what is left of 1.
    for allowed, least in ((share, False), (1 - share, True)):
        given = replace(found, parameter=Parameter(None, SHARE, complement=least))
        expected = (allowed - abs(share - other)) * 100
        assert float(judge(given, ledger).margin) == pytest.approx(float(expected), abs=0.005)


def test_units_of_the_last_place_are_those_of_the_printed_number(ledger):
    # 317 is printed to 1 and 317.5 to 0.1: 316.8 is 0.2 and 0.7 from them.
    for printed, outcome in (("317", "inside"), ("317.5", "outside"), ("317.80", "outside")):
        made = Ledger(ledger.codebook, ledger.operations)
        made.add(recorded("a.compute_total", "316.8", "0.05"))
        cell = Cell("observations", "value", "x")
        made.convert("a.compute_total.printed", printed, "EFLOPS", cell)
        words = {name: f"{word}{{parameter|count}}个单位" for name, word in
                 (("inside", "不到"), ("touching", "恰好"), ("outside", "超过"))}  # fmt: skip
        units = Parameter(Decimal(1), "a.compute_total.printed")
        facts = ("a.compute_total", "a.compute_total.printed")
        given = replace(claim("within", facts, "1", words), parameter=units)
        judged = judge(given, made)
        assert judged.outcome == outcome, printed
        assert judged.words.endswith("一个单位")


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
    words = {"above": "超过", "below": "不足{no.such}"}  # whether or not they are those of today
    with pytest.raises(ConfigError, match="E161"):
        judge(claim("threshold", [SHARE], "0.01", words), ledger)


def test_a_number_that_words_carry_themselves_is_told_with_its_line(project):
    found = patterned(project, PATTERN.replace("above: 超过", "above: 超过六成"))
    told = list(typed_numerals(found.values(), lambda text: ["六成"] if "六成" in text else []))
    assert [(p.code, p.row, p.column, p.value) for p in told] == [("E319", 5, "plain", "六成")]
    assert message(told[0], TEMPLATES).startswith("config/claims.yaml:5:plain ")


def test_a_claim_that_no_section_prints_is_told_with_its_line(project):
    found = patterned(project).values()
    assert list(unused(found, ["north.fits", "plain"])) == []  # one of a pattern is enough
    told = list(unused(found, ["plain"]))
    assert [(p.code, p.row, p.value) for p in told] == [("E321", 3, "{vendor}.fits")]
    assert message(told[0], TEMPLATES)


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
        made.add(value)
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
    judged = judge(claim("threshold", ["a.tier"], "1.5"), tiers(ledger, "130.97"))
    assert (judged.holds, judged.robust) == (False, False)
    assert (judged.span.low, judged.span.high) == (Decimal("-0.5"), Decimal("0.5"))  # first, second
    again = judge(claim("threshold", ["a.tier.again"], "1.5"), tiers(ledger, "130.97"))
    assert not again.robust
    far = judge(claim("threshold", ["a.tier"], "1.5"), tiers(ledger, "130.90"))  # 130.95 > 130.905
    assert far.robust


def test_what_is_drawn_is_never_shown_to_be_robust(ledger):
    made = Ledger(ledger.codebook, ledger.operations)
    made.add(recorded("a.compute_total", "131.0", "0"))
    # No draws are needed here: the operation alone says that nothing is known of its digits.
    made.add(Value("a.ai_share", Decimal("0.99"), "1", "99.00%", "simulate",
                    parents=("a.compute_total",)))  # fmt: skip
    judged = judge(claim("threshold", ["a.ai_share"], "0.01"), made)
    assert (judged.holds, judged.robust) == (True, False)
