"""Many values by one name: ``{province}.gdp`` for one per member, ``cn.racks.2*`` for a series."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from suyuan.contract.tables import Records
from suyuan.core.periods import decimal_year
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Group, Rows, Shelf
from suyuan.lineage.value import Value

Members: TypeAlias = Mapping[str, Sequence[str]]  # subjects by the placeholder they stand for
MEMBERS = "members:"  # before a placeholder: the reading that found whom it stands for
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


def children(subjects: Rows, parent: str, kind: str) -> list[str]:
    """Subjects of one type under ``parent``, in display order."""
    return subjects.where(parent_id=parent, type=kind).ordered("order").row_keys()


def members_of(ledger: Ledger, tables: Mapping[str, Records], region: str) -> Members:
    """{province}: the region's; {vendor}: all suppliers; {ranked}: those with a rank, by rank."""
    shelf = Shelf(ledger, tables)
    with ledger.reading(f"{MEMBERS}province", "the region's provinces, in display order"):
        ledger.note("config", "region")
        provinces = children(shelf["subjects"], region, "province")
    with ledger.reading(f"{MEMBERS}vendor", "all suppliers"):
        vendors = shelf["suppliers"].row_keys()
    with ledger.reading(f"{MEMBERS}ranked", "suppliers with a rank, by rank"):
        ranked = [v for v in shelf["suppliers"].row_keys() if f"{v}.rank" in ledger]
        ranked.sort(key=lambda vendor: ledger[f"{vendor}.rank"].number)
    return {"province": provinces, "vendor": vendors, "ranked": ranked}


def placeholders(entry: object, members: Members) -> tuple[str, ...]:
    """The placeholders in an entry of a configuration file, whatever its shape."""
    said = str(entry)
    return tuple(name for name in members if f"{{{name}}}" in said)


def choices(ledger: Ledger, names: Iterable[str]) -> list[Group]:
    """What was read to know whom placeholders stand for."""
    found = (f"{MEMBERS}{name}" for name in names)
    return [ledger.groups[name] for name in found if name in ledger.groups]


@contextmanager
def claiming(ledger: Ledger, claim: str, entry: str, names: Iterable[str]) -> Iterator[None]:
    """What is asked of the ledger inside decides a claim.

    ``entry`` is its key in claims.yaml, ``names`` are the placeholders there.
    """
    rule = "its entry, and what this names"
    with ledger.given(*choices(ledger, names)), ledger.reading(f"claim:{claim}", rule):
        ledger.note("claims", "claims", [entry])
        yield


def placeholder(text: str, members: Members) -> str:
    """The placeholder that ``text`` holds, braces included; '' when it holds none."""
    return next((mark for name in members if (mark := f"{{{name}}}") in text), "")


def expanded(text: str, members: Members) -> Iterator[str]:
    """``text`` once for each member that its placeholder stands for; as it is without one."""
    mark = placeholder(text, members)
    found = [text.replace(mark, member) for member in members[mark[1:-1]]] if mark else []
    yield from found or [text]
