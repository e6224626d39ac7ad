"""The ways to weight that a recipe may name: an object each. Files of weights are judgements.

Weights from data are computed at each node from the scores of its children, upwards: a node is
scored with its new weights before its parent is weighted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass

import numpy as np

from suyuan.index import balancing, components, noise, weighting
from suyuan.index.aggregate import Frame, node_score
from suyuan.index.correlation import FEWEST
from suyuan.index.tree import Tree

DECLARED = "declared"
Score = Callable[[np.ndarray], np.ndarray]
Method = Callable[[np.ndarray, float, Score], np.ndarray]


@dataclass(frozen=True)
class Weighting:
    """A way to weight children by their scores (units × children); all look at the units at hand.

    ``of`` is given the size of the scores, and how weights become scores of the node. ``by_scores``
    tells that these decide.
    """

    name: str
    source: str
    of: Method
    _: KW_ONLY
    by_scores: bool


def _told_apart(values: np.ndarray, scale: float) -> np.ndarray:
    apart = np.array([not noise.constant(column, scale) for column in values.T])
    if not apart.any():
        raise weighting.UndefinedWeights("no criterion tells units apart")
    return apart


def _whole(apart: np.ndarray, weights: np.ndarray) -> np.ndarray:
    found = np.zeros(apart.shape)
    found[apart] = weights
    return found


def pca(values: np.ndarray, scale: float, score: Score | None = None) -> np.ndarray:
    """Weights by principal components; a child that cannot tell units apart has none."""
    apart = _told_apart(values, scale)
    table = weighting.relations(values[:, apart])
    np.fill_diagonal(table, 1.0)  # of fewer than three units too
    return _whole(apart, components.shares(table))


def importance(values: np.ndarray, scale: float, score: Score) -> np.ndarray:
    """Weights that make all children equally important; one that tells none apart has none."""
    apart = _told_apart(values, scale)
    told = values[:, apart]
    if told.shape[1] > 1 and np.count_nonzero(~np.isnan(told), axis=0).min() < FEWEST:
        raise weighting.UndefinedWeights("a child of so few units correlates with nothing")
    try:
        own = balancing.balanced(told, lambda own: score(_whole(apart, own)))
    except np.linalg.LinAlgError as error:  # slopes that are nothing but rounding
        raise weighting.UndefinedWeights("no weights balance these children") from error
    return _whole(apart, own)


def _plain(method: Callable[[np.ndarray, float], np.ndarray]) -> Method:
    return lambda values, scale, _: method(values, scale)


WEIGHTINGS = {
    each.name: each
    for each in (
        Weighting(
            "equal", "OECD/JRC, Handbook, 2008, §6", _plain(weighting.equal), by_scores=False
        ),
        Weighting(
            "entropy",
            "Shannon entropy, as in Elsayed, Dawood and Karthikeyan 2017",
            _plain(weighting.entropy),
            by_scores=True,
        ),
        Weighting(
            "critic",
            "Diakoulaki, Mavrotas and Papayannakis 1995, doi:10.1016/0305-0548(94)00059-H",
            _plain(weighting.critic),
            by_scores=True,
        ),
        Weighting(
            "variation", "coefficient of variation", _plain(weighting.variation), by_scores=True
        ),
        Weighting(
            "pca", "OECD/JRC, Handbook, 2008, §6.1; Nicoletti et al. 2000", pca, by_scores=True
        ),
        Weighting(
            "importance",
            "Becker, Saisana, Paruolo and Vandecasteele 2017, doi:10.1016/j.ecolind.2017.03.056",
            importance,
            by_scores=True,
        ),
    )
}


def weights_of(tree: Tree, node: str, values: np.ndarray, method: str, frame: Frame) -> np.ndarray:
    """Weights of the children of ``node``, whose scores are ``values``.

    Raises UndefinedWeights where the data determine none.
    """

    def score(weights: np.ndarray) -> np.ndarray:
        return node_score(values, weights, tree.nodes[node].aggregation, frame)

    return WEIGHTINGS[method].of(values, noise.size(frame.output), score)
