"""Parts of an analysis: every input is asked in one, and none grows with the number of vendors."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest

from suyuan.domain.assessment.parts import TOGETHER, blocks, of_pairs, of_vendors
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.value import Value
from suyuan.lineage.verification import Cells, Verdict, asked, check_value


def values(*names):
    return [Value(name, Decimal(place + 1), "1", "", "convert") for place, name in enumerate(names)]


def model(count):
    """A parameter, and of each vendor a rating, its grade and a share."""
    own = [(f"v{n}.rating.x", f"ratings.grade.v{n}_x", f"v{n}.T.low") for n in range(count)]
    return values("model.parameter.seed", *(name for names in own for name in names))


@pytest.mark.parametrize(("count", "parts"), [(1, 1), (8, 1), (9, 2), (50, 7), (100, 13)])
def test_of_many_vendors_some_stand_together_with_what_is_common(count, parts):
    parents = model(count)
    found = list(of_vendors(parents, "rating"))
    assert len(found) == parts
    assert {place for part in found for place in part} == set(range(len(parents)))
    for part in found:
        assert part == sorted(part)
        assert part[0] == 0  # common to all
        owners = {(place - 1) // 3 for place in part[1:]}
        assert len(part) == 1 + 3 * len(owners)  # all that is a vendor's stands with it
        assert len(owners) <= TOGETHER
        assert len(owners) > 1 or count == 1


def test_blocks_are_of_about_one_length():
    assert [len(block) for block in blocks(17, 8)] == [5, 6, 6]
    assert [place for block in blocks(17, 8) for place in block] == list(range(17))


@pytest.mark.parametrize("count", [2, 8, 9, 21])
def test_every_pair_stands_in_a_part_of_few(count):
    odds = [f"v{one}.p_beats.v{other}" for one, other in permutations(range(count), 2)]
    parents = values(*(f"v{n}.F" for n in range(count)), *odds, "model.parameter.resolution")
    found = list(of_pairs(parents))
    assert {place for part in found for place in part} == set(range(len(parents)))
    for part in found:
        names = [parents[place].id for place in part]
        some = [name.split(".")[0] for name in names if name.endswith(".F")]
        assert len(some) <= TOGETHER
        pairs = [f"{one}.p_beats.{other}" for one, other in permutations(some, 2)]
        assert names == [*(f"{one}.F" for one in some), *pairs, "model.parameter.resolution"]


def test_as_many_computations_as_inputs_each_of_few():
    runs = []

    def compute(parents, value_id):
        runs.append(len(parents))
        return OPERATIONS["sum"].compute(parents)

    parents = model(64)
    operation = replace(OPERATIONS["simulate"], compute=compute, sample=list)
    total = Value("r.x", sum(p.v for p in parents), "1", "", "simulate")
    assert asked(operation, total, parents, None) == [True] * len(parents)
    assert len(runs) <= len(parents) + 2 * 64 / TOGETHER
    assert max(runs) <= 1 + 3 * TOGETHER


def test_a_count_is_asked_once_however_many_it_counts():
    runs = []

    def compute(parents):
        runs.append(len(parents))
        return OPERATIONS["count"].compute(parents)

    names = [f"v{n}.F" for n in range(1000)]
    count = Value("r.x", Decimal(1000), "1", "", "count", parents=tuple(names))
    operations, verdict = {"count": replace(OPERATIONS["count"], compute=compute)}, Verdict()
    check_value(count, dict.fromkeys(names), Cells({}.__getitem__), None, operations, verdict)
    assert (verdict.inputs, verdict.moved, verdict.failures) == (1000, 1000, [])
    assert runs == [1000, 999]


def test_a_text_that_thousands_pick_from_is_changed_once():
    """A changed text of its own for each would be copied and hashed once for each."""
    table = Value("r.x", "{}" * 1000, "1", "", "simulate")
    seen = []

    def compute(parents, value_id):
        seen.append(parents[0].v)
        return OPERATIONS["count"].compute(parents if parents[0] is table else [])

    picking = replace(OPERATIONS["pick"], compute=compute)
    for n in range(50):
        picked = Value(f"v{n}.F", Decimal(1), "1", "", "pick", parents=(table.id,))
        assert asked(picking, picked, [table], None) == [True]
    assert len(seen) == 50
    assert len({id(text) for text in seen}) == 1
