"""Numbers as scorecards show them."""

from __future__ import annotations

import pytest

from suyuan.results import wording


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.5, "50.0%"),
        (0.0, "0.0%"),
        (1.0, "100.0%"),
        (1e-16, "0.0%"),  # rounding
        (1 - 1e-16, "100.0%"),
        (0.0005, "0.1%"),
        (0.0004999, "<0.1%"),
        (-0.0004999, ">−0.1%"),
        (-0.25, "−25.0%"),
        (0.99951, ">99.9%"),
        (0.9994, "99.9%"),
        (float("nan"), ""),
    ],
)
def test_a_share_that_is_not_nothing_is_not_shown_as_nothing(value, text):
    assert wording.share(value) == text


def test_what_becomes_of_a_share_is_told_apart():
    assert wording.shares(0.6, 0.65) == "60.0% → 65.0%"
    assert wording.shares(0.6, 0.60004) == "60.000% → 60.004%"
    assert wording.shares(0.6, 0.6) == "60.0% → 60.0%"
