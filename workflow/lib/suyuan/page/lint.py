"""Prose cannot count by itself: numerals in templates must come from values.

Two gates, one notion of a numeral. ``template_problems`` reads a template's source and names the
line; ``unbound_numerals`` reads the finished page and catches what came in by another door.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from jinja2 import Environment, nodes

from suyuan.contract.configured import read_document
from suyuan.contract.shapes import Each, Keys, Text, hold
from suyuan.core.errors import Problem
from suyuan.page.sections import FRAME, template_of
from suyuan.page.tree import VOID

DIGIT = "0-9０-９①-⑳⑴-⒇Ⅰ-Ⅻ㈠-㈩"
CHINESE = "零〇一二两三四五六七八九十百千万亿几半"
HIDDEN = frozenset({"script", "style", "title", "template"})
INLINE = frozenset(
    {"a", "abbr", "b", "cite", "code", "data", "em", "i", "mark", "small", "span", "strong", "sub",
     "sup", "time", "u", "wbr"}
)  # fmt: skip
BOUND = "\ufffc"  # stands for text that a value or an ordinal accounts for
LINT = "templates/lint.yaml"
LISTS = Keys({name: Each(Text()) for name in ("measures", "allowed", "phrases", "scales")})
HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Numerals:
    """What counts as a numeral: any digit, or a Chinese numeral before a counting word.

    ``scale`` is a word that would multiply the value printed before it, as 万 or a per cent sign:
    formatting writes these, so that they cannot disagree with the value.
    """

    pattern: re.Pattern[str]
    allowed: re.Pattern[str]
    scale: re.Pattern[str]

    @classmethod
    def read(cls, path: Path) -> Numerals:
        """As templates/lint.yaml has them, which says what each of its lists is for."""
        words = hold(read_document(path, LINT), LISTS)

        def alternatives(entries: list[str]) -> str:
            return "|".join(re.escape(w) for w in sorted(entries, key=len, reverse=True))

        measures, allowed = alternatives(words["measures"]), alternatives(words["allowed"])
        return cls(
            re.compile(
                rf"[{DIGIT}]+|{alternatives(words['phrases'])}"
                rf"|(?<![第{CHINESE}])[{CHINESE}]+[余多来]?(?:{measures})"
            ),
            re.compile(allowed),
            re.compile(rf"(?:\}}\}}|{BOUND})\s*({alternatives(words['scales'])})"),
        )

    def find(self, text: str) -> list[str]:
        """Numerals in ``text`` that no allowed word explains."""
        masked = self.allowed.sub(lambda found: "\u3000" * len(found[0]), text)
        return [found[0] for found in self.pattern.finditer(masked)]


class _Text(HTMLParser):
    """Visible text with its line, except inside elements that ``bound`` accepts."""

    def __init__(self, bound: Callable[[str, dict[str, str | None]], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.bound = bound
        self.open: list[tuple[str, bool]] = []
        self.found: list[tuple[int, str]] = []
        self.line, self.text = 1, ""

    def flush(self) -> None:
        """End the running text: what follows belongs to another block."""
        if self.text:
            self.found.append((self.line, self.text))
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in INLINE:
            self.flush()
        if tag not in VOID:
            self.open.append((tag, tag in HIDDEN or self.bound(tag, dict(attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """``<path/>`` in an SVG opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.flush()
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        if any(bound for _, bound in self.open):
            data = BOUND + "\n" * data.count("\n")
        if not self.text:
            self.line = self.getpos()[0]
        self.text += data

    def close(self) -> None:
        super().close()
        self.flush()


def visible_text(
    html: str, bound: Callable[[str, dict[str, str | None]], bool]
) -> list[tuple[int, str]]:
    """Line and text of what a reader sees outside elements that ``bound`` accepts."""
    parser = _Text(bound)
    parser.feed(html)
    parser.close()
    return parser.found


class _Blocks:
    """The running text of each block of a page and the template it comes from.

    What stands in a ``<data>`` of a known value, or in an ordinal, is ``BOUND``.
    """

    def __init__(self, known: Callable[[str], bool]) -> None:
        self.known = known
        self.found: list[tuple[str, str]] = []
        self.text = ""

    def read(self, element: Element, place: str) -> None:
        """Read what stands in ``element``."""
        self.text += element.text or ""
        for child in element:
            inside = template_of(child, place)
            if child.tag not in INLINE:
                self.end(place)
            if self.bound(child):
                self.text += BOUND
            elif child.tag not in HIDDEN:
                self.read(child, inside)
            if child.tag not in INLINE:
                self.end(inside)
            self.text += child.tail or ""

    def bound(self, element: Element) -> bool:
        """Whether a value or an ordinal accounts for what stands in ``element``."""
        fact = element.get("data-fact", "")
        return "data-ordinal" in element.attrib or (element.tag == "data" and self.known(fact))

    def end(self, place: str) -> None:
        """What follows belongs to another block."""
        if self.text:
            self.found.append((place, self.text))
        self.text = ""


def unbound_numerals(
    tree: Element, numerals: Numerals, known: Callable[[str], bool]
) -> Iterator[Problem]:
    """E301 for numerals of a page outside ``<data data-fact>`` of a known value and ordinals."""
    blocks = _Blocks(known)
    blocks.read(tree, FRAME)
    blocks.end(FRAME)
    for place, text in blocks.found:
        for numeral in (*numerals.find(text), *numerals.scale.findall(text)):
            yield Problem("E301", place, 1, "1", f"{numeral}（{text.strip()[:40]}）")


def _without_jinja(environment: Environment, source: str) -> str:
    """The template's own text; every other token becomes blanks and keeps its line breaks."""
    text, line = "", 1
    for number, kind, token in environment.lex(source):
        text += "\n" * (number - line)  # line breaks that the lexer trimmed
        line = max(line, number) + token.count("\n")
        text += token if kind == "data" else re.sub(r"[^\n]", " ", token)
    return text


def _strings(environment: Environment, source: str) -> Iterator[tuple[int, str]]:
    """Chinese strings inside Jinja expressions: they are prose too."""

    def walk(node: nodes.Node) -> Iterator[tuple[int, str]]:
        if isinstance(node, nodes.Const) and isinstance(node.value, str) and HAN.search(node.value):
            yield node.lineno, node.value
        for child in node.iter_child_nodes():
            yield from walk(child)

    yield from walk(environment.parse(source))


def template_problems(
    environment: Environment, path: Path, name: str, numerals: Numerals
) -> list[Problem]:
    """E300 for every numeral that the template writes itself, E306 for every scale after a value.

    Each with its line and text.
    """
    source = path.read_text(encoding="utf-8")

    def never(_tag: str, attributes: dict[str, Any]) -> bool:
        return "data-ordinal" in attributes

    texts = visible_text(_without_jinja(environment, source), never)
    problems = [
        Problem("E306", name, 1 + source.count("\n", 0, found.start()), "1", found[1])
        for found in numerals.scale.finditer(source)
    ]
    for start, text in (*texts, *_strings(environment, source)):
        for offset, line in enumerate(text.split("\n")):
            for numeral in numerals.find(line):
                at = line.find(numeral)
                around = " ".join(line[max(0, at - 15) : at + 15].split())
                context = f"{numeral}（{around}）"
                problems.append(Problem("E300", name, start + offset, "1", context))
    return problems
