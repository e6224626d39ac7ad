"""The record of a review: what was accepted or questioned, and whether it still is what was seen.

data/review/<edition>.csv keeps it, a row for each verdict. A verdict holds for an item with the
digest that it saw: what it was, what it is and why. Where that changes the item is open again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from suyuan.contract.tables import read_raw
from suyuan.core.errors import BrokenFile, LookupFailed, Problem
from suyuan.core.files import read_json, write_text
from suyuan.diff.view import ALIKE, FIGURE, INPUT, NEW, NUMBER, QUIET, VALUE, Cause, Item, View

FOLDER = "data/review"
FORMAT = "review/1"
ACCEPTED, QUESTIONED = GIVEN = "accepted", "questioned"
OPEN, REOPENED, FOLLOWS = "open", "reopened", "follows"
CODE = "code.sha256"  # the item that stands for all code; a cause names its digest too
SETTLED = (ACCEPTED, FOLLOWS)
FOLLOWING = (
    VALUE,
    NEW,
    QUIET,
    NUMBER,
    FIGURE,
)  # they follow from their inputs by computation alone


@dataclass(frozen=True)
class Verdict:
    """What somebody said of an item."""

    item: str
    digest: str
    verdict: str
    comment: str
    reviewer: str
    reviewed_on: str
    base: str


SIDES = ".."
COLUMNS = tuple(field.name for field in fields(Verdict))


def place(root: Path, edition: str) -> Path:
    """Where the verdicts on an edition are kept."""
    return root / FOLDER / f"{edition}.csv"


def read(path: Path) -> list[Verdict]:
    """The verdicts of a file, in their order; a spreadsheet may have saved it in its own way.

    Raises BrokenFile: E396 for another header, E395 for a line that is no verdict; DataError as
    ``read_raw``.
    """
    if not path.is_file():
        return []
    name = f"{FOLDER}/{path.name}"
    table = read_raw(path, name)
    if tuple(table.header) != COLUMNS:
        raise BrokenFile(Problem("E396", name, value=",".join(COLUMNS)))
    known = [(line, cells) for line, cells in table.records]
    if wrong := [line for line, cells in known if not _is_verdict(cells)]:
        raise BrokenFile(Problem("E395", name, line, value=str(len(COLUMNS))) for line in wrong)
    return [Verdict(*cells) for _, cells in known]


def _is_verdict(cells: Sequence[str]) -> bool:
    return len(cells) == len(COLUMNS) and cells[COLUMNS.index("verdict")] in GIVEN


def write(path: Path, verdicts: Iterable[Verdict]) -> None:
    """The verdicts as a file, the last one on each item with each digest, sorted by item.

    Those on one item stay in the order in which they were given: the last of them holds.
    """
    last: dict[tuple[str, str, str], Verdict] = {}
    for one in verdicts:
        key = one.item, one.base, one.digest
        last.pop(key, None)
        last[key] = _on_one_line(one)
    text = io.StringIO()
    out = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    out.writeheader()
    out.writerows(asdict(one) for one in sorted(last.values(), key=lambda one: one.item))
    write_text(path, text.getvalue())


def _on_one_line(verdict: Verdict) -> Verdict:
    return Verdict(**{name: " ".join(text.split()) for name, text in asdict(verdict).items()})


def saved(path: Path, view: View, reviewer: str, today: str) -> list[Verdict]:
    """The verdicts of a file that the page has saved.

    Raises LookupFailed: E397 for a file of another kind, E398 for one of another comparison.
    """
    names = [view.document[side]["name"] for side in ("base", "head")]
    try:
        document = read_json(path)
        if document["format"] != FORMAT:
            raise KeyError(FORMAT)
        of = [document["base"], document["head"]]
        by = reviewer or str(document["by"])
        given = [
            Verdict(
                item=str(one["item"]), digest=str(one["digest"]), verdict=str(one["verdict"]),
                comment=str(one["comment"]), reviewer=by, reviewed_on=today, base=names[0],
            )
            for one in document["verdicts"]
        ]  # fmt: skip
    except (KeyError, TypeError) as error:
        raise LookupFailed(Problem("E397", path.name, value=FORMAT)) from error
    if of != names:
        raise LookupFailed(Problem("E398", path.name, value=SIDES.join(of)))
    return [one for one in given if one.verdict in GIVEN]


def judged(
    view: View, patterns: Sequence[str], verdict: str, comment: str, reviewer: str, today: str
) -> list[Verdict]:
    """A verdict on each item whose name matches a pattern. Raises LookupFailed E399 for none."""
    found = []
    for pattern in patterns:
        met = [item for item in view.items if fnmatchcase(item.name, pattern)]
        if not met:
            raise LookupFailed(Problem("E399", "diff.json", value=pattern))
        base = view.document["base"]["name"]
        found += [
            Verdict(item.name, item.digest, verdict, comment, reviewer, today, base) for item in met
        ]
    return found


@dataclass(frozen=True)
class Standing:
    """How an item stands, and the verdict that says so."""

    state: str
    verdict: Verdict | None = None


def standings(view: View, verdicts: Iterable[Verdict]) -> dict[str, Standing]:
    """How every item stands, by its name."""
    of: dict[str, list[Verdict]] = {}
    for one in verdicts:
        of.setdefault(one.item, []).append(one)
    base = view.document["base"]["name"]
    found = {item.name: _own(item, of.get(item.name, ()), base) for item in view.items}
    accepted = {item.id for item in view.of(INPUT) if found[item.name].state == ACCEPTED}
    for item in view.of(*FOLLOWING):
        if found[item.name].state == OPEN and item.causes and _covered(item.causes, accepted):
            found[item.name] = Standing(FOLLOWS)
    return found


def _own(item: Item, verdicts: Sequence[Verdict], base: str) -> Standing:
    """By what was said of the item itself."""
    for one in reversed(verdicts):
        if one.digest == item.digest:
            return Standing(one.verdict, one)
    earlier = [one for one in verdicts if one.base == base]
    return Standing(REOPENED, earlier[-1]) if earlier else Standing(OPEN)


def _covered(causes: Iterable[Cause], accepted: set[str]) -> bool:
    """Whether all the inputs behind some causes were accepted."""
    refs = (ref for cause in causes for ref in (cause.parts or (cause.ref,)))
    return all((CODE if ref.startswith(CODE) else ref) in accepted for ref in refs)


def unsettled(view: View, found: Mapping[str, Standing]) -> list[Item]:
    """The items that nobody has accepted and that do not follow from what was.

    What only stands in another order asks for no verdict.
    """
    return [
        item
        for item in view.items
        if found[item.name].state not in SETTLED and item.change not in ALIKE
    ]


def to_json(found: Mapping[str, Standing]) -> dict[str, Any]:
    """How items stand, for the page; those that nobody has looked at are left out."""
    return {
        name: {"state": one.state} | (
            {"comment": one.verdict.comment, "by": one.verdict.reviewer,
             "on": one.verdict.reviewed_on} if one.verdict else {}
        )
        for name, one in found.items()
        if one.state != OPEN
    }  # fmt: skip
