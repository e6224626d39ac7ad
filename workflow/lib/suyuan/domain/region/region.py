"""A region and its provinces, and the ids of what is said of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from suyuan.lineage.reads import Group


@dataclass(frozen=True)
class Region:
    """A region, its provinces in display order, and the nation it belongs to.

    ``chosen`` is what was read to know its provinces.
    """

    id: str
    provinces: tuple[str, ...]
    nation: str
    chosen: Group

    @property
    def members(self) -> tuple[str, ...]:
        return (*self.provinces, self.id)

    def each(self, indicator: str) -> list[str]:
        """Value ids of one indicator for all provinces."""
        return [f"{province}.{indicator}" for province in self.provinces]


def names(subjects: Iterable[str]) -> list[str]:
    """Value ids of the subjects' names."""
    return [f"subjects.name.{subject}" for subject in subjects]
