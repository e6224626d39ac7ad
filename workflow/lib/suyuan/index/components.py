"""Weights from principal components: what indicators have in common counts once.

Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, §6.1; Nicoletti, Scarpetta
and Boylaud 2000, doi:10.1787/215182844604.
"""

from __future__ import annotations

import numpy as np

from suyuan.index import noise

SINGLE, TOGETHER = 0.1, 0.6  # share of the variance that each component, and all kept, must explain
ROUNDS = 1000


def loadings(correlations: np.ndarray) -> np.ndarray:
    """Correlations of the indicators with the components kept: (indicators × components).

    Kept are those that explain more than a tenth of the variance each, and as many more as it
    takes to explain six tenths together.
    """
    values, vectors = np.linalg.eigh(correlations)
    values, vectors = values[::-1].clip(min=0), vectors[:, ::-1]
    share = values / values.sum()
    before = np.concatenate([[0], np.cumsum(share)[:-1]])
    kept = max(1, int(np.sum((share > SINGLE) | (before < TOGETHER))))
    return np.asarray(vectors[:, :kept] * np.sqrt(values[:kept]))


def varimax(given: np.ndarray) -> np.ndarray:
    """The loadings turned so that each is large or small, rows scaled to 1 meanwhile.

    Source: Kaiser 1958, doi:10.1007/BF02289233 (normal varimax).
    """
    size = np.sqrt((given**2).sum(axis=1, keepdims=True))
    rows = np.divide(given, size, out=np.zeros_like(given), where=size > 0)
    count, factors = rows.shape
    for _ in range(ROUNDS):
        turned = 0.0
        for first in range(factors - 1):
            for second in range(first + 1, factors):
                x, y = rows[:, first].copy(), rows[:, second].copy()
                u, v = x**2 - y**2, 2 * x * y
                above = 2 * (u @ v) - 2 * u.sum() * v.sum() / count
                below = (u**2 - v**2).sum() - (u.sum() ** 2 - v.sum() ** 2) / count
                angle = np.arctan2(above, below) / 4
                rows[:, first] = x * np.cos(angle) + y * np.sin(angle)
                rows[:, second] = y * np.cos(angle) - x * np.sin(angle)
                turned = max(turned, abs(angle))
        if turned < noise.SPREAD:
            break
    return rows * size


def shares(correlations: np.ndarray) -> np.ndarray:
    """Weights of the indicators, from their correlations, summing to 1.

    Each counts by the square of its largest loading on the turned components.
    """
    squared = varimax(loadings(correlations)) ** 2
    return noise.normed(squared.max(axis=1))
