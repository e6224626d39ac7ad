"""Homes: the table whose row would give a value that there is not: messages send people there."""

from __future__ import annotations

from suyuan.contract.edition import OBSERVATIONS
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Value


def home(ledger: Ledger, value_id: str) -> str:
    """The file of that table."""
    table = home_table(ledger, value_id)
    return ledger.texts.files.get(table, f"{table}.csv")


def home_table(ledger: Ledger, value_id: str) -> str:
    """The name of that table.

    Of a text it is the table that the id names. Else values that are called alike but for one part
    tell: it is the table that one is recorded in, or in which that part is a key.
    """
    table, column, *_ = f"{value_id}.".split(".")
    if any(column in row for row in ledger.texts.rows.get(table, ())[:1]):
        return table
    found = (_given(ledger, part, value) for part, value in _alike(ledger, value_id))
    return next((name for name in found if name in ledger.texts.rows), OBSERVATIONS)


def _alike(ledger: Ledger, value_id: str) -> list[tuple[str, Value]]:
    """Values whose ids are other in one part, each with that part; first those of the same sort."""
    wanted = value_id.split(".")
    found = []
    for value in ledger.made:
        parts = value.id.split(".")
        if len(parts) == len(wanted):
            other = [pair for pair in zip(parts, wanted, strict=True) if pair[0] != pair[1]]
            if len(other) == 1:
                found.append((_sort(other[0][0]) != _sort(other[0][1]), other[0][0], value))
    return [(part, value) for _, part, value in sorted(found, key=lambda each: each[0])]


def _sort(code: str) -> str:
    """What stands before the code of a row in ids: ``tier`` in ``tier_first``."""
    return code.rpartition("_")[0]


def _given(ledger: Ledger, part: str, value: Value) -> str:
    """The table that a value is recorded in, or has read the row from that ``part`` names."""
    if value.src:
        return value.src[0].source
    keyed = (c.source for c in ledger.roots(value.id) if part in (c.key, f"{_sort(part)}_{c.key}"))
    return next(keyed, "")
