"""The files of figures read back: labels in the SVG, rows of what is plotted."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from suyuan.core.errors import Problem
from suyuan.figures.svg import SVG, marks_of
from suyuan.outputs.verification.truth import Truth, miscounted, otherwise, squeezed, unlike

FACT, LABEL = "data-fact", f"{{{SVG}}}text"


def svg_problems(truth: Truth, svg: str, file: str, data: bytes) -> Iterator[Problem]:
    """E364 for a label that is not its value's, E365 for a mark, E367 for anything else.

    ``svg`` is the drawing as it is drawn afresh.
    """
    text = data.decode()
    found: list[Problem] = []
    places: list[tuple[str, str]] = []
    for mark in ET.fromstring(text).iter():
        if FACT in mark.attrib:
            places.append((mark.attrib[FACT], mark.get("id", "")))
            found += _labels(file, mark, truth)
    found += miscounted(file, Counter(places), Counter(marks_of(svg)))
    yield from found
    if not found:
        yield from unlike(file, text, svg)


def _labels(file: str, mark: ET.Element, truth: Truth) -> Iterator[Problem]:
    """E364 for each label of a mark, where they are not the lines of its value's text."""
    value = truth.value(mark.attrib[FACT])
    lines = [squeezed("".join(label.itertext())) for label in mark.iter(LABEL)]
    texts = truth.texts(value) if value else set()
    if "".join(lines) in texts:
        return
    for shown in lines:
        if shown not in texts:
            expected = value.txt if value else ""
            yield otherwise(file, mark.attrib[FACT], shown, expected)


def table_problems(expected: str, file: str, data: bytes) -> Iterator[Problem]:
    """E364 for each cell that differs, by the value or key of its row; E367 for anything else."""
    text, found = data.decode(), []
    shown, right = (list(csv.DictReader(io.StringIO(each))) for each in (text, expected))
    for line, (row, own) in enumerate(zip(shown, right, strict=False), start=2):
        for column in own:
            if row.get(column) != own[column]:
                key = own.get("value_id") or next(iter(own.values()))
                name = f"{key}:{column}"
                found.append(otherwise(file, name, row.get(column) or "", own[column], line))
    yield from found
    if not found:
        yield from unlike(file, text, expected)
