"""Values that know where they come from.

A Value is an exact decimal (or a text) with its unit, the operation that made it, and either
the raw cells or the parent values it was made from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from suyuan.core.numbers import plain

TEXT = "text"
RECORDED = ("convert", TEXT)  # the operations of values that are read from cells
NOTHING = Decimal(0)
BOUNDS = frozenset("><≥≤")
TURNED = str.maketrans("><≥≤", "<>≤≥")
STATED = frozenset({"target", "policy", "judged"})  # "over 30 by 2026" is exact as it stands


class Cell(NamedTuple):
    """A raw cell: source table, column, key of the row (never its number)."""

    source: str
    column: str
    key: str


class Value(NamedTuple):
    """One number or text of the report and what it was made from.

    ``half`` is the rounding half-width in canonical units, None when unknown; ``se`` the standard
    error of what was drawn, None for what was not; ``meta`` holds
    what describes the value without making it: period, kind, grade, comparator. Values may share
    it. A recorded number also knows its cell's text and unit. ``via`` names the groups of cells
    that select, convert or word it (``suyuan.lineage.reads``).
    """

    id: str
    v: Decimal | str
    unit: str
    txt: str
    op: str
    src: tuple[Cell, ...] = ()
    parents: tuple[str, ...] = ()
    half: Decimal | None = None
    basis: str = ""
    meta: Mapping[str, str] = MappingProxyType({})
    printed: str = ""
    printed_unit: str = ""
    se: Decimal | None = None
    via: tuple[str, ...] = ()

    @property
    def number(self) -> Decimal:
        """The decimal; raises TypeError for a text."""
        if isinstance(self.v, str):
            raise TypeError(f"{self.id} is a text")
        return self.v

    @property
    def data(self) -> str:
        """The exact value for machines, as in ``<data value=…>``."""
        return self.v if isinstance(self.v, str) else plain(self.v)

    def to_json(self) -> dict[str, Any]:
        """The entry of lineage.json (format lineage/2) without its id."""
        entry: dict[str, Any] = {"v": self.data, "u": self.unit, "txt": self.txt, "op": self.op}
        if self.src:
            entry["src"] = [[cell.source, cell.column, [cell.key]] for cell in self.src]
        if self.parents:
            entry["in"] = list(self.parents)
        if self.via:
            entry["via"] = list(self.via)
        if self.half is not None:
            entry["half"] = plain(self.half)
        if self.se is not None:
            entry["se"] = plain(self.se)
        if self.basis:
            entry["basis"] = self.basis
        if self.printed:
            entry |= {"printed": self.printed, "printed_unit": self.printed_unit}
        return entry | dict(self.meta)

    @classmethod
    def from_json(cls, value_id: str, entry: Mapping[str, Any]) -> Value:
        """The value that ``to_json`` wrote."""
        known = {"v", "u", "txt", "op", "src", "in", "via", "half", "basis", "printed",
                 "printed_unit", "se"}  # fmt: skip
        return cls(
            id=value_id,
            v=entry["v"] if entry["u"] == TEXT else Decimal(entry["v"]),
            unit=entry["u"],
            txt=entry["txt"],
            op=entry["op"],
            src=tuple(
                Cell(source, column, key)
                for source, column, keys in entry.get("src", ())
                for key in keys
            ),
            parents=tuple(entry.get("in", ())),
            half=Decimal(entry["half"]) if "half" in entry else None,
            basis=entry.get("basis", ""),
            meta={k: v for k, v in entry.items() if k not in known},
            printed=entry.get("printed", ""),
            printed_unit=entry.get("printed_unit", ""),
            se=Decimal(entry["se"]) if "se" in entry else None,
            via=tuple(entry.get("via", ())),
        )


def is_exact(meta: Mapping[str, str]) -> bool:
    """Whether a recorded number is exact as stated, a bound or a target; others are rounded."""
    return meta.get("comparator") in BOUNDS or meta.get("kind") in STATED


def bound_of(signs: str, parents: Sequence[Value]) -> str:
    """The comparator that parents stated as bounds give a result; '' when none is.

    ``signs`` says for each parent, the last for all that follow, whether the result rises (+) or
    falls (-) with it: a ratio over "more than 140" is less than the ratio over 140.
    """
    found = set()
    for place, parent in enumerate(parents if signs else ()):
        comparator = parent.meta.get("comparator", "=")
        if comparator == "=" or parent.meta.get("kind") in STATED:
            continue
        falls = signs[min(place, len(signs) - 1)] == "-"
        found.add(comparator.translate(TURNED) if falls else comparator)
    if len(found) < 2:
        return found.pop() if found else ""
    return ">" if found <= set(">≥") else "<" if found <= set("<≤") else "≈"


def indicator_of(value_id: str) -> str:
    """Second part of ``<subject>.<indicator>[.<qualifier>]``."""
    return value_id.split(".")[1]
