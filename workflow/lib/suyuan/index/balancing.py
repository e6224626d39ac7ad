"""Weights under which all children of a node are equally important for its score.

Source: Becker, Saisana, Paruolo and Vandecasteele 2017, doi:10.1016/j.ecolind.2017.03.056; COINr,
``get_opw``.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from suyuan.index import noise
from suyuan.index.correlation import correlation

ROUNDS = 100
SMALL = 1e-6  # difference by which slopes are told
EVEN = 1e-12  # correlations this near to each other are equal
LEAST = -14.0  # logarithm of the least weight, of those of a node

Score = Callable[[np.ndarray], np.ndarray]  # weights of the children to scores of the units


def balanced(values: np.ndarray, score: Score) -> np.ndarray:
    """Weights, summing to 1, that bring the correlations with the node together.

    ``values`` are the children's scores, units × children. The squares of what the correlations are
    off their mean are made least over the logarithms of the weights [Levenberg 1944, Marquardt
    1963]. Where no positive weights bring them to agree, what is in the way goes down to nearly
    none.
    """
    children = values.shape[1]
    deviations = np.array([max(noise.deviation(column), 1e-300) for column in values.T])
    logs = -np.log(deviations)
    damping = 1e-3
    off = _off(values, score, logs)
    for _ in range(ROUNDS):
        if np.abs(off).max() < EVEN:
            break
        moves = SMALL * np.eye(children)
        slopes = np.column_stack([(_off(values, score, logs + d) - off) / SMALL for d in moves])
        square, pull = slopes.T @ slopes, slopes.T @ off
        step = np.linalg.solve(square + damping * np.eye(children), pull)
        tried = logs - np.clip(step, -2, 2)
        tried = np.maximum(tried - tried.max(), LEAST)
        found = _off(values, score, tried)
        if found @ found < off @ off:
            logs, off, damping = tried, found, damping / 10
        else:
            damping *= 10
        if damping > 1e12:
            break
    return noise.normed(np.exp(logs - logs.max()))


def _off(values: np.ndarray, score: Score, logs: np.ndarray) -> np.ndarray:
    """How far the correlations with the node are off their mean, under these weights."""
    node = score(noise.normed(np.exp(logs - logs.max())))
    found = np.nan_to_num([correlation(column, node) for column in values.T])
    return found - found.mean()
