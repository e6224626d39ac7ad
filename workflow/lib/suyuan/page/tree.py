"""The page as a tree: parsed once and strictly, changed by small passes, written out at the end.

The elements are the standard library's (``xml.etree.ElementTree``), whose copies take milliseconds
and which WeasyPrint sets without a parse of its own. A tree without a tag is a run of text and
elements that stand side by side. See docs/decisions/0021-page-tree.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from markupsafe import Markup

from suyuan.core.errors import Problem, ProseError

RUN = ""  # the tag of what has none
SLOT = "slot"  # a place that a later pass fills: its name says with what, data-of with which one
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
     "wbr"}
)  # fmt: skip
RAW = frozenset({"script", "style"})  # their text is no markup
SVG = "svg"
DEEPEST = 200  # tags within each other; the walks over the tree recurse
NEAR = 15  # characters of text that tell where a wrong tag is
Part = str | Element


class _Parser(HTMLParser):
    """Builds the tree; where a browser would guess what a wrong tag meant, this is an error."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name, self.builder = name, TreeBuilder()
        self.open: list[str] = []
        self.near = ""  # the text last read
        self.builder.start(RUN, {})

    def told(self) -> str:
        """The text before the tag that is read."""
        return " ".join(self.near.split())[-NEAR:]

    def fail(self, tag: str) -> ProseError:
        """E330: the tag, the one that is open there, and the text before it."""
        about = {"within": f"<{self.open[-1]}>" if self.open else "", "near": self.told()}
        return ProseError(Problem("E330", self.name, 1, "1", tag, about))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: text or "" for name, text in attrs}
        if len(attributes) < len(attrs):
            raise self.fail(str(self.get_starttag_text()))
        self.builder.start(tag, attributes)
        if tag in VOID:
            self.builder.end(tag)
            return
        self.open.append(tag)
        if len(self.open) > DEEPEST:
            near = {"near": self.told(), "most": str(DEEPEST)}
            raise ProseError(Problem("E388", self.name, 1, "1", f"<{tag}>", near))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            raise self.fail(str(self.get_starttag_text()))
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            raise self.fail(f"</{tag}>")
        self.builder.end(self.open.pop())

    def handle_data(self, data: str) -> None:
        self.builder.data(data)
        self.near = data if data.strip() else self.near

    def handle_decl(self, decl: str) -> None:
        """The document type is written by ``document_text``."""

    def finish(self) -> Element:
        self.close()
        if self.open:
            raise self.fail(f"<{self.open.pop()}>")
        self.builder.end(RUN)
        return self.builder.close()


def parse(html: str, name: str) -> Element:
    """``html`` as a run; comments are left out. ``name`` is the template that wrote it.

    Raises ProseError E330 for a tag that closes nothing, is never closed or says a thing twice,
    E388 for tags nested without end.
    """
    parser = _Parser(name)
    parser.feed(html)
    return parser.finish()


def parse_document(html: str, name: str) -> Element:
    """A whole document as its ``<html>`` element; raises ProseError like ``parse``."""
    run = parse(html, name)
    root = run.find("html")
    if root is None:
        raise ProseError(Problem("E330", name, 1, "1", "<html>", {"within": "", "near": ""}))
    root.tail = None
    return root


def parse_svg(text: str) -> Element:
    """An SVG file's root element, with the names and prefixes as they are written."""
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(text, True)
    return builder.close()


def slot(name: str, of: str = "") -> Markup:
    """A place in HTML that ``fill`` fills."""
    which = Markup(' data-of="{}"').format(of) if of else ""
    return Markup('<slot name="{}"{}></slot>').format(name, which)


def parts_of(element: Element) -> list[Part]:
    """The texts and elements in ``element``, in order; the elements lose their tails."""
    parts: list[Part] = [element.text] if element.text else []
    for child in element:
        parts.append(child)
        if child.tail:
            parts.append(child.tail)
            child.tail = None
    return parts


def put(element: Element, parts: Iterable[Part]) -> None:
    """Let ``element`` hold just ``parts``, the reverse of ``parts_of``; a run gives its own."""
    children: list[Element] = []
    texts = [""]  # before the first child, and after each
    for part in parts:
        for one in [part] if isinstance(part, str) or part.tag != RUN else parts_of(part):
            if isinstance(one, str):
                texts[-1] += one
            else:
                children.append(one)
                texts.append("")
    element.text = texts[0] or None
    element[:] = children
    for child, text in zip(children, texts[1:], strict=True):
        child.tail = text or None


def fill(tree: Element, name: str, content: Callable[[Element], Iterable[Part]]) -> None:
    """Put in place of every slot of that name what ``content`` says of it."""
    for holder in [e for e in tree.iter() if any(is_slot(child, name) for child in e)]:
        parts: list[Part] = []
        for part in parts_of(holder):
            if isinstance(part, str) or not is_slot(part, name):
                parts.append(part)
            else:
                parts += content(part)
        put(holder, parts)


def is_slot(element: Element, name: str) -> bool:
    """Whether it is a place for what ``name`` says."""
    return element.tag == SLOT and element.get("name") == name


def text_of(element: Element) -> str:
    """The text that a reader sees in it."""
    return "".join(element.itertext())


def characters(tree: Element) -> set[str]:
    """Every character of its texts and attributes."""
    found: set[str] = set()
    for element in tree.iter():
        found.update(element.text or "", element.tail or "", *element.attrib.values())
    return found


def has_class(element: Element, name: str) -> bool:
    """Whether it is of that class."""
    return name in element.get("class", "").split()


def serialise(tree: Element) -> str:
    """HTML that parses to the same tree; a run without its tags."""
    pieces: list[str] = []
    _write(tree, pieces.append, foreign=False)
    return "".join(pieces)


def document_text(root: Element) -> str:
    """A whole document, as ``parse_document`` reads it."""
    return f"<!DOCTYPE html>\n{serialise(root)}\n"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _attributes(element: Element) -> Iterator[str]:
    for name, text in element.attrib.items():
        yield f' {name}="{_escaped(text).replace(chr(34), "&#34;")}"' if text else f" {name}"


def _write(element: Element, write: Callable[[str], None], *, foreign: bool) -> None:
    tag = element.tag
    foreign = foreign or tag == SVG
    if tag != RUN:
        start = f"<{tag}{''.join(_attributes(element))}"
        if foreign and not len(element) and not element.text:
            write(f"{start}/>")
            return
        write(f"{start}>")
        if tag in VOID and not foreign:
            return
    if element.text:
        write(element.text if tag in RAW and not foreign else _escaped(element.text))
    for child in element:
        _write(child, write, foreign=foreign)
        if child.tail:
            write(_escaped(child.tail))
    if tag != RUN:
        write(f"</{tag}>")
