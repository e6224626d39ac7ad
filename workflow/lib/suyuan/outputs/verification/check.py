"""Which file is read back how, and what is said of one that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from suyuan.contract.words import read_words
from suyuan.core.errors import LineageRefuted, Problem
from suyuan.core.layout import Layout
from suyuan.outputs import package
from suyuan.outputs.verification import figures, html, listings, pdf, workbook
from suyuan.outputs.verification.afresh import Afresh
from suyuan.outputs.verification.truth import Truth

# What reading a file of another kind, or half of one, ends in: each library has its own errors, and
# no list of them is whole.
BROKEN = Exception
Reading = Callable[[str, bytes], Iterable[Problem]]  # of a file's name and content


@dataclass(frozen=True)
class Files:
    """Files to be checked: contents by their names in the package, and how messages name them."""

    contents: Mapping[str, bytes]
    shown: Mapping[str, str]

    @classmethod
    def read(cls, layout: Layout, places: Mapping[str, Path]) -> Files:
        """Those of ``places`` that are there."""
        there = {name: path for name, path in places.items() if path.is_file()}
        return cls(
            {name: layout.read(path) for name, path in there.items()},
            {name: layout.name(path) for name, path in places.items()},
        )

    def problems(self, readings: Mapping[str, Reading]) -> Iterator[Problem]:
        """What the readings find; E375 for a file that is not whole, or of another kind."""
        for name, reading in readings.items():
            if name not in self.contents:
                continue
            shown = self.shown[name]
            try:
                yield from list(reading(shown, self.contents[name]))
            except BROKEN as error:
                yield Problem("E375", shown, 1, "1", f"{type(error).__name__}: {error}"[:80])


def of_build(afresh: Afresh) -> dict[str, Reading]:
    """Readings of what a build holds when it is verified: lineage, figures, page."""
    truth, layout = Truth(afresh), afresh.layout
    folder = layout.name(layout.figures)
    found: dict[str, Reading] = {package.LINEAGE: partial(listings.compared, afresh.lineage)}
    for name, figure in afresh.figures.items():
        for end, svg in figure.drawings.items():
            found[f"{folder}/{name}{end}"] = partial(figures.svg_problems, truth, svg)
        found[f"{folder}/{name}.csv"] = partial(figures.table_problems, afresh.plotted[name])
    return found | {package.HTML: partial(html.problems, truth)}


def of_index(afresh: Afresh) -> dict[str, Reading]:
    """The reading of figures.json, which a build has and a report has not."""
    name = afresh.layout.name(afresh.layout.figures / "figures.json")
    return {name: partial(listings.compared, afresh.index)}


def of_report(
    afresh: Afresh, exported: Mapping[str, str], written: Callable[[], bytes]
) -> dict[str, Reading]:
    """Readings of all that is delivered beside.

    ``exported`` are the texts of its JSON files, ``written`` gives the workbook.
    """
    truth, layout = Truth(afresh), afresh.layout
    rewritten = workbook.Rewritten(truth, read_words(layout), written)
    found: dict[str, Reading] = {package.PDF: partial(pdf.problems, truth)}
    data = package.data_files(layout)
    for path in (*data["raw"], *data["config"], *data["documents"]):
        found[layout.name(path)] = partial(listings.copied, layout, path)
    for name, text in exported.items():
        found[name] = partial(listings.compared, text)
    for name, text in afresh.computed.texts.items():
        found[name] = partial(figures.table_problems, text)
    # Last: it may still be being written.
    return found | {package.WORKBOOK: partial(workbook.problems, rewritten)}


def refuse(problems: Iterable[Problem]) -> None:
    """Raise LineageRefuted with the problems, if there are any."""
    if found := list(problems):
        raise LineageRefuted(found)
