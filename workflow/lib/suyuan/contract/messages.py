"""Messages for people, from a catalogue: the library itself speaks no Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from suyuan.contract.configured import read_document
from suyuan.contract.shapes import Every, Text, hold
from suyuan.core.errors import ConfigError, Problem

MESSAGES = "templates/messages.yaml"
LINE_END = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")  # what a value may hold, a line not
UNFIT = (LookupError, ValueError, AttributeError)  # no such text, an odd brace, a wrong placeholder


@lru_cache
def catalogue(templates: Path) -> dict[str, str]:
    """Message texts by code. Raises ConfigError where the catalogue itself is no such thing."""
    return hold(read_document(templates / "messages.yaml", MESSAGES), Every(Text()))


def worded(templates: Path, name: str, **details: object) -> str:
    """The words of that name, '' where the catalogue has none that fit or is broken."""
    try:
        return catalogue(templates)[name].format(**details)
    except (ConfigError, *UNFIT):
        return ""


def message(problem: Problem, templates: Path) -> str:
    """One line: place, what is wrong, remedy, code.

    Where the catalogue has no words that fit, it is named beside the code.
    """
    place = f"{problem.file}:{problem.row}:{problem.column or 1}"
    details = {"value": problem.value, "column": problem.column, **problem.details}
    line = f"{place} {_said(catalogue(templates), problem.code, details)} ({problem.code})"
    return LINE_END.sub(" ", line)


def _said(words: Mapping[str, str], code: str, details: Mapping[str, object]) -> str:
    try:
        return words[code].format(**details)
    except UNFIT:
        return f"({MESSAGES}: {code}) {details.get('value', details.get('count', ''))}".rstrip()


def report(
    problems: Iterable[Problem],
    templates: Path,
    heading: str = "heading",
    most: int | None = None,
) -> str:
    """All problems, one line each, under a line that counts them, whose text is ``heading``.

    Where there are more than ``most``, the first of them and how many are left.

    Where the catalogue of messages is broken, that is said with place and code, without words.
    """
    try:
        catalogue(templates)
    except ConfigError as broken:
        return str(broken)
    lines = list(dict.fromkeys(message(problem, templates) for problem in problems))
    words, shown = catalogue(templates), lines[:most]
    left = {"count": len(lines) - len(shown)}
    more = [_said(words, "more", left)] if len(shown) < len(lines) else []
    return "\n".join([_said(words, heading, {"count": len(lines)}), *shown, *more])


def questions(queries: Sequence[str], templates: Path) -> str:
    """The messages of queries under a line that counts them; '' when there is none."""
    if not queries:
        return ""
    words = _said(catalogue(templates), "queries", {"count": len(queries)})
    return "\n".join([words, *queries])
