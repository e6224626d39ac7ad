"""The judged inputs of the assessment are whole and agree with each other.

What a schema cannot say of one row is held here of the tables of every edition: weights that sum
to 1, six anchors a leaf, a rating for every vendor and leaf, shares that agree with their
admission. Each test says one rule and names every row that breaks it.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pytest

from tests.workflow.project import CHECKOUT

Row = Mapping[str, str]
ON_HAND = "全文在手"  # the note of a document that has no address but is read whole
SCORES = [str(score) for score in range(6)]
POINTS = {"met": "1", "mostly": "0.75", "partly": "0.5", "weak": "0.25", "no": "0"}
TERMS = {"T": "third_party", "P": "inclusive", "A": "ai_compute", "C": "cloud_platform"}


@dataclass(frozen=True)
class Assessment:
    """The tables of one edition, and of the configuration, as they are committed."""

    edition: str

    def rows(self, table: str) -> list[Row]:
        raw = CHECKOUT / "data/raw" / self.edition / f"{table}.csv"
        path = raw if raw.exists() else CHECKOUT / "config" / f"{table}.csv"
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.DictReader(lines))

    @cached_property
    def tree(self) -> dict[str, Row]:
        return {row["node_id"]: row for row in self.rows("tree")}

    @cached_property
    def parents(self) -> set[str]:
        return {row["parent_id"] for row in self.tree.values()}

    @cached_property
    def leaves(self) -> list[str]:
        return [node for node in self.tree if node not in self.parents]

    @cached_property
    def vendors(self) -> list[str]:
        return [row["supplier_id"] for row in self.rows("suppliers")]

    @cached_property
    def judged(self) -> list[Row]:
        tables = ("ratings", "criterion_ratings", "estimates")
        return [row for table in tables for row in self.rows(table)]


@pytest.fixture(scope="module")
def given(edition: str) -> Assessment:
    return Assessment(edition)


def cited(row: Row) -> list[str]:
    return row["evidence"].split(";") if row["evidence"] else []


def filled(row: Row, columns: Sequence[str]) -> set[bool]:
    """Whether these cells are filled: {True}, {False} or both."""
    return {bool(row[name]) for name in columns}


def test_the_tree_is_that_of_the_source_down_to_the_second_level(given):
    named = {row["node_id"]: row for row in given.rows("index_nodes")}
    ours = {
        key: row
        for key, row in given.tree.items()
        if row["level"] in {"1", "2"} and key in given.parents
    }
    assert {key: (row["name"], row["parent_id"]) for key, row in ours.items()} == {
        key: (row["name"], row["parent_id"] or "score") for key, row in named.items()
    }
    assert list(ours) == list(named)
    factors = [(row["factor_id"], row["name"]) for row in given.rows("regional_factors")]
    region = [row for row in given.tree.values() if row["parent_id"] == "region_fit"]
    assert [(row["node_id"], row["name"]) for row in region] == factors


def test_weights_of_siblings_sum_to_one_and_have_two_decimals(given):
    total: dict[str, Decimal] = defaultdict(Decimal)
    for row in given.tree.values():
        weight = Decimal(row["weight"])
        assert weight > 0
        assert weight == weight.quantize(Decimal("0.01"))
        total[row["parent_id"]] += weight
    roots = total.pop("")
    assert roots == 2  # two roots, of weight 1 each
    assert {node for node, weights in total.items() if weights != 1} == set()


def test_every_leaf_has_six_different_anchors(given):
    anchors = defaultdict(list)
    for row in given.rows("rubric"):
        assert row["anchor_id"] == f"{row['node_id']}_{row['score']}"
        anchors[row["node_id"]].append((row["score"], row["anchor"]))
    assert set(anchors) == set(given.leaves)
    assert {node for node, pairs in anchors.items() if [s for s, _ in pairs] != SCORES} == set()
    assert {
        node for node, pairs in anchors.items() if len(dict(map(reversed, pairs))) != 6
    } == set()


ABSENCE = re.compile("未|没有|不明|不详|无描述")
ON_RECORD = re.compile(
    "^记录(表明|称)|记录称|官方区域表"
)  # an absence that a record states is there


def test_no_anchor_of_one_to_three_scores_an_absence(given):
    lacking = {
        row["anchor_id"]: row["anchor"]
        for row in given.rows("rubric")
        if row["score"] in {"1", "2", "3"}
        and ABSENCE.search(row["anchor"])
        and not ON_RECORD.search(row["anchor"])
    }
    assert lacking == {}


def test_what_has_no_address_supports_no_judgement_alone(given):
    document = {row["evidence_id"]: row["source_id"] for row in given.rows("evidence")}
    reached = {
        row["source_id"] for row in given.rows("sources") if row["url"] or ON_HAND in row["note"]
    }
    wrong = [
        row
        for row in given.judged
        if row["kind"] != "missing" and not {document[key] for key in cited(row)} & reached
    ]
    assert wrong == []


def test_a_share_of_the_evidence_comes_from_other_documents_than_the_first(given):
    documents = Counter(row["source_id"] for row in given.rows("evidence"))
    (_, most), *_ = documents.most_common()
    (edition,) = given.rows("edition")
    limit = "0.4" if edition["previous"] else "0.6"  # one report began it
    assert most < Decimal(limit) * documents.total()


def test_better_grades_leave_less_room(given):
    spreads = [Decimal(row["spread"]) for row in given.rows("grades")]
    assert spreads == sorted(set(spreads))


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("ratings", ("rating_id", "subject_id", "node_id")),
        ("criterion_ratings", ("criterion_rating_id", "subject_id", "criterion_id")),
        ("estimates", ("estimate_id", "subject_id", "factor")),
    ],
)
def test_every_vendor_is_judged_once_on_everything(given, table, columns):
    asked = {
        "ratings": given.leaves,
        "criterion_ratings": [row["criterion_id"] for row in given.rows("criteria")],
        "estimates": list(TERMS),
    }[table]
    wanted = [(f"{v}_{thing}", v, thing) for v in given.vendors for thing in asked]
    if table == "estimates":
        wanted.append(("market_other", "market", "other"))  # the market has its remainder
    assert sorted(tuple(row[c] for c in columns) for row in given.rows(table)) == sorted(wanted)


def test_no_evidence_is_idle(given):
    used = {key for row in [*given.judged, *given.rows("vendor_profiles")] for key in cited(row)}
    assert used == {row["evidence_id"] for row in given.rows("evidence")}


def test_a_share_agrees_with_the_admission_verdicts_of_its_term(given):
    term = {row["criterion_id"]: row["term_id"] for row in given.rows("criteria")}
    points = defaultdict(list)
    for row in given.rows("criterion_ratings"):
        if row["verdict"] != "unknown":
            key = (row["subject_id"], term[row["criterion_id"]])
            points[key].append(Decimal(POINTS[row["verdict"]]))
    apart = {}
    for row in given.rows("estimates"):
        if row["factor"] in TERMS and row["mode"]:
            known = points[row["subject_id"], TERMS[row["factor"]]]
            assert known, f"{row['estimate_id']}: no criterion of its term is rated"
            distance = abs(Decimal(row["mode"]) - sum(known) / len(known))
            if distance > Decimal("0.3"):
                apart[row["estimate_id"]] = distance
    assert apart == {}
