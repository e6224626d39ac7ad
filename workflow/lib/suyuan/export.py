"""Export: the finished report for machines and spreadsheets.

In: build/<edition>/ with report.html and lineage.json, raw, configuration and processed tables.
Out: report.xlsx, datapackage.json, ro-crate-metadata.json and attestation.intoto.json beside them.
Nothing is computed here: numbers come from lineage.json, tables from the page itself.
"""

from __future__ import annotations

from suyuan import package
from suyuan.attestation import statement
from suyuan.config import Config
from suyuan.crate import crate
from suyuan.datapackage import data_package
from suyuan.evidence import Evidence, sha256
from suyuan.files import dump_listing, read_yaml, write_bytes, write_text
from suyuan.layout import Layout
from suyuan.report_tables import report_tables
from suyuan.tables import read_raw
from suyuan.workbook import workbook


def digests(layout: Layout, *, but: str = "") -> dict[str, tuple[int, str]]:
    """Size and digest of every file of the package, ``but`` one that is not written yet."""
    files = ((name, path.read_bytes()) for name, path in package.contents(layout) if name != but)
    return {name: (len(data), sha256(data)) for name, data in files}


def scored(layout: Layout) -> list[str]:
    """Ids of the values that scores.csv lists."""
    path = layout.processed / "scores.csv"
    table = read_raw(path, layout.name(path))
    column = table.header.index("value_id")
    return [cells[column] for _, cells in table.records]


def run(layout: Layout, _config: Config) -> None:
    """The stage: write the four files; each names the digests of those before it."""
    evidence = Evidence.open(layout)
    words = read_yaml(layout.templates / "words.yaml")
    tables = list(report_tables((layout.build / package.HTML).read_text(encoding="utf-8")))
    write_bytes(layout.build / package.WORKBOOK, workbook(tables, evidence, words))
    described = data_package(layout, evidence, words)
    write_text(layout.build / package.DATA_PACKAGE, dump_listing(described))
    graph = crate(layout, evidence, words, digests(layout, but=package.CRATE), scored(layout))
    write_text(layout.build / package.CRATE, dump_listing(graph))
    whole = statement(layout, evidence, digests(layout))
    write_text(layout.build / package.STATEMENT, dump_listing(whole))
