"""Table schemas: the Frictionless Table Schema terms, one YAML file per table."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from suyuan.contract.configured import Document, document_of
from suyuan.contract.shapes import (
    Choice,
    Each,
    Every,
    Flag,
    Keys,
    Number,
    Pattern,
    Shape,
    Text,
    hold,
)
from suyuan.contract.terms import strangers
from suyuan.contract.texts import NO_TEXTS, Texts, texts_of
from suyuan.contract.texts import SHAPE as TEXTS_SHAPE
from suyuan.core.errors import ConfigError, Problem
from suyuan.core.inputs import matching, some
from suyuan.core.layout import TEXTS

TYPES = ("string", "number", "integer", "period", "days")
CONSTRAINTS = Keys(
    {},
    {
        "required": Flag(),
        "unique": Flag(),
        "enum": Each(Text()),
        "separator": Text(),
        "placeholders": Each(Text()),
        "pattern": Pattern(),
        "minimum": Number(),
        "maximum": Number(),
    },
)
FIELD = Keys(
    {"name": Text(), "type": Choice(TYPES), "description": Text()},
    {"constraints": CONSTRAINTS, "display": Flag()},
)
REFERENCE = Keys({"resource": Text(), "fields": Text()})
KEY = Keys(
    {"fields": Text(), "reference": REFERENCE},
    {"separator": Text(), "where": Every(Text()), "leaf": Flag(), "same": Text()},
)
GAP = Keys({"column": Text(), "word": Text(), "empty": Each(Text())}, {"says": Every(Text())})
ADJOINS = Keys(
    {"upper": Text(), "lower": Text(), "order": Text()}, {"least": Number(), "unit": Text()}
)
SAID = Keys({"number": Text(), "text": Text()})
ROW = Keys({"column": Text(), "type": Choice(TYPES)}, {"minimum": Number(), "maximum": Number()})
PROVENANCE = Keys({"fields": Each(FIELD), "foreignKeys": Each(KEY)})
SCHEMA = Keys(
    {
        "name": Text(),
        "title": Text(),
        "description": Text(),
        "primaryKey": Text(),
        "fields": Each(FIELD),
    },
    {
        "foreignKeys": Each(KEY),
        "provenance": Flag(),
        "decides": Choice(("data", "config", "method")),
        "register": Flag(),
        "extends": Text(),
        "optional": Flag(),
        "joins": Each(Text()),
        "complete": Each(Text()),
        "complete_among": Every(Each(Text())),
        "complete_where": Every(Every(Text())),
        "ordered": Each(Each(Text())),
        "of_branches": Each(Text()),
        "of_leaves": Each(Text()),
        "shares": Text(),
        "parent": Text(),
        "depth": Text(),
        "gap": GAP,
        "either": Each(Each(Text())),
        "adjoins": ADJOINS,
        "said": SAID,
        "needed": Each(Text()),
        "rows": Every(ROW),
    },
)


@dataclass(frozen=True)
class Field:
    """One column: its type (string, number, integer, period or days) and constraints."""

    name: str
    type: str
    description: str
    required: bool = False
    enum: tuple[str, ...] = ()
    separator: str = ""  # between words of ``enum``, where a cell may have several
    pattern: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    unique: bool = False
    display: bool = False  # it orders what is shown, and decides nothing
    placeholders: tuple[str, ...] = ()  # that mean something here, as - for no label

    def words(self, cell: str) -> list[str]:
        """The words of a cell: one, or several with a ``separator``."""
        return [*filter(None, cell.split(self.separator))] if self.separator else [cell]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        return re.compile(self.pattern)


@dataclass(frozen=True)
class ForeignKey:
    """``field`` must be empty or stand in ``resource``'s column ``target``.

    With a ``separator`` the cell is a list, and each of its parts must stand there.
    """

    field: str
    resource: str
    target: str
    separator: str = ""
    where: Mapping[str, str] = dataclasses.field(
        default_factory=dict, hash=False
    )  # cells of the row it names
    leaf: bool = False  # it names a row under which there is no other
    same: str = ""  # a column that the row it names has alike

    def parts(self, cell: str) -> list[str]:
        """What ``cell`` refers to: nothing, one key, or each key of a list."""
        if not cell:
            return []
        return cell.split(self.separator) if self.separator else [cell]


@dataclass(frozen=True)
class Gap:
    """Where ``column`` says ``word``, nothing is known: ``empty`` are empty, and else are not.

    There, and only there, other columns say what ``says`` has for them.
    """

    column: str
    word: str
    empty: tuple[str, ...]
    says: Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Adjoins:
    """In the row after another by ``order``, ``upper`` says again what is ``lower`` in that one.

    ``least``: what is ``lower`` in the last, below which nothing lies. ``unit``: the column that
    says in what it is; in one unit ``lower`` falls from row to row.
    """

    upper: str
    lower: str
    order: str
    least: int = 0
    unit: str = ""


@dataclass(frozen=True)
class Said:
    """``text`` gives in words the points that are ``number``."""

    number: str
    text: str


@dataclass(frozen=True)
class Schema:
    """The contract of one table."""

    name: str
    title: str
    description: str
    primary_key: str
    fields: tuple[Field, ...]
    foreign_keys: tuple[ForeignKey, ...]
    decides: str = "data"  # what a change of it is: data, config, or method
    register: bool = False  # it records what became of rows of other tables
    extends: str = ""  # the raw table whose columns a computed table has besides its own
    optional: bool = False  # the table may be absent, or have a header and no rows
    joins: tuple[str, ...] = ()  # columns that make up the key
    complete: tuple[str, ...] = ()  # columns of which every combination has a row
    # where these are not all that may stand there: what of a column does, and which rows it names
    complete_among: Mapping[str, list[str]] = dataclasses.field(default_factory=dict, hash=False)
    complete_where: Mapping[str, Mapping[str, str]] = dataclasses.field(
        default_factory=dict, hash=False
    )
    ordered: tuple[tuple[str, ...], ...] = ()  # groups of columns whose numbers do not fall
    of_branches: tuple[str, ...] = ()  # columns that are filled where rows lie below, and else not
    of_leaves: tuple[str, ...] = ()  # columns that are filled where none does
    shares: str = ""  # a column whose numbers add up to one among rows of one parent
    parent: str = ""  # the column that names the row above
    depth: str = ""  # the column that says how deep a row lies
    gap: Gap | None = None
    either: tuple[
        tuple[str, ...], ...
    ] = ()  # groups of columns of which one is filled, and one only
    adjoins: Adjoins | None = None
    said: Said | None = None
    needed: tuple[str, ...] = ()  # keys that have a row
    rows: Mapping[str, Field] = dataclasses.field(default_factory=dict, hash=False)  # of one key
    texts: Texts = NO_TEXTS  # what no cell of any table may be

    @property
    def columns(self) -> list[str]:
        return [field.name for field in self.fields]

    def column(self, name: str) -> Field:
        """The column of that name."""
        return next(field for field in self.fields if field.name == name)

    @cached_property
    def keys(self) -> set[str]:
        """The columns of keys, the table's own and those of others."""
        return {self.primary_key, *(key.field for key in self.foreign_keys)}


def _field(entry: dict[str, Any]) -> Field:
    constraints = entry.get("constraints", {})
    bounds = {k: Decimal(str(constraints[k])) for k in ("minimum", "maximum") if k in constraints}
    return Field(
        name=entry["name"],
        type=entry["type"],
        description=entry["description"],
        required=constraints.get("required", False),
        enum=tuple(constraints.get("enum", ())),
        separator=constraints.get("separator", ""),
        pattern=constraints.get("pattern", ""),
        unique=constraints.get("unique", False),
        display=entry.get("display", False),
        placeholders=tuple(constraints.get("placeholders", ())),
        **bounds,
    )


def _foreign_key(entry: dict[str, Any]) -> ForeignKey:
    reference = entry["reference"]
    return ForeignKey(
        entry["fields"],
        reference["resource"],
        reference["fields"],
        entry.get("separator", ""),
        entry.get("where", {}),
        entry.get("leaf", False),
        entry.get("same", ""),
    )


def _rows(entry: Mapping[str, Any]) -> dict[str, Field]:
    """What a cell of single rows may hold, by their keys: in place of what its column says."""
    filled = {"required": True}
    return {
        key: _field({**row, "name": row["column"], "description": "", "constraints": filled | row})
        for key, row in entry.items()
    }


def read_schemas(folder: Path) -> dict[str, Schema]:
    """Schemas of every table in ``folder``, by table name.

    A table with ``provenance: true`` also has the fields of ``../provenance.yaml``; to all applies
    ``../texts.yaml``. Raises ConfigError as ``hold`` does, E185 and E186 for a term that names no
    column. Read once for each content, since every stage asks again and again.
    """
    found = [*matching(folder.parent, "*.yaml"), *some(folder, "*.yaml")]
    above = folder.parents[2]
    contents = {path.relative_to(above).as_posix(): path.read_bytes() for path in found}
    return dict(_schemas(folder.relative_to(above).as_posix(), tuple(contents.items())))


@lru_cache(maxsize=16)
def _schemas(folder: str, contents: tuple[tuple[str, bytes], ...]) -> dict[str, Schema]:
    """Schemas by the name of their folder and the contents of all files by name."""
    held = dict(contents)

    def read(name: str, shape: Shape) -> Document:
        if name not in held:
            raise ConfigError(Problem("E190", name))
        document = document_of(held[name], name)
        hold(document, shape)
        return document

    above = folder.rpartition("/")[0]
    provenance = read(f"{above}/provenance.yaml", PROVENANCE).content
    texts = texts_of(read(f"{above}/{TEXTS.name}", TEXTS_SHAPE).content)
    schemas = {}
    for name in held:
        if not name.startswith(f"{folder}/"):
            continue
        document = read(name, SCHEMA)
        entry = document.content
        extra = provenance if entry.get("provenance") else {"fields": [], "foreignKeys": []}
        columns = [field["name"] for field in entry["fields"] + extra["fields"]]
        if "extends" not in entry and (wrong := list(strangers(document, columns))):
            raise ConfigError(wrong)
        schemas[entry["name"]] = Schema(
            name=entry["name"],
            title=entry["title"],
            description=entry["description"],
            primary_key=entry["primaryKey"],
            fields=tuple(_field(f) for f in entry["fields"] + extra["fields"]),
            foreign_keys=tuple(
                _foreign_key(k) for k in entry.get("foreignKeys", []) + extra["foreignKeys"]
            ),
            decides=entry.get("decides", "data"),
            register=entry.get("register", False),
            extends=entry.get("extends", ""),
            optional=entry.get("optional", False),
            joins=tuple(entry.get("joins", ())),
            complete=tuple(entry.get("complete", ())),
            complete_among=entry.get("complete_among", {}),
            complete_where=entry.get("complete_where", {}),
            ordered=tuple(tuple(group) for group in entry.get("ordered", ())),
            of_branches=tuple(entry.get("of_branches", ())),
            of_leaves=tuple(entry.get("of_leaves", ())),
            shares=entry.get("shares", ""),
            parent=entry.get("parent", ""),
            depth=entry.get("depth", ""),
            gap=Gap(**{**gap, "empty": tuple(gap["empty"])}) if (gap := entry.get("gap")) else None,
            either=tuple(tuple(group) for group in entry.get("either", ())),
            adjoins=Adjoins(**entry["adjoins"]) if "adjoins" in entry else None,
            said=Said(**entry["said"]) if "said" in entry else None,
            needed=tuple(entry.get("needed", ())),
            rows=_rows(entry.get("rows", {})),
            texts=texts,
        )
    return schemas
