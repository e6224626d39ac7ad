"""The ratings of all vendors on the leaves of both trees."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from suyuan.contract.shapes import Text
from suyuan.domain.assessment.model import REGION, SCORE
from suyuan.domain.assessment.tree import IndicatorTree
from suyuan.figures.book import Book
from suyuan.figures.description import Spec
from suyuan.figures.source import OF, Source

NOTHING = float("nan")


def _marks(book: Book, spec: Spec) -> Iterator[dict[str, Any]]:
    """Every vendor's rating on every leaf of both trees; where there is none, why not.

    ``v`` is in points, NaN where missing; ``group`` is the dimension, or the regional index;
    ``grade`` is that of the evidence and ``sureness`` its place among all, 1 for the best.
    """
    tree = IndicatorTree.of(book.table("tree").to_dict("records"))
    grades = list(book.table("grades")["grade"])
    vendors = list(book.table("suppliers")["supplier_id"])
    groups = {leaf: path[0] for path in tree.paths(SCORE) for leaf in path[-1:]}
    groups |= {path[-1]: REGION for path in tree.paths(REGION)}
    for leaf in (*tree.leaves(SCORE), *tree.leaves(REGION)):
        for vendor in vendors:
            rating, key = f"{vendor}.rating.{leaf}", f"{vendor}_{leaf}"
            known = rating in book.ledger
            if not known and f"ratings.rationale.{key}" not in book.ledger:
                continue  # no row at all: an empty place
            grade = book.value(f"ratings.grade.{key}").txt if known else ""
            yield book.mark(
                rating if known else f"ratings.rationale.{key}",
                float(book.value(rating).number) if known else NOTHING,
                {"series": f"subjects.name.{vendor}"},
                label=book.value(f"tree.name.{leaf}").txt,
                group=book.value(f"tree.name.{groups[leaf]}").txt,
                grade=grade,
                sureness=1 - grades.index(grade) / len(grades) if known else NOTHING,
                missing=spec["missing"],
            )


GIVES = frozenset({"v", "group", "grade", "sureness", "missing"})
SOURCE = Source(
    required={OF: Text(), "missing": Text()},
    optional={},
    gives=lambda _: GIVES,
    table=lambda book, spec: pd.DataFrame(_marks(book, spec)),
)
