"""Weight: which items of a kind a reader should see first; the least comes first."""

from __future__ import annotations

from suyuan.diff.named import PERCENT
from suyuan.diff.tabled import CELL
from suyuan.diff.view import Item

CLAIMS = ("flipped", "added", "removed", "reworded", "nearer", "margin")  # by weight


def of_claim(item: Item) -> tuple[int, str]:
    """What flipped before what only came nearer to it."""
    return CLAIMS.index(item.change), item.id


def of_text(item: Item) -> tuple[bool, bool]:
    """Prose before tables, what reads otherwise before what is new; in the order of the page."""
    return item.more["piece"] == CELL, item.change != "changed"


def of_value(item: Item) -> tuple[bool, bool, float, str]:
    """What the text prints first, counts last; then by how far it moved, a share by its points.

    A probability that doubles from one per cent is no large move, nor is one row more.
    """
    share = PERCENT in item.after and item.more["moved"] is not None
    moved = item.more["moved"] if share else item.relative
    return not item.sections, item.more["counted"], -abs(moved or 0), item.id
