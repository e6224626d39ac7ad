"""Marks of the assessment's figures: weights of the tree, ratings, verdicts on criteria.

In: values and processed tables. Out: tables of marks as drawings want them, in drawing order.
``ids`` names by column the values that a mark's texts come from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pandas as pd

from suyuan.domain.assessment.model import REGION, SCORE
from suyuan.domain.assessment.tree import Tree
from suyuan.lineage.ledger import Ledger

Mark: TypeAlias = dict[str, Any]
Reader = Callable[[str], pd.DataFrame]
IDS = "ids"
NOTHING = float("nan")


def _mark(ledger: Ledger, value_id: str, v: float, ids: dict[str, str], **more: Any) -> Mark:
    """A mark of ``value_id`` whose texts are those of the values that ``ids`` names."""
    texts = {column: ledger[name].txt for column, name in ids.items()}
    value = {"x": "", "value_id": value_id, "v": v, "txt": ledger[value_id].txt}
    return value | texts | more | {IDS: ids}


def weights(ledger: Ledger, read: Reader) -> Iterator[Mark]:
    """The weight of every node below the composite, parents first.

    ``series`` is the dimension it belongs to; ``node`` and ``parent`` say where it stands.
    """
    for path in Tree.of(read("tree").to_dict("records")).paths(SCORE):
        node, parent = path[-1], path[-2] if len(path) > 1 else ""
        ids = {"series": f"tree.name.{path[0]}", "label": f"tree.name.{node}"}
        weight = f"{node}.weight"
        number = float(ledger[weight].number)
        yield _mark(ledger, weight, number, ids, node=node, parent=parent)


def ratings(ledger: Ledger, read: Reader) -> Iterator[Mark]:
    """Every vendor's rating on every leaf of both trees; where there is none, why not.

    ``v`` is in points, NaN where missing; ``group`` is the dimension, or the regional index;
    ``grade`` is that of the evidence and ``sureness`` its place among all, 1 for the best.
    """
    tree, grades = Tree.of(read("tree").to_dict("records")), list(read("grades")["grade"])
    vendors = list(read("suppliers")["supplier_id"])
    groups = {leaf: path[0] for path in tree.paths(SCORE) for leaf in path[-1:]}
    groups |= {path[-1]: REGION for path in tree.paths(REGION)}
    for leaf in (*tree.leaves(SCORE), *tree.leaves(REGION)):
        for vendor in vendors:
            rating, key = f"{vendor}.rating.{leaf}", f"{vendor}_{leaf}"
            known = rating in ledger
            if not known and f"ratings.rationale.{key}" not in ledger:
                continue  # no row at all: an empty place
            grade = ledger[f"ratings.grade.{key}"].txt if known else ""
            yield _mark(
                ledger,
                rating if known else f"ratings.rationale.{key}",
                float(ledger[rating].number) if known else NOTHING,
                {"series": f"subjects.name.{vendor}"},
                label=ledger[f"tree.name.{leaf}"].txt,
                group=ledger[f"tree.name.{groups[leaf]}"].txt,
                grade=grade,
                sureness=1 - grades.index(grade) / len(grades) if known else NOTHING,
            )


def verdicts(ledger: Ledger, read: Reader) -> Iterator[Mark]:
    """The verdict on every vendor by every criterion.

    ``group`` is the criterion's term; ``level`` is how far the criterion is met, from 1 for
    wholly to 0 for not at all, NaN where nothing is known; ``said`` is the verdict in words.
    """
    levels = list(read("fulfilment")["verdict"])
    steps = len(levels) - 2  # the last is no level: it says that nothing is known
    rated = read("criterion_ratings").set_index(["criterion_id", "subject_id"])
    for criterion in read("criteria").itertuples():
        for vendor in read("suppliers")["supplier_id"]:
            row = rated.loc[(criterion.criterion_id, vendor)]
            place = levels.index(row["verdict"])
            yield _mark(
                ledger,
                f"criterion_ratings.verdict.{row['criterion_rating_id']}",
                NOTHING,
                {
                    "series": f"subjects.name.{vendor}",
                    "said": f"fulfilment.name.{row['verdict']}",
                },
                label=criterion.name,
                group=ledger[f"terms.name.{criterion.term_id}"].txt,
                level=1 - place / steps if place <= steps else NOTHING,
            )


MARKS: dict[str, Callable[[Ledger, Reader], Iterator[Mark]]] = {
    made.__name__: made for made in (weights, ratings, verdicts)
}
