"""Where in a template a thing stands that is told of the finished page.

The page has no lines of its templates. What a problem names is looked for in the text of the
template that wrote it: an id, a name in a call, the words beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from suyuan.core.errors import Problem

SECOND = frozenset({"E331", "E336"})  # told of the later of two places
PREFIXES = ("#", "fig-", "tab-", "sec-")


def sited(problems: Iterable[Problem], root: Path) -> list[Problem]:
    """The problems, each at the line of its template that names what it is about, else as it is."""
    return [replace(problem, row=_line(problem, root / problem.file)) for problem in problems]


def _line(problem: Problem, template: Path) -> int:
    if problem.row != 1 or not template.is_file():
        return problem.row
    text = template.read_text(encoding="utf-8")
    for wanted in _wanted(problem):
        at = text.rfind(wanted) if problem.code in SECOND else text.find(wanted)
        if at >= 0:
            return text.count("\n", 0, at) + 1
    return problem.row


def _wanted(problem: Problem) -> Iterator[str]:
    """What to look for, the surest first; nothing that is empty."""
    name = problem.value
    for prefix in PREFIXES:
        name = name.removeprefix(prefix)
    near = problem.details.get("near", "")
    level, _, heading = problem.value.partition(" ")
    for wanted in (
        near, near[-6:], f'"{name}"', problem.value.removeprefix("#"), heading,
        f"<{level}" if heading else "",
    ):  # fmt: skip
        if wanted:
            yield wanted
