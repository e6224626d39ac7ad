"""What an edition changed, what it carried over and what it lacks: counts of its registers."""

from __future__ import annotations

from suyuan.contract.carrying import CARRIED, REVISIONS
from suyuan.contract.edition import OBSERVATIONS
from suyuan.contract.freshness import FRESHNESS, RELEASES, aged, late
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Shelf

AGEING = ("obs_id", "subject_id", "indicator_id", "qualifier", "basis", "kind", "as_of", "restates")


def count_revised(ledger: Ledger, tables: Shelf) -> None:
    """How many cells and rows were revised, of which kind; how many rows carried, how many aged.

    An edition without the registers, or with nothing in them, has none of these values.
    """
    if has_rows(tables, REVISIONS):
        with ledger.reading("rows:revisions", "all rows"):
            ledger.derive("report.revision_count", "count", tables[REVISIONS].cells("reason"))
        with ledger.reading("rows:revisions.kind", "the rows of each"):
            for kind, rows in sorted(tables[REVISIONS].by("kind").items()):
                ledger.derive(f"report.revision_count.{kind}", "count", rows.cells("reason"))
    if has_rows(tables, CARRIED):
        with ledger.reading("rows:carried", "all rows"):
            ledger.derive("report.carried_count", "count", tables[CARRIED].cells("since"))
        with ledger.reading("rows:aged", "observations carried over, older than allowed"):
            if keys := aged_keys(tables):
                cells = [f"{OBSERVATIONS}.locator.{key}" for key in keys]
                ledger.derive("report.aged_count", "count", cells)


def count_late(ledger: Ledger, tables: Shelf) -> None:
    """How many regular publications are late at the cutoff; no value where none is."""
    if has_rows(tables, RELEASES):
        with ledger.reading("rows:late", "publications without an issue as new as expected"):
            if keys := late_keys(tables):
                cells = [f"{RELEASES}.title.{key}" for key in keys]
                ledger.derive("report.late_count", "count", cells)


def late_keys(tables: Shelf) -> list[str]:
    """The publications whose newest issue in the register of sources is too old."""
    releases = tables[RELEASES].take("release_id", "series", "expected_by", "max_age_days")
    sources = tables["sources"].take("source_id", "published")
    (cutoff,) = tables["edition"].column("cutoff")
    return [found.release["release_id"] for found in late(sources, releases, cutoff)]


def has_rows(tables: Shelf, name: str) -> bool:
    """Whether the edition has the table, and rows in it."""
    return name in tables and bool(tables[name].records)


def aged_keys(tables: Shelf) -> list[str]:
    """The carried observations that are older at the cutoff than their indicator allows."""
    if FRESHNESS not in tables:
        return []
    carried = set(tables[CARRIED].where(table=OBSERVATIONS).column("row"))
    allowed = tables[FRESHNESS].take("indicator_id", "max_age_days")
    rows = tables[OBSERVATIONS].take(*AGEING)
    found = [aged(rows, allowed, cutoff) for cutoff in tables["edition"].column("cutoff")]
    return [row["obs_id"] for own in found for row in own if row["obs_id"] in carried]
