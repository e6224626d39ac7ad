"""Many values by one name: ``{province}.gdp`` for one per member, ``cn.racks.2*`` for a series."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from suyuan.contract.tables import Records
from suyuan.core.periods import decimal_year
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Value

Members: TypeAlias = Mapping[str, Sequence[str]]  # subjects by the placeholder they stand for
SERIES = "*"  # in the name of a series
MEASURED = "measured"


def dated(value: Value) -> bool:
    """Whether a recorded value says which period it speaks of."""
    return "as_of" in value.meta


def period_of(value: Value) -> float:
    """Where a recorded value stands on the time axis."""
    return decimal_year(value.meta["as_of"])


def series(ledger: Ledger, pattern: str) -> list[Value]:
    """What was measured of a series, on the indicator's own basis, by period."""
    found = (v for v in ledger.matching(pattern) if dated(v) and v.meta.get("kind") == MEASURED)
    return sorted(found, key=period_of)


def children(subjects: Records, parent: str, kind: str) -> list[str]:
    """Subjects of one type under ``parent``, in display order."""
    found = (row for row in subjects if row["parent_id"] == parent and row["type"] == kind)
    return [row["subject_id"] for row in sorted(found, key=lambda row: int(row["order"]))]


def members_of(ledger: Ledger, tables: Mapping[str, Records], region: str) -> Members:
    """{province}: the region's; {vendor}: all suppliers; {ranked}: those with a rank, by rank."""
    vendors = [row["supplier_id"] for row in tables["suppliers"]]
    ranked = [vendor for vendor in vendors if f"{vendor}.rank" in ledger]
    return {
        "province": children(tables["subjects"], region, "province"),
        "vendor": vendors,
        "ranked": sorted(ranked, key=lambda vendor: ledger[f"{vendor}.rank"].number),
    }


def placeholder(text: str, members: Members) -> str:
    """The placeholder that ``text`` holds, braces included; '' when it holds none."""
    return next((mark for name in members if (mark := f"{{{name}}}") in text), "")


def expanded(text: str, members: Members) -> Iterator[str]:
    """``text`` once for each member that its placeholder stands for; as it is without one."""
    mark = placeholder(text, members)
    found = [text.replace(mark, member) for member in members[mark[1:-1]]] if mark else []
    yield from found or [text]
