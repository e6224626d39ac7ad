"""Steps that bend the scale of an indicator: logarithms and the powers of Box and Cox."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from suyuan.index import noise
from suyuan.index.treatment import changes

GOLDEN = (np.sqrt(5) - 1) / 2
LEAST, MOST = -5.0, 5.0  # exponents looked at; beyond them the fit is of single values
PRECISION = 1e-8


def boxcox(values: np.ndarray, exponent: float) -> np.ndarray:
    """(x^λ − 1) / λ, the logarithm at 0, of positive values.

    Raises ValueError for what is not positive. Source: Box and Cox 1964,
    doi:10.1111/j.2517-6161.1964.tb00553.x.
    """
    if (values <= 0).any():
        raise ValueError("Box–Cox needs positive values")
    logs = np.log(values)
    if abs(exponent) < PRECISION:
        return logs
    return np.asarray(np.expm1(exponent * logs) / exponent)


def likelihood(values: np.ndarray, exponent: float) -> float:
    """Profile log-likelihood of the exponent for known positive values, less a constant."""
    bent = boxcox(values, exponent)
    variance = noise.total((bent - noise.mean(bent)) ** 2) / bent.size
    return float(-bent.size / 2 * np.log(variance) + (exponent - 1) * noise.total(np.log(values)))


def best_exponent(values: np.ndarray) -> float:
    """The exponent between -5 and 5 under which positive values are most nearly normal.

    By golden section on the profile likelihood, which has one maximum. 1 where the values are all
    equal: nothing is to be bent.
    """
    known = values[~np.isnan(values)]
    if noise.constant(known):
        return 1.0
    known = np.sort(known) / np.exp(noise.mean(np.log(known)))  # no unit of measurement
    low, high = LEAST, MOST
    while high - low > PRECISION:
        left, right = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if likelihood(known, left) > likelihood(known, right):
            high = right
        else:
            low = left
    return (low + high) / 2


@dataclass(frozen=True)
class Log:
    """Replace values by their natural logarithms. Raises ValueError for what is not positive."""

    indicators: tuple[str, ...]

    def apply(
        self, frame: pd.DataFrame, imputed: pd.DataFrame | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        after = frame.copy()
        for indicator in self.indicators:
            after[indicator] = boxcox(frame[indicator].to_numpy(dtype=float), 0.0)
        return after, changes(frame, after, self.indicators, "log")


@dataclass(frozen=True)
class BoxCox:
    """Replace values by their powers, each indicator by its own best one, or all by ``exponent``.

    Raises ValueError for what is not positive.
    """

    indicators: tuple[str, ...]
    exponent: float | None = None

    def apply(
        self, frame: pd.DataFrame, imputed: pd.DataFrame | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        after, logs = frame.copy(), []
        for indicator in self.indicators:
            values = frame[indicator].to_numpy(dtype=float)
            exponent = best_exponent(values) if self.exponent is None else self.exponent
            after[indicator] = boxcox(values, exponent)
            what = f"boxcox:{exponent:.6g}"
            logs.append(changes(frame, after, [indicator], what))
        kept = [log for log in logs if len(log)] or logs[:1] or [changes(frame, after, [], "")]
        return after, pd.concat(kept, ignore_index=True)
