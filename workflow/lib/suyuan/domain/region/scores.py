"""The region: how large its compute is, how it grows, and how many rows say so."""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.domain.recording import configured
from suyuan.domain.region.counts import count_rows
from suyuan.domain.region.ecosystem import count_ecosystem
from suyuan.domain.region.region import Region
from suyuan.domain.region.revised import count_late, count_revised
from suyuan.domain.region.scale import (
    record_tiers,
    score_clusters,
    score_ranks,
    score_shares,
    score_targets,
    score_tiers,
    score_totals,
)
from suyuan.domain.region.series import count_bases, score_growth, score_records
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import children
from suyuan.lineage.reads import Shelf


def score_region(ledger: Ledger, tables: Shelf, config: Config) -> None:
    """Everything that observations say of the region, its provinces and the nation."""
    record_tiers(ledger, tables["tiers"])
    with ledger.reading("provinces", "the region's provinces, in display order") as chosen:
        ledger.note("config", "region")
        ledger.note("config", "nation")
        provinces = tuple(children(tables["subjects"], config.region, "province"))
    region = Region(config.region, provinces, config.nation, chosen)
    with ledger.given(chosen):
        score_totals(ledger, region, config.gdp_period)
        score_shares(ledger, region)
        score_ranks(ledger, region)
        score_tiers(ledger, region, tables["tiers"])
        score_clusters(ledger, region, tables["subjects"])
        score_records(ledger, region)
    score_targets(ledger)
    with configured(ledger, "nation"):
        score_growth(ledger, config.nation)
        count_bases(ledger, config.nation)
    count_rows(ledger, tables)
    count_ecosystem(ledger, tables)
    count_revised(ledger, tables)
    count_late(ledger, tables)
