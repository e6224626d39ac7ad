"""What is too old at a cutoff, what is history, what is missing and what is late."""

from __future__ import annotations

import pytest

from suyuan.contract.freshness import aged, late, missing

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


# The newest of these days before 2030-03-31 is 2030-01-31, so that a row of 2030Q1 is expected.
@pytest.mark.parametrize(
    ("rows", "expected_by", "quarters"),
    [
        ([row("2030Q1")], "01-31 04-30", []),
        ([row("2030-02", kind="forecast")], "01-31 04-30", []),
        ([row("2029Q4")], "01-31 04-30", ["2030Q1"]),
        ([row("2030Q1", indicator_id="gdp")], "01-31", ["2030Q1"]),
        ([row("")], "01-31", ["2030Q1"]),
        ([row("2029Q4")], "04-30 10-31", []),  # not expected before April
        ([row("2029Q3")], "04-30 10-31", ["2029Q4"]),
        ([], "", []),
    ],
)
def test_a_row_of_the_quarter_is_there_or_missing(rows, expected_by, quarters):
    own = {"indicator_id": "racks", "expected_by": expected_by}
    assert missing(rows, [own], "2030-03-31") == [(own, quarter) for quarter in quarters]


def source(source_id, published):
    return {"source_id": source_id, "published": published}


# By 2030-01-31 an issue of at most 45 days is expected: of 2029-12-17 or later.
@pytest.mark.parametrize(
    ("sources", "newest"),
    [
        ([source("year-book", "2029-12-17")], None),
        ([source("year", "2030-03")], None),
        ([source("year-book", "2029-12-16")], "year-book"),
        ([source("year-a", "2028"), source("year-b", "2029-06")], "year-b"),
        ([source("yearly", "2030-01-31"), source("year-x", "")], ""),  # no issue of it, no date
        ([], ""),
    ],
)
def test_a_publication_is_there_or_late(sources, newest):
    own = {"release_id": "a", "series": "year", "expected_by": "01-31", "max_age_days": "45"}
    found = late(sources, [own], "2030-03-31")
    assert [(one.due, one.newest) for one in found] == (
        [] if newest is None else [("2030-01-31", newest)]
    )
