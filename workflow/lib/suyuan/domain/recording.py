"""Values that are recorded from cells: observations and texts."""

from __future__ import annotations

import pandas as pd

from suyuan.contract.edition import OBSERVATIONS
from suyuan.contract.schema import Schema
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell

DESCRIBED = ("comparator", "as_of", "kind", "grade", "vintage")  # columns kept as meta


def record_observations(ledger: Ledger, normalised: pd.DataFrame) -> None:
    """A value for every observation that is not a restatement."""
    originals = normalised[normalised["value_id"] != ""]
    names = ("value_id", "value", "unit", "obs_id", "basis")
    columns = [originals[name].tolist() for name in names]
    described = zip(*(originals[name].tolist() for name in DESCRIBED), strict=True)
    known: dict[tuple[str, ...], dict[str, str]] = {}  # many rows are described alike
    for value_id, printed, unit, key, basis, words in zip(*columns, described, strict=True):
        if words not in known:
            known[words] = {name: word for name, word in zip(DESCRIBED, words, strict=True) if word}
        cell = Cell(OBSERVATIONS, "value", key)
        ledger.record(value_id, printed, unit, cell, known[words], basis)


def record_texts(ledger: Ledger, table: pd.DataFrame, schema: Schema) -> None:
    """A text value ``<table>.<column>.<key>`` for every cell that is not empty."""
    keys = table[schema.primary_key]
    for column in schema.columns:
        if column == schema.primary_key:
            continue
        for key, text in zip(keys, table[column], strict=True):
            if text:
                ledger.text(f"{schema.name}.{column}.{key}", text, Cell(schema.name, column, key))
