"""What the edition before printed, and why it is another number now: for the page itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from suyuan.contract.config import Config, read_config
from suyuan.contract.edition import possible_schemas
from suyuan.contract.words import read_words
from suyuan.core.layout import Layout
from suyuan.diff.document import Difference
from suyuan.diff.named import Named
from suyuan.diff.shown import naming
from suyuan.diff.sides import EDITION, Side
from suyuan.domain.operations import OPERATIONS

FEW = 3  # causes that are named


@dataclass(frozen=True)
class Changed:
    """A value of which the edition before printed something else.

    ``txt`` is what it printed, '' where it had no such value; ``causes`` are the largest, each
    with its share, '' where it has none; ``more`` counts the others.
    """

    txt: str
    causes: tuple[tuple[str, str], ...]
    more: int

    def to_json(self) -> list[Any]:
        return [self.txt, [list(cause) for cause in self.causes], self.more]


@dataclass(frozen=True)
class Before:
    """The edition before by its label, and the values that are others now, by id."""

    label: str
    values: Mapping[str, Changed]


def before(layout: Layout, config: Config, lineage: str) -> Before | None:
    """What changed since the edition before; None where it does not lie beside this one.

    ``lineage`` is the text of lineage.json. Raises ReportedError for unlawful data of the edition
    before.
    """
    old, head = layout.before, Side(config.edition, layout.root, layout.build, lineage)
    if old is None or head.rows(EDITION)[layout.edition]["previous"] != old.edition:
        return None
    computed = import_module("suyuan.diff.bare").computed  # by pandas: the first edition needs none
    with TemporaryDirectory() as scratch:
        was = read_config(layout.root, old.edition)
        code = head.lineage["code"]
        base = computed(old.edition, old, was, Path(scratch), texts=True, code=code)
        found = Difference(base, head, possible_schemas(layout), OPERATIONS, read_words(layout))
        named = naming(layout, base, head)
        used = {use["v"] for use in head.lineage["uses"]}
        label = base.rows(EDITION)[old.edition]["label"]
        return Before(label, dict(_changed(found.of(used), named)))


def _changed(entries: Iterable[Mapping[str, Any]], named: Named) -> Iterable[tuple[str, Changed]]:
    for entry in entries:
        if entry["change"] == "removed" or not entry["printed_changed"]:
            continue
        if not entry["causes"]:  # of a page's own counts: the edition before has no page here
            continue
        shares = [cause["contribution"] for cause in entry["causes"]]
        known = [] if None in shares else named.amounts(entry["id"], shares, entry["printed_after"])
        names = [named.ref(cause["ref"]) for cause in entry["causes"]]
        causes = list(zip_longest(names, known, fillvalue=""))
        was = entry["printed_before"] or ""
        yield entry["id"], Changed(was, tuple(causes[:FEW]), len(causes[FEW:]))
