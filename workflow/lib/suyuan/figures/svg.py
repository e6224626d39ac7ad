"""Figures as SVG: deterministic, traceable, small and safe to inline beside others."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from suyuan.figures import mpl, strokes, unsaid

MARK = "mark:"  # gid prefix of artists that stand for a value
SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
JOINTS = {"stroke-linejoin": "round", "stroke-linecap": "butt"}  # Matplotlib's rule for all
PAINTED = ("fill", "stroke")
GROUP = f"{{{SVG}}}g"
PLACES = 2  # decimals of a point
_REFERENCE = re.compile(r"#([\w.-]+)")
_NUMBER = re.compile(r"-?\d+\.\d+")
_ROUNDED = ("d", "x", "y", "transform", "stroke-dasharray")


def tag(artist: mpl.Artist, value_id: str) -> None:
    """Make ``artist`` a mark of that value."""
    artist.set_gid(MARK + value_id)


def _referenced(root: ET.Element) -> list[str]:
    """Names of what is used again, in the order of their first use."""
    found = (
        name
        for element in root.iter()
        for key, text in element.attrib.items()
        if key.endswith("href")
        for name in _REFERENCE.findall(text)
    )
    return list(dict.fromkeys(found))


def _join(root: ET.Element) -> None:
    """Neighbouring groups of one mark become one: a box and the number drawn in it."""
    for parent in root.iter():
        before: ET.Element | None = None
        for group in list(parent):
            own = group.get("id", "")
            if own.startswith(MARK) and before is not None and before.get("id") == own:
                before.extend(group)
                parent.remove(group)
            else:
                before = group


def _unstyle(root: ET.Element) -> None:
    """Style sheets as presentation attributes: half the work for who draws them again.

    Nothing is cut off at the edge of axes: drawings keep within their room.
    """
    for definitions in root.findall(f"{{{SVG}}}defs"):
        for style in definitions.findall(f"{{{SVG}}}style"):
            definitions.remove(style)
    root.attrib |= JOINTS
    for element in root.iter():
        declarations = element.attrib.pop("style", "").split(";")
        for declaration in filter(None, map(str.strip, declarations)):
            name, _, value = declaration.partition(":")
            element.set(name.strip(), value.strip())
        element.attrib.pop("clip-path", None)
        for name in _ROUNDED:
            if name in element.attrib:
                element.set(name, _short(element.attrib[name]))
        if "d" in element.attrib:
            element.set("d", strokes.path(element.attrib["d"]))
        if element.get("stroke-dashoffset") == "0":
            del element.attrib["stroke-dashoffset"]
        if element.get("transform", "").startswith(("rotate(-0 ", "rotate(0 ")):
            del element.attrib["transform"]
    for shape in root.iterfind(f".//{{{SVG}}}defs/{{{SVG}}}path"):
        for name in PAINTED:  # of a sign, said again where it is used: there styles reach it
            shape.attrib.pop(name, None)


def _short(text: str) -> str:
    """Numbers with as few digits as can be seen, and single spaces."""
    numbers = _NUMBER.sub(lambda found: f"{round(float(found[0]), PLACES) + 0.0:g}", text)
    return " ".join(numbers.split())


def _lighten(parent: ET.Element) -> None:
    """Without what draws nothing, groups that say nothing, and blanks between elements."""
    for element in parent:
        if element.tag != f"{{{SVG}}}text":
            _lighten(element)
    kept = [part for element in parent for part in _kept(element)]
    parent[:] = kept
    if not parent.tag.endswith("text"):
        parent.text = parent.tail = None
        for element in kept:
            element.tail = None


def _kept(element: ET.Element) -> Iterator[ET.Element]:
    """The element, those in it, or none."""
    empty = not len(element) and not element.text
    group = element.tag in (GROUP, f"{{{SVG}}}defs", f"{{{SVG}}}clipPath")
    if (empty and group) or element.tag == f"{{{SVG}}}clipPath":
        return
    if element.get("fill") == "none" and "stroke" not in element.attrib:
        return
    if element.tag == GROUP and not element.attrib:
        yield from element
    else:
        yield element


def _fold(root: ET.Element) -> None:
    """A mark that is one shape or one text needs no group around it."""
    for parent in root.iter():
        for at, group in enumerate(parent):
            whole = len(group) == 1 and set(group.attrib) == {"id"} and group.tag == GROUP
            if whole and group[0].tag != GROUP and "id" not in group[0].attrib:
                group[0].set("id", group.attrib["id"])
                parent[at] = group[0]


def to_svg(figure: mpl.Figure, name: str) -> str:
    """``figure`` as SVG text: marks carry ``data-fact``, ids are unique to ``name``."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    root = ET.fromstring(buffer.getvalue())
    for metadata in root.findall(f"{{{SVG}}}metadata"):
        root.remove(metadata)
    _unstyle(root)
    kept, mark = {own: f"{name}-s{n}" for n, own in enumerate(_referenced(root))}, 0
    for element in root.iter():
        own = element.get("id", "")
        if own and not own.startswith(MARK) and own not in kept:
            del element.attrib["id"]
    _lighten(root)
    _join(root)
    _fold(root)
    unsaid.gathered(root)
    for element in root.iter():
        own = element.attrib.pop("id", "")
        if own.startswith(MARK):
            mark += 1
            element.set("data-fact", own.removeprefix(MARK))
            element.set("id", f"m-{name}-{mark}")
        elif own in kept:
            element.set("id", kept[own])
        for key, text in element.attrib.items():
            if key.endswith("href"):
                element.set(key, _REFERENCE.sub(lambda found: f"#{kept[found[1]]}", text))
    return ET.tostring(root, encoding="unicode").replace(" />", "/>") + "\n"


def marks_of(svg: str) -> list[tuple[str, str]]:
    """Value id and element id of every mark of an SVG, in drawing order."""
    root = ET.fromstring(svg)
    return [(e.attrib["data-fact"], e.attrib["id"]) for e in root.iter() if "data-fact" in e.attrib]
