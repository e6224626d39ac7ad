"""Whether a composite indicator hangs together, and what its indicators really weigh."""

from __future__ import annotations

import numpy as np
import pandas as pd

from suyuan.index.tree import Tree


def correlations(scores: pd.DataFrame, method: str = "pearson") -> pd.DataFrame:
    """Correlation of every two columns (``pearson`` or ``spearman``), over units known to both.

    NaN for fewer than three such units and for a column that is constant.
    """
    apart = scores.columns[scores.nunique() > 1]
    known = scores[apart].corr(method=method, min_periods=3)
    return known.reindex(index=scores.columns, columns=scores.columns)


def importance(tree: Tree, scores: pd.DataFrame, root: str) -> pd.DataFrame:
    """Nominal weight of each indicator in ``root`` beside its effective weight.

    Indexed by indicator; columns ``nominal`` (sums to 1), ``first_order`` and ``effective``.
    ``first_order`` is the share of the variance of the root that the indicator explains alone, by
    a straight line: the square of their correlation. ``effective`` is the same divided by its sum,
    so that it can be held against ``nominal``. ``scores`` are those of all nodes
    (``Aggregates.scores``). An indicator that is constant explains nothing.

    Source: the correlation ratio as a measure of importance, Paruolo, Saisana and Saltelli 2013,
    doi:10.1111/j.1467-985X.2012.01059.x; its linear estimate and the comparison with weights,
    Becker, Saisana, Paruolo and Vandecasteele 2017, doi:10.1016/j.ecolind.2017.03.056.
    """
    nominal = pd.Series(tree.leaf_weights(root), name="nominal")
    with_root = correlations(scores[[*nominal.index, root]])[root]
    first_order = with_root[nominal.index].pow(2).fillna(0.0)
    effective = first_order / first_order.sum() if first_order.sum() > 0 else first_order * np.nan
    return pd.DataFrame({"nominal": nominal, "first_order": first_order, "effective": effective})
