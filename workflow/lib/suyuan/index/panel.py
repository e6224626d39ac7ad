"""Units over years: who is ranked with whom, and what changed from year to year.

A row of a panel is a unit in a year. Ranks are always among the units of one year. What is relative
to the units at hand (scores by ``minmax`` and the like, TOPSIS, Copeland) is relative to those of
all years, so that scores can be compared over time; or to those of the year, if the recipe says so.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from suyuan.index.table import Data

Rows = np.ndarray


def by_year(data: Data, labels: pd.Index) -> list[Rows]:
    """Places of ``labels`` that are of one year, years in order; all of them without years."""
    if not data.years:
        return [np.arange(len(labels))]
    years = np.array([data.years[label] for label in labels], dtype=int)
    return [np.flatnonzero(years == year) for year in np.unique(years)]


def same_year(data: Data, unit: str, labels: pd.Index) -> list[str]:
    """The row of ``unit`` in the year of each of ``labels``, whether there is one or not."""
    if not data.years:
        return [unit] * len(labels)
    own = {data.years[label]: label for label, name in data.units.items() if name == unit}
    return [own.get(data.years[label], "") for label in labels]


def units(data: Data) -> pd.Series | None:
    """The unit of each row of a panel, else None."""
    return pd.Series(data.units).loc[data.frame.index] if data.years else None


def years(data: Data) -> pd.Series | None:
    """The year of each row of a panel, else None."""
    return pd.Series(data.years).loc[data.frame.index] if data.years else None


def parted(table: pd.DataFrame, data: Data) -> pd.DataFrame:
    """A table of rows with unit and year in columns of their own; what is of no row has neither."""
    if not data.years or "unit" not in table or "year" in table:
        return table
    found = table.copy()
    place = found.columns.get_loc("unit") + 1
    labels = found["unit"]
    found["unit"] = [data.units.get(label, label) for label in labels]
    found.insert(place, "year", [data.years.get(label, "") for label in labels])
    return found
