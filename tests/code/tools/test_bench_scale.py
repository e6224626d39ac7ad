"""What the bench of growth concludes from what it measured."""

from __future__ import annotations

import pytest

from tools.bench_scale import TOTAL, VENDORS_SECONDS, Built, exponent, limits_of


def test_costs_that_double_with_the_size_grow_linearly() -> None:
    assert exponent((50, 100), (30.0, 50.0), 10.0) == pytest.approx(1.0)
    assert exponent((50, 100), (30.0, 90.0), 10.0) == pytest.approx(2.0)


@pytest.mark.parametrize("costs", [(10.2, 14.0), (10.9, 11.4), (9.8, 10.1)])
def test_noise_tells_nothing_of_growth(costs: tuple[float, float]) -> None:
    assert exponent((18, 31), costs, 10.0) is None


def built(seconds: float) -> Built:
    return Built({TOTAL: seconds}, {TOTAL: 100.0}, {"report.html": 1})


def test_what_passes_a_limit_is_named() -> None:
    sizes = {50: built(70.0), 100: built(VENDORS_SECONDS + 1)}
    (found,) = (one for one in limits_of("vendors", built(27.0), sizes) if not one.kept)
    assert "180 s" in str(found)
    good = limits_of("vendors", built(27.0), {50: built(60.0), 100: built(150.0)})
    assert all(limit.kept for limit in good)
