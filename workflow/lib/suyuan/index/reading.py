"""How a table of somebody else's is to be read: the section ``data`` of a recipe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from suyuan.core.errors import Problem
from suyuan.index.cells import NUMBER, Signs
from suyuan.index.encoding import known
from suyuan.index.section import Place, Section, line_of

DECIMALS = (".", ",")
THOUSANDS = ("", ",", ".", " ", "'", "_")
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


@dataclass(frozen=True)
class Declared:
    """What is declared of a table; all left out, it is comma, point and the first column's units.

    ``where`` has the texts that a column must have in a row that is read; ``drop`` are units that
    are left out, ``keep`` units that stay although they look like a note or a total.
    """

    signs: Signs = field(default_factory=Signs)
    unit: str | None = None
    year: str | None = None
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    header: int | None = None
    sheet: str | None = None
    path: Place = ("data",)
    file: str = ""
    lines: Mapping[Place, int] = field(default_factory=dict)

    def problem(self, code: str, place: Place, value: str, **details: str) -> Problem:
        """A problem with what stands at ``place`` of the section, as ("where", "year")."""
        whole = (*self.path, *place)
        return Problem(code, self.file, line_of(self.lines, whole), whole[-1], value, details)

    def columns(self) -> dict[Place, str]:
        """The columns that it names, each by its place in the section."""
        named = {(key,): column for key in ("unit", "year") if (column := getattr(self, key))}
        return named | {("where", column): column for column in self.where}


def says(text: str, wanted: str) -> bool:
    """Whether a cell has the value that a recipe gives; 2020.0 and 007 are 2020 and 7."""
    if text == wanted:
        return True
    return bool(NUMBER.fullmatch(text) and NUMBER.fullmatch(wanted)) and float(text) == float(
        wanted
    )


def named(unit: str, wanted: str) -> bool:
    """Whether a row is the one that a recipe names; ``*`` at the end stands for any ending."""
    return unit.startswith(wanted[:-1]) if wanted.endswith("*") else says(unit, wanted)


def declared(section: Section) -> Declared:
    """What the section declares; what is wrong with it gets noted there.

    E126 not among the choices, E131 below the least, E533 another kind of value, E564 a truth
    value where a text belongs, E565 one sign for two things, E568 no such encoding.
    """
    take = _Taking(section)
    decimal, thousands = take.choice("decimal", DECIMALS), take.choice("thousands", THOUSANDS)
    if decimal == thousands:
        section.report("E565", "thousands", thousands)
    encoding = take.text("encoding")
    if encoding is not None and not known(encoding):
        section.report("E568", "encoding", encoding)
        encoding = None
    delimiter = take.text("delimiter")
    if delimiter is not None:
        delimiter = DELIMITERS.get(delimiter, delimiter)
        if delimiter not in DELIMITERS.values():
            section.report("E126", "delimiter", delimiter, allowed=", ".join(DELIMITERS))
            delimiter = None
    found = Declared(
        signs=Signs(frozenset(take.texts("missing")), take.flag("percent"), decimal, thousands),
        unit=take.text("unit"),
        year=take.text("year"),
        where=take.conditions("where"),
        drop=take.texts("drop"),
        keep=take.texts("keep"),
        encoding=encoding,
        delimiter=delimiter,
        header=take.count("header"),
        sheet=take.text("sheet"),
        path=section.path,
        file=section.file,
        lines=section.lines,
    )
    section.end()
    return found


@dataclass(frozen=True)
class _Taking:
    """Values of a section as what they must be."""

    section: Section

    def value(self, key: str) -> Any:
        return self.section.get(key)

    def _plain(self, key: str, value: Any) -> str | None:
        """A text or number as text; YAML takes no, yes, on and off for truth values."""
        if isinstance(value, bool):
            self.section.report("E564", key, str(value).lower())
        elif isinstance(value, str):
            return value
        elif isinstance(value, int):
            return str(value)
        elif isinstance(value, float):
            return repr(value).removesuffix(".0")
        elif isinstance(value, date):
            return value.isoformat()
        else:
            self.section.report("E533", key, value)
        return None

    def text(self, key: str) -> str | None:
        value = self.value(key)
        return self.section.settle(key, None if value is None else self._plain(key, value))

    def _listed(self, key: str, value: Any) -> tuple[str, ...]:
        items = value if isinstance(value, list) else [] if value is None else [value]
        return tuple(text for item in items if (text := self._plain(key, item)) is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        return self.section.settle(key, self._listed(key, self.value(key)))

    def conditions(self, key: str) -> dict[str, tuple[str, ...]]:
        value = self.value(key)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.section.report("E533", key, value)
            return {}
        found = {str(column): self._listed(key, wanted) for column, wanted in value.items()}
        return self.section.settle(key, found)

    def flag(self, key: str) -> bool:
        value = self.value(key)
        if value is not None and not isinstance(value, bool):
            self.section.report("E126", key, value, allowed="yes, no")
        return self.section.settle(key, value is True)

    def choice(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self.value(key)
        if value is not None and value not in allowed:
            shown = ", ".join(f'"{one}"' for one in allowed)
            self.section.report("E126", key, value, allowed=shown)
        return self.section.settle(key, value if value in allowed else allowed[0])

    def count(self, key: str) -> int | None:
        value = self.value(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self.section.report("E533", key, value)
            return None
        if value < 1:
            self.section.report("E131", key, value, bound="1")
            return None
        return value
