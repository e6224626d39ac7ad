"""The weights of the tree: a mark for every node below the composite, or below so far down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Number, Text
from suyuan.domain.assessment.model import SCORE
from suyuan.domain.assessment.tree import IndicatorTree
from suyuan.figures.book import Book
from suyuan.figures.description import Spec
from suyuan.figures.source import OF, Source


def _marks(book: Book, spec: Spec) -> Iterator[dict[str, Any]]:
    """The weight of every node below the composite, parents first, at most so many ``levels``.

    ``series`` is the dimension it belongs to; ``node`` and ``parent`` say where it stands.
    """
    for path in IndicatorTree.of(book.table("tree").to_dict("records")).paths(SCORE):
        if len(path) > spec.get(LEVELS, len(path)):
            continue
        node, parent = path[-1], path[-2] if len(path) > 1 else ""
        ids = {"series": f"tree.name.{path[0]}", "label": f"tree.name.{node}"}
        weight = f"{node}.weight"
        number = float(book.value(weight).number)
        yield book.mark(weight, number, ids, node=node, parent=parent)


LEVELS = "levels"
GIVES = frozenset({"v", "node", "parent"})
SOURCE = Source(
    required={OF: Text()},
    optional={LEVELS: Number()},
    gives=lambda _: GIVES,
    table=lambda book, spec: pd.DataFrame(_marks(book, spec)),
)
