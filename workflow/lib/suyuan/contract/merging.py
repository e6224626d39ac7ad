"""Marks that git leaves where a merge stopped: whatever stands between them is not decided."""

from __future__ import annotations

import re

from suyuan.core.errors import Problem

# As git writes them, and as a spreadsheet does that has saved such a line: in quotes, with commas.
MARK = re.compile(r"^\"?(<{7}|\|{7}|={7}|>{7})(?=[ \n\r\",]|$)", re.MULTILINE)


def unmerged(text: str, name: str) -> list[Problem]:
    """E807 at the first of such marks in a text that messages call ``name``; else nothing."""
    found = MARK.search(text)
    return [Problem("E807", name, text.count("\n", 0, found.start()) + 1)] if found else []
