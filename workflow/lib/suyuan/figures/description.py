"""What config/figures.yaml says of one figure, and which figures there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from suyuan.contract.configured import read_document
from suyuan.contract.shapes import Anything, Every, Keys, hold
from suyuan.core.errors import Problem

FIGURES = "config/figures.yaml"
Spec: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Described:
    """A figure as it is described: its id, the line where it stands, and what is said of it."""

    id: str
    line: int
    spec: Spec

    @property
    def draw(self) -> str:
        """The name of its chart kind."""
        return self.spec["draw"]

    def problem(self, code: str, value: str, **details: str) -> Problem:
        """A problem with the figure."""
        return Problem(code, FIGURES, self.line, self.id, value, details)


def figure_ids(root: Path) -> list[str]:
    """Ids of the figures in order, nothing else being looked at. Raises ConfigError E188."""
    shape = Keys({"figures": Every(Anything(), named=True)})
    return list(hold(read_document(root / FIGURES, FIGURES), shape)["figures"])
