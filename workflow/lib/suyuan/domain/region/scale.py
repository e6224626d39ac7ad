"""How large the region's compute is: totals, shares, ranks, tiers, targets, clusters."""

from __future__ import annotations

from collections.abc import Sequence

from suyuan.domain.recording import configured
from suyuan.domain.region.region import Region, names
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import children
from suyuan.lineage.reads import Rows

DENSITY = "compute_per_gdp"


def record_tiers(ledger: Ledger, tiers: Rows) -> None:
    """The floor of each tier, as a value."""
    for cell, minimum, (unit,) in tiers.recorded("minimum", "unit"):
        ledger.convert(f"tier_{cell.key}.compute_total.floor", minimum, unit, cell)


def score_totals(ledger: Ledger, region: Region, gdp_period: str) -> None:
    """The region's totals: compute, AI compute, GDP; and how many provinces it has."""
    for indicator in ("compute_total", "ai_compute"):
        ledger.derive(f"{region.id}.{indicator}", "sum", region.each(indicator))
    with configured(ledger, "gdp_period"):
        for subject in (*region.provinces, region.nation):
            ledger.derive(f"{subject}.gdp", "same", [f"{subject}.gdp.{gdp_period}"])
    ledger.derive(f"{region.id}.gdp", "sum", region.each("gdp"))
    ledger.derive(f"{region.id}.province_count", "count", names(region.provinces))


def score_shares(ledger: Ledger, region: Region) -> None:
    """Shares with the interval that rounding of the printed digits leaves open."""
    for subject in region.members:
        pair = [f"{subject}.ai_compute", f"{subject}.compute_total"]
        ledger.derive(f"{subject}.ai_share", "ratio", pair)
        ledger.derive(f"{subject}.ai_share.low", "ratio_low", pair)
        ledger.derive(f"{subject}.ai_share.high", "ratio_high", pair)
        per_gdp = [f"{subject}.compute_total", f"{subject}.gdp"]
        ledger.derive(f"{subject}.{DENSITY}", "ratio", per_gdp)
    for province in region.provinces:
        for share, total in (("compute_share", "compute_total"), ("gdp_share", "gdp")):
            pair = [f"{province}.{total}", f"{region.id}.{total}"]
            ledger.derive(f"{province}.{share}_{region.id}", "ratio", pair)
    for indicator in ("compute", "gdp"):
        total = "compute_total" if indicator == "compute" else indicator
        pair = [f"{region.id}.{total}", f"{region.nation}.{total}"]
        ledger.derive(f"{region.id}.{indicator}_share_{region.nation}", "ratio", pair)


def score_ranks(ledger: Ledger, region: Region) -> None:
    """Rank of each province, and who leads: on unrounded values, equals share a place."""
    for indicator, qualifier in (("compute_total", ""), (DENSITY, f".{DENSITY}")):
        values = region.each(indicator)
        for province, own in zip(region.provinces, values, strict=True):
            others = [value for value in values if value != own]
            ledger.derive(f"{province}.rank{qualifier}", "rank", [own, *others])
    for indicator in ("compute_total", "ai_compute", "ai_share", DENSITY):
        parents = [*region.each(indicator), *names(region.provinces)]
        ledger.derive(f"{region.id}.leader.{indicator}", "leader", parents)
        ledger.derive(f"{region.id}.{indicator}.maximum", "maximum", region.each(indicator))


def score_tiers(ledger: Ledger, region: Region, tiers: Rows) -> None:
    """Tier of each province by total compute, and the members and sum of each tier."""
    with ledger.reading("tiers", "all tiers, highest first") as chosen:
        ordered = tiers.ordered("order").row_keys()
    with ledger.given(chosen):
        classify(ledger, region, ordered)


def classify(ledger: Ledger, region: Region, ordered: Sequence[str]) -> None:
    """The same, with the tiers in ``ordered``."""
    classes = [
        part
        for tier in ordered
        for part in (f"tier_{tier}.compute_total.floor", f"tiers.name.{tier}")
    ]
    reached = set()
    for province in region.provinces:
        own = f"{province}.compute_total"
        reached.add(ledger.derive(f"{province}.tier", "classify", [own, *classes]).number)
    for number, tier in enumerate(ordered, start=1):
        if number not in reached:
            continue
        choice = [f"tiers.order.{tier}", *region.each("tier")]
        ledger.derive(f"tier_{tier}.members", "member_names", choice + names(region.provinces))
        ledger.derive(f"tier_{tier}.member_count", "member_count", choice + region.each("tier"))
        totals = choice + region.each("compute_total")
        total = ledger.derive(f"tier_{tier}.compute_total", "member_sum", totals)
        pair = [total.id, f"{region.id}.compute_total"]
        ledger.derive(f"tier_{tier}.compute_share_{region.id}", "ratio", pair)


def score_targets(ledger: Ledger) -> None:
    """How far each ``<indicator>_target`` is reached by the recorded value."""
    for target in list(ledger.made):
        subject, indicator, *qualifier = target.id.split(".")
        actual = f"{subject}.{indicator.removesuffix('_target')}"
        if indicator.endswith("_target") and qualifier and ledger.known([actual]):
            reached = f"{subject}.target_reached.{indicator.removesuffix('_target')}_{qualifier[0]}"
            ledger.derive(reached, "ratio", [actual, target.id])


def score_clusters(ledger: Ledger, region: Region, subjects: Rows) -> None:
    """Sum of each province's clusters whose total is on record, and its share of the whole."""
    for province in region.provinces:
        with ledger.reading(f"clusters:{province}", "clusters within the province, in order"):
            clusters = children(subjects, province, "cluster")
            known = ledger.known(f"{cluster}.compute_total" for cluster in clusters)
            if len(known) > 1:
                ledger.derive(f"{province}.cluster_total", "sum", known)
                ledger.derive(f"{province}.cluster_count", "count", known)
                pair = [f"{province}.cluster_total", f"{province}.compute_total"]
                ledger.derive(f"{province}.cluster_share", "ratio", pair)
