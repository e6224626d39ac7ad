"""What the page of an edition weighs, and that nothing in it is said twice that need not be."""

from __future__ import annotations

import re
from pathlib import Path

MOST = 3_900_000  # bytes; the report promises less than four million


def test_the_page_is_light(report: Path) -> None:
    assert (report / "report.html").stat().st_size < MOST


def test_places_of_values_have_short_names(report: Path) -> None:
    text = (report / "report.html").read_text(encoding="utf-8")
    names = re.findall(r'<data value="[^"]*" data-fact="[^"]*" id="([^"]*)"', text)
    assert len(names) > 1000
    assert sum(map(len, names)) / len(names) < 10
