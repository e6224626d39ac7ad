"""How operations are written with numbers put in: ``131.0 + 114.5 = …``, ``4.35 × 85%``.

A form says, for so many parents, which signs and which of them stand one after the other. Who
prints it puts texts, links or ids in the places.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from string import Formatter
from typing import TypeAlias

Parts: TypeAlias = list["int | str"]  # signs, and places of parents
Form: TypeAlias = Callable[[int], Parts]

LONGEST = 12  # parents: more of them are listed, not written in a line


def infix(sign: str) -> Form:
    """``a + b + c``."""
    return lambda count: _joined(range(count), sign)


def formula(text: str) -> Form:
    """As ``{1} ÷ {0} − 1`` says, by the parents' places."""
    parts: Parts = []
    for before, place, *_ in Formatter().parse(text):
        parts += [before] if before else []
        parts += [] if place is None else [int(place)]
    return lambda _count: parts


def called(name: str) -> Form:
    """``max(a, b, c)``."""
    return lambda count: [f"{name}(", *_joined(range(count), ","), ")"]


def paired(within: str, between: str, before: str, after: str) -> Form:
    """``a × b + c × d`` of parents that come in pairs, between two texts.

    A ``{}`` in ``after`` stands for the sum of the second of each pair: weights.
    """

    def form(count: int) -> Parts:
        parts: Parts = [before] if before else []
        for first in range(0, count, 2):
            parts += [f" {between} "] if first else []
            parts += [first, within, first + 1]
        if "{}" in after:
            start, end = after.split("{}")
            return [*parts, start, *_joined(range(1, count, 2), "+"), end]
        return [*parts, after] if after else parts

    return form


def IN_WORDS(_count: int) -> Parts:  # a constant among forms
    """No formula: what it does is said in words."""
    return []


def written(form: Form, texts: Sequence[str]) -> str:
    """The form with texts in its places; '' where it has none or a line could not hold it."""
    if len(texts) > LONGEST:
        return ""
    return "".join(texts[part] if isinstance(part, int) else part for part in form(len(texts)))


def _joined(places: Sequence[int], sign: str) -> Parts:
    gap = ", " if sign == "," else f" {sign} "
    parts: Parts = []
    for place in places:
        parts += [gap] if parts else []
        parts.append(place)
    return parts
