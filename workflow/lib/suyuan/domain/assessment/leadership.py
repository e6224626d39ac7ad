"""Leadership: who is first and second by F and by score, how far ahead, why, and how sure.

In: products, scores, factors and probabilities of the ranked vendors. Out: values of the region,
so that sentences and figures need not know who leads. Each rests on what the order is made
from, all vendors, since another order would name another pair.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, permutations

from suyuan.domain.assessment.model import SCORE
from suyuan.lineage.ledger import Ledger

STANDINGS = {"F": "", SCORE: "score_"}  # what orders the vendors, and the prefix of its odds
BESIDE = ("S_nw", "filter", "F")  # what the leaders of both orders are compared by


def _alternating(first: Iterable[str], second: Iterable[str]) -> list[str]:
    return list(chain.from_iterable(zip(first, second, strict=True)))


def leadership(ledger: Ledger, vendors: Sequence[str], region: str, ladder: Sequence[str]) -> None:
    """Names of the second, odds and ratio of the lead, its decomposition, both leaders, bands."""
    names = [f"subjects.name.{vendor}" for vendor in vendors]
    for measure, prefix in STANDINGS.items():
        order = [f"{vendor}.{measure}" for vendor in vendors]
        ledger.derive(f"{region}.second.{measure}", "second", [*order, *names])
        odds = [f"{vendor}.{prefix}p_rank.1" for vendor in vendors]
        ledger.derive(f"{region}.leader_p_rank.{measure}", "of_first", _alternating(order, odds))
        odds = [f"{one}.{prefix}p_beats.{other}" for one, other in permutations(vendors, 2)]
        ledger.derive(f"{region}.lead_p_beats.{measure}", "lead_p_beats", [*order, *odds])
        for indicator in BESIDE:
            own = (f"{vendor}.{indicator}" for vendor in vendors)
            found = _alternating(order, own)
            ledger.derive(f"{region}.{indicator}.leader_{measure}", "of_first", found)
    odds = [f"{one}.p_beats.{other}" for one, other in permutations(vendors, 2)]
    parents = [*(f"{vendor}.F" for vendor in vendors), *odds, "model.parameter.resolution"]
    bands = ledger.derive(f"{region}.bands", "bands", parents)
    for vendor in vendors:
        ledger.derive(f"{vendor}.band", "band", [bands.id])
    ledger.derive(f"{region}.band.maximum", "maximum", [f"{vendor}.band" for vendor in vendors])
    products = [f"{vendor}.F" for vendor in vendors]
    ledger.derive(f"{region}.lead_ratio.F", "lead_ratio", products)
    parts = [f"{region}.lead_log_ratio.{factor}" for factor in ladder]
    for factor, part in zip(ladder, parts, strict=True):
        own = (f"{vendor}.{factor}" for vendor in vendors)
        found = _alternating(products, own)
        ledger.derive(part, "lead_log_ratio", found)
        ledger.derive(f"{region}.lead_times.{factor}", "lead_times", found)
    ledger.derive(f"{region}.lead_log_ratio.F", "logarithm", [f"{region}.lead_ratio.F"])
    terms = [f"indicators.name.{factor}" for factor in ladder]
    ledger.derive(f"{region}.leader.lead_log_ratio", "leader", [*parts, *terms])


def main_uncertainties(ledger: Ledger, vendors: Iterable[str], ladder: Sequence[str]) -> None:
    """The factor of the largest total index of each vendor's F, by name."""
    terms = [f"indicators.name.{factor}" for factor in ladder]
    for vendor in vendors:
        totals = [f"{vendor}.sobol_total.{factor}" for factor in ladder]
        ledger.derive(f"{vendor}.leader.sobol_total", "leader", [*totals, *terms])


def largest_shift(ledger: Ledger, region: str) -> None:
    """The largest rank shift under any other method."""
    shifts = [v.id for v in ledger.made if v.id.startswith("robust_") and ".rank_shift_max" in v.id]
    ledger.derive(f"{region}.rank_shift_max", "maximum", shifts)
