"""What a person may configure, read once and strictly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from suyuan.core.errors import ConfigError, LookupFailed, Problem
from suyuan.core.files import read_yaml
from suyuan.core.layout import CONFIG, Layout
from suyuan.core.names import is_edition

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

    Raises ConfigError E198 for what is no edition's name, before anything else is looked at, and
    E160 for unknown, missing or non-text keys.
    """
    if edition is not None:
        _check_edition(edition, 1)
    try:
        entries = read_yaml(root / CONFIG) or {}
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        details = {"detail": str(getattr(error, "problem", error))}
        problem = Problem("E160", CONFIG, at.line + 1 if at else 1, details=details)
        raise ConfigError(problem) from error
    if not isinstance(entries, dict):
        raise ConfigError(Problem("E160", CONFIG, details={"detail": str(entries)}))
    if edition is not None:
        entries["edition"] = edition
    expected = {field.name for field in fields(Config)}
    wrong = sorted(expected ^ set(entries)) or [k for k in entries if not _is_text(entries[k])]
    if wrong:
        raise ConfigError(
            Problem("E160", CONFIG, 1, wrong[0], details={"detail": "、".join(wrong)})
        )
    _check_edition(entries["edition"], _edition_row(root))
    return Config(**entries)


def overridden(root: Path, overrides: Mapping[str, Any]) -> Config:
    """The configuration with what the command line of Snakemake puts in its place: the edition.

    Raises ConfigError E160 for any other key, which no stage would hear of.
    """
    wrong = sorted(set(overrides) - {"edition"})
    if wrong:
        raise ConfigError(Problem("E160", CONFIG, details={"detail": "、".join(wrong)}))
    edition = overrides.get("edition")
    return read_config(root, None if edition is None else str(edition))


def _check_edition(text: str, row: int) -> None:
    """Raise ConfigError E198 for what is no edition's name: it becomes part of paths."""
    if not is_edition(text):
        shown = "".join(c if c.isprintable() else " " for c in text[:SHOWN])
        shown += "…" if len(text) > SHOWN else ""
        raise ConfigError(Problem("E198", CONFIG, row, "edition", shown))


def _edition_row(root: Path) -> int:
    """Line of config/config.yaml that names the edition."""
    lines = (root / CONFIG).read_text(encoding="utf-8").splitlines()
    return next((i for i, line in enumerate(lines, 1) if line.startswith("edition:")), 1)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def edition_layout(root: Path, edition: str) -> Layout:
    """Folders of an edition whose raw data exists. Raises LookupFailed E100 when it does not."""
    layout = Layout(root, edition)
    if layout.raw.is_dir():
        return layout
    editions = sorted(p.name for p in (root / "data/raw").iterdir() if p.is_dir())
    details = {"editions": "、".join(editions)}
    raise LookupFailed(Problem("E100", CONFIG, _edition_row(root), "edition", edition, details))
