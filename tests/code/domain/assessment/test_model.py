"""The assessment model that values make up, also where it is made from the last one."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import pytest

from suyuan.domain.assessment.model import LAST, Model, model_of


class Given(NamedTuple):
    id: str
    v: Decimal | str


VALUES = [
    Given("tree.parent_id.a", "score"),
    Given("tree.parent_id.b", "score"),
    Given("tree.parent_id.a1", "a"),
    Given("tree.parent_id.b1", "b"),
    Given("tree.parent_id.b2", "b"),
    *(Given(f"tree.aggregation.{node}", "arithmetic") for node in ("score", "a", "b")),
    *(Given(f"{node}.weight", Decimal("0.5")) for node in ("a", "b", "a1", "b1", "b2")),
    Given("one.rating.a1", Decimal(3)),
    Given("one.rating.b1", Decimal(2)),
    Given("ratings.grade.one_a1", "A"),
    Given("ratings.grade.one_b1", "A"),
    Given("grade_a.spread", Decimal("0.1")),
    Given("grade_b.spread", Decimal("0.2")),
    Given("model.parameter.seed", Decimal(1)),
    Given("rg.other.low", Decimal(1)),
    Given("rg.R0", Decimal("0.7")),
    Given("one.T.low", Decimal("0.2")),
]
ANOTHER = {"score": "a", "a": "b", "b": "a", "arithmetic": "geometric", "A": "B"}


def told(model):
    """All that is asked of a model."""
    parts = {name: part for name, part in vars(model).items() if not name.startswith("_")}
    try:
        shape = model.shape("score")
    except ValueError as error:
        shape = str(error)
    rated = model.rated("one", "score") if not isinstance(shape, str) else ()
    return parts | {"below": model.below}, shape, rated


@pytest.mark.parametrize("place", range(len(VALUES)), ids=[value.id for value in VALUES])
def test_a_model_made_from_the_last_is_the_one_made_anew(place):
    own = VALUES[place]
    other = ANOTHER[own.v] if isinstance(own.v, str) else own.v * 2
    changed = [*VALUES[:place], own._replace(v=other), *VALUES[place + 1 :]]
    base = model_of(list(VALUES))
    before = told(base)
    assert tuple(VALUES) == LAST.parents  # so the next is made from it
    anew = Model()
    anew.read(changed)
    assert told(model_of(changed)) == told(anew) != before
    assert told(model_of(list(VALUES))) == before  # which is left as it was
