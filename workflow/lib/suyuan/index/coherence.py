"""Whether a composite indicator hangs together, and what its indicators really weigh."""

from __future__ import annotations

import numpy as np
import pandas as pd

from suyuan.index import noise
from suyuan.index.correlation import correlation
from suyuan.index.tree import Tree


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
    whole = scores[root].to_numpy(dtype=float)
    own = {leaf: correlation(scores[leaf].to_numpy(float), whole) for leaf in nominal.index}
    related = pd.Series(own, dtype=float)
    first_order = related.pow(2)
    effective = first_order / noise.total(first_order.to_numpy()) * np.sign(related)
    return pd.DataFrame(
        {
            "nominal": nominal,
            "correlation": related,
            "first_order": first_order,
            "effective": effective,
        }
    )
