"""Whether a composite indicator hangs together, and what its indicators really weigh."""

from __future__ import annotations

import numpy as np
import pandas as pd

from suyuan.index import noise
from suyuan.index.ranking import DENSE, rank
from suyuan.index.tree import Tree

FEWEST = 3  # units


def correlations(scores: pd.DataFrame, method: str = "pearson") -> pd.DataFrame:
    """Correlation of every two columns (``pearson`` or ``spearman``), over units known to both.

    NaN for fewer than three such units and for a column that is constant.
    """
    known = _told_apart(scores)
    if method == "spearman":  # which would take rounding for an order
        known = pd.DataFrame({name: rank(known[name].to_numpy(float), DENSE) for name in known})
    found = known.corr(method=method, min_periods=FEWEST)
    return found.reindex(index=scores.columns, columns=scores.columns)


def correlations_with(scores: pd.DataFrame, column: str) -> pd.Series:
    """The correlation of each column with that one, digit for digit as in ``correlations``."""
    known = _told_apart(scores)
    found = {
        other: known[sorted((other, column))].corr(min_periods=FEWEST).iloc[0, 1]
        for other in known
        if column in known and other != column
    }
    return pd.Series(found, dtype=float).reindex(scores.columns)


def _told_apart(scores: pd.DataFrame) -> pd.DataFrame:
    """The columns that are not constant, in an order of rows that is the same for all tables."""
    apart = [
        column for column in sorted(scores) if not noise.constant(scores[column].to_numpy(float))
    ]
    return scores[apart].sort_values(apart)


def importance(tree: Tree, scores: pd.DataFrame, root: str) -> pd.DataFrame:
    """Nominal weight of each indicator in ``root`` beside its effective weight.

    Indexed by indicator; columns ``nominal`` (sums to 1), ``correlation``, ``first_order`` and
    ``effective``. ``first_order`` is the share of the variance of the root that the indicator
    explains alone, by a straight line: the square of their correlation. ``effective`` is the same
    divided by its sum, so that it can be held against ``nominal``, and negative for an indicator
    that runs against the root. ``scores`` are those of all nodes (``Aggregates.scores``). What
    cannot be told, as of an indicator that is constant, is NaN.

    Source: the correlation ratio as a measure of importance, Paruolo, Saisana and Saltelli 2013,
    doi:10.1111/j.1467-985X.2012.01059.x; its linear estimate and the comparison with weights,
    Becker, Saisana, Paruolo and Vandecasteele 2017, doi:10.1016/j.ecolind.2017.03.056.
    """
    nominal = pd.Series(tree.leaf_weights(root), name="nominal")
    correlation = correlations_with(scores[[*nominal.index, root]], root)[nominal.index]
    first_order = correlation.pow(2)
    effective = first_order / noise.total(first_order.to_numpy()) * np.sign(correlation)
    return pd.DataFrame(
        {
            "nominal": nominal,
            "correlation": correlation,
            "first_order": first_order,
            "effective": effective,
        }
    )
