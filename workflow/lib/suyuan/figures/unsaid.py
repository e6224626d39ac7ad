"""What a drawing says once on its root: how most of its strokes and of its texts are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

# What is inherited, and what holds where nobody says it.
STROKED = {"stroke-linejoin": "miter", "stroke-linecap": "butt", "stroke-width": "1"}
WRITTEN = {"text-anchor": "start", "fill": "black", "font-size": "medium", "font-family": "serif"}
FILL = "fill"
PAINTED = frozenset({"path", "use", "rect", "circle", "ellipse", "polygon"})


def kind_of(element: Element) -> str:
    """Its tag without its namespace."""
    return element.tag.rpartition("}")[2]


def gathered(root: Element) -> None:
    """Say on the root how most strokes and texts are, and beside one only where it is otherwise."""
    stroked = [element for element in _painted(root) if "stroke" in element.attrib]
    texts = [element for element in root.iter() if kind_of(element) == "text"]
    for element in _painted(root):
        if "stroke" not in element.attrib:
            for name in STROKED:
                element.attrib.pop(name, None)
    for name, unsaid in STROKED.items():
        _gather(root, name, stroked, unsaid)
    for name, unsaid in WRITTEN.items():
        if name != FILL or all(FILL in element.attrib for element in _painted(root)):
            _gather(root, name, texts, unsaid)


def _gather(root: Element, name: str, own: list[Element], unsaid: str) -> None:
    """One thing that ``own`` elements say, or, saying nothing, have from the root or by nature."""
    unsaid = root.attrib.pop(name, unsaid)
    said = Counter(element.get(name, unsaid) for element in own)
    most = max(said, key=lambda one: (said[one], one), default=unsaid)
    for element in own:
        if element.attrib.setdefault(name, unsaid) == most:
            del element.attrib[name]
    if own:
        root.set(name, most)


def _painted(root: Element) -> Iterator[Element]:
    """What is painted, but for signs that are painted where they are used."""
    for element in root:
        if kind_of(element) in PAINTED:
            yield element
        elif kind_of(element) != "defs":
            yield from _painted(element)


def effective(element: Element, root: Mapping[str, str]) -> dict[str, str]:
    """The attributes of an element with what its root says for it; the root has none of these."""
    if element.tag == "svg":
        return {name: said for name, said in element.items() if name not in STROKED | WRITTEN}
    names: set[str] = set()
    if "stroke" in element.attrib:
        names |= set(STROKED)
    if kind_of(element) == "text":
        names |= set(WRITTEN)
    return {name: root[name] for name in names if name in root} | element.attrib
