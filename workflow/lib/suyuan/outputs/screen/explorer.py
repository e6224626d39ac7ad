"""Explorer: what report.html carries so that a reader can try other weights and shares.

In: the page's values, the indicator tree and the suppliers. Out: one JSON object for the page's
sliders, with exact inputs by value id. Nothing is computed here, and what the page computes is no
value of the report.
"""

from __future__ import annotations

from typing import Any

from suyuan.contract.codebook import Codebook
from suyuan.core.numbers import plain
from suyuan.domain.assessment.model import FACTORS, SCORE
from suyuan.domain.assessment.tree import TREE, IndicatorTree
from suyuan.page.page import Page

OTHER = "market.other"
PRINTED = (SCORE, "F", "share")  # results that are not ranks


def explorer_inputs(page: Page) -> dict[str, Any]:
    """What the formulas need of the ranked suppliers; empty where none is ranked.

    ``values`` are exact decimals by value id: weights of the dimensions, T, P, A, C, the share of
    ``other``, and of each vendor S_nw and the scores of its known dimensions. ``dimensions``,
    ``vendors`` and ``unranked`` are ids in the order of their tables, ``names`` what they and
    the factors are called. ``geometric`` tells how the dimensions are joined, ``formats`` how
    results are printed.
    """
    ledger = page.ledger
    suppliers = [supplier.key for supplier in page.rows("suppliers")]
    unranked = page.unranked_suppliers()
    ranked = [vendor for vendor in suppliers if vendor not in unranked]
    if not ranked:
        return {}
    tree = IndicatorTree.of(page.tables[TREE][1])
    dimensions = tree.below[SCORE]
    wanted = [*(f"{dimension}.weight" for dimension in dimensions), OTHER]
    for vendor in ranked:
        scores = (f"{vendor}.{SCORE}.{dimension}" for dimension in dimensions)
        wanted += [f"{vendor}.S_nw", *(f"{vendor}.{factor}" for factor in FACTORS)]
        wanted += filter(page.known, scores)
    names = {dimension: f"tree.name.{dimension}" for dimension in dimensions}
    names |= {vendor: f"subjects.name.{vendor}" for vendor in suppliers}
    names |= {code: f"indicators.name.{code}" for code in (*FACTORS, "other")}
    return {
        "words": page.words["explorer"],
        "dimensions": dimensions,
        "vendors": ranked,
        "unranked": unranked,
        "other": OTHER,
        "names": {code: ledger[name].txt for code, name in names.items()},
        "values": {value_id: plain(ledger[value_id].number) for value_id in wanted},
        "formats": {code: printed_as(ledger.codebook, code) for code in PRINTED},
        "geometric": tree.aggregation[SCORE] == "geometric",
    }


def printed_as(book: Codebook, indicator: str) -> dict[str, Any]:
    """How computed values of an indicator are printed: decimals, worth of the unit, its sign."""
    entry = book.indicators[indicator]
    unit = book.units[entry.display_unit]
    sign = "%" if book.is_share(indicator) else ""
    return {"decimals": entry.decimals, "factor": float(unit.factor), "sign": sign}
