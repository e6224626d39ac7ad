"""Drawings: what figures plot otherwise, and what of their scale, order and style changed.

A figure is the table of what it plots and its SVG. Where both are alike it is the same figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from csv import DictReader
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from suyuan.figures.unsaid import effective
from suyuan.page.tree import parse_svg, text_of

Entry = dict[str, Any]
Key = tuple[str, ...]
Row = Mapping[str, str]
DATA, SCALE, ORDER, STYLE, ADDED, REMOVED = "data", "scale", "order", "style", "added", "removed"
NAMED = ("value_id", "series", "label", "x")  # what tells a plotted row from the others
VALUE = "value_id"
SHAPE = frozenset({"d", "points", "x", "y", "width", "height", "cx", "cy", "r", "transform"})
NAMES = frozenset({"id", "clip-path", "href", "xlink:href", "data-fact"})
NUMBER = re.compile(r"[-−]?\d[\d,.]*%?")


@dataclass(frozen=True)
class Figure:
    """A figure as it lies in its folder."""

    name: str
    table: Path
    drawing: Path

    @property
    def place(self) -> str:
        """Where the drawing lies in the folder of its report."""
        return self.drawing.relative_to(self.drawing.parents[2]).as_posix()

    @cached_property
    def rows(self) -> dict[Key, Row]:
        """What is plotted, by what tells it apart, in the order of the table."""
        found: dict[Key, Row] = {}
        with self.table.open(encoding="utf-8-sig", newline="") as lines:
            for row in DictReader(lines):
                key = tuple(row.get(name) or "" for name in NAMED)
                while key in found:
                    key = (*key, "")
                found[key] = row
        return found

    @cached_property
    def drawn(self) -> Drawn:
        return Drawn.read(parse_svg(self.drawing.read_text(encoding="utf-8")))


@dataclass(frozen=True)
class Drawn:
    """Of an SVG: shape and style of each mark, numbers on its axes, style of all else."""

    shapes: dict[str, list[Key]] = field(default_factory=dict)  # by value id
    looks: dict[str, list[Key]] = field(default_factory=dict)
    axes: list[str] = field(default_factory=list)
    other: list[Key] = field(default_factory=list)

    @classmethod
    def read(cls, root: Element) -> Drawn:
        found = cls()
        found.walk(root, "", root.attrib)
        return found

    def walk(self, element: Element, value: str, root: Mapping[str, str]) -> None:
        """Read an element and those in it; ``root`` says what most of them are like."""
        value = element.get("data-fact", value)
        shape = _chosen(element.attrib, lambda name: name in SHAPE)
        look = _chosen(effective(element, root), lambda name: name not in SHAPE | NAMES)
        if value:
            self.shapes.setdefault(value, []).extend([shape] if shape else [])
            self.looks.setdefault(value, []).extend([look] if look else [])
        elif element.tag == "text" and NUMBER.fullmatch(text_of(element).strip()):
            self.axes.append(text_of(element).strip())
        elif look:
            self.other.append((element.tag, *look))
        for child in element:
            self.walk(child, value, root)


def _chosen(said: Mapping[str, str], wanted: Callable[[str], bool]) -> Key:
    return tuple(f"{name}={text}" for name, text in sorted(said.items()) if wanted(name))


def figures_in(folder: Path, captions: Mapping[str, str]) -> dict[str, Figure]:
    """The figures that a page shows and whose drawing and data are in a folder, by name."""
    drawings = ((folder / f"{name}.csv", folder / f"{name}.svg") for name in captions)
    pairs = ((table, d) for table, d in drawings if table.is_file() and d.is_file())
    return {d.stem: Figure(d.stem, table, d) for table, d in pairs}


def changes(
    before: Path, after: Path, was: Mapping[str, str], now: Mapping[str, str]
) -> list[Entry]:
    """Figures that are not the same in two folders; ``was`` and ``now`` are their captions.

    A drawing that no page shows was left behind by an earlier build.
    """
    old, new = figures_in(before, was), figures_in(after, now)
    captions = {**was, **now}
    found = []
    for name in dict.fromkeys((*new, *old)):
        one, other = old.get(name), new.get(name)
        kinds, marks = _compared(one, other)
        if kinds:
            found.append(
                {
                    "id": name,
                    "title": captions[name],
                    "change": kinds,
                    "marks": marks,
                    "before": one.place if one else "",
                    "after": other.place if other else "",
                }
            )
    return found


def _compared(old: Figure | None, new: Figure | None) -> tuple[list[str], list[Entry]]:
    """The kinds of change, and what is plotted otherwise."""
    if old is None or new is None:
        return [REMOVED if new is None else ADDED], []
    if same_bytes(old.table, new.table) and same_bytes(old.drawing, new.drawing):
        return [], []
    marks = plotted(old.rows, new.rows)
    found = [DATA] if marks else []
    kept = [key for key in new.rows if key in old.rows]
    if kept != [key for key in old.rows if key in new.rows]:
        found.append(ORDER)
    return found + _looks(old, new, changed=bool(found)), marks


def _looks(old: Figure, new: Figure, *, changed: bool) -> list[str]:
    """Scale and style, by the marks of values whose rows are the same on both sides."""
    same = {key[0] for key, row in new.rows.items() if old.rows.get(key) == row}
    same -= {key[0] for key in old.rows if old.rows[key] != new.rows.get(key)}
    one, other = old.drawn, new.drawn
    met = [value for value in same if value in one.shapes and value in other.shapes]
    found = []
    if one.axes != other.axes or any(
        len(one.shapes[value]) == len(other.shapes[value])
        and _sizes(one.shapes[value]) != _sizes(other.shapes[value])
        for value in met
    ):
        found.append(SCALE)
    restyled = any(set(one.looks[value]) != set(other.looks[value]) for value in met)
    if restyled or set(one.other) != set(other.other):
        found.append(STYLE)
    if not found and not changed and not same_bytes(old.drawing, new.drawing):
        found.append(STYLE)
    return found


def _sizes(shapes: Iterable[Key]) -> list[tuple[float, ...]]:
    """Extents of marks: where one only stands elsewhere, as after another order, they stay."""
    found = []
    for shape in shapes:
        numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", " ".join(shape))]
        across, down = numbers[::2], numbers[1::2]
        spans = ((max(n) - min(n)) if n else 0.0 for n in (across, down))
        found.append(tuple(round(span, 1) for span in spans))
    return found


def plotted(old: Mapping[Key, Row], new: Mapping[Key, Row]) -> list[Entry]:
    """What is plotted otherwise, cell by cell; a row that one side lacks is '' there."""
    found = []
    for key in dict.fromkeys((*new, *old)):
        one, other = old.get(key, {}), new.get(key, {})
        for column in dict.fromkeys((*other, *one)):
            before, after = one.get(column) or "", other.get(column) or ""
            if before != after and column not in NAMED:
                entry = {"value": key[0], "column": column, "before": before, "after": after}
                found.append(entry | {"label": key[2], "series": key[1]})
    return found


def same_bytes(one: Path, other: Path) -> bool:
    """Whether two files hold the same."""
    return one.read_bytes() == other.read_bytes()
