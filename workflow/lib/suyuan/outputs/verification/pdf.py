"""report.pdf read back: the text of every link to the trace appendix, and of every figure.

This reads what this package writes (WeasyPrint's objects in one stream, tagged content, fonts
with ToUnicode maps), in a second where a general reader takes ten: docs/decisions/0027. Whatever
it does not understand is an error, never a guess.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from suyuan.core.errors import Problem
from suyuan.core.names import TRACE_ENTRY
from suyuan.outputs.paper.links import PLACE
from suyuan.outputs.verification.truth import Truth, ordered, otherwise, squeezed, unlike

STREAM = re.compile(
    rb"(?<=\n)(\d+) 0 obj\n<<((?:(?!endobj).)*?)/Length (\d+)>>\nstream\n", re.DOTALL
)
OBJECTS = re.compile(rb"/Type /ObjStm/N (\d+)/First (\d+)")
REFERENCE = re.compile(rb"(\d+) 0 R")
KIDS = re.compile(rb"/K \[([^\]]*)\]")
KID = re.compile(rb"(\d+) 0 R|(\d+)")
TARGET = re.compile(rb"/Dest \(([^)]*)\)")
ALT = re.compile(rb"/Alt (?:<feff([0-9a-f]*)>|\(((?:[^()\\]|\\.)*)\))")
# What matters of a page's content: a mark, its end, a font, a text.
TOKEN = re.compile(
    rb"/MCID (\d+)>>\s+BDC|\b(BMC|BDC)\b|\b(EMC)\b"
    rb"|/(\w+) [\d.]+ Tf|(\[<[^\]]*\]) TJ|(<[0-9a-f]*>) Tj"
)
UNSAID = (b"/S /Figure", b"/S /Lbl", b"/S /THead")  # what adds nothing to what is said
LEADER = re.compile(r"\.{3,}\d+$")  # before the page in a table of contents
MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
T = TypeVar("T")


@dataclass(frozen=True)
class Printed:
    """What the file shows: links as (target, text), alternative texts, each in reading order."""

    links: tuple[tuple[str, str], ...]
    alternatives: tuple[str, ...]


def _first(found: Iterable[T]) -> T:
    """The first of what there is. Raises ValueError where there is nothing."""
    for each in found:
        return each
    raise ValueError("an object is missing")


class Reader:
    """The objects of one file. Raises ValueError, KeyError or zlib.error for another's."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._streams = {int(m[1]): (m[2], m.end(), int(m[3])) for m in STREAM.finditer(data)}
        number, head = _first(
            (number, OBJECTS.search(head))
            for number, (head, _, _) in self._streams.items()
            if b"/ObjStm" in head
        )
        if head is None:
            raise ValueError("ObjStm")
        packed, first = self._stream(number), int(head[2])
        places = list(map(int, packed[:first].split()))
        ends = [*places[3::2], len(packed) - first]
        self.objects = {
            name: packed[first + start : first + end]
            for name, start, end in zip(places[::2], places[1::2], ends, strict=True)
        }
        self._fonts: dict[str, dict[str, str]] = {}
        self._pages: dict[int, dict[int, str]] = {}
        self._head: list[tuple[str, str]] = []  # the links in the table head last seen

    def _stream(self, number: int) -> bytes:
        head, start, length = self._streams[number]
        data = self._data[start : start + length]
        return zlib.decompress(data) if b"FlateDecode" in head else data

    def _reference(self, holder: bytes, key: bytes) -> int:
        found = re.search(rb"/" + key + rb" (\d+) 0 R", holder)
        if found is None:
            raise KeyError(key.decode())
        return int(found[1])

    def _font(self, name: str) -> dict[str, str]:
        """Characters by the code that the text has for them."""
        if name not in self._fonts:
            holder = _first(
                o for o in self.objects.values()
                if b"/ToUnicode" in o and f"/BaseFont /{name}+".encode() in o
            )  # fmt: skip
            table = self._stream(self._reference(holder, b"ToUnicode"))
            self._fonts[name] = {
                code.decode(): bytes.fromhex(text.decode()).decode("utf-16-be")
                for code, text in MAPPED.findall(table)
            }
        return self._fonts[name]

    def _marks(self, page: int) -> dict[int, str]:
        """The text of each mark of a page."""
        if page not in self._pages:
            stream = self._stream(self._reference(self.objects[page], b"Contents"))
            found: dict[int, str] = {}
            font: dict[str, str] = {}
            open_marks: list[int | None] = []
            for mark, other, end, named, several, one in TOKEN.findall(stream):
                if mark or other:
                    open_marks.append(int(mark) if mark else None)
                elif end:
                    open_marks.pop()
                elif named:
                    font = self._font(named.decode())
                elif several or one:
                    own = next((m for m in reversed(open_marks) if m is not None), None)
                    if own is not None:
                        text = _decoded(several or one, font)
                        found[own] = found.get(own, "") + text
            self._pages[page] = found
        return self._pages[page]

    def _text(self, number: int) -> Iterator[str]:
        """The text of an element of the structure, in reading order."""
        element = self.objects[number]
        if kids := KIDS.search(element):
            for reference, mark in KID.findall(kids[1]):
                if reference:
                    yield from self._text(int(reference))
                else:
                    yield self._marks(self._reference(element, b"Pg")).get(int(mark), "")

    def printed(self) -> Printed:
        """All links that lead to the appendix and all alternative texts."""
        root = _first(n for n, o in self.objects.items() if b"/StructElem/S /Document" in o)
        links: list[tuple[str, str]] = []
        alternatives: list[str] = []
        self._walk(root, links, alternatives)
        return Printed(tuple(links), tuple(alternatives))

    def said(self) -> str:
        """All that the file says, as ``ordered`` puts it: paper moves figures between pages.

        Without what the setting adds: signs of lists, numbers of pages, heads of tables, which are
        said again where a table goes on. Drawings say what their alternative texts say.
        """
        root = _first(n for n, o in self.objects.items() if b"/StructElem/S /Document" in o)
        rows: list[str] = []
        return ordered(rows, self._said(root, rows))

    def _said(self, number: int, rows: list[str]) -> str:
        """The text in an element; that of the rows of tables goes to ``rows``."""
        element = self.objects[number]
        kids = KIDS.search(element)
        if not kids or any(kind in element for kind in UNSAID):
            return ""
        said, target = "", ""
        for reference, mark in KID.findall(kids[1]):
            if not reference:
                said += squeezed(self._marks(self._reference(element, b"Pg")).get(int(mark), ""))
            elif b"/OBJR" not in (kid := self.objects[int(reference)]):
                said += self._said(int(reference), rows)
            elif found := TARGET.search(self.objects[self._reference(kid, b"Obj")]):
                target = found[1].decode()
        if b"/S /TR" in element:
            rows.append(said)
            return ""
        if target.startswith(PLACE):  # the page of a mark
            return ""
        return LEADER.sub("", said) if b"/S /Link" in element else said

    def _walk(self, number: int, links: list[tuple[str, str]], alternatives: list[str]) -> None:
        element = self.objects[number]
        if alt := ALT.search(element):
            alternatives.append(
                bytes.fromhex(alt[1].decode()).decode("utf-16-be") if alt[1] else alt[2].decode()
            )
        kids = KIDS.search(element)
        references = [int(kid) for kid, _ in KID.findall(kids[1]) if kid] if kids else []
        if b"/S /Link" in element:
            holder = _first(kid for kid in references if b"/OBJR" in self.objects[kid])
            target = TARGET.search(self.objects[self._reference(self.objects[holder], b"Obj")])
            if target and target[1].decode().startswith(TRACE_ENTRY):
                links.append((target[1].decode(), "".join(self._text(number))))
            return
        within: list[tuple[str, str]] = []
        for kid in references:
            self._walk(kid, within, alternatives)
        if b"/S /THead" in element:  # a long table repeats its head on each page
            within, self._head = ([] if within == self._head else within), within
        links += within


def _decoded(shown: bytes, font: Mapping[str, str]) -> str:
    codes = b"".join(re.findall(rb"<([0-9a-f]*)>", shown)).decode()
    return "".join(font[codes[at : at + 4]] for at in range(0, len(codes), 4))


def _by_target(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """All text that leads to each target, in a row: a link that is broken over lines is several."""
    found: dict[str, str] = {}
    for target, text in links:
        found[target] = found.get(target, "") + squeezed(text)
    return found


def _made_of(text: str, pieces: Counter[str]) -> bool:
    """Whether it is just these pieces in some order: a figure lets text that follows it pass."""
    if not pieces.total():
        return not text
    for piece in [piece for piece, count in pieces.items() if count and text.startswith(piece)]:
        if _made_of(text.removeprefix(piece), pieces - Counter([piece])):
            return True
    return False


def problems(truth: Truth, file: str, data: bytes) -> Iterator[Problem]:
    """Links whose text is not that of their value, alternative texts that differ, then any text."""
    told = False
    reader = Reader(data)
    printed = reader.printed()
    shown, right = _by_target(printed.links), _by_target(truth.links)
    pieces: dict[str, Counter[str]] = {}
    for target, text in truth.links:
        pieces.setdefault(target, Counter())[text] += 1
    for target in dict.fromkeys((*right, *shown)):
        found, expected = shown.get(target, ""), right.get(target, "")
        if found != expected and not _made_of(found, pieces.get(target, Counter())):
            told = True
            yield otherwise(file, truth.anchors.get(target, target), found, expected)
    for alt, (name, said) in zip(printed.alternatives, truth.alternatives.items(), strict=True):
        if alt != said:
            told = True
            yield otherwise(file, name, alt, said)
    if not told:
        yield from unlike(file, reader.said(), truth.paper)
