"""On which page of the delivered report.pdf something stands.

The PDF itself says so: its named destinations are sections, figures and tables, and each number
of a page is a link to its entry of the appendix. Nothing but zlib is needed to read that much.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_STREAM = re.compile(rb"/Type /ObjStm/N (\d+)/First (\d+)[^>]*>>\s*stream\r?\n")
_DESTINATION = re.compile(rb"\(([\w.-]+)\) \[(\d+) 0 R")
_LINK = re.compile(rb"/Dest \(([\w.-]+)\)")
_REFERENCE = re.compile(rb"(\d+) 0 R")


@dataclass(frozen=True)
class Paper:
    """Pages, counted from 1, of what can be linked to, and what each page links to."""

    pages: Mapping[str, int] = field(default_factory=dict)
    links: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Paper:
        """The pages of a file; none where it is missing or no PDF as ours are."""
        content = path.read_bytes() if path.is_file() else b""
        objects: dict[int, bytes] = {}
        for found in _STREAM.finditer(content):
            objects |= _unpacked(content[found.end() :], int(found[1]), int(found[2]))
        return cls(*_pages(objects))

    def of(self, anchor: str) -> int:
        """The page of a section, figure, table or appendix entry; 0 where it has none."""
        return self.pages.get(anchor, 0)

    def printing(self, entry: str) -> list[int]:
        """The pages that print what ``entry`` of the appendix tells the origin of."""
        return [page for page, links in self.links.items() if entry in links]


def _unpacked(content: bytes, count: int, first: int) -> dict[int, bytes]:
    """The objects of a compressed stream by number; none where it is not whole."""
    unpacking = zlib.decompressobj()
    try:
        stream = unpacking.decompress(content)
    except zlib.error:
        return {}
    if not unpacking.eof:
        return {}
    numbers = [int(number) for number in stream[:first].split()][: 2 * count]
    starts = [first + offset for offset in numbers[1::2]]
    ends = [*starts[1:], len(stream)]
    objects = zip(numbers[::2], starts, ends, strict=True)
    return {number: stream[start:end] for number, start, end in objects}


def _pages(objects: Mapping[int, bytes]) -> tuple[dict[str, int], dict[int, tuple[str, ...]]]:
    tree = next((body for body in objects.values() if body.startswith(b"<</Type /Pages")), b"")
    kids = tree.partition(b"/Kids [")[2].partition(b"]")[0]
    order = {int(number): page for page, number in enumerate(_REFERENCE.findall(kids), start=1)}
    catalogue = next((b for b in objects.values() if b.startswith(b"<</Type /Catalog")), b"")
    anchors = {
        name.decode(): order[int(number)]
        for name, number in _DESTINATION.findall(catalogue)
        if int(number) in order
    }
    links = {}
    for number, page in order.items():
        listed = objects.get(number, b"").partition(b"/Annots [")[2].partition(b"]")[0]
        annotations = [objects.get(int(one), b"") for one in _REFERENCE.findall(listed)]
        names = (found[1].decode() for one in annotations if (found := _LINK.search(one)))
        links[page] = tuple(dict.fromkeys(names))
    return anchors, links
