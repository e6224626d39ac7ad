"""Messages for people, from a catalogue: the library itself speaks no Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from suyuan.contract.configured import read_document
from suyuan.contract.shapes import Every, Text, hold
from suyuan.contract.unseen import shown
from suyuan.core.errors import ConfigError, Problem, unreadable, whole
from suyuan.core.files import write_text
from suyuan.core.names import spelt

MESSAGES = "templates/messages.yaml"
SCREEN = 40  # lines
WHOLE = "logs/problems.txt"  # all of what a screen does not show
LINE_END = re.compile(r"[\n\r\x85\u2028\u2029]+")  # what a value may hold, a line not
UNFIT = (LookupError, ValueError, AttributeError)  # no such text, an odd brace, a wrong placeholder


class Wording(str):
    """A text of the catalogue; what does not fit into it is a fault of the catalogue."""

    name: str

    @classmethod
    def of(cls, name: str, text: str) -> Wording:
        """The text under that name."""
        made = cls(text)
        made.name = name
        return made

    def format(self, *given: object, **details: object) -> str:
        """The text with details in its places. Raises ConfigError E377 where they do not fit."""
        try:
            return str(self).format(*given, **details)
        except UNFIT:
            raise ConfigError([whole("E377", MESSAGES, self.name)]) from None


class Catalogue(dict[str, str]):
    """Texts by name. Raises ConfigError E377 for a name that it lacks."""

    def __missing__(self, name: str) -> str:
        raise ConfigError([whole("E377", MESSAGES, name)])


@lru_cache
def catalogue(templates: Path) -> Mapping[str, str]:
    """Message texts by code. Raises ConfigError where the catalogue itself is no such thing."""
    held = hold(read_document(templates / "messages.yaml", MESSAGES), Every(Text()))
    return Catalogue((name, Wording.of(name, text)) for name, text in held.items())


def worded(templates: Path, name: str, **details: object) -> str:
    """The words of that name, '' where the catalogue has none that fit or is broken."""
    try:
        return catalogue(templates)[name].format(**details)
    except (ConfigError, OSError):
        return ""


def message(problem: Problem, templates: Path) -> str:
    """One line: place, what is wrong, remedy, code.

    Where the catalogue has no words that fit, it is named beside the code.
    """
    file = spelt(problem.file)
    place = f"{file}:{problem.row}:{problem.column or 1}" if problem.row else file
    return shown(LINE_END.sub(" ", f"{place} {said(problem, templates)} ({problem.code})"))


def said(problem: Problem, templates: Path) -> str:
    """What is wrong and the remedy, without place and code."""
    details = {"value": problem.value, "column": problem.column, **problem.details}
    return _said(catalogue(templates), problem.code, details)


def _said(words: Mapping[str, str], code: str, details: Mapping[str, object]) -> str:
    try:
        return words[code].format(**details)
    except ConfigError:
        return f"({MESSAGES}: {code}) {details.get('value', details.get('count', ''))}".rstrip()


def report(
    problems: Iterable[Problem],
    templates: Path,
    heading: str = "heading",
    most: int = SCREEN,
    keep: bool = False,
) -> str:
    """All problems, one line each, under a line that counts them, whose text is ``heading``.

    Where there are more than ``most``, the first of them and how many are left; if they are to be
    kept, also the file of the project into which all are written.

    Where the catalogue of messages is broken, that is said with place and code, without words.
    """
    try:
        catalogue(templates)
    except ConfigError as broken:
        return str(broken)
    except OSError as error:
        return str(unreadable(error, templates.parent))
    lines = list(dict.fromkeys(message(problem, templates) for problem in problems))
    words = catalogue(templates)
    first = _said(words, heading, {"count": len(lines)})
    if len(lines) <= most:
        return "\n".join([first, *lines])
    left = {"count": len(lines) - most, "file": WHOLE}
    code = "more_in" if keep and _kept([first, *lines], templates.parent / WHOLE) else "more"
    return "\n".join([first, *lines[:most], _said(words, code, left)])


def _kept(lines: Iterable[str], file: Path) -> bool:
    """Whether all lines could be written to a file."""
    try:
        write_text(file, "".join(f"{line}\n" for line in lines))
    except OSError:  # a full or a read-only disk; it is told by whoever needs it
        return False
    return True


def questions(queries: Sequence[str], templates: Path) -> str:
    """The messages of queries under a line that counts them; '' when there is none.

    No more than a screen of them: queries.csv has all.
    """
    if not queries:
        return ""
    words = catalogue(templates)
    first = _said(words, "queries", {"count": len(queries)})
    left = {"count": len(queries) - SCREEN}
    more = [_said(words, "more", left)] if len(queries) > SCREEN else []
    return "\n".join([first, *queries[:SCREEN], *more])
