"""What series over time say: growth, bases, and what is on the public record of each province."""

from __future__ import annotations

from suyuan.domain.region.region import Region
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import dated, period_of, series


def score_growth(ledger: Ledger, nation: str) -> None:
    """Growth of each national series from its first to its last recorded period."""
    for indicator in ("compute_total", "ai_compute", "racks"):
        with ledger.reading(f"series:{indicator}", "first and last measured by as_of"):
            measured = series(ledger, f"{nation}.{indicator}.2*")
            if len(measured) > 1:
                first, last = measured[0], measured[-1]
                ledger.derive(f"{nation}.growth.{indicator}", "growth", [first.id, last.id])
                ledger.derive(f"{nation}.multiple.{indicator}", "ratio", [last.id, first.id])
                ledger.derive(f"{nation}.{indicator}.first", "same", [first.id])
                ledger.derive(f"{nation}.{indicator}.latest", "same", [last.id])


def count_bases(ledger: Ledger, nation: str) -> None:
    """On how many bases the nation's compute is recorded; they are counted, never summed."""
    names = [f"{nation}.{name}" for name in ("compute_total", "ai_compute", "compute_total_device")]
    with ledger.reading("bases", "the latest of each basis by as_of"):
        found = [[v for v in ledger.matching(f"{name}.2*") if dated(v)] for name in names]
        latest = [max(values, key=period_of).id for values in found if values]
        ledger.derive(f"{nation}.basis_count", "count", latest)


def score_records(ledger: Ledger, region: Region) -> None:
    """The newest dated record of each province's compute, and all of them beside the total.

    Records are of different dates, some of them bounds: their sum is set beside the total, and
    never takes its place.
    """
    newest = []
    for province in region.provinces:
        with ledger.reading(f"records:{province}", "the last measured by as_of"):
            if measured := series(ledger, f"{province}.compute_total.2*"):
                last = f"{province}.compute_total.latest"
                newest.append(ledger.derive(last, "same", [measured[-1].id]).id)
    if newest:
        recorded = ledger.derive(f"{region.id}.compute_total.recorded", "sum", newest)
        ledger.derive(f"{region.id}.recorded_count", "count", newest)
        pair = [recorded.id, f"{region.id}.compute_total"]
        ledger.derive(f"{region.id}.recorded_share", "ratio", pair)
