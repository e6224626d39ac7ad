"""What config/figures.yaml says of one figure, and which figures there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from suyuan.contract.configured import Document, read_document
from suyuan.contract.shapes import Anything, Every, Keys, hold
from suyuan.core.errors import Problem
from suyuan.core.layout import FIGURES

ENTRIES = "figures"  # the key that all stand under
EACH = "each"  # the key of an entry that describes one figure for each of some subjects
WIDTH, WHOLE = "width", "whole"  # how wide the figure is on paper, and how wide unless said
WIDTHS = {WHOLE: 6.54, "third": 2.16}  # inches; the text of an A4 page with 22 mm margins
NARROW = ".narrow"  # ends the name of the drawing for a phone
DRAWINGS = (".svg", f"{NARROW}.svg")  # the ends of the files of a figure's two drawings
VALUES = "values"  # the one place where what ``{of}`` stands for may be several
Spec: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Described:
    """A figure as it is described: its id, the line where it stands, and what is said of it.

    ``entry`` is the key that it stands under; several figures have one where it says ``each``.
    """

    id: str
    line: int
    spec: Spec
    entry: str
    document: Document | None = field(default=None, compare=False, repr=False)

    @property
    def draw(self) -> str:
        """The name of its chart kind."""
        return self.spec["draw"]

    def problem(self, code: str, value: str, **details: str) -> Problem:
        """A problem with the figure, at the line of its entry that says ``value``."""
        entry = (ENTRIES, self.entry)
        line = self.document.line_of(entry, value) if self.document else self.line
        return Problem(code, FIGURES, line, self.id, value, details)


def figure_ids(root: Path) -> list[str]:
    """Ids of the figures in order, nothing else being looked at. Raises ConfigError E188."""
    path = root / FIGURES
    return list(_ids(path, path.read_bytes() if path.is_file() else b""))


@lru_cache
def _ids(path: Path, _content: bytes) -> tuple[str, ...]:
    """The same, once for each content: a run over many editions asks for each of them."""
    shape = Keys({"figures": Every(Anything(), named=True)})
    entries = hold(read_document(path, FIGURES), shape)["figures"]
    return tuple(name for entry, spec in entries.items() for name in ids_of(entry, spec))


def ids_of(entry: str, spec: Any) -> list[str]:
    """Ids of the figures that an entry describes: its key, or its key and each subject's."""
    each = spec.get(EACH) if isinstance(spec, Mapping) else None
    return [f"{entry}_{one}" for one in each] if isinstance(each, Mapping) else [entry]


def figures_of(entry: str, spec: Spec) -> Iterator[tuple[str, Spec]]:
    """Id and description of every figure of an entry, ``{each}`` and ``{of}`` filled in."""
    if EACH not in spec:
        yield entry, spec
        return
    rest = {key: part for key, part in spec.items() if key != EACH}
    for name, (one, of) in zip(ids_of(entry, spec), spec[EACH].items(), strict=True):
        yield name, _filled(rest, one, [of] if isinstance(of, str) else of)


def _filled(part: Any, each: str, of: Sequence[str]) -> Any:
    """A part of a description for one subject; values with ``{of}`` are as many as it names."""
    if isinstance(part, Mapping):
        filled = {key: _filled(inner, each, of) for key, inner in part.items()}
        if VALUES in part:
            listed = filled[VALUES] if isinstance(filled[VALUES], list) else [filled[VALUES]]
            every = [text.replace("{of}", one) for text in listed for one in of]
            filled[VALUES] = list(dict.fromkeys(every))
        return filled
    if isinstance(part, list):
        return [_filled(inner, each, of) for inner in part]
    return part.replace("{each}", each)
