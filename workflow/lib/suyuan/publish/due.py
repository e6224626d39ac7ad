"""Due: what the next edition should look for, and which prose and claims to read again then.

In: the tables of the last edition and, where its report has been made, its lineage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from suyuan.contract.edition import OBSERVATIONS
from suyuan.contract.freshness import FRESHNESS, aged
from suyuan.contract.table import Row, Table
from suyuan.core.files import read_json
from suyuan.core.layout import Layout
from suyuan.core.periods import last_day
from suyuan.lineage.graph import Entries, gathered

PASSING = ("forecast", "target")  # kinds of rows whose time comes
Cells = Mapping[str, str]


@dataclass(frozen=True)
class Due:
    """Rows of the observations to look for again, by reason; where they stand in the last report.

    ``rows`` by ``aged`` or a kind whose time has come; ``sections`` and ``claims`` name the rows
    behind them, None where no report of the last edition lies here.
    """

    rows: Mapping[str, Sequence[Row]]
    sections: Mapping[str, Sequence[str]] | None
    claims: Mapping[str, Sequence[str]] | None


def due(layout: Layout, tables: Mapping[str, Table], cutoff: str) -> Due:
    """What is due at ``cutoff``, after the edition of ``layout``."""
    found = dict(reasons(tables, cutoff))
    keys = {row.cells["obs_id"] for rows in found.values() for row in rows}
    path = layout.report / "lineage.json"
    if not path.is_file():
        return Due(found, None, None)
    lineage = read_json(path)
    return Due(found, sections(lineage, keys), claims(lineage, keys))


def reasons(tables: Mapping[str, Table], cutoff: str) -> Iterator[tuple[str, list[Row]]]:
    """Observations by why they are due: too old then, or of a time that will have passed."""
    rows = {row.cells["obs_id"]: row for row in tables[OBSERVATIONS].rows}
    if FRESHNESS in tables:
        allowed = [row.cells for row in tables[FRESHNESS].rows]
        old = aged([row.cells for row in rows.values()], allowed, cutoff)
        yield "aged", [rows[cells["obs_id"]] for cells in old]
    now, then = last_day(tables["edition"].rows[-1].cells["cutoff"]), last_day(cutoff)
    for kind in PASSING:
        yield (
            kind,
            [
                row
                for row in rows.values()
                if row.cells["kind"] == kind
                and row.cells["as_of"]
                and not row.cells["restates"]
                and now <= last_day(row.cells["as_of"]) <= then
            ],
        )


def _resting(
    values: Mapping[str, Any], keys: set[str], wanted: Iterable[str]
) -> dict[str, list[str]]:
    """Those of ``wanted`` values that rest on the observations ``keys``, with these."""
    graph, known = Entries(values), dict[str, dict[str, None]]()

    def own(value_id: str) -> Iterator[str]:
        for table, _, cells in values[value_id].get("src", ()):
            if table == OBSERVATIONS:
                yield from keys.intersection(cells)

    found = {name: list(gathered(graph, name, known, own)) for name in dict.fromkeys(wanted)}
    return {name: cells for name, cells in found.items() if cells}


def sections(lineage: Mapping[str, Any], keys: set[str]) -> dict[str, list[str]]:
    """The sections that print one of the observations itself, in order, and which."""
    values = lineage["values"]
    found: dict[str, dict[str, None]] = {}
    for use in lineage["uses"]:
        for table, _, cells in values[use["v"]].get("src", ()):
            if table == OBSERVATIONS and (there := keys.intersection(cells)):
                found.setdefault(use["sec"], {}).update(dict.fromkeys(sorted(there)))
    return {section: list(rows) for section, rows in sorted(found.items())}


def claims(lineage: Mapping[str, Any], keys: set[str]) -> dict[str, list[str]]:
    """The claims that rest on one of the observations, computed or not, and on which."""
    facts = {name: claim["in"] for name, claim in lineage["claims"].items()}
    resting = _resting(lineage["values"], keys, (fact for own in facts.values() for fact in own))
    found = {
        name: sorted({key for fact in own for key in resting.get(fact, ())})
        for name, own in facts.items()
    }
    return {name: rows for name, rows in found.items() if rows}
