"""Suppliers, robustness and matrix: what is printed of the example assessment, and its mark.

The numbers are held against lineage.json, who is ranked against the values themselves.
"""

from __future__ import annotations

import csv
from decimal import Decimal
from math import log

import pytest
import yaml

from suyuan.lineage.predicates import PREDICATES

SECTIONS = ("03-04-suppliers", "03-05-robustness", "04-00-matrix")
NOTE = "示例评估：由本项目依据公开描述评定，非来源机构发布的数据。"
LADDER = ("S", "R", "S_nw", "T", "P", "A", "C", "F")
FACTORS = ("S", "R", "T", "P", "A", "C")
JUDGED = ("ratings", "estimates", "tree", "model")  # tables that are ours


def squeezed(text):
    return "".join(text.split())


@pytest.fixture(scope="module")
def section(html):
    """The element of a section, by name."""
    found = {
        e.attributes["id"]: e for e in html.walk() if e.tag == "section" and "id" in e.attributes
    }
    return found.__getitem__


@pytest.fixture(scope="module")
def suppliers(built, edition):
    with (built / f"data/raw/{edition}/suppliers.csv").open(encoding="utf-8") as lines:
        return [row["supplier_id"] for row in csv.DictReader(lines)]


@pytest.fixture(scope="module")
def ranked(suppliers, values):
    """Those with a rank, the largest F first."""
    found = [v for v in suppliers if f"{v}.rank" in values]
    assert len(found) >= 2
    return sorted(found, key=lambda v: -Decimal(values[f"{v}.F"]["v"]))


def printed_rows(html, table):
    """Texts of the cells of a table's body, row by row."""
    (whole,) = [e for e in html.walk() if e.attributes.get("id") == f"tab-{table}"]
    (body,) = [e for e in whole.walk() if e.tag == "tbody"]
    return [
        [squeezed(cell.text) for cell in row.content if not isinstance(cell, str)]
        for row in body.content
        if not isinstance(row, str)
    ]


def figure_marks(html, name):
    """Value ids of the marks of a figure."""
    (whole,) = [e for e in html.walk() if e.attributes.get("id") == f"fig-{name}"]
    return {
        e.attributes["data-fact"]
        for e in whole.walk()
        if e is not whole and "data-fact" in e.attributes
    }


def name_of(values, vendor):
    return values[f"subjects.name.{vendor}"]["txt"]


# --- the mark of what is ours -----------------------------------------------------------------


@pytest.mark.parametrize("name", SECTIONS)
def test_a_section_says_at_its_head_that_the_numbers_are_ours(section, name):
    note = [e for e in section(name).walk() if e.attributes.get("class") == "key"]
    assert [squeezed(e.text) for e in note] == [squeezed(NOTE)]


def comes_from_ours(values, value_id):
    """Whether a value goes back to a cell that we judged."""
    entry = values[value_id]
    own = any(table in JUDGED for table, _, _ in entry.get("src", ())) and entry["u"] != "text"
    return own or any(comes_from_ours(values, parent) for parent in entry.get("in", ()))


@pytest.mark.parametrize("name", SECTIONS)
def test_each_figure_and_table_of_judged_numbers_is_marked(section, values, name):
    marked = unmarked = 0
    parts = [
        e
        for e in section(name).walk()
        if e.tag == "figure" or "table" in e.attributes.get("class", "").split()
    ]
    for part in parts:
        if any(e.tag == "details" for e in part.ancestry):
            continue
        siblings = [e for e in part.parent.content if not isinstance(e, str)]
        after = siblings[siblings.index(part) :]
        source = next(e for e in after if e.attributes.get("class") == "source")
        facts = {e.attributes["data-fact"] for e in part.walk() if "data-fact" in e.attributes}
        ours = any(comes_from_ours(values, fact) for fact in facts)
        assert (squeezed(NOTE) in squeezed(source.text)) == ours, part.attributes
        marked, unmarked = marked + ours, unmarked + (not ours)
    assert marked >= 2


# --- who is shown -----------------------------------------------------------------------------


def test_the_ladder_has_every_supplier_with_what_is_known(html, values, suppliers, ranked):
    rows = printed_rows(html, "ladder")
    unranked = [v for v in suppliers if v not in ranked]
    wanted = []
    for vendor in [*ranked, *unranked]:
        rank = values[f"{vendor}.rank"]["txt"] if vendor in ranked else "未排名"
        known = [values.get(f"{vendor}.{factor}", {"txt": "缺"})["txt"] for factor in LADDER]
        band = values.get(f"{vendor}.band", {"txt": "缺"})["txt"]
        wanted.append([name_of(values, vendor), rank, band, *known])
    assert rows == [[squeezed(cell) for cell in row] for row in wanted]


@pytest.mark.parametrize("table", ["ladder", "supply_shares", "filters", "matrix"])
def test_no_supplier_is_dropped_and_the_unranked_say_so(html, values, suppliers, ranked, table):
    rows = {row[0]: row[1:] for row in printed_rows(html, table)}
    assert set(rows) == {squeezed(name_of(values, v)) for v in suppliers}
    for vendor in suppliers:
        says = any(cell.startswith("未排名") for cell in rows[squeezed(name_of(values, vendor))])
        assert says == (vendor not in ranked)


def test_what_an_unranked_supplier_lacks_is_named(section, values, suppliers, ranked):
    paragraphs = [squeezed(e.text) for e in section("03-04-suppliers").walk() if e.tag == "p"]
    for vendor in (v for v in suppliers if v not in ranked):
        (said,) = [p for p in paragraphs if p.startswith(f"{squeezed(name_of(values, vendor))}。")]
        for factor in FACTORS:
            lacks = f"{vendor}.{factor}" not in values
            assert (values[f"indicators.name.{factor}"]["txt"] in said) == lacks
        for part in ("coverage", "score_low", "score_high"):
            assert values[f"{vendor}.{part}"]["txt"] in said


@pytest.mark.parametrize(
    ("figure", "patterns"),
    [
        ("supply_ladder", ("S", "S_nw", "remaining.T", "remaining.P", "remaining.A", "F")),
        ("supply_shares", ("share", "share.lower", "share.upper")),
        ("power_matrix", ("F", "F.lower", "F.upper", "score", "score.lower", "score.upper")),
        ("supply_sensitivities", [f"sobol{t}.{f}" for t in ("", "_total") for f in FACTORS]),
    ],
)
def test_figures_have_a_mark_for_every_ranked_supplier(html, ranked, figure, patterns):
    assert {f"{v}.{pattern}" for v in ranked for pattern in patterns} <= figure_marks(html, figure)


def test_probabilities_are_drawn_for_every_supplier_and_rank(html, ranked):
    places = range(1, len(ranked) + 1)
    wanted = {f"{v}.p_rank.{n}" for v in ranked for n in places}
    said = {"nw.leader.F", "nw.second.F", "nw.lead_p_beats.F"}  # in the takeaway above
    assert figure_marks(html, "rank_probabilities") == wanted | said
    pairs = {f"{one}.score_p_beats.{other}" for one in ranked for other in ranked if one != other}
    said = {"nw.leader.score", "nw.second.score", "nw.lead_p_beats.score"}
    assert figure_marks(html, "score_odds") == pairs | said


# --- who leads --------------------------------------------------------------------------------


def test_the_leaders_are_those_of_the_numbers(values, ranked):
    first, second = ranked[:2]
    assert values["nw.leader.F"]["txt"] == name_of(values, first)
    assert values["nw.second.F"]["txt"] == name_of(values, second)
    assert values["nw.lead_p_beats.F"]["v"] == values[f"{first}.p_beats.{second}"]["v"]
    assert values["nw.leader_p_rank.F"]["v"] == values[f"{first}.p_rank.1"]["v"]
    by_score = sorted(ranked, key=lambda v: -Decimal(values[f"{v}.score"]["v"]))
    assert values["nw.leader.score"]["txt"] == name_of(values, by_score[0])
    odds = f"{by_score[0]}.score_p_beats.{by_score[1]}"
    assert values["nw.lead_p_beats.score"]["v"] == values[odds]["v"]


def test_the_lead_is_decomposed_without_remainder(html, values, ranked):
    first, second = ranked[:2]
    exact = {name: Decimal(values[name]["v"]) for name in values if values[name]["u"] == "1"}
    parts = [exact[f"nw.lead_log_ratio.{factor}"] for factor in FACTORS]
    assert float(sum(parts)) == pytest.approx(float(exact["nw.lead_log_ratio.F"]), abs=1e-20)
    ratio = Decimal(values[f"{first}.F"]["v"]) / Decimal(values[f"{second}.F"]["v"])
    assert float(exact["nw.lead_log_ratio.F"]) == pytest.approx(log(ratio))
    drawn = {f"nw.lead_log_ratio.{factor}" for factor in (*FACTORS, "F")}
    said = {"nw.leader.F", "nw.second.F", "nw.lead_ratio.F"}  # in the takeaway above
    assert figure_marks(html, "lead_decomposition") == drawn | said


def test_odds_are_held_against_the_threshold_of_a_tie(built):
    claims = yaml.safe_load((built / "config/claims.yaml").read_text(encoding="utf-8"))["claims"]
    for name in ("nw.F_lead_is_sure", "nw.score_lead_is_sure"):
        assert claims[name]["parameter"] == {"complement": "model.parameter.tie"}


def test_every_claim_of_the_assessment_has_words_for_every_outcome(built):
    claims = yaml.safe_load((built / "config/claims.yaml").read_text(encoding="utf-8"))["claims"]
    ours = [name for name in claims if "lead" in name and ("F_" in name or "score_" in name)]
    ours += ["nw.shifts_within_one_place", "nw.ahp_inconsistent", "nw.alpha_sufficient"]
    for name in ours:
        worded = {part for key in claims[name]["words"] for part in key.split(", ")}
        assert worded == set(PREDICATES[claims[name]["test"]].outcomes.names)


def test_the_ranks_by_every_method_are_printed_and_the_leaders_counted(html, values, ranked):
    rows = printed_rows(html, "method_ranks")
    methods = {key.rpartition(".")[2] for key in values if ".method_rank." in key}
    first = [{v for v in ranked if values[f"{v}.method_rank.{m}"]["v"] == "1"} for m in methods]
    declared = {v for v in ranked if values[f"{v}.score_rank"]["v"] == "1"}
    assert len(rows) == len(methods) == int(values["nw.method_count"]["v"])
    assert first.count(declared) == int(values["nw.same_leader_count"]["v"])
    assert rows[0] == ["声明权重", *(values[f"{v}.score_rank"]["txt"] for v in ranked)]


def test_weights_are_printed_by_method_and_dimension(html, values):
    rows = {row[0]: row[1:] for row in printed_rows(html, "weights")}
    with_cells = {"声明权重": "{}.weight", "等权": "robust_equal.alternative_weight.{}",
                  "CRITIC权重": "robust_critic.alternative_weight.{}",
                  "有效权重": "{}.effective_weight"}  # fmt: skip
    dimensions = ["supply", "platform", "inclusive_ecosystem", "business", "trust"]
    for label, pattern in with_cells.items():
        assert rows[label] == [values[pattern.format(d)]["txt"] for d in dimensions]
    assert len(rows) == 7  # declared, five alternatives, effective


def test_the_largest_shift_is_that_of_all_methods(values):
    shifts = [
        Decimal(entry["v"]) for name, entry in values.items()
        if name.startswith("robust_") and name.endswith(".rank_shift_max")
    ]  # fmt: skip
    assert Decimal(values["nw.rank_shift_max"]["v"]) == max(shifts)
    assert len(shifts) >= 5


def test_the_summary_tells_who_leads_and_that_it_is_ours(section):
    said = squeezed(section("01-summary").text)
    assert squeezed(NOTE) in said
    claims = {
        e.attributes["data-claim"]
        for e in section("01-summary").walk()
        if "data-claim" in e.attributes
    }
    assert {"nw.F_leader", "nw.F_lead_is_sure", "nw.score_lead_is_sure"} <= claims


def test_indices_of_the_composite_stand_with_their_intervals(html, values, ranked):
    rows = {row[0]: row[1:] for row in printed_rows(html, "score_sensitivities")}
    groups = ["supply", "platform", "inclusive_ecosystem", "business", "trust", "weights"]
    for vendor in ranked:
        shown = []
        for group in groups:
            parts = [values[f"{vendor}.score_sobol_total.{group}{end}"]["txt"]
                     for end in ("", "_lower", "_upper")]  # fmt: skip
            shown.append("{}{}–{}".format(*parts))
        assert rows[squeezed(name_of(values, vendor))] == shown
    assert set(rows) == {squeezed(name_of(values, vendor)) for vendor in ranked}
