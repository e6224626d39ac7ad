"""What a parameter of a rule may hold for: the names that its rows of plausibility.csv may give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from suyuan.contract.schema import Schema
from suyuan.contract.table import Table

PART = "."
ORDER = "order"


@dataclass(frozen=True)
class World:
    """Tables as they are, and the schemas of all that there may be."""

    tables: Mapping[str, Table]
    schemas: Mapping[str, Schema]


# The part of a text that names nothing, and what it could name; None where all of it names.
Scope = Callable[[str, World], tuple[str, Collection[str]] | None]


def _among(text: str, known: Collection[str]) -> tuple[str, Collection[str]] | None:
    return None if text in known else (text, known)


def everything(text: str, _world: World) -> tuple[str, Collection[str]] | None:
    """All there is: nothing is named."""
    return (text, ()) if text else None


def of_all(*names: str) -> dict[str, Scope]:
    """Parameters of these names, each of which holds for all there is."""
    return dict.fromkeys(names, everything)


def table(text: str, world: World) -> tuple[str, Collection[str]] | None:
    """A table."""
    return _among(text, world.schemas)


def columns(text: str, world: World) -> tuple[str, Collection[str]] | None:
    """Columns of a table: ``table.column…``."""
    wrong = _placed(text, world.schemas)
    if wrong is None and PART not in text:
        return text, [f"{text}{PART}{name}" for name in world.schemas[text].columns]
    return wrong


def ordered(text: str, world: World) -> tuple[str, Collection[str]] | None:
    """A table whose rows are numbered, with the columns that make up a numbering, if any."""
    return _placed(
        text, {name: each for name, each in world.schemas.items() if ORDER in each.columns}
    )


def _placed(text: str, schemas: Mapping[str, Schema]) -> tuple[str, Collection[str]] | None:
    name, *named = text.split(PART)
    if name not in schemas:
        return name, schemas
    known = schemas[name].columns
    return next(((column, known) for column in named if column not in known), None)


def column(text: str, world: World) -> tuple[str, Collection[str]] | None:
    """A column of any table."""
    return _among(text, {name for each in world.schemas.values() for name in each.columns})


def indicator(text: str, world: World) -> tuple[str, Collection[str]] | None:
    """An indicator."""
    return _among(text, {row.cells["indicator_id"] for row in world.tables["indicators"].rows})


def subject_type(text: str, world: World) -> tuple[str, Collection[str]] | None:
    """A sort of subject."""
    return _among(text, world.schemas["subjects"].column("type").enum)
