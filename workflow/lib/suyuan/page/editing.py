"""What an editor strikes out of the finished page, whoever wrote it: template, row or word.

Words that the report does not use, sentences that are too long, words said twice in a row,
punctuation of another script, and numbers in a unit that their kind is not printed in.
Punctuation: GB/T 15834-2011.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from suyuan.contract.codebook import Codebook
from suyuan.core.errors import Problem, ProseError
from suyuan.page.gates import placed
from suyuan.page.lint import NEAR, around, blocks_of
from suyuan.page.tree import has_class, text_of

LONGEST = 80  # characters of a sentence, blanks apart
PROSE = ("p", "li")  # what is written in sentences
HAN = "\u3400-\u9fff"
PLAIN = "-"  # the label of what has no unit
NUMBER = re.compile(r"\d+")
END = re.compile("[。！？]")
DOUBLED = re.compile(r"([的是和与被把]|[，。；：、！？])\1")
FOREIGN = re.compile(f"(?<=[{HAN}])[,;:?!](?=[{HAN}])")


def check_editing(tree: Element, instead: Mapping[str, str], book: Codebook) -> None:
    """Raise ProseError for what ``problems`` finds on a page."""
    if found := list(problems(tree, instead, other_units(book))):
        raise ProseError(found)


def other_units(book: Codebook) -> Mapping[str, str]:
    """Units that nothing is printed in, each with the one that its kind is printed in.

    Of kinds that are measured: counting words are many.
    """
    shown = {entry.unit: book.units[entry.display_unit].label for entry in book.indicators.values()}
    labels = {book.units[entry.display_unit].label for entry in book.indicators.values()}
    measured = (u for u in book.units.values() if u.rounded and u.canonical in shown)
    names = [(name, unit) for unit in measured for name in (unit.name, unit.label)]
    return {
        name: shown[unit.canonical]
        for name, unit in names
        if name not in labels and not NUMBER.fullmatch(name) and name != PLAIN
    }


def problems(
    tree: Element, instead: Mapping[str, str], units: Mapping[str, str]
) -> Iterator[Problem]:
    """E381 a word that ``instead`` replaces, E382 a sentence that is too long, E383 a word or sign
    said twice, E384 punctuation of another script between Chinese characters, E385 a number in
    one of ``units``.
    """
    alternatives = "|".join(map(re.escape, sorted(units, key=len, reverse=True))) or "(?!)"
    measured = re.compile(rf"(?<=\d)\s?({alternatives})(?![A-Za-z/·])")
    for place, text in blocks_of(tree, lambda _: False):
        for found in measured.finditer(text):
            near = {"near": around(text, found[0]), "instead": units[found[1]]}
            yield Problem("E385", place, 1, "1", found[1], near)
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
