"""What a person may configure, read once and strictly."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import yaml

from suyuan.core.errors import ConfigError, LookupFailed, Problem
from suyuan.core.files import read_yaml
from suyuan.core.layout import CONFIG, Layout


@dataclass(frozen=True)
class Config:
    """config/config.yaml."""

    edition: str
    region: str
    nation: str
    gdp_period: str


def read_config(root: Path, edition: str | None = None) -> Config:
    """The configuration, with ``edition`` in place of the configured one when given.

    Raises ConfigError E160 for unknown, missing or non-text keys.
    """
    try:
        entries = read_yaml(root / CONFIG) or {}
    except yaml.YAMLError as error:
        at = getattr(error, "problem_mark", None)
        details = {"detail": str(getattr(error, "problem", error))}
        problem = Problem("E160", CONFIG, at.line + 1 if at else 1, details=details)
        raise ConfigError(problem) from error
    if not isinstance(entries, dict):
        raise ConfigError(Problem("E160", CONFIG, details={"detail": str(entries)}))
    if edition:
        entries["edition"] = edition
    expected = {field.name for field in fields(Config)}
    wrong = sorted(expected ^ set(entries)) or [k for k in entries if not _is_text(entries[k])]
    if wrong:
        raise ConfigError(
            Problem("E160", CONFIG, 1, wrong[0], details={"detail": "、".join(wrong)})
        )
    return Config(**entries)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def edition_layout(root: Path, edition: str) -> Layout:
    """Folders of an edition whose raw data exists. Raises LookupFailed E100 when it does not."""
    layout = Layout(root, edition)
    if layout.raw.is_dir():
        return layout
    editions = sorted(p.name for p in (root / "data/raw").iterdir() if p.is_dir())
    lines = (root / CONFIG).read_text(encoding="utf-8").splitlines()
    row = next((i for i, line in enumerate(lines, 1) if line.startswith("edition:")), 1)
    details = {"editions": "、".join(editions)}
    raise LookupFailed(Problem("E100", CONFIG, row, "edition", edition, details))
