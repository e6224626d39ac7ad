"""Standing: what an edition lacks at its own cutoff. The clock only says which edition is asked of.

What must be there and is not refuses the edition; what is late or old is said of it, and stands in
its report as well, where the same registers put it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from suyuan.contract import edition as editions
from suyuan.contract.config import check_edition
from suyuan.contract.edition import OBSERVATIONS
from suyuan.contract.freshness import FRESHNESS, RELEASES, aged, late, missing
from suyuan.contract.messages import catalogue, message
from suyuan.contract.table import Row, Table
from suyuan.core import clock
from suyuan.core.errors import DataError, LookupFailed, Problem, whole
from suyuan.core.layout import Layout
from suyuan.core.periods import last_quarter

ARGUMENT = "EDITION"  # where its name stands on the command line


@dataclass(frozen=True)
class Standing:
    """What an edition lacks: rows of its quarter, issues of sources, records new enough."""

    layout: Layout
    cutoff: str
    missing: Sequence[Problem]
    late: Sequence[Problem]
    aged: Sequence[Row]


def edition_due() -> str:
    """The edition that is due by the clock: that of the last quarter that is over."""
    return last_quarter(clock.today())


def standing(root: Path, edition: str) -> Standing:
    """How an edition stands.

    Raises LookupFailed E702 where nobody has begun it, E708 where only later ones have been begun,
    as by a clock that is wrong; DataError where it is not lawful.
    """
    check_edition(edition, ARGUMENT, 0)
    layout = Layout(root, edition)
    if not layout.raw.is_dir():
        before, place = layout.before, layout.name(layout.raw)
        about = {"today": clock.today().isoformat(), "old": before.edition if before else ""}
        raise LookupFailed(whole("E702" if before else "E708", place, edition, about))
    tables = editions.check(layout)
    (own,) = tables["edition"].rows
    cutoff = own.cells["cutoff"]
    return Standing(
        layout,
        cutoff,
        list(_missing(tables, cutoff)),
        list(_late(tables, cutoff)),
        _aged(tables, cutoff),
    )


def held(found: Standing) -> None:
    """Raise DataError E703 for each row of its quarter that the edition should have."""
    if found.missing:
        raise DataError(found.missing)


def said(found: Standing) -> str:
    """What is told of an edition that may be published: what is late, and what is old."""
    templates = found.layout.templates
    words = catalogue(templates)
    lines = [words["stands"].format(edition=found.layout.edition, cutoff=found.cutoff)]
    if found.late:
        late_ones = [message(problem, templates) for problem in found.late]
        lines += [words["stands_late"].format(count=len(late_ones)), *late_ones]
    if found.aged:
        lines.append(words["stands_aged"].format(count=len(found.aged)))
    if not found.late and not found.aged:
        lines.append(words["stands_well"])
    return "\n".join(lines)


def _cells(tables: Mapping[str, Table], name: str) -> list[Mapping[str, str]]:
    return [row.cells for row in tables[name].rows] if name in tables else []


def _missing(tables: Mapping[str, Table], cutoff: str) -> Iterator[Problem]:
    file = tables[OBSERVATIONS].file
    for own, quarter in missing(_cells(tables, OBSERVATIONS), _cells(tables, FRESHNESS), cutoff):
        details = {"quarter": quarter}
        yield Problem("E703", file, 1, "indicator_id", own["indicator_id"], details)


def _late(tables: Mapping[str, Table], cutoff: str) -> Iterator[Problem]:
    for own in late(_cells(tables, "sources"), _cells(tables, RELEASES), cutoff):
        key, title = own.release["release_id"], own.release["title"]
        (line,) = (row.line for row in tables[RELEASES].rows if row.cells["release_id"] == key)
        details = {"due": own.due, "newest": own.newest or "—", "series": own.release["series"]}
        yield Problem("W704", tables[RELEASES].file, line, "expected_by", title, details)


def _aged(tables: Mapping[str, Table], cutoff: str) -> list[Row]:
    old = aged(_cells(tables, OBSERVATIONS), _cells(tables, FRESHNESS), cutoff)
    keys = {cells["obs_id"] for cells in old}
    return [row for row in tables[OBSERVATIONS].rows if row.cells["obs_id"] in keys]
