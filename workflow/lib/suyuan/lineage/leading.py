"""What a reader is led to: what a report prints, and what that rests on.

A count leads to each that it counts, but for a count of more than a reader would look through: that
one leads nowhere. lineage.json names them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suyuan.lineage import operations
from suyuan.lineage.graph import ancestry
from suyuan.lineage.operation import declared_in

Entry = Mapping[str, Any]
COUNTED = 5_000  # so many may be looked through
COUNTING = frozenset(each.name for each in declared_in(operations).values() if each.counting)


def counts_many(entry: Entry) -> bool:
    """Whether a value counts more than a reader would look through."""
    return entry["op"] in COUNTING and len(entry.get("in", ())) > COUNTED


@dataclass(frozen=True)
class Leading:
    """The values of a lineage file as a graph, in which nothing leads to what many are counted."""

    values: Mapping[str, Entry]

    def parents(self, value_id: str) -> Sequence[str]:
        entry = self.values[value_id]
        return () if counts_many(entry) else entry.get("in", ())


def printed(lineage: Mapping[str, Any]) -> Iterable[str]:
    """Ids of all that the page prints: values, and the facts of claims."""
    claims = (claim for claim in lineage["claims"].values() if claim.get("uses"))
    return [*(use["v"] for use in lineage["uses"]), *(f for claim in claims for f in claim["in"])]


def listed(lineage: Mapping[str, Any]) -> list[str]:
    """Ids of the values that exports list: all, unless a printed count is of very many."""
    values, shown = lineage["values"], printed(lineage)
    if not any(counts_many(values[name]) for name in dict.fromkeys(shown)):
        return list(values)
    led = ancestry(Leading(values), shown)
    return [name for name in values if name in led]
