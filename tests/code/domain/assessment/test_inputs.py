"""The judged inputs of the assessment are whole and agree with each other.

What a schema cannot say of one row is held here of the committed tables: weights that sum to 1,
six anchors a leaf, a rating for every vendor and leaf, shares that agree with their admission.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal

import pytest

from tests.code.miniature import ROOT

RAW = ROOT / "data/raw/2026Q1"
CONFIG = ROOT / "config"
SCORES = [str(score) for score in range(6)]
POINTS = {"met": "1", "mostly": "0.75", "partly": "0.5", "weak": "0.25", "no": "0"}
TERMS = {"T": "third_party", "P": "inclusive", "A": "ai_compute", "C": "cloud_platform"}


def rows(folder, table):
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


TREE = {row["node_id"]: row for row in rows(CONFIG, "tree")}
PARENTS = {row["parent_id"] for row in TREE.values()}
LEAVES = [node for node in TREE if node not in PARENTS]
VENDORS = [row["supplier_id"] for row in rows(RAW, "suppliers")]
CRITERIA = {row["criterion_id"]: row["term_id"] for row in rows(RAW, "criteria")}
EVIDENCE = {row["evidence_id"]: row for row in rows(RAW, "evidence")}
RATINGS = rows(RAW, "ratings")
VERDICTS = rows(RAW, "criterion_ratings")
ESTIMATES = rows(RAW, "estimates")


def cited(row):
    return row["evidence"].split(";") if row["evidence"] else []


def test_the_tree_is_that_of_the_source_down_to_the_second_level():
    named = {row["node_id"]: row for row in rows(RAW, "index_nodes")}
    ours = {key: row for key, row in TREE.items() if row["level"] in {"1", "2"} and key in PARENTS}
    assert list(ours) == list(named)
    for key, row in named.items():
        assert ours[key]["name"] == row["name"]
        assert ours[key]["parent_id"] == (row["parent_id"] or "score")
    factors = [(row["factor_id"], row["name"]) for row in rows(RAW, "regional_factors")]
    region = [row for row in TREE.values() if row["parent_id"] == "region_fit"]
    assert [(row["node_id"], row["name"]) for row in region] == factors


def test_the_source_counts_32_indicators_of_the_third_level():
    assert sum(row["level"] == "3" for row in TREE.values()) == 32
    assert len(LEAVES) == 32 + 4  # the regional factors are leaves too


def test_a_node_stands_one_level_below_its_parent():
    for row in TREE.values():
        above = int(TREE[row["parent_id"]]["level"]) if row["parent_id"] else -1
        assert int(row["level"]) == above + 1


def test_weights_of_siblings_sum_to_one_and_have_two_decimals():
    total = defaultdict(Decimal)
    for row in TREE.values():
        weight = Decimal(row["weight"])
        assert weight > 0
        assert weight == weight.quantize(Decimal("0.01"))
        total[row["parent_id"]] += weight
    roots = total.pop("")
    assert roots == 2  # two roots, of weight 1 each
    assert set(total.values()) == {Decimal(1)}


@pytest.mark.parametrize("node", TREE)
def test_a_leaf_says_where_it_is_read_and_another_node_how_it_is_joined(node):
    row = TREE[node]
    assert bool(row["data_source"]) == (node in LEAVES)
    assert bool(row["aggregation"]) == (node in PARENTS)


def test_every_leaf_has_six_different_anchors():
    anchors = defaultdict(list)
    for row in rows(CONFIG, "rubric"):
        assert row["anchor_id"] == f"{row['node_id']}_{row['score']}"
        anchors[row["node_id"]].append((row["score"], row["anchor"]))
    assert set(anchors) == set(LEAVES)
    for pairs in anchors.values():
        assert [score for score, _ in pairs] == SCORES
        assert len({anchor for _, anchor in pairs}) == len(SCORES)


def test_better_grades_leave_less_room():
    spreads = [Decimal(row["spread"]) for row in rows(CONFIG, "grades")]
    assert spreads == sorted(set(spreads))


def test_every_vendor_is_rated_on_every_leaf():
    wanted = [(f"{v}_{leaf}", v, leaf) for v in VENDORS for leaf in LEAVES]
    found = [(row["rating_id"], row["subject_id"], row["node_id"]) for row in RATINGS]
    assert sorted(found) == sorted(wanted)


def test_every_vendor_is_held_against_every_criterion():
    wanted = [(f"{v}_{c}", v, c) for v in VENDORS for c in CRITERIA]
    found = [(r["criterion_rating_id"], r["subject_id"], r["criterion_id"]) for r in VERDICTS]
    assert sorted(found) == sorted(wanted)


def test_every_vendor_has_its_four_shares_and_the_market_its_remainder():
    wanted = [(f"{v}_{f}", v, f) for v in VENDORS for f in TERMS]
    wanted.append(("market_other", "market", "other"))
    found = [(row["estimate_id"], row["subject_id"], row["factor"]) for row in ESTIMATES]
    assert sorted(found) == sorted(wanted)


@pytest.mark.parametrize("row", RATINGS, ids=lambda row: row["rating_id"])
def test_what_is_missing_is_neither_scored_nor_evidenced(row):
    missing = row["kind"] == "missing"
    assert [bool(row[name]) for name in ("score", "grade", "evidence")] == [not missing] * 3


@pytest.mark.parametrize("row", VERDICTS, ids=lambda row: row["criterion_rating_id"])
def test_what_is_unknown_is_neither_graded_nor_evidenced(row):
    missing = row["kind"] == "missing"
    assert (row["verdict"] == "unknown") == missing
    assert [bool(row[name]) for name in ("grade", "evidence")] == [not missing] * 2


@pytest.mark.parametrize("row", ESTIMATES, ids=lambda row: row["estimate_id"])
def test_a_share_is_a_range_or_missing(row):
    present = [bool(row[name]) for name in ("low", "mode", "high", "evidence")]
    assert present == [row["kind"] != "missing"] * 4
    if row["kind"] != "missing":
        low, mode, high = (Decimal(row[name]) for name in ("low", "mode", "high"))
        assert low <= mode <= high


def test_a_judgement_rests_on_evidence_about_its_own_subject():
    for row in [*RATINGS, *VERDICTS, *ESTIMATES]:
        subjects = {EVIDENCE[key]["subject_id"] for key in cited(row)}
        assert subjects <= {row["subject_id"]}, row
        assert len(set(cited(row))) == len(cited(row)), row


def test_no_evidence_is_idle():
    used = {key for row in [*RATINGS, *VERDICTS, *ESTIMATES] for key in cited(row)}
    assert used == set(EVIDENCE)


@pytest.mark.parametrize(
    "row", [r for r in ESTIMATES if r["factor"] in TERMS and r["mode"]],
    ids=lambda row: row["estimate_id"],
)  # fmt: skip
def test_a_share_agrees_with_the_admission_verdicts_of_its_term(row):
    known = [
        Decimal(POINTS[v["verdict"]])
        for v in VERDICTS
        if v["subject_id"] == row["subject_id"]
        and CRITERIA[v["criterion_id"]] == TERMS[row["factor"]]
        and v["verdict"] != "unknown"
    ]
    assert known, "a share is estimated and no criterion of its term is rated"
    assert abs(Decimal(row["mode"]) - sum(known) / len(known)) <= Decimal("0.3")
