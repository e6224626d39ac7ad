"""A build elsewhere: a folder of outputs borrows the sources of a project, which stays as it is."""

from __future__ import annotations

from pathlib import Path

# What a build reads. What lies in the folder under one of these names is used as it is.
SOURCES = (
    "Snakefile", "config", "data/raw", "profiles", "pyproject.toml", "requirements.lock",
    "templates", "workflow",
)  # fmt: skip


def linked(here: Path, project: Path) -> None:
    """Link into a folder the sources that it lacks, so that it is a project to every command."""
    if here.resolve() == project.resolve():
        return
    for name in SOURCES:
        link = here / name
        if not link.exists() and (project / name).exists():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.unlink(missing_ok=True)  # a link to what is gone
            link.symlink_to((project / name).resolve())
