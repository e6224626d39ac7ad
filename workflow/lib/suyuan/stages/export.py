"""Export: the finished report for machines.

In: build/<edition>/ with lineage.json, raw, configuration and processed tables. Out:
ro-crate-metadata.json and attestation.intoto.json beside them, which digest every file. Nothing is
computed here: numbers come from lineage.json.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from suyuan.contract.config import Config
from suyuan.contract.tables import read_records
from suyuan.contract.words import read_words
from suyuan.core.files import digest, dump_listing, write_text
from suyuan.core.layout import Layout
from suyuan.lineage.build import Build
from suyuan.outputs import package
from suyuan.outputs.attestation import statement
from suyuan.outputs.crate import Run, crate
from suyuan.outputs.format import written
from suyuan.stages.chain import CHAIN, paths

Digests = dict[str, tuple[int, str]]  # size and digest of files, by their names in the package


def sized(data: bytes) -> tuple[int, str]:
    """Size and digest of a file."""
    return len(data), digest(data)


def exported(layout: Layout, build: Build, files: Digests, scored: Sequence[str]) -> dict[str, str]:
    """Texts by name: every format, then crate and statement, which digest all before them.

    ``files`` are those of the package, of which the ones that are written here do not count;
    ``scored`` are the ids of the values that scores.csv lists.
    """
    texts = written(layout, build, read_words(layout))
    made = {name: sized(text.encode()) for name, text in texts.items()}
    return texts | vouching(layout, build, {**files, **made}, scored)


def vouching(layout: Layout, build: Build, files: Digests, scored: Sequence[str]) -> dict[str, str]:
    """Texts of crate and statement by name; ``files`` are all others of the package."""
    names = [name for name, _ in package.contents(layout)]

    def digests() -> Digests:
        return {name: known[name] for name in names if name in known}

    known = {name: files[name] for name in files if name != package.CRATE}
    graph = dump_listing(crate(layout, build, read_words(layout), digests(), scored, runs(layout)))
    known[package.CRATE] = sized(graph.encode())
    whole = statement(layout, build.lineage["code"], digests())
    return {package.CRATE: graph, package.STATEMENT: dump_listing(whole)}


def runs(layout: Layout) -> list[Run]:
    """What each stage reads and writes, but for its code; the last one delivers the crate."""

    @cache
    def names(kind: str) -> list[str]:
        return [layout.name(path) for path in paths(layout, kind)]

    return [
        Run(
            stage.name,
            [name for kind in stage.reads if kind != "code" for name in names(kind)],
            [name for product in stage.writes for name in names(product)],
        )
        for stage in CHAIN[:-1]
    ]


def run(layout: Layout, _config: Config) -> None:
    """The stage: write crate and statement into build/<edition>/."""
    files = (pair for pair in package.contents(layout) if pair[0] != package.CRATE)
    made = {name: sized(layout.read(path)) for name, path in files}
    scored = [row["value_id"] for row in read_records(layout.processed / "scores.csv")]
    texts = vouching(layout, Build.open(layout), made, scored)
    for name, text in texts.items():
        write_text(layout.build / name, text)
