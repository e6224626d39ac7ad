"""``suyuan check --since REVISION``: what each changed cell does, before anything is built."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from suyuan.contract.config import Config, read_config
from suyuan.contract.edition import possible_schemas
from suyuan.contract.messages import message, questions
from suyuan.contract.tables import keyed_rows
from suyuan.contract.words import read_words
from suyuan.core.errors import LookupFailed, Problem, ReportedError
from suyuan.core.layout import Layout
from suyuan.diff.asked import unpacked
from suyuan.diff.bare import computed
from suyuan.diff.document import Difference
from suyuan.diff.inputs import Factor
from suyuan.diff.rendered import render
from suyuan.diff.shown import Shown
from suyuan.diff.sides import Side
from suyuan.diff.unusual import TABLE, Known, asked
from suyuan.diff.view import Item
from suyuan.domain.operations import OPERATIONS

TEMPLATE = "since.txt.jinja"
SINCE = "--since"
MOST = 4  # items of a kind that are named
TAKEN = ("templates", "workflow")  # of the files at hand: method by today's code, data as it was


@dataclass(frozen=True)
class Effect:
    """A changed cell or row, where it stands, and all that it moved."""

    title: str
    place: str  # file:line, or the file where the row is gone
    before: str
    after: str
    items: tuple[Item, ...]

    def of(self, *kinds: str) -> list[Item]:
        """What it moved, of some kinds."""
        return [item for item in self.items if item.kind in kinds]


def run(layout: Layout, config: Config, revision: str) -> str:
    """Each change since a revision with its effects, then the unusual ones as questions.

    Raises LookupFailed as ``unpacked``, E379 where the revision has no such edition; ReportedError
    for unlawful data of either side, that of the revision under its name.
    """
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        old = _as_it_was(layout, revision, folder / "base")
        with _told_of(revision):
            was = read_config(old.root, layout.edition)
            base = computed(revision, old, was, folder / "before")
        head = computed(layout.edition, layout, config, folder / "after")
        words = read_words(layout)
        found = Difference(base, head, possible_schemas(layout), OPERATIONS, words)
        document = found.to_json() | {"text": [], "figures": []}
        shown = Shown.of(layout.root, document, base, head)
        lines = Lines(head)
        effects = [_effect(factor, shown, lines) for factor in found.inputs.told]
        file = layout.name(layout.raw / f"{TABLE}.csv")
        known = Known(base, file), Known(head, file)
        doubts = asked(found.inputs.told, *known, lines.of(TABLE))
        said = [message(doubt, layout.templates) for doubt in doubts]
        told = render(
            layout.templates, TEMPLATE, shown.view, shown.words,
            effects=effects, revision=revision, most=MOST,
        )  # fmt: skip
    return "\n".join(filter(None, [told.rstrip("\n"), questions(said, layout.templates)]))


def _as_it_was(layout: Layout, revision: str, root: Path) -> Layout:
    """A project with the data and configuration of a revision, and all else as it is now."""
    was = unpacked(layout.root, revision)
    if not Layout(was, layout.edition).raw.is_dir():
        details = {"revision": revision}
        raise LookupFailed(Problem("E379", SINCE, value=layout.edition, details=details))
    root.mkdir()
    for name in ("data", "config"):
        (root / name).symlink_to(was / name)
    for name in TAKEN:
        (root / name).symlink_to(layout.root / name)
    return Layout(root, layout.edition)


@contextmanager
def _told_of(revision: str) -> Iterator[None]:
    """Problems of files as they were are told as git calls them: ``revision:file``."""
    try:
        yield
    except ReportedError as error:
        raise type(error)(replace(p, file=f"{revision}:{p.file}") for p in error.problems) from None


class Lines:
    """In which lines of their files the rows of a side stand."""

    def __init__(self, side: Side) -> None:
        self._side = side
        self._known: dict[str, dict[str, int]] = {}

    def of(self, source: str) -> dict[str, int]:
        """Line numbers by key; none of a YAML file."""
        entry = self._side.sources.get(source)
        if entry is None or not entry["key"]:
            return {}
        if source not in self._known:
            rows = keyed_rows(self._side.folder / entry["path"], entry["path"], entry["key"][0])
            self._known[source] = {key: line for key, (line, _) in rows.items()}
        return self._known[source]

    def place(self, factor: Factor) -> str:
        """Where a changed cell or row stands."""
        file: str = self._side.sources.get(factor.source, {}).get("path", factor.source)
        line = self.of(factor.source).get(factor.keys[1])
        return f"{file}:{line}" if line else file


def _effect(factor: Factor, shown: Shown, lines: Lines) -> Effect:
    first, row = factor.changes[0], [factor.source, factor.keys[1] or factor.keys[0]]
    items = shown.view.of("input")
    own = next(item for item in items if item.id == factor.ref or item.more["place"][:2] == row)
    moved = tuple(item for item in shown.view.items if factor.ref in set(_causes(item)))
    return Effect(own.title, lines.place(factor), first.before, first.after, moved)


def _causes(item: Item) -> Iterator[str]:
    """The inputs that moved it, those counted together too."""
    for cause in item.causes:
        yield cause.ref
        yield from cause.parts
