"""Treatment of the data before they are normalised: steps that keep a log of what they change.

A step takes a frame (units × columns, indexed by unit) and gives a new one and its log. It
changes the indicators it names and nothing else; other columns may be denominators or groups.
A log has a row per changed cell, with the columns of ``LOG_COLUMNS``; a unit that is left out
has one row, without indicator. What was filled in stays known as such through all later steps.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd

from suyuan.index import noise

CAP, FLOOR = "cap", "floor"
LOG_COLUMNS = ("indicator", "unit", "what", "before", "after")


class Step(Protocol):
    """One treatment. ``imputed`` marks the cells that an earlier step filled in."""

    def apply(
        self, frame: pd.DataFrame, imputed: pd.DataFrame | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]: ...


@dataclass(frozen=True)
class Treated:
    """What came of a table: ``frame`` without the units left out, the ``log`` of all changes.

    ``observed``, of all units, marks the cells that rest on data alone.
    """

    frame: pd.DataFrame
    log: pd.DataFrame
    observed: pd.DataFrame


Before = Callable[[int, pd.DataFrame], None]  # looks at what a step is given, and may refuse it


def treat(frame: pd.DataFrame, steps: Iterable[Step], before_step: Before | None = None) -> Treated:
    """``frame`` after all ``steps`` in their order, their logs below each other, what is data."""
    logs = [_log([])]
    imputed = pd.DataFrame(False, index=frame.index, columns=frame.columns)
    observed = frame.notna()
    for number, step in enumerate(steps):
        if before_step is not None:
            before_step(number, frame)
        before = frame
        frame, log = step.apply(before, imputed)
        logs.append(log)
        imputed = imputed.loc[frame.index] | (before.loc[frame.index].isna() & frame.notna())
        filled = imputed.copy()  # all are divided at once
        for indicator, source in getattr(step, "by", {}).items():
            imputed[indicator] |= filled[source]
        observed.loc[frame.index] = frame.notna() & ~imputed
    log = pd.concat([log for log in logs if len(log)] or logs[:1], ignore_index=True)
    return Treated(frame, log, observed)


@dataclass(frozen=True)
class Denominate:
    """Divide indicators by other columns: ``by`` names the denominator of each.

    Missing where either is missing. Raises ValueError for a denominator that is not positive.
    """

    by: Mapping[str, str]

    def apply(
        self, frame: pd.DataFrame, imputed: pd.DataFrame | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        after = frame.copy()
        for indicator, denominator in self.by.items():
            if (frame[denominator] <= 0).any():
                raise ValueError(f"denominator {denominator} must be positive")
            after[indicator] = frame[indicator] / frame[denominator]
        return after, changes(frame, after, self.by, "denominate")


@dataclass(frozen=True)
class Limit:
    """Replace values beyond the limit of their indicator by the limit: ``cap`` those above it.

    More than that is no more, or less no less.
    """

    what: str
    limits: Mapping[str, float]

    def apply(
        self, frame: pd.DataFrame, imputed: pd.DataFrame | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        after, side = frame.copy(), "upper" if self.what == CAP else "lower"
        for indicator, limit in self.limits.items():
            after[indicator] = frame[indicator].clip(**{side: limit})
        return after, changes(frame, after, self.limits, self.what)


@dataclass(frozen=True)
class Screen:
    """Leave out units that know less than a share ``minimum`` (0 to 1) of the indicators.

    With ``observed`` what was filled in is not known.
    """

    indicators: tuple[str, ...]
    minimum: float
    observed: bool = True

    def apply(
        self, frame: pd.DataFrame, imputed: pd.DataFrame | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        known = frame[list(self.indicators)].notna()
        if self.observed and imputed is not None:
            known &= ~imputed[list(self.indicators)]
        share = known.mean(axis=1)
        kept = noise.reaches(share.to_numpy(), self.minimum)
        rows = [("", unit, "screen", own, np.nan) for unit, own in share[~kept].items()]
        return frame[kept], _log(rows)


@dataclass(frozen=True)
class TreatSkew:
    """Winsorise, or else transform, indicators whose outliers would rule the index.

    An indicator is left alone while its absolute skewness is below ``skew`` or its kurtosis below
    ``kurtosis``. Otherwise up to ``points`` values at the end it leans to are pulled in, the
    outermost value (with its ties) to its neighbour, one at a time, until it passes; never so far
    that all values are equal. If it does not pass then, the original values are replaced by
    logarithms of their distance from the short end, plus a hundredth of the range.

    Source: COINr, ``Treat``, ``winsorise``, ``log_CT_plus`` (W. Becker et al., JOSS 2022,
    doi:10.21105/joss.04567).
    """

    indicators: tuple[str, ...]
    skew: float = 2.0
    kurtosis: float = 3.5
    points: int = 5

    def apply(
        self, frame: pd.DataFrame, imputed: pd.DataFrame | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        after, logs = frame.copy(), [_log([])]
        for indicator in self.indicators:
            values = frame[indicator].to_numpy(dtype=float)
            treated, what = winsorise(values, self._passes, self.points), "winsorise"
            if not self._passes(treated):
                treated, what = log_transform(values), "log"
            after[indicator] = treated
            logs.append(changes(frame, after, [indicator], what))
        return after, pd.concat([log for log in logs if len(log)] or logs[:1], ignore_index=True)

    def _passes(self, values: np.ndarray) -> bool:
        known = values[~np.isnan(values)]
        if known.size < 4 or noise.constant(known):
            return True
        return abs(skewness(known)) < self.skew or kurtosis(known) < self.kurtosis


def winsorise(values: np.ndarray, passes: Callable[[np.ndarray], bool], points: int) -> np.ndarray:
    """``values`` with their outermost ones pulled in until they pass, at most about ``points``.

    Tied values move together, so the last move may exceed ``points``.
    """
    values = values.copy()
    known = np.flatnonzero(~np.isnan(values))
    highest = lowest = np.array([], dtype=int)
    while not passes(values) and highest.size + lowest.size < points:
        leans_up = skewness(values[known]) >= 0
        end = values[known].max() if leans_up else values[known].min()
        outermost = known[values[known] == end]
        rest = values[known[values[known] != end]]
        if np.unique(rest).size < 2:
            break
        values[outermost] = rest.max() if leans_up else rest.min()
        highest, lowest = (outermost, lowest) if leans_up else (highest, outermost)
    return values


def log_transform(values: np.ndarray) -> np.ndarray:
    """Logarithms of the distance from the end away from the tail; the order is kept."""
    low, high = np.nanmin(values), np.nanmax(values)
    offset = 0.01 * (high - low)
    if skewness(values[~np.isnan(values)]) > 0:
        return np.log(values - low + offset)
    return -np.log(high + offset - values)


def skewness(values: np.ndarray) -> float:
    """Sample skewness G1 of at least 3 known values that are not all equal.

    Source: Joanes and Gill 1998, The Statistician 47(1):183-189 (type 2).
    """
    n, centred = values.size, values - values.mean()
    raw = np.sqrt(n) * (centred**3).sum() / (centred**2).sum() ** 1.5
    return float(raw * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: np.ndarray) -> float:
    """Sample excess kurtosis G2 of at least 4 known values that are not all equal.

    Source: as ``skewness``.
    """
    n, centred = values.size, values - values.mean()
    raw = n * (centred**4).sum() / (centred**2).sum() ** 2
    return float(((n + 1) * (raw - 3) + 6) * (n - 1) / ((n - 2) * (n - 3)))


def changes(
    before: pd.DataFrame, after: pd.DataFrame, indicators: Iterable[str], what: str
) -> pd.DataFrame:
    """The log of the cells that differ."""
    rows = []
    for indicator in indicators:
        old, new = before[indicator].to_numpy(float), after[indicator].to_numpy(float)
        changed = np.flatnonzero((old != new) & ~(np.isnan(old) & np.isnan(new)))
        rows += [(indicator, before.index[i], what, old[i], new[i]) for i in changed]
    return _log(rows)


def _log(rows: list[tuple[str, object, str, float, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(LOG_COLUMNS))
