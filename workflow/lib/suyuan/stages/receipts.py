"""Receipts: what a stage was made from, and what it made. They decide what is up to date.

A stage that ends well leaves build/<edition>/receipts/<stage>.json: digests of all inputs that it
and the stages before it were made from, and of the files that it wrote. A stage that was killed or
failed leaves none. Before each run every receipt is held against the files: where it is not true,
it is put aside, and the stage runs again, whatever dates files have and Snakemake remembers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from suyuan.core import inputs
from suyuan.core.errors import BrokenFile, Problem, StaleBuild
from suyuan.core.files import dump_listing, read_json, sha256, write_text
from suyuan.core.layout import Layout
from suyuan.stages.chain import STAGES, before, kinds, paths

MADE_FROM, MADE = "made_from", "made"
Digests = Mapping[str, str]  # of inputs, by kind


def made_from(
    layout: Layout, stages: Iterable[str], known: Digests | None = None
) -> dict[str, Digests]:
    """Digests of the inputs of stages and of all stages before them, by stage.

    Of kinds whose digests are ``known`` no file is read.
    """
    wanted = {stage: kinds(stage) for stage in stages}
    known = known or {}
    missing = {kind for found in wanted.values() for kind in found if kind not in known}
    digests = {**known, **inputs.digests(layout, missing)}
    return {stage: {kind: digests[kind] for kind in found} for stage, found in wanted.items()}


def receipt(layout: Layout, stage: str) -> Path:
    """Where the receipt of a stage lies."""
    return layout.build / "receipts" / f"{stage}.json"


def _aside(layout: Layout, stage: str) -> Path:
    return layout.build / "receipts/aside" / f"{stage}.json"


def write(layout: Layout, stage: str, digests: Digests) -> None:
    """Write the receipt of a stage that ended well."""
    made = {name: sha256(path) for name, path in _products(layout, stage).items()}
    document = {"stage": stage, MADE_FROM: dict(digests), MADE: made}
    write_text(receipt(layout, stage), dump_listing(document))


def _products(layout: Layout, stage: str, of: Iterable[str] | None = None) -> dict[str, Path]:
    """Files that a stage writes, by name; those of the products ``of`` where given."""
    wanted = STAGES[stage].writes if of is None else of
    return {layout.name(path): path for product in wanted for path in paths(layout, product)}


def settle(layout: Layout, digests: Mapping[str, Digests]) -> None:
    """Put aside every receipt that is not true of the files, so that its stage runs again.

    One that has become true, because an edit was taken back, is put in its place again.
    """
    for stage, own in digests.items():
        path, aside = receipt(layout, stage), _aside(layout, stage)
        if path.is_file() and not _true(layout, stage, path, own):
            doubt(layout, stage)
        elif not path.is_file() and aside.is_file() and _true(layout, stage, aside, own):
            aside.replace(path)


def doubt(layout: Layout, stage: str) -> None:
    """Put aside the receipt of a stage, if it has one, so that the stage runs again."""
    path, aside = receipt(layout, stage), _aside(layout, stage)
    if path.is_file():
        aside.parent.mkdir(exist_ok=True)
        path.replace(aside)


def changed(layout: Layout, stage: str, digests: Digests) -> tuple[str, ...] | None:
    """Kinds of inputs that are others than when the receipt was written that was put aside.

    None where there is no such receipt.
    """
    made_from = _read(_aside(layout, stage))[MADE_FROM]
    return tuple(k for k in digests if made_from.get(k) != digests[k]) if made_from else None


def untrue(
    layout: Layout, digests: Mapping[str, Digests]
) -> tuple[list[str], list[str], list[str]]:
    """What keeps receipts from being true: places of inputs that changed, and files by name.

    First those that were made and are others or gone; then what is not made yet: receipts, and
    products that an edit has brought.
    """
    places: dict[str, None] = {}
    damaged: dict[str, None] = {}
    unmade: dict[str, None] = {}
    for stage, own in digests.items():
        said = _read(receipt(layout, stage))
        if not said[MADE]:
            unmade[layout.name(receipt(layout, stage))] = None
            continue
        changed = (kind for kind in own if said[MADE_FROM].get(kind) != own[kind])
        places |= dict.fromkeys(inputs.folder(layout, kind) for kind in changed)
        made = said[MADE]
        unmade |= dict.fromkeys(name for name in _products(layout, stage) if name not in made)
        for name, digest in made.items():
            file = layout.root / name
            if not file.is_file() or sha256(file) != digest:
                damaged[name] = None
    return list(places), list(damaged), list(unmade)


def _true(layout: Layout, stage: str, path: Path, digests: Digests) -> bool:
    said = _read(path)
    made, products = said[MADE], _products(layout, stage)
    return (
        said[MADE_FROM] == digests
        and made.keys() == products.keys()
        and all(file.is_file() and sha256(file) == made[name] for name, file in products.items())
    )


def _read(path: Path) -> dict[str, Any]:
    """A receipt; one that says nothing where there is none or it is not whole."""
    nothing: dict[str, Any] = {MADE_FROM: {}, MADE: {}}
    try:
        said = read_json(path) if path.is_file() else nothing
    except BrokenFile:
        return nothing
    whole = isinstance(said, dict) and all(isinstance(said.get(key), dict) for key in nothing)
    return said if whole else nothing


def check_reads(layout: Layout, stage: str, digests: Digests) -> None:
    """Raise StaleBuild where the stages before have not left what ``stage`` reads.

    E411 for a stage that left no receipt, E410 for a kind of inputs edited since the first of
    them ran, E180 for a product that is another. ``digests`` are those of the inputs of
    ``stage``; the inputs of earlier stages are among them.
    """
    problems: dict[str, Problem] = {}  # by place: one edit outdates many products
    for earlier in before(stage):
        path = receipt(layout, earlier.name)
        said, own = _read(path), {kind: digests[kind] for kind in kinds(earlier.name)}
        if not path.is_file():
            found = [Problem("E411", layout.name(path), value=earlier.name)]
        elif said[MADE_FROM] != own:
            changed = (kind for kind in own if said[MADE_FROM].get(kind) != own[kind])
            places = dict.fromkeys(inputs.folder(layout, kind) for kind in changed)
            found = [Problem("E410", place, value=earlier.name) for place in places]
        else:
            wanted = (product for product in earlier.writes if product in STAGES[stage].reads)
            found = [
                Problem("E180", name)
                for name, file in _products(layout, earlier.name, wanted).items()
                if not file.is_file() or sha256(file) != said[MADE].get(name)
            ]
        for problem in found:
            problems.setdefault(problem.file, problem)
    if problems:
        raise StaleBuild(problems.values())
