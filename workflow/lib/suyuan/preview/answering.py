"""What became of a save, in words: a page, or the problems that keep it from being one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from suyuan.contract.messages import catalogue, report, said
from suyuan.core.errors import ConfigError, MachineError, Problem, ReportedError, reported
from suyuan.core.names import spelt
from suyuan.preview.desk import Desk

MOST = 100  # problems that a page lists
REMEDY = "；"  # messages say what is wrong, then what to do


def opened(root: Path, edition: str) -> Desk:
    """The desk of an edition."""
    return Desk(root, edition)


def answered(
    desk: Desk | None, root: Path, edition: str, saved: frozenset[str]
) -> tuple[Desk | None, tuple[bytes | None, dict[str, Any]]]:
    """The desk, opened where there is none yet, and its answer; None where none can be opened."""
    try:
        desk = desk or opened(root, edition)
    except (ReportedError, OSError) as error:
        return None, (None, refused(reported(error, root), root))
    return desk, answer(desk, root, saved)


def answer(desk: Desk, root: Path, saved: frozenset[str]) -> tuple[bytes | None, dict[str, Any]]:
    """The page after inputs of those kinds were saved, or None; and what is to be said."""
    try:
        page = desk.page(saved)
    except (ReportedError, OSError) as error:
        return None, refused(reported(error, root), root)
    looks_wrong = [*desk.left(), *desk.queries()]
    return page, {"queries": looks_wrong[:MOST]}


def refused(error: ReportedError, root: Path) -> dict[str, Any]:
    """Each problem with its place, what is wrong and the remedy, and all of them as a text.

    No save tells that the machine does again what it did not: there a ``note`` says that it is
    asked again.
    """
    templates = root / "templates"
    problems = list(dict.fromkeys(error.problems))
    text = report(problems, templates, "heading_preview")
    try:
        told = [described(problem, templates) for problem in problems[:MOST]]
        again = isinstance(error, MachineError)
        note = {"note": catalogue(templates)["preview_again"]} if again else {}
    except ConfigError:  # the messages themselves are broken, which the text says
        return {"crash": text, "text": text}
    return {"problems": told, "count": len(problems), "text": text} | note


def described(problem: Problem, templates: Path) -> dict[str, str]:
    """A problem as a row of a table."""
    wrong, _, remedy = said(problem, templates).partition(REMEDY)
    return {
        "file": spelt(problem.file),
        "row": str(problem.row or ""),
        "column": problem.column,
        "value": problem.value,
        "rule": wrong,
        "remedy": remedy,
        "code": problem.code,
    }
