"""Chart: draw every figure that config/figures.yaml describes.

In: values.json, processed tables, figures.yaml. Out: figures/<edition>/<figure>.svg, .csv (what
is plotted) and figures.json (marks and facts for the alternative text).
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

from suyuan.contract.codebook import Codebook
from suyuan.contract.config import Config
from suyuan.contract.tables import read_records, write_table
from suyuan.core.files import dump_json, write_text
from suyuan.core.layout import Layout
from suyuan.figures import theme
from suyuan.figures.assessment import IDS
from suyuan.figures.kinds.assessment import ASSESSMENT_DRAWINGS
from suyuan.figures.kinds.drawings import DRAWINGS
from suyuan.figures.kinds.results import RESULT_DRAWINGS
from suyuan.figures.marks import Book, Spec, marks_table, read_figures, summary
from suyuan.figures.svg import marks_of, to_svg
from suyuan.lineage.file import load_ledger
from suyuan.lineage.members import members_of

ALL_DRAWINGS = DRAWINGS | ASSESSMENT_DRAWINGS | RESULT_DRAWINGS
PROCESSES = 2
_shared: dict[str, Any] = {}


def share(layout: Layout, book: Book) -> None:
    """Keep what all figures of a worker are drawn from; a fork inherits it for nothing."""
    _shared.update(layout=layout, book=book)


def draw(name: str, spec: Spec) -> dict[str, Any]:
    """Draw and save one figure; its entry in figures.json."""
    layout = _shared["layout"]
    marks = marks_table(replace(_shared["book"], figure=name), spec, layout)
    svg = to_svg(ALL_DRAWINGS[spec["draw"]](marks), name)
    write_text(layout.figures / f"{name}.svg", svg)
    plotted = marks.drop(columns=IDS).dropna(axis="columns", how="all")
    write_table(plotted, layout.figures / f"{name}.csv")
    facts, ids = summary(marks), list(marks[IDS])
    return {"draw": spec["draw"], "marks": marks_of(svg), "facts": facts, "ids": ids}


def run(layout: Layout, config: Config) -> None:
    """The stage: draw and save all figures, on two cores."""
    theme.use(layout.templates / "fonts")
    ledger = load_ledger(layout.processed / "values.json", Codebook.read(layout))
    tables = {
        name: read_records(layout.tables / f"{name}.csv") for name in ("subjects", "suppliers")
    }
    book = Book(ledger, tables["subjects"], members_of(ledger, tables, config.region))
    figures = read_figures(layout)
    with ProcessPoolExecutor(PROCESSES, get_context("fork"), share, (layout, book)) as pool:
        entries = pool.map(draw, figures, figures.values())
        index = dict(zip(figures, entries, strict=True))
    write_text(layout.figures / "figures.json", dump_json(index) + "\n")
