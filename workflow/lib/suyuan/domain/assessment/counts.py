"""Assessment counts: how many terms, criteria, nodes, verdicts and ratings the model has."""

from __future__ import annotations

from suyuan.domain.assessment.model import REGION, SCORE
from suyuan.domain.assessment.tree import IndicatorTree
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Rows, Shelf

LEVELS = ("dimension", "indicator", "leaf")  # of the composite's tree, from its root down
MISSING = "missing"  # the kind of a rating that nothing on record supports


def count_admission(ledger: Ledger, tables: Shelf) -> None:
    """Terms, criteria, and verdicts by outcome; an outcome that no verdict has is not counted."""
    for value_id, table, column in (
        ("report.term_count", "terms", "name"),
        ("report.criterion_count", "criteria", "name"),
        ("report.verdict_count", "criterion_ratings", "verdict"),
    ):
        with ledger.reading(f"rows:{table}", "all rows"):
            ledger.derive(value_id, "count", tables[table].cells(column))
    with ledger.reading("rows:criterion_ratings.verdict", "the rows of each"):
        for outcome, own in sorted(tables["criterion_ratings"].by("verdict").items()):
            ledger.derive(f"report.verdict_count.{outcome}", "count", own.cells("verdict"))


def count_nodes(ledger: Ledger, tree: IndicatorTree) -> None:
    """Nodes on each level of the composite's tree, and the regional factors."""
    nodes = [SCORE]
    for level in LEVELS:
        nodes = [child for node in nodes for child in tree.below[node]]
        names = [f"tree.name.{node}" for node in nodes]
        ledger.derive(f"report.node_count.{level}", "count", names)
    factors = [f"tree.name.{factor}" for factor in tree.below[REGION]]
    ledger.derive("report.factor_count", "count", factors)


def count_ratings(ledger: Ledger, ratings: Rows) -> None:
    """Ratings of all vendors on all leaves, and those that nothing on record supports."""
    with ledger.reading("rows:ratings", "all rows"):
        ledger.derive("report.rating_count", "count", ratings.cells("kind"))
    with ledger.reading("rows:ratings.kind", "the rows of a kind"):
        if missing := ratings.where(kind=MISSING).cells("kind"):
            ledger.derive(f"report.rating_count.{MISSING}", "count", missing)
