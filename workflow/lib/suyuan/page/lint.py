"""Prose cannot count by itself: numerals in templates must come from values.

Two gates, one notion of a numeral. ``numeral_problems`` reads what a source says and names the
line; ``unbound_numerals`` reads the finished page and catches what came in by another door.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from suyuan.contract.configured import read_document
from suyuan.contract.shapes import Each, Every, Keys, Text, hold
from suyuan.core.errors import Problem
from suyuan.page.prose import HIDDEN, INLINE, Prose
from suyuan.page.sections import FRAME, template_of

# Digits of any script, raised and lowered ones, fractions, circled, Roman and Suzhou numerals.
DIGIT = r"\d²³¹⁰-⁹₀-₉¼-¾⅐-ↂↅ-↉①-⒛⓪-⓿❶-➓〇〡-〩㈠-㈩㉈-㉏㉑-㉟㊀-㊉㊱-㊿\U0001F100-\U0001F10C"
ROMAN = r"(?<![A-Za-z])[IVX]{2,}(?![A-Za-z])"
CHINESE = "零〇一二两三四五六七八九十百千万亿几半"
FINANCIAL = "[壹贰叁肆伍陆柒捌玖拾佰仟](?:[壹贰叁肆伍陆柒捌玖拾佰仟]+|(?=[万亿元圆成倍]))"
BOUND = "\ufffc"  # stands for text that a value or an ordinal accounts for
LINT = "templates/lint.yaml"
NUMERALS = ("measures", "allowed", "phrases", "scales")
TYPED = ("comparing", "amounts", "records", "neutral", "rows", "codes")
STATES = ("verbs", "nouns")
INSTEAD = "instead"
NAMED = (*NUMERALS, *TYPED, *STATES)
LISTS = Keys({**{name: Each(Text()) for name in NAMED}, INSTEAD: Every(Text())})
ORDINAL = re.compile("(data-ordinal)")
NEAR = 15  # characters of text that tell where a word is


def read_lists(path: Path) -> Mapping[str, list[str]]:
    """The lists of templates/lint.yaml, which says what each of them is for."""
    lists: Mapping[str, Any] = hold(read_document(path, LINT), LISTS)
    return {name: lists[name] for name in NAMED}


def read_instead(path: Path) -> Mapping[str, str]:
    """Words of templates/lint.yaml that the report does not use, each with what to say instead."""
    words: Mapping[str, str] = hold(read_document(path, LINT), LISTS)[INSTEAD]
    return words


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
        """As templates/lint.yaml has them."""
        words = read_lists(path)

        def alternatives(entries: list[str]) -> str:
            return "|".join(re.escape(w) for w in sorted(entries, key=len, reverse=True))

        measures, allowed = alternatives(words["measures"]), alternatives(words["allowed"])
        return cls(
            re.compile(
                rf"[{DIGIT}]+|{ROMAN}|{alternatives(words['phrases'])}|{FINANCIAL}"
                rf"|(?<![第{CHINESE}])[{CHINESE}]+[余多来]?(?:{measures})"
            ),
            re.compile(allowed),
            re.compile(rf"(?:\}}\}}|{BOUND})\s*({alternatives(words['scales'])})"),
        )

    def find(self, text: str) -> list[str]:
        """Numerals in ``text`` that no allowed word explains."""
        masked = self.allowed.sub(lambda found: "\u3000" * len(found[0]), text)
        return [found[0] for found in self.pattern.finditer(masked)]


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


def blocks_of(tree: Element, known: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Template and running text of each block of a page.

    An ordinal, and what stands in ``<data>`` of a value that is ``known``, is BOUND.
    """
    blocks = _Blocks(known)
    blocks.read(tree, FRAME)
    blocks.end(FRAME)
    return blocks.found


def unbound_numerals(
    tree: Element, numerals: Numerals, known: Callable[[str], bool]
) -> Iterator[Problem]:
    """E301 for numerals of a page outside ``<data data-fact>`` of a known value and ordinals."""
    for place, text in blocks_of(tree, known):
        for numeral in (*numerals.find(text), *numerals.scale.findall(text)):
            yield Problem("E301", place, 1, "1", f"{numeral}（{text.strip()[:40]}）")


def numeral_problems(prose: Prose, numerals: Numerals) -> Iterator[Problem]:
    """E300 for every numeral that is written by itself, E306 for every scale after a value.

    E359 for an ordinal that is marked by hand: only the page numbers what it prints.
    """
    for code, pattern in (("E306", numerals.scale), ("E359", ORDINAL)):
        for found in pattern.finditer(prose.source):
            line = 1 + prose.source.count("\n", 0, found.start())
            yield Problem(code, prose.name, line, "1", found[1])
    for row, text in prose.lines:
        for numeral in numerals.find(text):
            yield Problem("E300", prose.name, row, "1", f"{numeral}（{around(text, numeral)}）")


def around(text: str, word: str) -> str:
    """The word with what stands beside it, for a message."""
    at = text.find(word)
    return " ".join(text[max(0, at - NEAR) : at + len(word) + NEAR].split())
