"""Errors of what is read off draws, of which there are only so many.

The draws are the last axis, and are independent of each other.
"""

from __future__ import annotations

import numpy as np

from suyuan.index.levels import Array


def intervals_and_errors(values: Array, level: float) -> tuple[Array, Array]:
    """Equal-tailed interval of (… × draws) holding ``level`` of them, and its standard errors.

    Both are (… × [low, high]). The interval is that of ``standing.intervals``. An error is free of
    any distribution: half the distance between the order statistics that stand one standard
    deviation of the number of draws beyond the quantile, √(n p (1 − p)), to either side of it, for
    between them the true quantile lies with the probability of ± one standard error. NaN of a
    single draw. Source: David and Nagaraja, Order Statistics, 3rd ed., 2003, §7.1.
    """
    draws, tail = values.shape[-1], (1 - level) / 2
    apart = np.sqrt(tail * (1 - tail) / draws)
    places = [tail - apart, tail, tail + apart, 1 - tail - apart, 1 - tail, 1 - tail + apart]
    found = np.quantile(values, np.clip(places, 0, 1), axis=-1)
    errors = (found[[2, 5]] - found[[0, 3]]) / 2
    if draws < 2:
        errors = np.full_like(errors, np.nan)
    return np.moveaxis(found[[1, 4]], 0, -1), np.moveaxis(errors, 0, -1)
