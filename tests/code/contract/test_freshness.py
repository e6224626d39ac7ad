"""What is too old at a cutoff, and what is history."""

from __future__ import annotations

import pytest

from suyuan.contract.freshness import aged

FRESHNESS = [{"indicator_id": "racks", "max_age_days": "100"}]


def row(as_of, qualifier="", **cells):
    common = {
        "obs_id": f"{as_of}{qualifier}", "subject_id": "a", "indicator_id": "racks", "basis": "",
        "kind": "measured", "restates": "",
    }  # fmt: skip
    return common | {"as_of": as_of, "qualifier": qualifier} | cells


# 2030-03-31 less 100 days is 2029-12-21.
@pytest.mark.parametrize(
    ("rows", "old"),
    [
        ([row("2029-12-21"), row("2029-12-20", subject_id="b")], ["2029-12-20"]),
        ([row("2029Q4"), row("2029Q3", subject_id="b")], ["2029Q3"]),
        ([row("2029-06", "2029-06"), row("2029-09", "2029-09")], ["2029-092029-09"]),
        ([row("2029-06", "2029-06"), row("2030-01", "2030-01")], []),  # history
        (
            [row("2029-06", "first"), row("2030-01", "2030-01")],
            ["2029-06first"],
        ),  # undated in print
        ([row("2029-06", kind="target"), row("2029-06", kind="forecast")], []),
        ([row(""), row("2029-06", restates="x"), row("2029-06", indicator_id="gdp")], []),
        ([row("2030")], []),  # some day of the year: not over yet
    ],
)
def test_what_is_older_than_its_indicator_allows(rows, old):
    assert [found["obs_id"] for found in aged(rows, FRESHNESS, "2030-03-31")] == old
