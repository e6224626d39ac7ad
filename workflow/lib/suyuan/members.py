"""Placeholders of configuration: ``{province}.gdp`` stands for one value id per member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import pandas as pd

from suyuan.assessment import ranked_vendors
from suyuan.score import children
from suyuan.values import Ledger

Members: TypeAlias = Mapping[str, Sequence[str]]  # subjects by the placeholder they stand for


def members_of(ledger: Ledger, tables: Mapping[str, pd.DataFrame], region: str) -> Members:
    """{province}: the region's; {vendor}: all suppliers; {ranked}: those with a rank, by rank."""
    ranked = ranked_vendors(ledger, tables["suppliers"])
    return {
        "province": children(tables["subjects"], region, "province"),
        "vendor": list(tables["suppliers"]["supplier_id"]),
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
