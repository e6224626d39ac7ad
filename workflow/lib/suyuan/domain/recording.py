"""Values that are recorded from cells: observations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pandas as pd

from suyuan.contract.edition import OBSERVATIONS
from suyuan.contract.observations import IDENTIFYING
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell

CONVERTING = ("unit", "basis")
DESCRIBED = ("comparator", "as_of", "kind", "grade", "vintage")  # columns kept as meta


def record_observations(ledger: Ledger, normalised: pd.DataFrame) -> None:
    """A value for every observation that is not a restatement."""
    originals = normalised[normalised["value_id"] != ""]
    ledger.own_row(OBSERVATIONS, "value", (*IDENTIFYING, *CONVERTING, *DESCRIBED))
    names = ("value_id", "value", "obs_id", *CONVERTING)
    columns = [originals[name].tolist() for name in names]
    described = zip(*(originals[name].tolist() for name in DESCRIBED), strict=True)
    known: dict[tuple[str, ...], dict[str, str]] = {}  # many rows are described alike
    for value_id, printed, key, unit, basis, words in zip(*columns, described, strict=True):
        if words not in known:
            known[words] = {name: word for name, word in zip(DESCRIBED, words, strict=True) if word}
        cell = Cell(OBSERVATIONS, "value", key)
        ledger.record(value_id, printed, unit, cell, known[words], basis)


@contextmanager
def configured(ledger: Ledger, *keys: str) -> Iterator[None]:
    """What is derived inside is of what config.yaml names under these keys."""
    with ledger.reading(f"config:{'+'.join(keys)}", "what the configuration names"):
        for key in keys:
            ledger.note("config", key)
        yield
