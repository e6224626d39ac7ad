"""RO-Crate 1.1 with Process Run Crate 0.5: which stage made which file, and each number from what.

Every number of lineage.json is a PropertyValue. ``wasDerivedFrom`` (PROV) leads from it to the
numbers that it was computed from, and in the end to raw cells, which are PropertyValues too: their
ids are RFC 7111 fragments of the CSV files in the crate, such as
``data/raw/2026Q1/observations.csv#cell=43,5``, and ``citation`` names the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from suyuan.contract.words import Words
from suyuan.core.layout import Layout
from suyuan.lineage.build import Build, RawCell
from suyuan.lineage.facets import DOCUMENTS
from suyuan.lineage.value import TEXT
from suyuan.outputs.format import all_formats
from suyuan.outputs.package import CRATE, HTML, STATEMENT, contents

SPECIFICATION = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
CONTEXT = [f"{SPECIFICATION}/context", {"sha256": "http://schema.org/sha256"}]  # not yet in 1.1
LICENCE, AUTHORS = "https://spdx.org/licenses/MIT", "#authors"
ISO_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
TYPES = {
    ".html": "text/html", ".pdf": "application/pdf", ".json": "application/json",
    ".csv": "text/csv", ".svg": "image/svg+xml",
    ".yaml": "application/yaml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}  # fmt: skip

Entity = dict[str, Any]


class Run(NamedTuple):
    """The run of a stage: files that it read and wrote, by their names in the project."""

    stage: str
    read: Sequence[str]
    wrote: Sequence[str]


def reference(*ids: str) -> Any:
    """One reference, or a list of several."""
    links = [{"@id": name} for name in ids]
    return links[0] if len(links) == 1 else links


def cell_id(cell: RawCell) -> str:
    """A raw cell as a fragment of its file, by position (RFC 7111)."""
    return f"{cell.source.path}#cell={cell.line},{cell.place}"


def cell_entity(cell: RawCell) -> Entity:
    """A raw cell as its file has it, with the document that its row cites."""
    entity: Entity = {
        "@id": cell_id(cell),
        "@type": "PropertyValue",
        "name": cell.id,
        "value": cell.text,
        "isPartOf": reference(cell.source.path),
    }
    if cell.column == "value" and cell.row.get("unit"):
        entity["unitText"] = cell.row["unit"]
    if cell.document:
        entity["citation"] = reference(f"#source-{cell.document}")
    return entity


def derivation(build: Build, value_id: str) -> Iterator[str]:
    """Ids of what a value was made from, in the order of the operation's inputs.

    A parent that is a recorded text stands for the cell it was read from.
    """
    for cell in build.cells(value_id):
        yield cell_id(cell)
    for parent in build.inputs(value_id):
        if build.value(parent)["op"] == TEXT:
            yield from derivation(build, parent)
        else:
            yield f"#{parent}"


def value_entity(build: Build, value_id: str) -> Entity:
    """A computed value of the report: exact, as printed, by which operation and from what."""
    entry = build.value(value_id)
    entity: Entity = {
        "@id": f"#{value_id}",
        "@type": "PropertyValue",
        "name": value_id,
        "value": entry["v"],
        "unitText": entry["u"],
        "measurementTechnique": entry["op"],
    }
    if entry["txt"] != entry["v"]:
        entity["alternateName"] = entry["txt"]
    parents = list(dict.fromkeys(derivation(build, value_id)))
    return entity | ({"wasDerivedFrom": reference(*parents)} if parents else {})


def source_entity(row: Mapping[str, str]) -> Entity:
    """A cited document."""
    entity: Entity = {
        "@id": f"#source-{row['source_id']}",
        "@type": "CreativeWork",
        "name": row["title"],
        "publisher": row["publisher"],
    }
    if ISO_DATE.fullmatch(row["published"]):
        entity["datePublished"] = row["published"]
    return entity | ({"url": row["url"]} if row["url"] else {})


def file_entity(name: str, words: Words, size: int | None, digest: str | None) -> Entity:
    """A file of the crate; size and digest are unknown for one that is written later."""
    path = PurePosixPath(name)
    said = path.name if path.parent.name else words["file"][name]  # data are called as they are
    entity: Entity = {"@id": name, "@type": "File", "name": said}
    media = {each.file: each.media for each in all_formats()}
    entity["encodingFormat"] = media.get(name) or TYPES[path.suffix]
    if size is not None:
        entity |= {"contentSize": str(size), "sha256": digest}
    return entity


def entity_ids(layout: Layout, runs: Iterable[Run]) -> dict[str, str]:
    """Ids in the crate of all files that runs name: of one that does not travel, a fragment."""
    shipped = {layout.name(path): name for name, path in contents(layout)}
    shipped[layout.name(layout.build / STATEMENT)] = STATEMENT
    names = (name for run in runs for name in (*run.read, *run.wrote))
    return {name: shipped.get(name, f"#{name}") for name in names}


def actions(
    runs: Iterable[Run],
    ids: Mapping[str, str],
    made: Mapping[str, Iterable[str]],
    words: Words,
    code: str,
) -> Iterator[Entity]:
    """The run of each stage, and its code as the instrument.

    ``made`` lists ids of the values that first stand in what a stage wrote.
    """
    for run in runs:
        outputs = (*(ids[name] for name in run.wrote), *made.get(run.stage, ()))
        yield {
            "@id": f"#run-{run.stage}",
            "@type": "CreateAction",
            "name": f"suyuan {run.stage}",
            "description": words["stage"][run.stage],
            "instrument": reference(f"#suyuan-{run.stage}"),
            "agent": reference(AUTHORS),
            "object": [{"@id": ids[name]} for name in run.read],
            "result": [{"@id": name} for name in outputs],
        }
        yield {
            "@id": f"#suyuan-{run.stage}",
            "@type": "SoftwareSourceCode",
            "name": f"suyuan {run.stage}",
            "version": code,
            "programmingLanguage": "Python",
        }


def left_behind(ids: Mapping[str, str]) -> Iterator[Entity]:
    """Files that stages read or wrote and that do not travel; the statement digests the inputs."""
    for name, entity in sorted(ids.items()):
        if entity.startswith("#"):
            yield {"@id": entity, "@type": "CreativeWork", "name": name}


def values_by_stage(build: Build, scored: Iterable[str]) -> dict[str, list[str]]:
    """Texts, and numbers that scores.csv holds, were made by score, the others while rendering."""
    known = set(scored)
    made: dict[str, list[str]] = {"score": [], "render": []}
    for name, entry in build.made.items():
        made["score" if name in known or entry["u"] == TEXT else "render"].append(f"#{name}")
    return made


def root_entity(build: Build, words: Words, files: Iterable[str], runs: Iterable[Run]) -> Entity:
    """The report and its data as a data set, dated as the edition is."""
    edition = build.edition
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": f"{edition['title']}（{edition['label']}）",
        "description": edition["subtitle"],
        "version": edition["edition"],
        "datePublished": edition["published"],
        "inLanguage": "zh-CN",
        "license": reference(LICENCE),
        "author": reference(AUTHORS),
        "publisher": reference(AUTHORS),
        "conformsTo": reference(PROFILE),
        "mainEntity": reference(HTML),
        "hasPart": [{"@id": name} for name in files],
        "mentions": [{"@id": f"#run-{run.stage}"} for run in runs],
    }


def crate(
    layout: Layout,
    build: Build,
    words: Words,
    digests: Mapping[str, tuple[int, str]],
    scored: Iterable[str],
    runs: Sequence[Run],
) -> dict[str, Any]:
    """ro-crate-metadata.json over files of known size and digest, by name.

    The statement is named without a digest: it holds this file's. ``scored`` are the value ids
    that scores.csv lists; ``runs`` say which stage read and wrote what.
    """
    package, code = words["package"], build.lineage["code"]
    version = f"{code['version']}+sha256.{code['sha256'][:12]}"
    cells = build.roots(build.made)
    files = [*digests, STATEMENT]
    graph: list[Entity] = [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": reference("./"),
            "conformsTo": reference(SPECIFICATION),
        },
        root_entity(build, words, files, runs),
        {
            "@id": PROFILE,
            "@type": "CreativeWork",
            "name": "Process Run Crate",
            "version": "0.5",
        },
        {
            "@id": LICENCE,
            "@type": "CreativeWork",
            "name": "MIT License",
            "description": package["licence"],
        },
        {"@id": AUTHORS, "@type": "Organization", "name": package["author"]},
    ]
    graph += (file_entity(name, words, *digests.get(name, (None, None))) for name in files)
    ids = entity_ids(layout, runs)
    graph += actions(runs, ids, values_by_stage(build, scored), words, version)
    graph += left_behind(ids)
    graph += (value_entity(build, name) for name in build.made)
    graph += (cell_entity(cell) for cell in cells)
    graph += (source_entity(row) for _, row in build.sources[DOCUMENTS].rows.values())
    return {"@context": CONTEXT, "@graph": graph}
