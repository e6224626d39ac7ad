"""What an editor strikes out of the finished page, whoever wrote it: template, row or word.

Words that the report does not use, sentences that are too long, words said twice in a row, and
punctuation of another script. Punctuation: GB/T 15834-2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from suyuan.core.errors import Problem, ProseError
from suyuan.page.gates import placed
from suyuan.page.lint import NEAR, around, blocks_of
from suyuan.page.tree import has_class, text_of

LONGEST = 80  # characters of a sentence, blanks apart
PROSE = ("p", "li")  # what is written in sentences
HAN = "\u3400-\u9fff"
END = re.compile("[。！？]")
DOUBLED = re.compile(r"([的是和与被把]|[，。；：、！？])\1")
FOREIGN = re.compile(f"(?<=[{HAN}])[,;:?!](?=[{HAN}])")


def check_editing(tree: Element, instead: Mapping[str, str]) -> None:
    """Raise ProseError for what ``problems`` finds on a page."""
    if found := list(problems(tree, instead)):
        raise ProseError(found)


def problems(tree: Element, instead: Mapping[str, str]) -> Iterator[Problem]:
    """E381 a word that ``instead`` replaces, E382 a sentence that is too long, E383 a word or sign
    said twice, E384 punctuation of another script between Chinese characters.
    """
    for place, text in blocks_of(tree, lambda _: False):
        for word, better in instead.items():
            if word in text:
                near = {"near": around(text, word), "instead": better}
                yield Problem("E381", place, 1, "1", word, near)
        for code, pattern in (("E383", DOUBLED), ("E384", FOREIGN)):
            for found in pattern.finditer(text):
                near = {"near": text[max(found.start() - NEAR, 0) : found.end() + NEAR]}
                yield Problem(code, place, 1, "1", found[0], near)
    for place, element in placed(tree):
        if _written(element):
            for sentence in END.split(text_of(element)):
                if (length := len("".join(sentence.split()))) > LONGEST:
                    near = {"near": sentence.strip()[:NEAR], "longest": str(LONGEST)}
                    yield Problem("E382", place, 1, "1", str(length), near)


def _written(element: Element) -> bool:
    """Whether it holds sentences: a paragraph or item, no list of items, no source line."""
    inside = any(below.tag in PROSE for below in element.iter() if below is not element)
    return element.tag in PROSE and not inside and not has_class(element, "source")
