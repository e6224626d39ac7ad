"""What the bench of the page concludes from what it measured."""

from __future__ import annotations

from tools.bench_page import AS_IT_IS, SLOWED, limits_of

TIMES = {"interactive": 1600.0, "panel": 12.0, "palette_first_key": 50.0, "palette_key": 8.0}


def test_what_takes_longer_than_its_limit_is_told():
    found = limits_of({AS_IT_IS: TIMES, SLOWED: TIMES})
    assert len(found) == 5  # four as it is, one throttled: no more is promised
    passed = [str(limit) for limit in found if not limit.kept]
    assert passed == ["page as_it_is interactive: 1600 ms > 1500 ms (1.07)"]
