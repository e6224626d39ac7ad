"""Parts of a whole whose printed digits do not add up to it, each rounded by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from suyuan.core.numbers import MINUS, ungrouped
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import TEXT, Value, indicator_of

FEWEST = 3
EXACT = Decimal("0.00001")  # results of analyses are kept with six decimals


@dataclass(frozen=True)
class Unadded:
    """Values of one indicator that make up 1, and what their printed digits add up to."""

    indicator: str
    parts: tuple[str, ...]
    total: str


def unadded(ledger: Ledger, values: Iterable[Value]) -> list[Unadded]:
    """The groups among ``values`` that add up to 1 and do not in print.

    A group is one indicator of several subjects, or of one subject with several qualifiers, made
    alike. One that prints a bound, as <1%, is not added up.
    """
    groups: dict[tuple[object, ...], dict[str, Value]] = defaultdict(dict)
    for value in values:
        if value.unit != TEXT and value.parents:
            for key in _groups(ledger, value):
                groups[key][value.id] = value
    found = (_added(list(group.values())) for group in groups.values())
    return [each for each in found if each]


def _groups(ledger: Ledger, value: Value) -> Iterator[tuple[object, ...]]:
    subject, indicator, *qualifier = value.id.split(".")
    made = (value.op, ledger[value.parents[0]].op)
    yield ("subjects", indicator, *qualifier, made)
    if qualifier:
        yield ("qualifiers", indicator, subject, made)


def _added(parts: list[Value]) -> Unadded | None:
    whole = sum((part.number for part in parts), Decimal(0))
    if len(parts) < FEWEST or abs(whole - 1) > EXACT:
        return None
    cents = [part.txt.endswith("%") for part in parts]
    texts = [ungrouped(part.txt).removesuffix("%").replace(MINUS, "-") for part in parts]
    if len(set(cents)) > 1 or any(text[0] in "<>" for text in texts):
        return None
    total = sum(map(Decimal, texts), Decimal(0))
    if total == (100 if cents[0] else 1):
        return None
    ids = tuple(part.id for part in parts)
    return Unadded(indicator_of(ids[0]), ids, f"{total}{'%' if cents[0] else ''}")
