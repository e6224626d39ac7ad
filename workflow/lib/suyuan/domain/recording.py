"""Values that are recorded from cells: observations."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from suyuan.contract.edition import IDENTIFYING, OBSERVATIONS
from suyuan.contract.tables import Columns
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell

CONVERTING = ("unit", "basis")
RECORDED = ("value_id", "value", "obs_id", *CONVERTING)
DESCRIBED = ("comparator", "as_of", "kind", "grade", "vintage")  # columns kept as meta
COLUMNS = (*RECORDED, *DESCRIBED)


def record_observations(ledger: Ledger, normalised: Columns) -> None:
    """A value for every observation that is not a restatement; COLUMNS of it are read."""
    ledger.own_row(OBSERVATIONS, "value", (*IDENTIFYING, *CONVERTING, *DESCRIBED))
    columns = (list(normalised[name]) for name in RECORDED)
    described = zip(*(list(normalised[name]) for name in DESCRIBED), strict=True)
    known: dict[tuple[str, ...], dict[str, str]] = {}  # many rows are described alike
    for value_id, printed, key, unit, basis, words in zip(*columns, described, strict=True):
        if not value_id:
            continue
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
