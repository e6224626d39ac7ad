"""A space between Chinese and Latin words or numbers, put in once, at the very end.

WeasyPrint and browsers of the day lack ``text-autospace``, so the space is typed; data and
templates never hold it.
"""

from __future__ import annotations

import re

HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff"
LATIN = r"A-Za-z0-9%‰"
_INNER = re.compile(rf"(?<=[{HAN}])(?=[{LATIN}])|(?<=[{LATIN}])(?=[{HAN}])")
_TAG = re.compile(r"(<[^>]*>)")
_AROUND = re.compile(rf"[{HAN}]"), re.compile(rf"[{LATIN}]")
_OPAQUE = re.compile(r"<(svg|script|style|title)\b.*?</\1>", re.DOTALL)
_INLINE = re.compile(r"</?(?:a|b|cite|code|data|em|i|small|span|strong|sub|sup|abbr|time)\b")


def spaced_text(text: str) -> str:
    """``text`` with a space at every border between Chinese and Latin."""
    return _INNER.sub(" ", text)


def _border(left: str, right: str) -> bool:
    han, latin = _AROUND
    return bool(
        (han.match(left) and latin.match(right)) or (latin.match(left) and han.match(right))
    )


def _spaced_markup(html: str) -> str:
    pieces = _TAG.split(html)
    last, after = "", 0  # last visible character; where a space after it would go
    for place, piece in enumerate(pieces):
        if place % 2:
            if not _INLINE.match(piece):
                last = ""
            elif piece.startswith("</"):
                after = place + 1  # a space goes outside the element that just closed
        elif piece:
            pieces[place] = spaced_text(piece)
            if last and _border(last, piece[0]):
                pieces[after] = f" {pieces[after]}"
            last, after = piece[-1], place + 1
    return "".join(pieces)


def spaced(html: str) -> str:
    """HTML with those spaces between and within text, across inline tags, outside ``<data>``."""
    parts, end = [], 0
    for opaque in _OPAQUE.finditer(html):
        parts += [_spaced_markup(html[end : opaque.start()]), opaque[0]]
        end = opaque.end()
    return "".join([*parts, _spaced_markup(html[end:])])
