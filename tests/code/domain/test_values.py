"""Every value of the miniature, worked out by hand.

province  order  total              AI                GDP    tier (floors 50, 20, 0)
alpha 甲  1      50.0 EFLOPS        20.0 EFLOPS       1000   first
beta 乙   2      3.00 万P = 30      2.0 万P = 20       500   second
delta 丁  9      10 E               4                  100   third
gamma 丙  10     10000 PFLOPS = 10  6.0                400   third
rg 山区          100.0              50.0              2000
na 全国          400                                 20000
"""

from __future__ import annotations

import random
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest

from suyuan.contract.config import edition_layout, read_config
from suyuan.contract.messages import message
from suyuan.contract.tables import read_records, read_table
from suyuan.core.errors import ConfigError, DataError, ReportedError
from suyuan.domain import values
from suyuan.lineage.graph import ancestry
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import children
from suyuan.lineage.reads import Shelf
from suyuan.lineage.value import TEXT
from suyuan.stages import check
from tests.code.miniature import ROOT, TEMPLATES

PRINTED = {
    # totals; half-widths: see below
    "rg.compute_total": "100.0",
    "rg.ai_compute": "50",  # ± 1.1: a decimal would say more than is known
    "rg.gdp": "2,000",
    "na.gdp": "20,000",
    "alpha.gdp": "1,000",  # of the configured period, not 999 of 2028
    "rg.province_count": "4",
    # AI share and the interval that rounding leaves
    "alpha.ai_share": "40.00%",  # 20 / 50
    "alpha.ai_share.low": "39.86%",  # 19.95 / 50.05
    "alpha.ai_share.high": "40.14%",  # 20.05 / 49.95
    "beta.ai_share": "66.67%",  # 20 / 30
    "beta.ai_share.low": "64.89%",  # 19.5 / 30.05: printed 2.0 万P, so ± 0.5
    "beta.ai_share.high": "68.45%",  # 20.5 / 29.95
    "gamma.ai_share": "60.00%",  # 6 / 10
    "gamma.ai_share.low": "59.50%",  # 5.95 / 10.0005
    "gamma.ai_share.high": "60.50%",  # 6.05 / 9.9995
    "delta.ai_share": "40.00%",  # 4 / 10
    "delta.ai_share.low": "33.33%",  # 3.5 / 10.5
    "delta.ai_share.high": "47.37%",  # 4.5 / 9.5
    "rg.ai_share": "50.00%",  # 50 / 100
    "rg.ai_share.low": "48.61%",  # (50 − 1.1) / (100 + 0.6005)
    "rg.ai_share.high": "51.41%",  # (50 + 1.1) / (100 − 0.6005)
    # compute per GDP, in PFLOPS per 亿元
    "alpha.gdp_share_rg": "50.00%",  # 1000 / 2000
    "beta.gdp_share_rg": "25.00%",
    "gamma.gdp_share_rg": "20.00%",
    "delta.gdp_share_rg": "5.00%",
    "alpha.compute_per_gdp": "50.00",  # 50 / 1000 · 1000
    "beta.compute_per_gdp": "60.00",  # 30 / 500 · 1000
    "gamma.compute_per_gdp": "25.00",  # 10 / 400 · 1000
    "delta.compute_per_gdp": "100.00",  # 10 / 100 · 1000
    "rg.compute_per_gdp": "50.00",  # 100 / 2000 · 1000
    "alpha.rank.compute_per_gdp": "3",
    "beta.rank.compute_per_gdp": "2",
    "gamma.rank.compute_per_gdp": "4",
    "delta.rank.compute_per_gdp": "1",
    # shares of the whole
    "alpha.compute_share_rg": "50.00%",
    "beta.compute_share_rg": "30.00%",
    "gamma.compute_share_rg": "10.00%",
    "delta.compute_share_rg": "10.00%",
    "rg.compute_share_na": "25.00%",  # 100 / 400
    "rg.gdp_share_na": "10.00%",  # 2000 / 20000
    # ranks and leaders; gamma and delta tie, and so do alpha and beta in AI
    "alpha.rank": "1",
    "beta.rank": "2",
    "gamma.rank": "3",
    "delta.rank": "3",
    "rg.leader.compute_total": "甲",
    "rg.leader.ai_compute": "甲、乙",
    "rg.leader.ai_share": "乙",
    "rg.leader.compute_per_gdp": "丁",
    "rg.compute_total.maximum": "50.0",
    "rg.ai_compute.maximum": "20.0",
    "rg.ai_share.maximum": "66.67%",
    "rg.compute_per_gdp.maximum": "100.00",
    # tiers: alpha stands exactly on its floor
    "alpha.tier": "甲档",
    "beta.tier": "乙档",
    "gamma.tier": "丙档",
    "delta.tier": "丙档",
    "tier_first.compute_total.floor": "50",
    "tier_second.compute_total.floor": "20",  # 2 万P
    "tier_first.members": "甲",
    "tier_second.members": "乙",
    "tier_third.members": "丁、丙",  # in display order: delta is 9, gamma 10
    "tier_first.member_count": "1",
    "tier_second.member_count": "1",
    "tier_third.member_count": "2",
    "tier_first.compute_total": "50.0",
    "tier_second.compute_total": "30",
    "tier_third.compute_total": "20",
    "tier_first.compute_share_rg": "50.00%",
    "tier_second.compute_share_rg": "30.00%",
    "tier_third.compute_share_rg": "20.00%",
    # targets, clusters, series
    "alpha.target_reached.compute_total_2031": "50.0%",  # 50 / 100
    "alpha.cluster_total": "20.0",  # 1.25 万P + 7500 P = 12.5 + 7.5; a3 is not on record
    "alpha.cluster_count": "2",
    "alpha.cluster_share": "40.0%",  # 20 / 50
    "na.growth.compute_total": "300.0%",  # 400 / 100 − 1; 2030 is a forecast
    "na.multiple.compute_total": "4.00",
    "na.compute_total.first": "100",
    "na.compute_total.latest": "400",
    "na.growth.ai_compute": "200.0%",  # 150 / 50 − 1
    "na.multiple.ai_compute": "3.00",
    "na.growth.racks": "−25.0%",  # 150 / 200 − 1
    "na.multiple.racks": "0.75",
    "na.racks.latest": "150",  # 万架
    "na.basis_count": "3",
    # rows
    "report.policy_count": "3",
    "alpha.policy_count": "2",
    "beta.policy_count": "1",
    "report.policy_count.grow": "1",
    "report.policy_count.govern": "1",
    "report.policy_line_count": "2",
    "report.supplier_count": "2",
    "report.supplier_count.internet_cloud": "1",
    "report.supplier_count.own_compute_cloud": "1",
    "north.presence_count": "2",
    "south.presence_count": "1",
    "alpha.supplier_count": "2",
    "beta.supplier_count": "1",
    "report.source_count": "3",
    "report.source_count.addressed": "1",
    "report.source_count.dated": "3",
    "report.source_count.grade_a": "1",
    "report.source_count.grade_b": "2",
    "report.observation_count": "33",
    "report.restatement_count": "1",
    "report.hub_count": "2",
}


@pytest.mark.parametrize("value_id", PRINTED)
def test_worked_answers(ledger, value_id):
    assert ledger[value_id].txt == PRINTED[value_id]


def test_every_computed_value_has_a_worked_answer(ledger):
    computed = {value.id for value in ledger if value.parents}
    renamed = {f"{province}.gdp" for province in ("beta", "gamma", "delta")}
    series = {"na.ai_compute.first", "na.ai_compute.latest", "na.racks.first"}
    assert computed - set(PRINTED) == renamed | series | {"report.value_count"}


def test_half_widths_add_up(ledger):
    # totals: 50.0 ± 0.05, 3.00 万P ± 0.05, 10 E ± 0.5, 10000 PFLOPS ± 0.0005
    assert ledger["rg.compute_total"].half == Decimal("0.6005")
    # AI: 20.0 ± 0.05, 2.0 万P ± 0.5, 4 ± 0.5, 6.0 ± 0.05
    assert ledger["rg.ai_compute"].half == Decimal("1.10")
    assert ledger["tier_third.compute_total"].half == Decimal("0.5005")


def test_what_is_about_stays_about(ledger):
    # delta alone is printed as about 10
    said = {value.id: value.meta.get("comparator", "=") for value in ledger}
    assert said["rg.compute_total"] == said["delta.ai_share"] == said["rg.ai_share"] == "≈"
    assert (
        said["rg.ai_compute"] == said["alpha.ai_share"] == said["tier_first.compute_total"] == "="
    )
    assert said["tier_third.compute_total"] == "≈"


def test_a_provinces_parents_are_its_own(ledger):
    assert ledger["rg.compute_total"].parents == (
        "alpha.compute_total", "beta.compute_total", "delta.compute_total", "gamma.compute_total"
    )  # fmt: skip
    assert ledger["delta.rank"].parents[0] == "delta.compute_total"
    assert sorted(ledger["delta.rank"].parents) == sorted(ledger["rg.compute_total"].parents)
    assert ledger["alpha.cluster_total"].parents == ("a2.compute_total", "a1.compute_total")


def test_what_is_no_part_of_the_region_is_not_counted(ledger):
    used = ancestry(ledger, [value.id for value in ledger if value.id.startswith("rg.")])
    assert not {name for name in used if name.startswith("omega.")}
    assert "omega.rank" not in ledger
    assert "beta.cluster_total" not in ledger  # one cluster is no sum


def test_bases_meet_only_where_they_are_divided_or_counted(ledger):
    for value in ledger:
        bases = {ledger[name].basis for name in value.parents}
        if len(bases - {""}) > 1:
            assert value.op in {"ratio", "ratio_low", "ratio_high", "count"}, value.id


def test_the_count_of_values_counts_all_other_numbers(ledger):
    numbers = [value.id for value in ledger if value.unit != TEXT]
    assert ledger["report.value_count"].v == len(numbers) - 1


def test_nothing_is_lost_on_the_way_through_files(project, ledger):
    assert contents(project.compute()) == contents(ledger)


def test_the_table_of_scores_repeats_the_ledger(built, ledger):
    table = read_table(built.layout.processed / "scores.csv").set_index("value_id")
    assert len(table) == sum(value.unit != TEXT for value in ledger)
    assert table.loc["rg.ai_share"].to_dict() == {
        "v": "0.5", "u": "1", "txt": "50.00%", "op": "ratio"
    }  # fmt: skip


# --- what moves what --------------------------------------------------------------------------


def contents(ledger):
    """Everything of every value; only the order of parents follows the files."""
    return {value.id: value.to_json() | {"in": sorted(value.parents)} for value in ledger}


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_rows_changes_no_value(project, ledger, seed):
    draw = random.Random(seed)
    for path in project.files():
        header, *rows = project.rows(path.stem)
        project.write(path.stem, [header, *draw.sample(rows, len(rows))])
    assert contents(project.compute()) == contents(ledger)


def test_the_order_of_columns_changes_no_value(project, ledger):
    for path in project.layout.raw.glob("*.csv"):
        project.write(path.stem, [row[::-1] for row in project.rows(path.stem)])
    assert contents(project.compute()) == contents(ledger)


def test_one_cell_moves_exactly_what_depends_on_it(project, ledger):
    project.set("observations", "T003", "value", "12000")  # gamma: 10 → 12
    after = project.compute()
    changed = [value for value in after if value.txt != ledger[value.id].txt]
    moved = {value.id for value in changed if value.op != TEXT}
    assert [value.id for value in changed if value.op == TEXT] == ["observations.value.T003"]
    assert moved == {
        "gamma.compute_total", "gamma.compute_per_gdp", "gamma.ai_share", "gamma.ai_share.low",
        "gamma.ai_share.high", "rg.compute_total", "rg.compute_per_gdp", "rg.ai_share",
        "rg.ai_share.low", "rg.ai_share.high", "rg.compute_share_na", "alpha.compute_share_rg",
        "beta.compute_share_rg", "gamma.compute_share_rg", "delta.compute_share_rg",
        "delta.rank",  # 3 → 4; gamma stays third, now alone
        "tier_third.compute_total", "tier_first.compute_share_rg", "tier_second.compute_share_rg",
        "tier_third.compute_share_rg",
    }  # fmt: skip
    assert after["rg.compute_total"].txt == "102.0"
    assert after["delta.rank"].txt == "4"
    for name in moved:
        assert "gamma.compute_total" in ancestry(after, [name])


def test_a_province_may_change_its_tier(project):
    for obs_id in ("T001", "T030"):  # the second restates the first
        project.set("observations", obs_id, "value", "49.9")
    after = project.compute()
    assert after["alpha.tier"].txt == "乙档"
    assert after["tier_second.members"].txt == "甲、乙"
    assert "tier_first.members" not in after  # nobody is left in it


def test_the_end_of_a_year_is_later_than_its_middle(project):
    project.add(
        "observations", "T017", obs_id="T034", qualifier="2029-06", as_of="2029-06", value="350"
    )
    project.add(
        "observations", "T022", obs_id="T035", qualifier="2029-06", as_of="2029-06", value="120"
    )
    after = project.compute()
    assert after["na.basis_count"].parents[1] == "na.ai_compute.2029"
    assert after["na.compute_total.latest"].txt == "400"  # the end of 2029
    assert after["na.growth.compute_total"].txt == "300.0%"


# --- what cannot be computed is reported, never thrown at an analyst ----------------------------


@pytest.mark.parametrize("obs_id", ["T001", "T005", "T013", "T015"])
def test_a_needed_row_that_is_gone_is_reported(project, obs_id):
    project.drop("observations", "T030")  # it restates T001
    project.drop("observations", obs_id)
    with pytest.raises(ReportedError):
        project.compute()


def test_a_basis_without_data_is_not_counted(project):
    project.drop("observations", "T025")
    assert project.compute()["na.basis_count"].txt == "2"


def test_a_gdp_period_without_data_is_reported(project):
    path = project.root / "config/config.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace('"2029"', '"2031"'), "utf-8")
    with pytest.raises(ReportedError):
        project.compute()


def test_a_missing_observation_is_told_at_the_last_that_is_like_it(project):
    rows = project.rows("observations")
    subject, indicator, qualifier = (
        rows[0].index(name) for name in ("subject_id", "indicator_id", "qualifier")
    )
    own = [r for r in rows if (r[subject], r[indicator]) == ("alpha", "gdp")]
    (key,) = [r[0] for r in own if r[qualifier] == project.config.gdp_period]
    project.set("observations", key, "qualifier", "2027")
    line = max(n for n, r in enumerate(rows, start=1) if r in own)
    with pytest.raises(DataError) as raised:
        project.compute()
    (problem,) = raised.value.problems
    assert (problem.code, problem.row, problem.column) == ("E153", line, "qualifier")


def test_a_missing_row_is_told_of_the_table_that_has_a_word_for_it():
    layout = edition_layout(ROOT, "2026Q1")
    for value_id, table in (
        ("market.other.low", "estimates"),
        ("market.compute_total", "observations"),
    ):
        problem = values._absent(value_id, [], layout)
        file = f"data/raw/2026Q1/{table}.csv"
        assert (problem.file, problem.row, problem.details) == (file, 0, {"table": file})


def complaint(project):
    with pytest.raises(DataError) as caught:
        project.compute()
    (problem,) = caught.value.problems
    return problem.code, problem.row, problem.column, problem.value, problem.details["rows"]


@pytest.mark.parametrize(
    ("obs_id", "line", "value_id", "rows"),
    [
        ("T004", 5, "delta.ai_share", "T004、T008"),  # 4 of 0
        ("T012", 5, "delta.compute_per_gdp", "T004、T012"),  # 10 per 0
        ("T016", 17, "na.growth.compute_total", "T016、T018"),  # from 0 to 400
    ],
)
def test_a_lawful_zero_below_a_ratio_is_reported_with_its_rows(
    project, obs_id, line, value_id, rows
):
    project.set("observations", obs_id, "value", "0")
    assert complaint(project) == ("E154", line, "value", value_id, rows)


def test_bases_that_do_not_add_up_are_reported_with_their_rows(project):
    project.set("observations", "T002", "basis", "device")
    rows = "T001、T002、T003、T004"
    assert complaint(project) == ("E154", 2, "value", "rg.compute_total", rows)


def test_a_part_above_its_whole_is_reported(project):
    project.set("observations", "T005", "value", "60.0")  # of 50.0
    assert complaint(project) == ("E155", 2, "value", "alpha.ai_share", "T001、T005")


@pytest.mark.parametrize(
    ("obs_id", "value", "share"), [("T007", "10.0", "100.00%"), ("T008", "0", "0.00%")]
)
def test_all_and_nothing_are_lawful_shares(project, obs_id, value, share):
    # Rounding leaves 10.05 of 9.9995 open, and −0.5 of 10.5: more than all, less than nothing.
    project.set("observations", obs_id, "value", value)
    subject = {"T007": "gamma", "T008": "delta"}[obs_id]
    assert project.compute()[f"{subject}.ai_share"].txt == share


@pytest.mark.parametrize(("key", "old"), [("region", "rg"), ("nation", "na")])
def test_a_region_or_nation_without_data_is_reported(project, key, old):
    path = project.root / "config/config.yaml"
    text = path.read_text(encoding="utf-8").replace(f"{key}: {old}", f"{key}: zeta")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReportedError):
        project.compute()


def test_a_number_of_a_series_without_a_period_is_no_traceback(project):
    project.set("observations", "T016", "as_of", "")  # lawful: sources may give none
    with suppress(ReportedError):
        project.compute()


# --- small parts ------------------------------------------------------------------------------


def test_order_is_numeric():
    rows = [{"id": "a", "order": "9"}, {"id": "b", "order": "10"}, {"id": "c", "order": "1"}]
    ordered = Shelf(Ledger(None, {}), {"t": rows})["t"].ordered("order")
    assert ordered.row_keys() == ["c", "a", "b"]


def test_children_are_of_one_parent_and_one_type(built):
    records = read_records(built.layout.tables / "subjects.csv")
    subjects = Shelf(Ledger(None, {}), {"subjects": records})["subjects"]
    assert children(subjects, "rg", "province") == ["alpha", "beta", "delta", "gamma"]
    assert children(subjects, "alpha", "cluster") == ["a2", "a1", "a3"]
    assert children(subjects, "delta", "cluster") == []


def test_only_what_is_said_of_a_record_is_kept(ledger):
    assert ledger["na.compute_total.2030"].meta["vintage"] == "2029-12"
    assert "vintage" not in ledger["na.compute_total.2029"].meta


@pytest.mark.parametrize("period", ["2019", "9999", "2029Q1", "2029/2030"])
def test_a_configured_period_without_a_record_is_told_where_it_stands(project, period):
    with pytest.raises(ConfigError) as caught:
        check.run(project.layout, replace(project.config, gdp_period=period))
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E153", "config/config.yaml")
    assert (problem.column, problem.value) == ("gdp_period", f"na.gdp.{period}")


def test_so_is_one_of_the_edition_s_own_row(project):
    (project.root / "config/editions.csv").write_text(
        "edition,region,gdp_period\n2030Q1,,2019\n", encoding="utf-8"
    )
    with pytest.raises(ConfigError) as caught:
        check.run(project.layout, read_config(project.root))
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row) == ("E153", "config/editions.csv", 2)


@pytest.mark.parametrize("key", ["region", "nation"])
@pytest.mark.parametrize(("subject", "code"), [("zz", "E111"), ("alpha", "E838")])
def test_a_configured_subject_that_is_none_is_told_where_it_stands(project, key, subject, code):
    path = project.root / "config/config.yaml"
    rows = path.read_text(encoding="utf-8").splitlines()
    (row,) = [number for number, text in enumerate(rows, 1) if text.startswith(f"{key}: ")]
    with pytest.raises(ConfigError) as caught:
        check.run(project.layout, replace(project.config, **{key: subject}))
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row) == (code, "config/config.yaml", row)
    assert (problem.column, problem.value) == (key, subject)
    assert subject in message(problem, TEMPLATES)
