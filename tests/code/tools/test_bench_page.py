"""What the bench of the page concludes from what it measured."""

from __future__ import annotations

from tools.bench_page import LIMITS, THROTTLED, beside, excesses

TIMES = {"interactive": 1600.0, "panel": 12.0, "palette_first_key": 50.0, "palette_key": 8.0}


def test_each_time_stands_beside_its_limit():
    found = beside(TIMES, LIMITS)
    assert found["interactive"] == {"ms": 1600.0, "limit": 1500.0}
    assert beside(TIMES, THROTTLED)["panel"] == {"ms": 12.0}  # none is promised of it


def test_what_takes_longer_than_its_limit_is_told():
    found = {"as_it_is": beside(TIMES, LIMITS), "throttled_4": beside(TIMES, THROTTLED)}
    assert excesses(found) == ["as_it_is interactive: 1600.0 ms of 1500"]
