"""What the bench of the check concludes from what it measured."""

from __future__ import annotations

from tools.bench_check import LIMITS, Cost, limits_of

USUAL, MANY = LIMITS


def test_what_is_quick_and_small_passes():
    found = limits_of([Cost(USUAL, 0.9, 1.4, 180), Cost(MANY, 60, 19.9, 799)])
    assert all(limit.kept for limit in found)


def test_each_limit_that_is_passed_is_named():
    found = limits_of([Cost(USUAL, 1.1, 0.9, 180), Cost(MANY, 10, 20.5, 900)])
    assert [str(limit) for limit in found if not limit.kept] == [
        f"{USUAL}: wall_seconds: 1.1 s > 1 s (1.1)",
        f"{MANY}: cpu_seconds: 20.5 s > 20 s (1.02)",
        f"{MANY}: peak_mb: 900 MB > 800 MB (1.12)",
    ]
