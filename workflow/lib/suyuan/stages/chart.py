"""Chart: draw every figure that config/figures.yaml describes.

In: values.json, processed tables, figures.yaml. Out: figures/<edition>/<figure>.svg, .narrow.svg
(for a phone), .csv (what is plotted) and figures.json (marks and facts for the alternative text).
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any

import pandas as pd

from suyuan.contract.codebook import Codebook
from suyuan.contract.config import Config
from suyuan.contract.tables import read_records, read_table, write_table
from suyuan.core.errors import MachineError, Problem
from suyuan.core.files import dump_json, write_text
from suyuan.core.layout import Layout
from suyuan.domain.operations import OPERATIONS
from suyuan.figures import theme
from suyuan.figures.book import shelf
from suyuan.figures.description import Described
from suyuan.figures.drawn import Opener, drawn
from suyuan.figures.reading import read_figures
from suyuan.lineage.file import load_ledger

PROCESSES = 2
_shared: dict[str, Any] = {}


def share(layout: Layout, open_book: Opener) -> None:
    """Keep what all figures of a worker are drawn from; a fork inherits it for nothing."""
    _shared.update(layout=layout, open_book=open_book)


def draw(figure: Described) -> dict[str, Any]:
    """Draw and save one figure; its entry in figures.json."""
    folder, made = _shared["layout"].figures, drawn(_shared["open_book"], figure)
    for end, svg in made.drawings.items():
        write_text(folder / f"{figure.id}{end}", svg)
    write_table(made.plotted, folder / f"{figure.id}.csv")
    return made.entry


def opener_of(layout: Layout, config: Config) -> Opener:
    """What opens the book of a figure, from the files of the stages before."""
    ledger = load_ledger(layout.processed / "values.json", Codebook.read(layout), OPERATIONS)

    def read(name: str) -> pd.DataFrame:
        path = layout.tables / f"{name}.csv"
        if not path.is_file():
            raise KeyError(name)
        return read_table(path)

    tables = {
        name: read_records(layout.tables / f"{name}.csv") for name in ("subjects", "suppliers")
    }
    return shelf(ledger, tables, config.region, read)


def run(layout: Layout, config: Config) -> None:
    """The stage: draw and save all figures, on two cores."""
    theme.use(layout.templates / "fonts")
    figures, opener = read_figures(layout.root), opener_of(layout, config)
    try:
        with ProcessPoolExecutor(PROCESSES, get_context("fork"), share, (layout, opener)) as pool:
            index = dict(zip(figures, pool.map(draw, figures.values()), strict=True))
    except BrokenProcessPool as error:
        killed = Problem("E408", "chart", value="chart", details={"signal": "SIGKILL"})
        raise MachineError(killed) from error
    write_text(layout.figures / "figures.json", dump_json(index) + "\n")
