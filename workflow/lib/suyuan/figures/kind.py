"""Chart kinds: how a table of marks is drawn. Each is one file of ``kinds``, found by its name.

Nothing is imported but the kinds that are asked for: drawing libraries take a third of a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from suyuan.figures import kinds
from suyuan.figures.suits import KNOWN, Suit

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from suyuan.figures.canvas import Marks

MISSING = "missing"  # the column with the word in place of a number
# How many series a kind can tell apart: any number, as many as the palette has colours, two.
ANY, FEW, TWO = range(1, 1000), range(1, 6), range(2, 3)
# Facts of the alternative text: how many marks and which series; also the largest and smallest.
COUNTED = ("count", "series")
MEASURED = (*COUNTED, "most", "most_txt", "least", "least_txt")
PLACED = (*MEASURED, "most_x", "least_x")  # of a grid: also their columns


@dataclass(frozen=True)
class Kind:
    """A chart kind.

    ``draw`` makes the figure from a table of marks, so many inches wide or less. ``needs``: the
    columns that the table must have beside ``series``, ``label``, ``value_id`` and ``txt``.
    ``series``: how many of them it can show. ``facts``: what its alternative text,
    templates/words.yaml ``alt``, may speak of. ``lines``: whether its first axes carry the values
    along x, so that a line may stand for one. ``most``: how many labels and how many columns it
    can show, None for any number; of more it shows the first. ``suits``: what its marks must be.
    """

    draw: Callable[[Marks, float], Figure]
    needs: frozenset[str]
    series: range
    facts: tuple[str, ...]
    lines: bool
    most: int | None
    suits: tuple[Suit, ...]

    def rules(self) -> tuple[Suit, ...]:
        """What its marks must be; they have numbers, unless it says what stands for one."""
        gaps = self.facts == COUNTED or MISSING in self.needs
        return self.suits if gaps else (KNOWN, *self.suits)

    def fitting(self, marks: Marks) -> Marks:
        """The marks that it shows: all, or those of its first labels in its first columns."""
        names = list(dict.fromkeys(marks["label"]))
        columns = list(dict.fromkeys(marks["x"])) if "x" in marks else []
        if self.most is None or max(len(names), len(columns)) <= self.most:
            return marks
        if set(columns) == set(names):
            columns = names  # pairs of the same
        shown = marks["label"].isin(names[: self.most]) & marks["x"].isin(columns[: self.most])
        return marks[shown].reset_index(drop=True)


@cache
def kind_names() -> tuple[str, ...]:
    """The chart kinds that there are."""
    return tuple(sorted(module.name for module in iter_modules(kinds.__path__)))


def kind_of(name: str) -> Kind:
    """The chart kind of that name, one of ``kind_names``."""
    return import_module(f"suyuan.figures.kinds.{name}").KIND
