"""Steps that bend the scale of an indicator: logarithms and the powers of Box and Cox."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from suyuan.index import noise
from suyuan.index.treatment import changes

LEAST, MOST = -5.0, 5.0  # exponents looked at; beyond them the fit is of single values
SMALL = 1e-8  # an exponent as near to 0 is 0
HALVINGS = 60
TERMS = 24  # of a series in what is below 1


def boxcox(values: np.ndarray, exponent: float) -> np.ndarray:
    """(x^λ − 1) / λ, the logarithm at 0, of positive values.

    Raises ValueError for what is not positive. Source: Box and Cox 1964,
    doi:10.1111/j.2517-6161.1964.tb00553.x.
    """
    if (values <= 0).any():
        raise ValueError("Box–Cox needs positive values")
    logs = np.log(values)
    if abs(exponent) < SMALL:
        return logs
    return np.asarray(np.expm1(exponent * logs) / exponent)


def likelihood(values: np.ndarray, exponent: float) -> float:
    """Profile log-likelihood of the exponent for known positive values, less a constant."""
    bent = boxcox(values, exponent)
    variance = noise.total((bent - noise.mean(bent)) ** 2) / bent.size
    return float(-bent.size / 2 * np.log(variance) + (exponent - 1) * noise.total(np.log(values)))


def best_exponent(values: np.ndarray) -> float:
    """The exponent between -5 and 5 under which positive values are most nearly normal.

    Where the profile likelihood, which has one maximum, no longer rises. 1 where the values are all
    equal: nothing is to be bent.
    """
    known = values[~np.isnan(values)]
    if noise.constant(known):
        return 1.0
    logs = np.log(known)
    logs = logs - noise.mean(logs)  # no unit of measurement
    low, high = LEAST, MOST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if _spread_rises(logs, middle):
            high = middle
        else:
            low = middle
    return (low + high) / 2


def _spread_rises(logs: np.ndarray, exponent: float) -> bool:
    """Whether the variance of the bent values grows with the exponent: past the best one.

    ``logs`` have the mean 0, so the likelihood is a falling function of that variance alone.
    """
    bent = boxcox(np.exp(logs), exponent)
    slope = _slope(logs, exponent)
    return noise.total((bent - noise.mean(bent)) * (slope - noise.mean(slope))) > 0


def _slope(logs: np.ndarray, exponent: float) -> np.ndarray:
    """Derivative of (e^(λl) − 1)/λ by λ: (λl·e^(λl) − e^(λl) + 1)/λ², near 0 by its series."""
    product = exponent * logs
    near = np.abs(product) < 1
    found = np.empty_like(logs)
    far = product[~near]
    if far.size:
        found[~near] = (far * np.exp(far) - np.expm1(far)) / exponent**2
    term, total = logs[near] ** 2 / 2, np.zeros_like(logs[near])
    for power in range(2, TERMS):
        total += term * (power - 1)
        term = term * product[near] / (power + 1)
    found[near] = total
    return found


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
    """Replace values by their powers: all by ``exponent``, or each indicator by its own best one.

    Then they are taken as shares of their geometric mean, so that no digits get lost in a power of
    large or small numbers. Which changes nothing for a method to which only distances matter.
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
            exponent = self.exponent
            if exponent is None:
                exponent = best_exponent(values)
                values = values / np.exp(noise.mean(np.log(values)))
            after[indicator] = boxcox(values, exponent)
            what = f"boxcox:{exponent:.6g}"
            logs.append(changes(frame, after, [indicator], what))
        kept = [log for log in logs if len(log)] or logs[:1] or [changes(frame, after, [], "")]
        return after, pd.concat(kept, ignore_index=True)
