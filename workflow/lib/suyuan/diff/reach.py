"""Reach: which changed inputs the lineage of a value goes back to, on either side.

What the lineage does not reach cannot have moved a value; a value that moved all the same is a
change that nothing explains.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from suyuan.diff.inputs import Bits, Factor
from suyuan.diff.sides import Side
from suyuan.lineage.graph import Entries, folded


class Reach:
    """Masks of factors for the values and readings of one side (0 base, 1 head)."""

    def __init__(self, side: Side, bits: Bits) -> None:
        self._side, self._bits = side, bits
        self._graph = Entries(side.values)
        self._rows = {
            (table, column): columns
            for table, own in side.lineage["rows"].items()
            for column, columns in own.items()
        }
        self._groups: dict[str, int] = {}
        self._values: dict[str, int] = {}
        self._settle()

    def of(self, value_id: str) -> int:
        """Factors that a value goes back to; 0 where this side has no such value."""
        if value_id not in self._side.values:
            return 0
        return folded(self._graph, value_id, self._values, self._made)

    def via(self, value_id: str) -> int:
        """Factors in what selects, orders, converts or words a value."""
        return self.of_groups(self._side.values[value_id].get("via", ()))

    def of_groups(self, names: Iterable[str]) -> int:
        found = 0
        for name in names:
            found |= self._groups[name]
        return found

    def own(self, value_id: str) -> int:
        """Factors in the cell that a recorded value is, and in those of its row that decide it."""
        found = 0
        for source, column, keys in self._side.values[value_id].get("src", ()):
            for key in keys:
                if not self._bits.touched(source, key):
                    continue
                found |= self._bits.cell(source, column, key)
                for beside in self._rows.get((source, column), ()):
                    found |= self._bits.cell(source, beside, key)
        return found

    def _made(self, value_id: str, parents: Sequence[int]) -> int:
        found = self.own(value_id) | self.via(value_id)
        for mask in parents:
            found |= mask
        return found

    def _settle(self) -> None:
        """Readings look at values, and values rest on readings: until nothing is added."""
        entries = self._side.groups
        own = {
            name: _union(self._bits.read(t, c, keys) for t, c, keys in entry["cells"])
            for name, entry in entries.items()
        }
        self._groups = dict(own)
        while True:
            found = {
                name: own[name] | _union(map(self.of, entry.get("in", ())))
                for name, entry in entries.items()
            }
            if found == self._groups:
                return
            self._groups, self._values = found, {}


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def places(mask: int) -> list[int]:
    """The bits that are set, from the lowest."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def named(mask: int, factors: Sequence[Factor]) -> list[Factor]:
    """The factors of a mask."""
    return [factors[place] for place in places(mask)]
