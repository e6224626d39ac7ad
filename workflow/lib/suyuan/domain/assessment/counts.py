"""Assessment counts: how many terms, criteria, nodes, verdicts, ratings and rows of evidence."""

from __future__ import annotations

from collections.abc import Iterable

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


def count_evidence(ledger: Ledger, tables: Shelf, vendors: Iterable[str]) -> None:
    """Rows of evidence by the grade of their document, by vendor, and those of the document most
    cited, with its title and their share.
    """
    evidence = tables["evidence"]
    with ledger.reading("rows:evidence", "all rows"):
        total = ledger.derive("report.evidence_row_count", "count", evidence.cells("source_id"))
    with ledger.reading("rows:evidence.source_id", "the rows of each document"):
        cited = evidence.by("source_id")
        most = max(cited, key=lambda document: len(cited[document]))
        main = ledger.derive(
            "report.evidence_row_count.main", "count", cited[most].cells("source_id")
        )
        ledger.derive("report.evidence_source", "same", [f"sources.title.{most}"])
        ledger.derive("report.evidence_share.main", "ratio", [main.id, total.id])
    with ledger.reading("rows:evidence.grade", "the rows of each grade of document"):
        for grade, documents in sorted(tables["sources"].by("grade").items()):
            name = f"grade_{grade.lower()}"
            rows = evidence.where_in(source_id=documents.row_keys())
            if cells := rows.cells("source_id"):
                own = ledger.derive(f"report.evidence_row_count.{name}", "count", cells)
                ledger.derive(f"report.evidence_share.{name}", "ratio", [own.id, total.id])
            for vendor in vendors:
                if cells := rows.where(subject_id=vendor).cells("source_id"):
                    ledger.derive(f"{vendor}.evidence_row_count.{name}", "count", cells)
    with ledger.reading("rows:evidence.subject_id", "the rows of each vendor"):
        for vendor in vendors:
            own_rows = evidence.where(subject_id=vendor)
            if cells := own_rows.cells("source_id"):
                own = ledger.derive(f"{vendor}.evidence_row_count", "count", cells)
                if cells := own_rows.where(source_id=most).cells("source_id"):
                    part = ledger.derive(f"{vendor}.evidence_row_count.main", "count", cells)
                    ledger.derive(f"{vendor}.evidence_share.main", "ratio", [part.id, own.id])


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
