"""Each rule of plausibility asks of the change that it is for, and of nothing without it."""

from __future__ import annotations

import pytest

from suyuan.contract.messages import catalogue
from suyuan.contract.queries import rules
from suyuan.contract.queries.seen import BOUNDS, key_of
from suyuan.contract.schema import read_schemas
from tests.code.contract.queries.world import bounds, row, seen, source, tables
from tests.code.miniature import ROOT, TEMPLATES

# The rule, the row that is changed, its new cells, and the place that is asked about.
CASES = [
    ("W175", "observations", "F003", {"value": "1400"}, "observations.F003.value"),
    ("W175", "observations", "F003", {"value": "900"}, "observations.F003.value"),
    ("W176", "observations", "F005", {"value": "2400"}, "observations.F005.value"),
    ("W177", "observations", "F004", {"value": "1103"}, "observations.F004.value"),
    ("W178", "observations", "F005", {"value": "12160"}, "observations.F005.value"),
    ("W179", "observations", "F005", {"value": "1300"}, "observations.F005.value"),
    ("W180", "observations", "F027", {"value": "1240"}, "observations.F027.value"),
    ("W181", "observations", "F028", {"value": "1300"}, "observations.F028.value"),
    ("W182", "observations", "F026", {"value": "6900"}, "observations.F026.value"),
    ("W183", "observations", "F004",
     {"value": "1216", "as_of": "2025", "locator": "L50"}, "observations.F005.value"),
    ("W185", "observations", "F028", {"as_of": "2026-02"}, "observations.F028.as_of"),
    ("W186", "observations", "F029",
     {"as_of": "2025", "vintage": ""}, "observations.F029.as_of"),
    ("W187", "observations", "F029", {"vintage": "2026-02"}, "observations.F029.vintage"),
    ("W187", "observations", "F029", {"vintage": "2025-01"}, "observations.F029.vintage"),
    ("W187", "observations", "F029", {"as_of": "2025"}, "observations.F029.vintage"),
    ("W188", "sources", "letter", {"read_on": "2026-02-02"}, "sources.letter.read_on"),
    ("W189", "sources", "yearbook-2026", {"published": "2025-12"},
     "sources.yearbook-2026.published"),
    ("W189", "sources", "letter", {"url": "https://example.org/2025-12/a"},
     "sources.letter.published"),
    ("W189", "policies", "plan", {"issued": "2024-06"}, "policies.plan.issued"),
    ("W190", "evidence", "seen_twice", {"locator": "来函2026-03-02"},
     "evidence.seen_twice.locator"),
    ("W204", "ratings", "one", {"rated_on": "2026-04-01"}, "ratings.one.rated_on"),
    ("W204", "ratings", "one", {"rated_on": "2026-05"}, "ratings.one.rated_on"),
    ("W191", "observations", "F028", {"locator": "https://example.org/other"},
     "observations.F028.locator"),
    ("W192", "observations", "F010", {"locator": "L100;L100"}, "observations.F010.locator"),
    ("W192", "observations", "F010", {"locator": "L100-90"}, "observations.F010.locator"),
    ("W192", "observations", "F010", {"locator": "L100、L102"}, "observations.F010.locator"),
    ("W193", "observations", "F010", {"locator": "L900"}, "observations.F010.locator"),
    ("W194", "ratings", "one", {"evidence": ""}, "evidence.seen_twice.evidence_id"),
    ("W195", "observations", "F010", None, "observations.F011.obs_id"),
    ("W195", "trends", "down", None, "trends.level.order"),
    ("W196", "sources", "letter", {"url": "https://example.org/2026-01-20/bulletin"},
     "sources.letter.url"),
    ("W196", "sources", "letter", {"publisher": "编者yearbook-226"},
     "sources.yearbook-2026.publisher"),
    ("W201", "observations", "F028", {"subject_id": "beta"}, "observations.F028.subject_id"),
    ("W202", "observations", "F006", {"locator": "L50"}, "observations.F006.subject_id"),
]  # fmt: skip


def asked(found):
    """Code and place of every query."""
    looked = seen(found)
    by_line = {
        (name, int(each["line"])): each for name, rows in looked.tables.items() for each in rows
    }
    for query in rules.problems(looked):
        table = query.file.split("/")[-1].removesuffix(".csv")
        yield query.code, f"{table}.{key_of(by_line[(table, query.row)])}.{query.column}"


def test_nothing_is_asked_of_the_country_as_it_is():
    assert list(asked(tables())) == []


@pytest.mark.parametrize(("code", "table", "key", "cells", "place"), CASES)
def test_a_change_is_asked_about(code, table, key, cells, place):
    found = tables()
    changed = row(found, table, key)
    if cells is None:
        found[table].remove(changed)
    else:
        changed.update(cells)
    assert (code, place) in list(asked(found))


def test_a_figure_of_a_text_that_no_observation_at_its_place_has_is_asked_about():
    found = tables()
    found["observations"][29].update(source_id="yearbook-2026", locator="L401", subject_id="west")
    found["trends"][0]["text"] = "算力规模达到30 EFLOPS。"
    assert list(asked(found)) == []
    found["trends"][0]["text"] = "算力规模达到31 EFLOPS。"
    assert list(asked(found)) == [("W203", "trends.up.text")]


def test_every_rule_has_a_case():
    tried = {code for code, *_ in CASES} | {"W203"}
    assert tried == {rule.code for rule in rules.RULES}


def test_a_rule_without_its_bounds_asks_nothing():
    found = tables()
    row(found, "observations", "F026")["value"] = "6900"
    found[BOUNDS] = [each for each in found[BOUNDS] if each["code"] != "W182"]
    assert list(asked(found)) == []
    del found[BOUNDS]
    row(found, "observations", "F028")["locator"] = "https://example.org/other"
    assert list(asked(found)) == []


def test_a_bound_decides():
    found = tables()
    row(found, "observations", "F026")["value"] = "6900"
    for each in found[BOUNDS]:
        if each["bound_id"] == "sum_gdp":
            each["value"] = "0.5"
    assert list(asked(found)) == []


def test_bounds_are_those_of_rules_and_rules_have_theirs():
    named = {(each["code"], each["name"]) for each in bounds()}
    every = (*rules.RULES, *rules.OF_TWO)
    assert named == {(rule.code, name) for rule in every for name in rule.parameters}


def test_every_rule_has_its_words_and_says_what_it_compares():
    words = catalogue(TEMPLATES)
    every = (*rules.RULES, *rules.OF_TWO)
    assert len({rule.code for rule in every}) == len(every)
    assert all(rule.code in words and rule.compares for rule in every)


def test_no_bound_can_be_taken_away():
    schema = read_schemas(ROOT / "workflow/schemas/config")["plausibility"]
    assert {*schema.needed, *schema.rows} == {each["bound_id"] for each in bounds()}


def test_what_may_fall_below_nothing_is_no_level():
    found = tables()
    for each in found["observations"][:5]:
        each.update(indicator_id="change", value="12.5")
    del found["observations"][25]  # the whole that these were parts of
    codes = {code for code, _ in asked(found)}
    assert "W177" not in codes  # five times the same change is no copied level
    for each in found["observations"][:5]:
        each["indicator_id"] = "compute_total"
    assert "W177" in {code for code, _ in asked(found)}


@pytest.mark.parametrize(("comparator", "count"), [("=", 1), ("≈", 1), (">", 1), ("<", 0)])
def test_a_bound_that_another_publisher_keeps_is_no_difference(comparator, count):
    found = tables()  # F005 says 1216
    row(found, "observations", "F027").update(value="1300", comparator=comparator)
    assert [code for code, _ in asked(found)].count("W180") == count


def test_a_whole_may_be_further_up():
    found = tables()
    row(found, "observations", "F028").update(subject_id="town", indicator_id="compute_total")
    row(found, "observations", "F030").update(subject_id="country", as_of="2025")
    assert ("W181", "observations.F028.value") in list(asked(found))
    row(found, "observations", "F030")["as_of"] = "2024"  # what it was before says nothing
    assert "W181" not in {code for code, _ in asked(found)}


def test_numbers_left_out_by_the_dozen_are_meant():
    found = tables()
    row(found, "observations", "F030")["obs_id"] = "F045"
    assert list(asked(found)) == []
    row(found, "observations", "F045")["obs_id"] = "F039"
    assert list(asked(found)) == [("W195", "observations.F039.obs_id")]


def test_an_id_may_have_a_year_that_is_none_of_publication():
    found = tables()
    found["sources"].append(source("order-1990-2026", "2026-03") | {"title": "通知"})
    found["trends"][2]["source_id"] = "order-1990-2026"
    assert list(asked(found)) == []
    found["sources"][-1]["published"] = "2025-03"
    assert [code for code, _ in asked(found)] == ["W189"]


def test_where_a_text_leaps_anyway_no_line_is_out_of_order():
    found = tables()
    for number, line in ((10, 100), (11, 900), (12, 400)):
        row(found, "observations", f"F{number:03}")["locator"] = f"L{line}"
    assert "observations.F011.locator" not in [place for _, place in asked(found)]
    row(found, "observations", "F012")["locator"] = "L120"
    assert "observations.F011.locator" in [place for _, place in asked(found)]


def test_a_passage_is_no_line_and_a_chapter_no_place():
    found = tables()
    row(found, "observations", "F005")["locator"] = "L50-51"
    row(found, "observations", "F006")["locator"] = "L50-51"
    assert list(asked(found)) == []
    row(found, "trends", "up").update(locator="L10-400", text="全书合计9 EFLOPS。")
    row(found, "observations", "F030").update(source_id="yearbook-2026", locator="L300")
    assert "W203" not in {code for code, _ in asked(found)}
