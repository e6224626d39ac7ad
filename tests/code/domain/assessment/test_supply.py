"""The product of supply and the market's shares, worked by hand and from closed forms."""

import json
from pathlib import Path

import numpy as np
import pytest

from suyuan.domain.assessment.supply import (
    market_shares,
    product_draws,
    regional_share,
    supply_index,
)

DATA = Path(__file__).parents[3] / "data" / "validation"
CLOSED = json.loads((DATA / "closed_forms.json").read_text(encoding="utf-8"))
SEED = 2026
N = 20_000
Z = 4.5  # passed by chance once in 150,000 means


def assert_mean(draws, expected):
    error = Z * draws.std(axis=-1, ddof=1) / np.sqrt(draws.shape[-1])
    np.testing.assert_array_less(np.abs(draws.mean(axis=-1) - expected), error + 1e-15)


def test_the_product_worked_by_hand():
    supply = supply_index(np.array([[0.5], [0.0]]))  # 50.5 and 1
    regional = regional_share(0.2, 1.0, np.array([[0.75], [0.5]]))  # 0.25 and 0.2
    shares = np.array([[[0.8], [0.5]], [[1.0], [0.5]]])
    products = product_draws(supply, regional, shares)
    np.testing.assert_allclose(products, [[5.05], [0.1]])  # 50.5·0.25·0.4, 1·0.2·0.5
    np.testing.assert_allclose(market_shares(products, 0.1)[:, 0], [0.9 * 5.05 / 5.15, 0.09 / 5.15])


def test_the_regional_share_is_cut_to_a_share():
    score = np.array([[0.0, 1.0]])
    np.testing.assert_allclose(regional_share(0.9, 1, score), [[0.45, 1]])
    np.testing.assert_allclose(regional_share(0.9, 4, score), [[0, 1]])


@pytest.mark.parametrize("value", [0.0, np.nan])
def test_a_market_without_products_has_no_shares(value):
    with pytest.raises(ValueError, match="no shares"):
        market_shares(np.array([[1.0, value], [1, value]]), 0)


def test_a_product_of_betas_has_the_moments_of_its_closed_form():
    expected = CLOSED["product_of_betas"]
    rng = np.random.default_rng(SEED)
    shares = np.stack([rng.beta(a, b, N) for a, b in expected["params"].values()])[None]
    one = np.ones((1, N))
    (products,) = product_draws(one, one, shares)
    assert_mean(products, expected["mean"])
    assert_mean((products - expected["mean"]) ** 2, expected["var"])
