"""Parts of an analysis: some vendors at a time, so that asking all inputs stays affordable.

Whether an input can move an analysis is asked by computing it again. Of many vendors, each input is
asked where its own vendor stands among a few: as many computations, each of the same size. Up to
``TOGETHER`` vendors are one part, the analysis itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from math import isqrt
from typing import Protocol

from suyuan.lineage.operation import Operand

TOGETHER = 8  # vendors of a part


class Named(Operand, Protocol):
    """A parent value with its id."""

    @property
    def id(self) -> str: ...


def blocks(count: int, most: int) -> list[range]:
    """The places from 0 to ``count`` in as few runs of about one length as ``most`` allows."""
    number = max(1, -(-count // most))
    ends = [count * place // number for place in range(number + 1)]
    return [range(*pair) for pair in pairwise(ends)]


def of_vendors(parents: Sequence[Named], indicator: str) -> Iterator[list[int]]:
    """Places of parents by parts: what is some vendors' own, and what is common to all.

    A vendor is who has an ``indicator``; a text of the vendor's is that of such a value's row.
    """
    owner: dict[str, str] = {}  # by the first part of an id, or the key of a row
    for parent in parents:
        subject, own, *rest = parent.id.split(".")
        if own == indicator:
            owner |= {subject: subject, "_".join((subject, *rest)): subject}

    def vendor(parent: Named) -> str:
        subject, _, *rest = parent.id.split(".")
        return owner.get(subject) or owner.get("_".join(rest), "")

    whose = [vendor(parent) for parent in parents]
    vendors = list(dict.fromkeys(filter(None, whose)))
    for block in blocks(len(vendors), TOGETHER):
        among = {"", *(vendors[place] for place in block)}
        yield [place for place, own in enumerate(whose) if own in among]


def of_pairs(parents: Sequence[object]) -> Iterator[list[int]]:
    """The same of n numbers, then n · (n − 1) odds, row by row, then what is common to all."""
    count = isqrt(len(parents))
    if count <= TOGETHER:
        yield list(range(len(parents)))
        return
    common = range(count * count, len(parents))
    for pair in combinations(blocks(count, TOGETHER // 2), 2):
        some = [place for block in pair for place in block]
        odds = [
            count + one * (count - 1) + other - (other > one)
            for one in some
            for other in some
            if other != one
        ]
        yield [*some, *odds, *common]
