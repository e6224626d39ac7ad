"""Coherence: alpha, and what indicators really weigh."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from suyuan.index.aggregate import aggregate
from suyuan.index.agreement import cronbach_alpha
from suyuan.index.coherence import importance
from suyuan.index.tree import Node, Tree

NAN = np.nan
FLAT = Tree([Node("top"), Node("a", "top"), Node("b", "top")])


def test_cronbach():
    items = pd.DataFrame({"a": [1, 2, 3.0], "b": [2, 2, 5.0]})
    # variances 1 and 3, of the sums 3, 4, 8 it is 7: 2·(1 - 4/7)
    assert cronbach_alpha(items) == pytest.approx(6 / 7)
    with_gap = pd.concat([items, pd.DataFrame({"a": [9.0], "b": [NAN]})])
    assert cronbach_alpha(with_gap) == pytest.approx(6 / 7)


def test_cronbach_of_nothing():
    assert np.isnan(cronbach_alpha(pd.DataFrame({"a": [1, 2.0], "b": [2, 1.0]})))
    assert np.isnan(cronbach_alpha(pd.DataFrame({"a": [1, NAN], "b": [2, 1.0]})))
    with pytest.raises(ValueError, match="two"):
        cronbach_alpha(pd.DataFrame({"a": [1, 2.0]}))


def test_equal_weights_are_not_equal_importance():
    # Uncorrelated with variances 1 and 9: the shares of the variance of their mean are 1/10, 9/10.
    leaves = pd.DataFrame({"a": [1, 1, -1, -1.0], "b": [3, -3, 3, -3.0]})
    scores = aggregate(FLAT, leaves, (-3.0, 3.0)).scores
    found = importance(FLAT, scores, "top")
    assert found["nominal"].tolist() == [0.5, 0.5]
    assert found["first_order"].tolist() == pytest.approx([0.1, 0.9])
    assert found["effective"].tolist() == pytest.approx([0.1, 0.9])


def test_correlated_indicators_each_explain_more_than_their_weight():
    leaves = pd.DataFrame({"a": [1, 2, 4.0], "b": [2, 4, 8.0]})
    found = importance(FLAT, aggregate(FLAT, leaves, (0.0, 10.0)).scores, "top")
    assert found["first_order"].tolist() == pytest.approx([1, 1])
    assert found["effective"].tolist() == pytest.approx([0.5, 0.5])


def test_a_constant_indicator_explains_nothing():
    leaves = pd.DataFrame({"a": [1, 2, 4.0], "b": [5, 5, 5.0]})
    found = importance(FLAT, aggregate(FLAT, leaves, (0.0, 10.0)).scores, "top")
    assert found["effective"].tolist() == pytest.approx([1, NAN], nan_ok=True)


def test_what_runs_against_the_root_keeps_its_sign():
    # top = (a + 3b)/4, b = 10 - 2a: it falls by 5/4 where a rises by 1
    tree = Tree([Node("top"), Node("a", "top", 1), Node("b", "top", 3)])
    leaves = pd.DataFrame({"a": [1, 2, 4.0], "b": [8, 6, 2.0]})
    found = importance(tree, aggregate(tree, leaves, (0.0, 10.0)).scores, "top")
    assert found["correlation"].tolist() == pytest.approx([-1, 1])
    assert found["effective"].tolist() == pytest.approx([-0.5, 0.5])


def test_rounding_is_no_variance():
    # sums are 0.3 each, two of them a bit more
    assert np.isnan(cronbach_alpha([[0.1, 0.2], [0.2, 0.1], [0.3, 0.0]]))
