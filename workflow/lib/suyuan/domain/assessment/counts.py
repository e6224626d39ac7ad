"""Assessment counts: how many terms, criteria, nodes, verdicts and ratings the model has."""

from __future__ import annotations

import pandas as pd

from suyuan.contract.tables import Tables
from suyuan.domain.assessment.model import REGION, SCORE
from suyuan.domain.assessment.tree import IndicatorTree
from suyuan.lineage.ledger import Ledger

LEVELS = ("dimension", "indicator", "leaf")  # of the composite's tree, from its root down
MISSING = "missing"  # the kind of a rating that nothing on record supports


def count_admission(ledger: Ledger, tables: Tables) -> None:
    """Terms, criteria, and verdicts by outcome; an outcome that no verdict has is not counted."""
    terms = [f"terms.name.{term}" for term in tables["terms"]["term_id"]]
    ledger.derive("report.term_count", "count", terms)
    criteria = [f"criteria.name.{criterion}" for criterion in tables["criteria"]["criterion_id"]]
    ledger.derive("report.criterion_count", "count", criteria)
    rated = tables["criterion_ratings"]
    verdicts = "criterion_ratings.verdict." + rated["criterion_rating_id"]
    ledger.derive("report.verdict_count", "count", list(verdicts))
    for outcome, own in verdicts.groupby(rated["verdict"]):
        ledger.derive(f"report.verdict_count.{outcome}", "count", list(own))


def count_nodes(ledger: Ledger, tree: IndicatorTree) -> None:
    """Nodes on each level of the composite's tree, and the regional factors."""
    nodes = [SCORE]
    for level in LEVELS:
        nodes = [child for node in nodes for child in tree.below[node]]
        names = [f"tree.name.{node}" for node in nodes]
        ledger.derive(f"report.node_count.{level}", "count", names)
    factors = [f"tree.name.{factor}" for factor in tree.below[REGION]]
    ledger.derive("report.factor_count", "count", factors)


def count_ratings(ledger: Ledger, ratings: pd.DataFrame) -> None:
    """Ratings of all vendors on all leaves, and those that nothing on record supports."""
    kinds = "ratings.kind." + ratings["rating_id"]
    ledger.derive("report.rating_count", "count", list(kinds))
    if missing := list(kinds[ratings["kind"] == MISSING]):
        ledger.derive(f"report.rating_count.{MISSING}", "count", missing)
