"""What the bench of the check concludes from what it measured."""

from __future__ import annotations

from tools.bench_check import LIMITS, Cost, excesses

USUAL, MANY = LIMITS


def test_what_is_quick_and_small_passes():
    assert not list(excesses([Cost(USUAL, 0.9, 1.4, 180), Cost(MANY, 60, 19.9, 799)]))


def test_each_limit_that_is_passed_is_named():
    found = list(excesses([Cost(USUAL, 1.0, 0.9, 180), Cost(MANY, 10, 20.5, 900)]))
    assert found == [
        f"{USUAL}: wall_seconds 1.0 ≥ 1",
        f"{MANY}: cpu_seconds 20.5 ≥ 20",
        f"{MANY}: peak_mb 900 ≥ 800",
    ]
