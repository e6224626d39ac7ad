"""A space between Chinese and Latin words or numbers, put in once, at the very end.

WeasyPrint and browsers of the day lack ``text-autospace``, so the space is typed; data and
templates never hold it.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff"
LATIN = r"A-Za-z0-9%‰"
_INNER = re.compile(rf"(?<=[{HAN}])(?=[{LATIN}])|(?<=[{LATIN}])(?=[{HAN}])")
OPAQUE = frozenset({"svg", "script", "style", "title"})
INLINE = frozenset(
    {"a", "b", "cite", "code", "data", "em", "i", "small", "span", "strong", "sub", "sup", "abbr",
     "time"}
)  # fmt: skip


def spaced_text(text: str) -> str:
    """``text`` with a space at every border between Chinese and Latin."""
    return _INNER.sub(" ", text)


def space(tree: Element) -> None:
    """Put those spaces into the texts of a tree and between them, across inline elements."""
    _Line().within(tree)


class _Line:
    """Running text: its last character so far, and the text that a space after it would end."""

    def __init__(self) -> None:
        self.last = ""
        self.end: tuple[Element, str] | None = None  # an element, and ``text`` or ``tail`` of it

    def within(self, element: Element) -> None:
        """Space what stands in ``element``."""
        self._text(element, "text")
        for child in element:
            if child.tag in INLINE:
                self.within(child)
                self.end = (child, "tail")  # a space goes outside the element that just closed
            else:
                if child.tag not in OPAQUE:
                    _Line().within(child)
                self.last = ""
            self._text(child, "tail")

    def _text(self, element: Element, place: str) -> None:
        text = spaced_text(getattr(element, place) or "")
        if not text:
            return
        if _border(self.last, text[0]):
            if self.end == (element, place):
                text = f" {text}"
            elif self.end is not None:
                holder, end = self.end
                setattr(holder, end, f"{getattr(holder, end) or ''} ")
        setattr(element, place, text)
        self.last, self.end = text[-1], (element, place)


def _border(left: str, right: str) -> bool:
    return bool(_INNER.search(left + right))
