"""Krippendorff's alpha: his own example to the printed digits, and the ends of the scale."""

from __future__ import annotations

import numpy as np
import pytest

from suyuan.core.files import read_json
from suyuan.index.agreement import LEVELS, krippendorff_alpha
from tests.code.index.published import VALIDATION

NAN = np.nan
PUBLISHED = read_json(VALIDATION / "krippendorff.json")
RATINGS = np.array(PUBLISHED["data_raters_by_units"], dtype=float)


@pytest.mark.parametrize("level", LEVELS)
def test_the_published_example(level):
    alpha = krippendorff_alpha(RATINGS, level)
    assert round(alpha, 3) == PUBLISHED["published_3dp"][level]
    assert alpha == pytest.approx(PUBLISHED["alpha"][level], rel=1e-12)


@pytest.mark.parametrize("level", LEVELS)
def test_full_agreement_is_one(level):
    assert krippendorff_alpha(np.array([[1, 2, 4], [1, 2, 4.0]]), level) == pytest.approx(1)


def test_systematic_disagreement_is_below_chance():
    # Two raters always differ: observed 1, expected 2·2·2/(4·3) = 2/3, alpha = 1 - 3/2.
    alpha = krippendorff_alpha(np.array([[1, 2], [2, 1.0]]), "nominal")
    assert alpha == pytest.approx(-0.5)


@pytest.mark.parametrize("level", LEVELS)
def test_a_unit_rated_once_says_nothing(level):
    more = np.column_stack([RATINGS, [9, NAN, NAN, NAN]])
    alpha = krippendorff_alpha(RATINGS, level)
    assert krippendorff_alpha(more, level) == pytest.approx(alpha, rel=1e-12)


@pytest.mark.parametrize(
    "ratings", [[[3, 3], [3, 3]], [[NAN, NAN], [NAN, NAN]], [[1, NAN], [NAN, 2]]]
)
def test_where_nothing_could_disagree_there_is_no_alpha(ratings):
    assert np.isnan(krippendorff_alpha(np.array(ratings, dtype=float), "interval"))


def test_another_level_is_refused():
    with pytest.raises(ValueError, match="ratio"):
        krippendorff_alpha(RATINGS, "ratio")
