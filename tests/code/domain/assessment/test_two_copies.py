"""Formulas that stand twice, for exact decimals and for arrays of draws, say the same."""

from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pytest

from suyuan.domain.assessment.supply import market_shares, regional_share, supply_index
from suyuan.domain.operations import OPERATIONS
from suyuan.index.levels import Level, node_scores


@dataclass(frozen=True)
class Given:
    v: Decimal
    half: Decimal | None = None
    se: Decimal | None = None


def made(op, *numbers):
    return float(OPERATIONS[op].compute([Given(Decimal(str(n))) for n in numbers]).v)


@pytest.mark.parametrize("score", [0.0, 12.5, 50.0, 100.0])
def test_indices_of_supply_and_region(score):
    fraction = np.array([[score / 100]])
    assert made("supply_index", score) == pytest.approx(supply_index(fraction)[0, 0])
    for base, kappa in ((0.2, 1.0), (0.9, 4.0)):  # the second is cut at both ends
        drawn = regional_share(base, kappa, fraction)[0, 0]
        assert made("regional_share", base, score, kappa) == pytest.approx(drawn)


def test_shares_of_the_market():
    products = [5.05, 0.1, 2.0]
    drawn = market_shares(np.array(products)[:, None], 0.1)[:, 0]
    shares = [made("market_share", own, sum(products), 0.1) for own in products]
    assert shares == pytest.approx(list(drawn))


@pytest.mark.parametrize(("op", "geometric"), [("mean", False), ("geometric", True)])
def test_means_of_the_known_children(op, geometric):
    # The third of four children is missing.
    scores, weights = np.array([40.0, 90.0, np.nan, 10.0]), np.array([0.4, 0.3, 0.2, 0.1])
    level = Level(np.zeros(4, dtype=np.intp), weights, np.array([geometric]))
    drawn = node_scores(scores[:, None], level, weights[:, None])[0, 0]
    known = [part for place in (0, 1, 3) for part in (scores[place], weights[place])]
    assert made(op, *known) == pytest.approx(drawn)
