"""The region: how large its compute is, how it grows, and how many rows say so."""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.contract.tables import Tables
from suyuan.domain.region.counts import count_rows
from suyuan.domain.region.region import Region
from suyuan.domain.region.scale import (
    record_tiers,
    score_clusters,
    score_ranks,
    score_shares,
    score_targets,
    score_tiers,
    score_totals,
)
from suyuan.domain.region.series import count_bases, score_growth
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import children


def score_region(ledger: Ledger, tables: Tables, config: Config) -> None:
    """Everything that observations say of the region, its provinces and the nation."""
    record_tiers(ledger, tables["tiers"])
    subjects = tables["subjects"].to_dict("records")
    provinces = tuple(children(subjects, config.region, "province"))
    region = Region(config.region, provinces, config.nation)
    score_totals(ledger, region, config.gdp_period)
    score_shares(ledger, region)
    score_ranks(ledger, region)
    score_tiers(ledger, region, tables["tiers"])
    score_targets(ledger)
    score_clusters(ledger, region, subjects)
    score_growth(ledger, config.nation)
    count_bases(ledger, config.nation)
    count_rows(ledger, tables)
