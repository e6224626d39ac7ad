"""Messages for people, from a catalogue: the library itself speaks no Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from suyuan.contract.configured import read_document
from suyuan.contract.shapes import Every, Text, hold
from suyuan.core.errors import ConfigError, Problem

MESSAGES = "templates/messages.yaml"


@lru_cache
def catalogue(templates: Path) -> dict[str, str]:
    """Message texts by code. Raises ConfigError where the catalogue itself is no such thing."""
    return hold(read_document(templates / "messages.yaml", MESSAGES), Every(Text()))


def message(problem: Problem, templates: Path) -> str:
    """One line: place, what is wrong, remedy, code."""
    words = catalogue(templates)
    place = f"{problem.file}:{problem.row}:{problem.column or 1}"
    text = words[problem.code].format(value=problem.value, column=problem.column, **problem.details)
    return f"{place} {text} ({problem.code})"


def report(problems: Iterable[Problem], templates: Path, heading: str = "heading") -> str:
    """All problems, one line each, under a line that counts them, whose text is ``heading``.

    Where the catalogue of messages is broken, that is said with place and code, without words.
    """
    try:
        catalogue(templates)
    except ConfigError as broken:
        return str(broken)
    lines = list(dict.fromkeys(message(problem, templates) for problem in problems))
    return "\n".join([catalogue(templates)[heading].format(count=len(lines)), *lines])


def questions(queries: Sequence[str], templates: Path) -> str:
    """The messages of queries under a line that counts them; '' when there is none."""
    if not queries:
        return ""
    return "\n".join([catalogue(templates)["queries"].format(count=len(queries)), *queries])
