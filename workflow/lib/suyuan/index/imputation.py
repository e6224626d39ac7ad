"""Filling in what is missing, and how far that may be from the truth.

Each method says of every cell what it would be by the others, known cells included: the missing
ones are filled with that, and the errors at the known ones are the spread of those filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass, field

import numpy as np
import pandas as pd

from suyuan.index import noise
from suyuan.index.treatment import changes

Estimate = Callable[[pd.DataFrame, "Context"], pd.DataFrame]


@dataclass(frozen=True)
class Context:
    """What methods may look at besides the values: rows that go together, indicators that do.

    ``groups`` names the group of each row, NaN for none; ``units`` and ``years`` say of whom and
    when it is. ``siblings`` are the other indicators of each one's node, ``directions`` 1 or -1.
    """

    groups: pd.Series | None = None
    units: pd.Series | None = None
    years: pd.Series | None = None
    siblings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    directions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Imputation:
    """A method: ``estimate`` gives every cell from the others, NaN where they tell nothing.

    ``needs_years`` tells that it looks along a panel's years, ``grouped`` that it can be kept
    within groups of units.
    """

    name: str
    source: str
    estimate: Estimate
    _: KW_ONLY
    needs_years: bool
    grouped: bool


def _by_group(
    frame: pd.DataFrame, context: Context, one: Callable[[np.ndarray], np.ndarray]
) -> pd.DataFrame:
    """``one`` of every column of each group; rows of no group are NaN."""
    found = pd.DataFrame(np.nan, index=frame.index, columns=frame.columns)
    groups = pd.Series(0, index=frame.index) if context.groups is None else context.groups
    keys = [groups.to_numpy()]
    if context.years is not None:
        keys.append(context.years.loc[frame.index].to_numpy())
    values, result = frame.to_numpy(dtype=float), found.to_numpy(copy=True)
    for rows in frame.groupby(keys, dropna=True).indices.values():
        for column in range(values.shape[1]):
            result[rows, column] = one(values[rows, column])
    return pd.DataFrame(result, index=frame.index, columns=frame.columns)


def others_mean(values: np.ndarray) -> np.ndarray:
    """Mean of the other known values, (units,)."""
    known = ~np.isnan(values)
    others = known.sum() - known
    total = noise.total(values) - np.where(known, values, 0.0)
    return np.divide(total, others, out=np.full(values.shape, np.nan), where=others > 0)


def others_median(values: np.ndarray) -> np.ndarray:
    """Median of the other known values, (units,)."""
    known = np.flatnonzero(~np.isnan(values))
    order = known[np.argsort(values[known], kind="stable")]
    ranked, n = values[order], order.size
    found = np.full(values.shape, np.median(ranked) if n else np.nan)
    found[known] = np.nan
    if n > 1:
        place = np.arange(n)
        low, high = (n - 2) // 2, (n - 1) // 2  # the middle ones of the n - 1 others
        below, above = ranked[low + (place <= low)], ranked[high + (place <= high)]
        found[order] = (below + above) / 2
    return found


def _least_other(values: np.ndarray) -> np.ndarray:
    """Least of the other known values, (units,)."""
    ranked = np.append(np.sort(values[~np.isnan(values)]), [np.nan, np.nan])
    return np.where(values == ranked[0], ranked[1], ranked[0])


def _mean(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    return _by_group(frame, context, others_mean)


def _median(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    return _by_group(frame, context, others_median)


def _sibling(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Where the unit stands on the other indicators of the node, put on the indicator's own scale.

    The place is that between the least and the greatest known value, the mean of the siblings'.
    On the indicator's own scale these are of the other units.
    """
    low, high = frame.min(), frame.max()
    apart = [column for column in frame if not noise.constant(frame[column].to_numpy(float))]
    place = (frame[apart] - low[apart]) / (high[apart] - low[apart])
    for column in apart:
        if context.directions.get(column, 1) < 0:
            place[column] = 1 - place[column]
    found = pd.DataFrame(np.nan, index=frame.index, columns=frame.columns)
    for column in frame:
        siblings = [other for other in context.siblings.get(column, ()) if other in place]
        if siblings:
            own = place[siblings].mean(axis=1)
            own = own if context.directions.get(column, 1) > 0 else 1 - own
            values = frame[column].to_numpy(dtype=float)
            least, most = _least_other(values), -_least_other(-values)
            found[column] = least + own * (most - least)
    return found


def _time(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """On a straight line between the unit's nearest known years; at an end the nearest of them."""
    assert context.units is not None
    assert context.years is not None
    units, years = context.units.loc[frame.index], context.years.loc[frame.index].astype(float)
    values = frame.to_numpy(dtype=float)
    found = np.full(values.shape, np.nan)
    for rows in frame.groupby(units.to_numpy()).indices.values():
        when = years.to_numpy()[rows]
        for column in range(values.shape[1]):
            own = values[rows, column]
            for position, row in enumerate(rows):
                known = np.flatnonzero(~np.isnan(own))
                known = known[known != position]
                known = known[np.argsort(when[known])]
                if known.size:
                    found[row, column] = np.interp(when[position], when[known], own[known])
    return pd.DataFrame(found, index=frame.index, columns=frame.columns)


HANDBOOK = "OECD/JRC, Handbook on Constructing Composite Indicators, 2008, §3"
METHODS = {
    each.name: each
    for each in (
        Imputation(
            "mean", f"{HANDBOOK} (unconditional mean); COINr, i_mean", _mean,
            needs_years=False, grouped=True,
        ),
        Imputation(
            "median", "COINr, i_median, i_median_grp", _median, needs_years=False, grouped=True,
        ),
        Imputation(
            "sibling", "COINr, Impute with impute_by = row", _sibling,
            needs_years=False, grouped=False,
        ),
        Imputation(
            "time", "COINr, impute_panel; linear interpolation", _time,
            needs_years=True, grouped=False,
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Impute:
    """Fill missing values by a method. What it can say nothing of stays missing.

    So does all of a unit of which none of ``known_by`` is known, where that is given: there would
    be nothing of the unit in its score.
    """

    indicators: tuple[str, ...]
    group: str | None = None
    method: str = "mean"
    context: Context = Context()
    known_by: tuple[str, ...] = ()

    def apply(
        self, frame: pd.DataFrame, imputed: pd.DataFrame | None = None
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        columns = list(self.indicators)
        after = frame.copy()
        estimates = self._estimates(frame, self._grouped(frame))
        if self.known_by:
            estimates = estimates[frame[list(self.known_by)].notna().any(axis=1)]
        after[columns] = frame[columns].fillna(estimates)
        return after, changes(frame, after, columns, "impute")

    def errors(self, scores: pd.DataFrame, frame: pd.DataFrame) -> dict[str, np.ndarray]:
        """Errors of the method at the observed ``scores``, sorted, by indicator.

        ``scores`` are those of the units of ``frame``, NaN where not observed, more is better.
        """
        context = self._grouped(frame)
        upright = Context(context.groups, context.units, context.years, context.siblings)
        missed = scores[list(self.indicators)] - self._estimates(scores, upright)
        return {name: np.sort(errors.dropna().to_numpy()) for name, errors in missed.items()}

    def _estimates(self, frame: pd.DataFrame, context: Context) -> pd.DataFrame:
        """Of the indicators; siblings are looked at, whether they are filled in or not."""
        own = list(self.indicators)
        beside = [other for leaf in own for other in context.siblings.get(leaf, ())]
        return METHODS[self.method].estimate(frame[[*dict.fromkeys([*own, *beside])]], context)[own]

    def _grouped(self, frame: pd.DataFrame) -> Context:
        if self.group is None:
            return self.context
        given = self.context
        groups = frame[self.group]
        return Context(groups, given.units, given.years, given.siblings, given.directions)
