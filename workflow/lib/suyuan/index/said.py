"""What a person is told of an index: words of its own, in Chinese or English.

The table is not one of the report, so a code may have another remedy here than it has there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from suyuan.contract import messages
from suyuan.core.errors import Problem
from suyuan.core.language import language
from suyuan.core.resources import carried
from suyuan.index.naming import Method, with_name

MOST = 200  # lines at once


def folder(asked: str | None = None) -> Path:
    """Where the words of a language lie; without ``asked`` of that of the locale."""
    return carried() / "templates/index" / language(asked)


def words(asked: str | None = None) -> Mapping[str, str]:
    """All words of a language, by name."""
    return messages.catalogue(folder(asked))


def report(problems: Iterable[Problem], asked: str | None = None) -> str:
    """All problems, one line each, under a line that counts them."""
    return messages.report(problems, folder(asked), most=MOST)


def lines(problems: Iterable[Problem], asked: str | None = None) -> list[str]:
    """The same lines without the one that counts them."""
    return [messages.message(problem, folder(asked)) for problem in problems]


def bare(problem: Problem, asked: str | None = None) -> str:
    """What is wrong and the remedy, without the place; methods with what people call them."""

    def told(value: str) -> str:
        return with_name(value, asked) if isinstance(value, Method) else value

    details = {name: told(value) for name, value in problem.details.items()}
    return messages.said(
        replace(problem, value=told(problem.value), details=details), folder(asked)
    )
