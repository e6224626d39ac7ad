"""Stretches of parents: where two sides made a value from others, part by part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Stretch:
    """Parents on either side, and the inputs that put the head's in place; 0 where alike."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    by: int


def parted(
    parents: Sequence[str], bringing: Callable[[str], int], *, each: bool
) -> list[tuple[str, ...]]:
    """Parents that came, or went, one after the other: apart where other inputs bring them.

    A parent that nothing brings, as a weight beside a score, goes with the one before it.
    ``each``: what is counted comes and goes one by one.
    """
    found: list[tuple[str, ...]] = []
    before = 0
    for parent in parents:
        own = bringing(parent)
        if found and not each and (not own or not before or own == before):
            found[-1] = (*found[-1], parent)
        else:
            found.append((parent,))
        before = own or before
    return found
