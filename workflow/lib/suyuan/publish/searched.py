"""Searched: what of an edition the search over editions finds: printed values and claims."""

from __future__ import annotations

from collections.abc import Iterator

from suyuan.core.layout import Layout
from suyuan.core.names import shortened
from suyuan.diff.shown import naming
from suyuan.publish.candidate import Candidate

CLAIM = "claim:"  # before a claim's id, as the report's addresses have it
LONGEST = 80  # characters of a text
Entry = list[str]  # id, name, text as printed


def entries(candidate: Candidate) -> Iterator[Entry]:
    """What is printed, once each, in the order of the page."""
    side = candidate.side
    layout, lineage = Layout(candidate.root, side.edition), candidate.lineage
    named = naming(layout, side, side)
    for value in dict.fromkeys(use["v"] for use in lineage["uses"]):
        cell = named.is_cell(value)  # whose own words say what it is
        name = named.table(value.partition(".")[0]) if cell else named.value(value)
        yield [value, name, shortened(lineage["values"][value]["txt"], LONGEST)]
    for claim, entry in lineage["claims"].items():
        yield [CLAIM + claim, named.claim(claim), shortened(entry["txt"], LONGEST)]
