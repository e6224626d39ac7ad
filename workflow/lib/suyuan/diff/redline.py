"""Redline: two texts as one, with what was taken out and what was put in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

SAME, OUT, IN = "=", "-", "+"
TOKEN = re.compile(r"\d[\d,.]*%?|[A-Za-z]+|\s+|.", re.DOTALL)
ISLAND = 2  # tokens that stay the same between two changes and would only break up the words


def redline(before: str, after: str) -> list[list[str]]:
    """Pieces ``[mark, text]``: kept, taken out, put in. Without the last, the text before."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    pieces: list[list[str]] = []
    steps = matcher.get_opcodes()
    for place, (tag, a, b, c, d) in enumerate(steps):
        within = 0 < place < len(steps) - 1 and b - a < ISLAND and old[a].strip() != ""
        if tag == "equal" and not (within and not _stop(old[a])):
            _put(pieces, SAME, "".join(old[a:b]))
        else:
            _put(pieces, OUT, "".join(old[a:b]))
            _put(pieces, IN, "".join(new[c:d]))
    return pieces


def _stop(token: str) -> bool:
    """Whether a token ends what was said before it."""
    return not token.isalnum()


def _put(pieces: list[list[str]], mark: str, text: str) -> None:
    """Add a piece; what is taken out stands before what is put in, until something is kept."""
    if not text:
        return
    at = len(pieces)
    while mark != SAME and at and pieces[at - 1][0] != SAME:
        at -= 1
        if pieces[at][0] == mark:
            pieces[at][1] += text
            return
    if pieces and pieces[-1][0] == mark == SAME:
        pieces[-1][1] += text
    elif mark == OUT and pieces and pieces[-1][0] == IN:
        pieces.insert(len(pieces) - 1, [mark, text])
    else:
        pieces.append([mark, text])


def joined(pieces: Iterable[Iterable[str]], mark: str) -> str:
    """The text of one side: with ``OUT`` the one before, with ``IN`` the one after."""
    return "".join(text for own, text in pieces if own in (SAME, mark))


def alike(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1, by their tokens."""
    old, new = TOKEN.findall(one), TOKEN.findall(other)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.4 <= matcher.quick_ratio() else 0.0
