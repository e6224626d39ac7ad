"""All that the command writes, in this order: a new table is a module and a line here."""

from __future__ import annotations

from suyuan.index import (
    changes,
    firmness,
    input_factors,
    intervals,
    kept,
    leaving,
    likelihoods,
    origins,
    statistics,
    tables,
)
from suyuan.index.run import OutputFile, OutputTable

TABLES: tuple[OutputTable, ...] = (
    tables.SCORES,
    tables.RANKS,
    tables.BOUNDS,
    tables.CONTRIBUTIONS,
    tables.WEIGHTS,
    tables.TREATMENT,
    tables.JUDGEMENTS,
    tables.QUERIES,
    tables.SELFCHECK,
    intervals.INTERVALS,
    changes.CHANGES,
    statistics.STATISTICS,
    statistics.CORRELATIONS,
    statistics.ALPHA,
    likelihoods.LIKELIHOODS,
    likelihoods.PAIRS,
    leaving.LEAVE_ONE_OUT,
    leaving.SHIFTS,
    firmness.SWAPS,
    firmness.POSSIBLE,
    input_factors.SENSITIVITY,
)
FILES: tuple[OutputFile, ...] = (kept.RECIPE_FILE, kept.INPUT_FILES, origins.LINEAGE_FILE)
LAST = kept.RUN_FILE  # has the digests of all others
NAMES = (*(table.file for table in TABLES), *(other.file for other in FILES), LAST.file)
