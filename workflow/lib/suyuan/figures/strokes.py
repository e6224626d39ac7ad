"""Paths in few signs: SVG lets them leave unsaid what goes without saying."""

from __future__ import annotations

import re

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
