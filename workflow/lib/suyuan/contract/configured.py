"""YAML that people write, read strictly: plain data, and the line of every part of it.

Aliases, tags, a second document, keys given twice and keys that YAML takes for numbers or truth
values are refused, and so are characters that nobody sees and numbers in other forms than decimals.
Nesting is limited, so that no file can exhaust the machine.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from suyuan.contract.merging import unmerged
from suyuan.contract.unseen import bare, unseen
from suyuan.core.errors import ConfigError, Problem

Place: TypeAlias = tuple[str | int, ...]  # keys and positions, from the top down
DEPTH = 12  # the deepest of our files has 4 levels
FILLED = re.compile(r"\{\w*\}")  # what is put into a text
LONGEST = 40  # characters of a line that a message quotes
# Numbers and truth values as people mean them. YAML reads 010 as 8, 1:30 as 90, no as false.
MEANT = re.compile(r"[+-]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?|[Tt]rue|[Ff]alse")
# Beside them, in a recipe of somebody else's, what programs write and nobody reads otherwise.
WRITTEN = re.compile(
    r"[+-]?(0|[1-9][0-9_]*)?(\.[0-9]*)?([eE][+-]?[0-9]+)?|[+-]?\.(inf|nan)|true|false|yes|no|on|off",
    re.IGNORECASE,
)
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A file's content, its name as messages print it, and the line of each key and item."""

    name: str
    content: Any
    lines: Mapping[Place, int]

    def line(self, place: Place) -> int:
        """The line of what stands at ``place``, or of what encloses it where nothing does."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def line_of(self, place: Place, value: str) -> int:
        """The line below ``place`` whose text says ``value``, or what it is made from.

        A text may have ``{placeholders}``, and something may be put behind it. Where none says it,
        the line of ``place``.
        """
        texts = {
            line: text
            for here, line in self.lines.items()
            if here[: len(place)] == place and isinstance(text := self.at(here), str)
        }
        ways = {
            line: ".+".join(map(re.escape, parts))
            for line, text in texts.items()
            if any(parts := FILLED.split(text))
        }
        for says in (
            lambda line: value in texts[line],
            lambda line: re.fullmatch(ways[line], value),
            lambda line: re.match(ways[line], value),
        ):
            if found := next(filter(says, ways), 0):
                return found
        return self.line(place)

    def at(self, place: Place) -> Any:
        """What stands at ``place``. Raises KeyError or IndexError where nothing does."""
        found = self.content
        for part in place:
            found = found[part]
        return found

    def problem(self, code: str, place: Place, value: str = "", **details: str) -> Problem:
        """A problem with what stands at ``place``; its column names the place."""
        column = ".".join(map(str, place))
        return Problem(code, self.name, self.line(place), column, value, details)


def read_document(path: Path, name: str, *, foreign: bool = False) -> Document:
    """The content of a YAML file that messages call ``name``; ``foreign``: not of the report.

    A foreign one may have names in any script, numbers such as .5, and yes and no.

    Raises ConfigError: E190 no such file, E191 not YAML, E192 not UTF-8, E193 a key twice, E194
    more than plain keys, values and lists, E187 a key that is no text, E189 nested too deep, E807
    marks of a merge, E820 characters that are not seen, E870 a number or truth value that people
    would read otherwise.
    """
    if not path.is_file():
        raise ConfigError(Problem("E190", name))
    return document_of(path.read_bytes(), name, foreign=foreign)


def document_of(data: bytes, name: str, *, foreign: bool = False) -> Document:
    """The same of what such a file holds. Raises as ``read_document`` but E190."""
    text = _decoded(data, name)
    reading = _Reading(name, {}, foreign)
    try:
        return Document(name, reading.document(yaml.parse(text, Loader=Loader)), reading.lines)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise ConfigError(Problem("E191", name, line, value=shown(text, line))) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise ConfigError(Problem("E191", name, line, value=shown(text, line))) from error


def read_text(path: Path, name: str) -> str:
    """The text of a file that people write.

    Raises ConfigError: E190 no such file, E192 not UTF-8, E807 marks of a merge.
    """
    if not path.is_file():
        raise ConfigError(Problem("E190", name))
    return _decoded(path.read_bytes(), name)


def _decoded(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(undecodable(error, name)) from error
    if found := unmerged(text, name):
        raise ConfigError(found)
    return text


def shown(text: str, line: int) -> str:
    """A line as messages quote it; where it is empty or past the end, the last that says a thing.

    What the reader of YAML says of it is English, and of no help to whoever wrote it.
    """
    said = ["", *(each.strip() for each in text.splitlines()[:line] if each.strip())][-1]
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in said[:LONGEST])


def undecodable(error: UnicodeDecodeError, name: str) -> Problem:
    """E192 at the line of the first byte of a file that is not UTF-8."""
    line = error.object.count(b"\n", 0, error.start) + 1
    wrong = error.object[error.start : error.end].hex().upper()
    return Problem("E192", name, line, value=f"0x{wrong}")


@dataclass
class _Reading:
    """Events of one file become data; the lines are written down on the way."""

    name: str
    lines: dict[Place, int]
    foreign: bool
    scalars = yaml.SafeLoader("")  # knows which texts stand for numbers and dates

    def refused(self, code: str, mark: Any, value: str = "", **details: str) -> ConfigError:
        line = mark.line + 1 if mark else 1
        return ConfigError(Problem(code, self.name, line, "", value, details))

    def document(self, events: Iterator[yaml.Event]) -> Any:
        content: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self.refused("E194", event.start_mark, "---")
                content = self.node(next(events), events, ())
        return content

    def node(self, event: Any, events: Iterator[Any], place: Place) -> Any:
        """The data that begins with ``event``, which stands at ``place``."""
        if isinstance(event, yaml.AliasEvent):
            raise self.refused("E194", event.start_mark, f"*{event.anchor}")
        if event.tag and not isinstance(event, yaml.ScalarEvent):
            raise self.refused("E194", event.start_mark, event.tag)
        if len(place) > DEPTH:
            raise self.refused("E189", event.start_mark, str(DEPTH))
        self.lines.setdefault(place, event.start_mark.line + 1)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(events, place)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self.node(event, events, (*place, len(items))))
            return items
        return self.scalar(event, key=place[-1:] == ("",))

    def mapping(self, events: Iterator[Any], place: Place) -> dict[str, Any]:
        entries: dict[str, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            key = self.node(event, events, (*place, ""))
            del self.lines[(*place, "")]
            if not isinstance(key, str):
                raise self.refused("E187", event.start_mark, getattr(event, "value", ""))
            here = (*place, key)
            if key in entries:
                raise self.refused("E193", event.start_mark, key, first=str(self.lines[here]))
            self.lines[here] = event.start_mark.line + 1
            entries[key] = self.node(next(events), events, here)
        return entries

    def scalar(self, event: Any, *, key: bool) -> Any:
        if event.tag:
            raise self.refused("E194", event.start_mark, event.tag)
        said: str = event.value
        if not self.foreign and unseen(
            said.replace("\n", "")
        ):  # lines of a text end, and people see it
            raise self.refused("E820", event.start_mark, said[:LONGEST], bare=bare(said)[:LONGEST])
        tag = self.scalars.resolve(yaml.ScalarNode, event.value, event.implicit)
        try:
            found = self.scalars.construct_object(
                yaml.ScalarNode(tag, said, event.start_mark, event.end_mark)
            )
        except ValueError as error:  # 2026-13-45 looks like a date and is none
            raise self.refused("E191", event.start_mark, said) from error
        self.scalars.constructed_objects.clear()  # else every scalar ever read is kept
        number = isinstance(found, int | float) and not key
        meant = WRITTEN if self.foreign else MEANT
        if number and not (meant.fullmatch(said) and (self.foreign or math.isfinite(found))):
            raise self.refused("E870", event.start_mark, said[:LONGEST])
        return found
