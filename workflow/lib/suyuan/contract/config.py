"""What a person may configure, read once and strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from suyuan.contract.configured import read_document
from suyuan.contract.matrix import check_matrix, editions, line_of
from suyuan.contract.periods import is_period
from suyuan.contract.shapes import Keys, Text, hold
from suyuan.core.errors import ConfigError, LookupFailed, Problem
from suyuan.core.layout import CONFIG, Layout
from suyuan.core.names import is_edition
from suyuan.core.settings import EDITIONS, own

ARGUMENT = "--edition"  # where an edition stands that the configuration does not name
SHOWN = 40  # characters of a refused name that a message repeats


@dataclass(frozen=True)
class Config:
    """config/config.yaml."""

    edition: str
    region: str
    nation: str
    gdp_period: str


def read_config(root: Path, edition: str | None = None) -> Config:
    """The configuration, with ``edition`` in place of the configured one when given.

    What the edition's row of config/editions.csv says goes before it.

    Raises ConfigError E198 for what is no edition's name, before anything else is looked at, and
    with each of E181 to E197 for what is no mapping of exactly these keys to texts, E125 for what
    is no period.
    """
    if edition is not None:
        check_edition(edition, ARGUMENT, 1)
    document = read_document(root / CONFIG, CONFIG)
    entries: dict[str, str] = hold(document, Keys({field.name: Text() for field in fields(Config)}))
    check_edition(entries["edition"], CONFIG, document.line(("edition",)))
    if not is_period(entries["gdp_period"]):
        raise ConfigError(document.problem("E125", ("gdp_period",), entries["gdp_period"]))
    name = edition or entries["edition"]
    return Config(**(entries | own(root, name) | {"edition": name}))


# ``base`` and ``head`` are sides of a comparison, ``events`` is a file for what happens.
OVERRIDES = ("edition", "editions", "base", "head", "events")
ALL = "all"


def overridden(root: Path, overrides: Mapping[str, Any]) -> list[str]:
    """The editions to build, by the configuration and the command line of Snakemake.

    One, or all of config/editions.csv. Raises ConfigError E196 for a key that is none of OVERRIDES,
    which no rule would hear of, and E186 for other ``editions`` than ``all``; DataError for a table
    of editions that is not lawful.
    """
    if wrong := sorted(set(overrides) - set(OVERRIDES)):
        details = {"allowed": "、".join(OVERRIDES)}
        raise ConfigError(
            Problem("E196", "--config", column=key, value=key, details=details) for key in wrong
        )
    edition = overrides.get("edition")
    configured = read_config(root, None if edition is None else str(edition))
    check_matrix(root)
    if "editions" not in overrides:
        return [configured.edition]
    if overrides["editions"] != ALL:
        value = str(overrides["editions"])
        raise ConfigError(
            Problem("E186", "--config", column="editions", value=value, details={"allowed": ALL})
        )
    return editions(root)


def check_edition(text: str, file: str, row: int) -> None:
    """Raise ConfigError E198 for what is no edition's name: it becomes part of paths."""
    if not is_edition(text):
        shown = "".join(c if c.isprintable() else " " for c in text[:SHOWN])
        shown += "…" if len(text) > SHOWN else ""
        raise ConfigError(Problem("E198", file, row, "edition", shown))


def edition_layout(root: Path, edition: str) -> Layout:
    """Folders of an edition whose raw data exists. Raises LookupFailed E100 when it does not."""
    layout = Layout(root, edition)
    if layout.raw.is_dir():
        return layout
    editions = sorted(p.name for p in root.glob("data/raw/*") if p.is_dir())
    details = {"editions": "、".join(editions) or "—"}
    document, place = read_document(root / CONFIG, CONFIG), ("edition",)
    configured = document.at(place) == edition
    line = line_of(root, edition)
    if configured:
        file, row = CONFIG, document.line(place)
    else:
        file, row = (ARGUMENT, 1) if line is None else (EDITIONS, line)
    raise LookupFailed(Problem("E100", file, row, "edition", edition, details))
