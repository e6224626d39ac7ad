"""What SVG lets a drawing leave unsaid: signs of paths, and corners that are as those of most."""

from __future__ import annotations

import re
from collections import Counter
from xml.etree import ElementTree as ET

CORNER = "stroke-linejoin"
STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")


def path(text: str) -> str:
    """The path with level and upright strokes as such, and no command said twice in a row.

    ``text`` has commands of absolute places alone, as Matplotlib writes them.
    """
    made, at, before = "", ["", ""], ""
    for command, numbers in STEP.findall(text):
        own = numbers.split()
        end = own[-2:] or ["", ""]
        said, given = command, own
        if command == "L" and end[1] == at[1]:
            said, given = "H", own[:1]
        elif command == "L" and end[0] == at[0]:
            said, given = "V", own[1:]
        again = said == "L" and before in ("L", "M")  # what follows a move is a line unless said
        made += (" " if again else said) + " ".join(given)
        at, before = end, said
    return made


def join(root: ET.Element) -> None:
    """Say of corners on the root how most are, and beside a stroke only where it has others."""
    usual = root.attrib[CORNER]
    stroked = [element for element in root.iter() if "stroke" in element.attrib]
    corners = Counter(element.get(CORNER, usual) for element in stroked)
    most = max(corners, key=lambda one: (corners[one], one), default=usual)
    for element in root.iter():
        own = element.attrib.pop(CORNER, usual)
        if "stroke" in element.attrib and own != most:
            element.set(CORNER, own)
    root.set(CORNER, most)
