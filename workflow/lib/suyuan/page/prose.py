"""What a source of prose says by itself, line by line: templates, styles, configured words.

Of a template: its text, its attributes that readers see or hear, and the Chinese strings in its
expressions. A word that a gate would refuse is excused in place, by a comment on the line above,
with the reason: ``{# typed WORD WORD: reason #}`` in a template, ``# typed WORD: reason`` in YAML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment, nodes

from suyuan.contract.configured import Document, Place
from suyuan.page.tree import VOID

HIDDEN = frozenset({"script", "style", "title", "template"})
INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "data", "em", "i", "mark", "small", "span", "strong", "sub",
     "sup", "time", "u", "wbr"}
)  # fmt: skip
SAID = frozenset(
    {
        "alt",
        "aria-description",
        "aria-label",
        "aria-roledescription",
        "aria-valuetext",
        "label",
        "placeholder",
        "summary",
        "title",
    }
)  # fmt: skip  attributes that readers see or hear
HAN = re.compile(r"[\u3400-\u9fff]")
EXCUSE = re.compile(r"\s*(?:\{#|#)\s*typed\b(?P<words>[^:#]*):?(?P<reason>[^#]*)(?:#\})?\s*")
CONTENT = re.compile(r"(?<![\w-])content\s*:(?P<written>[^;}]*)")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
Line = tuple[int, str]


@dataclass(frozen=True)
class Excuse:
    """Words that may stand in the line ``row``, and why; written in the line ``written``."""

    row: int
    written: int
    words: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Prose:
    """A file by the name that messages print, its source, and what it says, by line."""

    name: str
    source: str
    lines: tuple[Line, ...]

    @cached_property
    def excuses(self) -> list[Excuse]:
        """Those that stand in the file. Several above one line are all of that line."""
        found: list[Excuse] = []
        waiting: list[tuple[int, re.Match[str]]] = []
        for row, line in enumerate(self.source.split("\n"), 1):
            if excuse := EXCUSE.fullmatch(line):
                waiting.append((row, excuse))
                continue
            for written, one in waiting:
                words = tuple(one["words"].split())
                found.append(Excuse(row, written, words, one["reason"].strip()))
            waiting = []
        return found


def read_template(environment: Environment, path: Path, name: str) -> Prose:
    """A template. Raises jinja2.TemplateSyntaxError for what is none."""
    source = path.read_text(encoding="utf-8")
    tree = environment.parse(source)
    texts = visible_text(_without_jinja(tree))
    return Prose(name, source, tuple(_by_line((*texts, *_strings(tree)))))


def read_style(path: Path, name: str) -> Prose:
    """A style sheet, which says what its ``content`` holds in quotes."""
    source = path.read_text(encoding="utf-8")
    found = [
        (source.count("\n", 0, rule.start()) + 1, quoted[0][1:-1])
        for rule in CONTENT.finditer(source)
        for quoted in QUOTED.finditer(rule["written"])
    ]
    return Prose(name, source, tuple(_by_line(found)))


def read_texts(document: Document, path: Path, leaves: Callable[[Place], bool]) -> Prose:
    """The texts of a YAML file at places that ``leaves`` accepts."""

    def walk(found: Any, place: Place) -> Iterator[Line]:
        if isinstance(found, dict):
            for key, part in found.items():
                yield from walk(part, (*place, key))
        elif isinstance(found, list):
            for at, part in enumerate(found):
                yield from walk(part, (*place, at))
        elif isinstance(found, str) and leaves(place):
            yield document.line(place), found

    lines = tuple(walk(document.content, ()))
    return Prose(document.name, path.read_text(encoding="utf-8-sig"), lines)


def _by_line(texts: tuple[Line, ...] | list[Line]) -> Iterator[Line]:
    for start, text in texts:
        for offset, line in enumerate(text.split("\n")):
            if line.strip():
                yield start + offset, line


class _Text(HTMLParser):
    """What readers see, hear or are shown beside an element, with its line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.found: list[Line] = []
        self.line, self.text = 1, ""

    def flush(self) -> None:
        """End the running text: what follows belongs to another block."""
        if self.text:
            self.found.append((self.line, self.text))
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.flush()
        self.found += [(self.getpos()[0], text) for name, text in attrs if name in SAID and text]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<path/>`` in an SVG opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.flush()
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        if HIDDEN.intersection(self.open):
            return
        if not self.text:
            self.line = self.getpos()[0]
        self.text += data

    def close(self) -> None:
        super().close()
        self.flush()


def visible_text(html: str) -> list[Line]:
    """Line and text of what a reader sees, by block, and of attributes that are shown."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return parser.found


def _without_jinja(tree: nodes.Template) -> str:
    """The template's own text, each piece in its line; a blank stands for what Jinja puts there."""
    pieces, line = [], 1
    for own in tree.find_all(nodes.TemplateData):
        pieces += ["\n" * (own.lineno - line) or " ", own.data]
        line = max(line, own.lineno) + own.data.count("\n")
    return "".join(pieces)


def _strings(tree: nodes.Template) -> Iterator[Line]:
    """Chinese strings inside Jinja expressions: they are prose too."""
    for own in tree.find_all(nodes.Const):
        if isinstance(own.value, str) and HAN.search(own.value):
            yield own.lineno, own.value
