"""Export: the finished report for machines.

In: build/<edition>/ with lineage.json, raw, configuration and processed tables. Out:
a file of every format, ro-crate-metadata.json and attestation.intoto.json beside them. Nothing is
computed here: numbers come from lineage.json.
"""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.contract.tables import read_records
from suyuan.contract.words import read_words
from suyuan.core.files import digest, dump_listing, write_text
from suyuan.core.layout import Layout
from suyuan.lineage.build import Build
from suyuan.outputs import package
from suyuan.outputs.attestation import statement
from suyuan.outputs.crate import Run, crate
from suyuan.outputs.format import all_formats
from suyuan.stages.chain import CHAIN, paths


def digests(layout: Layout) -> dict[str, tuple[int, str]]:
    """Size and digest of every file of the package but the crate, which is not written yet."""
    whole = package.contents(layout)
    files = ((name, path.read_bytes()) for name, path in whole if name != package.CRATE)
    return {name: (len(data), digest(data)) for name, data in files}


def scored(layout: Layout) -> list[str]:
    """Ids of the values that scores.csv lists."""
    return [row["value_id"] for row in read_records(layout.processed / "scores.csv")]


def runs(layout: Layout) -> list[Run]:
    """What each stage reads and writes, but for its code; the last one delivers the crate."""
    return [
        Run(
            stage.name,
            [name for kind in stage.reads if kind != "code" for name in _names(layout, kind)],
            [name for product in stage.writes for name in _names(layout, product)],
        )
        for stage in CHAIN[:-1]
    ]


def _names(layout: Layout, kind: str) -> list[str]:
    return [layout.name(path) for path in paths(layout, kind)]


def run(layout: Layout, _config: Config) -> None:
    """The stage: write every format, then crate and statement, which digest all before them."""
    build = Build.open(layout)
    words = read_words(layout)
    for each in all_formats():
        write_text(layout.build / each.file, each.write(layout, build, words))
    files = digests(layout)
    graph = crate(layout, build, words, files, scored(layout), runs(layout))
    text = dump_listing(graph)
    write_text(layout.build / package.CRATE, text)
    files[package.CRATE] = (len(text.encode()), digest(text.encode()))
    whole = statement(layout, build, {name: files[name] for name, _ in package.contents(layout)})
    write_text(layout.build / package.STATEMENT, dump_listing(whole))
