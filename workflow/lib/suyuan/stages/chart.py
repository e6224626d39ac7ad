"""Chart: draw every figure that config/figures.yaml describes.

In: values.json, processed tables, figures.yaml. Out: figures/<edition>/<figure>.svg, .narrow.svg
(for a phone), .csv (what is plotted) and figures.json (marks and facts for the alternative text).
"""

from __future__ import annotations

from functools import cache

import pandas as pd

from suyuan.contract.codebook import Codebook
from suyuan.contract.config import Config
from suyuan.contract.edition import read_rows
from suyuan.contract.tables import read_table, write_table
from suyuan.core.files import dump_json, write_text
from suyuan.core.layout import Layout
from suyuan.domain.operations import OPERATIONS
from suyuan.figures.book import shelf
from suyuan.figures.drawn import Opener, all_drawn
from suyuan.figures.reading import read_figures
from suyuan.figures.store import Store
from suyuan.lineage.file import load_ledger
from suyuan.lineage.texts import Texts


def opener_of(layout: Layout, config: Config) -> Opener:
    """What opens the book of a figure, from the files of the stages before."""
    path, tables = layout.processed / "values.json", read_rows(layout)
    ledger = load_ledger(path, Codebook.read(layout), OPERATIONS, Texts(tables))

    @cache
    def read(name: str) -> pd.DataFrame:
        path = layout.tables / f"{name}.csv"
        if not path.is_file():
            raise KeyError(name)
        return read_table(path)

    return shelf(ledger, tables, config.region, read)


def run(layout: Layout, config: Config) -> None:
    """The stage: draw and save all figures, on two cores; none whose marks are as before."""
    store, described = Store.of(layout), read_figures(layout.root)
    made = all_drawn(
        "chart", opener_of(layout, config), described, layout.templates / "fonts", store
    )
    store.trim()
    for name, figure in made.items():
        for end, svg in figure.drawings.items():
            write_text(layout.figures / f"{name}{end}", svg)
        write_table(figure.plotted, layout.figures / f"{name}.csv")
    index = {name: figure.entry for name, figure in made.items()}
    write_text(layout.figures / "figures.json", dump_json(index) + "\n")
