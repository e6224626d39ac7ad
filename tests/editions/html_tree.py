"""A strict little reader of report.html that shares nothing with the package.

Every element must be closed by its own end tag, so what encloses a character is never a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
UNSEEN = {"head", "script", "style", "template", "title"}
INLINE = {"a", "b", "cite", "data", "em", "i", "small", "span", "strong", "sub", "sup", "time"}


@dataclass(eq=False)
class Element:
    """An element with its attributes, its place in the tree and its pieces of text in order."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None = None
    content: list[Element | str] = field(default_factory=list)

    @property
    def ancestry(self) -> Iterator[Element]:
        """The element itself, its parent, and so on outwards."""
        element: Element | None = self
        while element:
            yield element
            element = element.parent

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    @property
    def hidden(self) -> bool:
        return any(element.tag in UNSEEN for element in self.ancestry)

    def inside(self, tag: str) -> bool:
        return any(element.tag == tag for element in self.ancestry)

    def walk(self) -> Iterator[Element]:
        yield self
        for part in self.content:
            if isinstance(part, Element):
                yield from part.walk()

    def runs(self) -> Iterator[tuple[Element, str]]:
        """The visible text in reading order, with the innermost element around each piece.

        A line break of its own stands wherever a block begins or ends, so that words on either
        side of it never seem to be one.
        """
        if self.tag in UNSEEN:
            return
        if self.tag not in INLINE:
            yield self, "\n"
        for part in self.content:
            if isinstance(part, str):
                yield self, part
            else:
                yield from part.runs()
        if self.tag not in INLINE:
            yield self, "\n"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Element("document", {})

    def _add(self, tag: str, attributes: list[tuple[str, str | None]]) -> Element:
        names = [name for name, _ in attributes]
        assert len(set(names)) == len(names), f"<{tag}> repeats an attribute: {names}"
        new = Element(tag, {name: text or "" for name, text in attributes}, self.here)
        self.here.content.append(new)
        return new

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        new = self._add(tag, attrs)
        if tag not in VOID:
            self.here = new

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.here.tag == tag, f"line {self.getpos()[0]}: </{tag}> ends <{self.here.tag}>"
        assert self.here.parent
        self.here = self.here.parent

    def handle_data(self, data: str) -> None:
        self.here.content.append(data)


def read_html(text: str) -> Element:
    """The tree of a whole document."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is never closed"
    return reader.root
