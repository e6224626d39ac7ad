"""Walks over the graph of values."""

from __future__ import annotations

from collections.abc import Iterable

from suyuan.lineage.ledger import Ledger


def ancestry(ledger: Ledger, wanted: Iterable[str]) -> set[str]:
    """``wanted`` and everything they were made from."""
    seen: set[str] = set()
    todo = list(wanted)
    while todo:
        value_id = todo.pop()
        if value_id not in seen:
            seen.add(value_id)
            todo += ledger[value_id].parents
    return seen
