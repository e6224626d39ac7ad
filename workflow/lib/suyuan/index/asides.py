"""Rows of a table that may be none of its units: notes below it, and totals of the others.

They would get a rank like any other. So each is asked about, and the recipe answers: ``drop`` or
``keep``. A total is known by its name, or by being the sum or the mean of all others in every
column; an aggregate of some of them, such as a union of states, nobody can know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from suyuan.index.words import is_note, is_total

NOTE, NAMED, SUMMED, AVERAGED = "E552", "E553", "E554", "E570"
FEWEST = 4  # other units: of fewer one is often the sum or mean by chance
SUMS, MEANS = 2, 3  # columns in which it must be
CLOSE = 1e-9  # of the size of the numbers


def by_name(unit: str, bare: bool) -> str:
    """The code of what a row seems to be by its first cell, '' for a unit."""
    if bare or is_note(unit):
        return NOTE
    return NAMED if is_total(unit) else ""


def by_sum(columns: Mapping[str, Sequence[float]]) -> Iterator[tuple[int, str]]:
    """Places of rows that are the sum or the mean of all others, with the code of which."""
    matrix = np.array(list(columns.values()), dtype=float).T
    if matrix.ndim != 2 or len(matrix) <= FEWEST:
        return
    known = np.isfinite(matrix)
    sums = np.where(known, matrix, 0.0).sum(axis=0)
    counts, sizes = known.sum(axis=0), np.where(known, np.abs(matrix), 0.0).max(axis=0)
    told = known & (counts > FEWEST) & (np.nanstd(np.where(known, matrix, 0.0), axis=0) > 0)
    rest = sums - np.where(known, matrix, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        summed = np.abs(matrix - rest) <= CLOSE * sizes
        averaged = np.abs(matrix - rest / (counts - 1)) <= CLOSE * sizes
    for hits, least, code in ((summed, SUMS, SUMMED), (averaged, MEANS, AVERAGED)):
        all_of_it = (hits | ~told).all(axis=1) & ((hits & told).sum(axis=1) >= least)
        for place in np.flatnonzero(all_of_it):
            yield int(place), code
