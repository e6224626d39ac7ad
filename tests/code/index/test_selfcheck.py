"""What an index asks about itself: found where it is, and nowhere else."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from suyuan.index import said
from suyuan.index.cells import Signs, Stored
from suyuan.index.digits import Printed, half_unit
from suyuan.index.outputs import tables
from tests.code.index.tabled import computed

TREE = "node_id,parent_id,weight,low,high\ntop,,,,\n"
EXACT = "uncertainty: null\n"


def tree(**weights):
    return TREE + "".join(f"{name},top,{weight},0,10\n" for name, weight in weights.items())


def data(columns):
    names = ",".join(columns)
    rows = zip(*columns.values(), strict=True)
    return f"u,{names}\n" + "".join(
        f"U{place:02},{','.join(map(str, row))}\n" for place, row in enumerate(rows)
    )


def found(run):
    return [(one.what, one.first, one.second) for one in run.findings]


def noise(seed, count=40):
    return np.random.default_rng(seed).uniform(2, 8, count).round(6)


@pytest.mark.parametrize(
    ("text", "signs", "half"),
    [
        ("1.50", Signs(), 0.005),
        ("1200", Signs(), 0.5),
        ("-3", Signs(), 0.5),
        ("1.2e3", Signs(), 50),
        ("1e-7", Signs(), 5e-8),
        (".5", Signs(), 0.05),
        ("5.", Signs(), 0.5),
        ("70%", Signs(percent=True), 0.005),
        ("7.0 %", Signs(percent=True), 0.0005),
        ("1.234,50", Signs(decimal=",", thousands="."), 0.005),
        ("1,5", Signs(decimal=","), 0.05),
        (Stored("1.25"), Signs(decimal=","), 0.005),
        ("", Signs(), 0),
        ("NA", Signs(missing=frozenset({"NA"})), 0),
    ],
)
def test_half_a_unit_of_the_last_printed_digit(text, signs, half):
    assert half_unit(text, signs) == half


def test_what_has_no_negative_numbers_stays_so(tmp_path):
    run = computed(tmp_path, "u,a,b\nA,0,0\nB,5,-2\n", tree(a=1, b=1), EXACT)
    moved = Printed.of(run.data, ["a", "b"], Signs()).moved(np.full((2, 2), -1.0)).frame
    assert moved["a"].tolist() == [0, 4.5]
    assert moved["b"].tolist() == [-0.5, -2.5]


def test_constant_up_to_noise(tmp_path):
    steps = "treat: [{step: denominate, by: {a: d}}]\n"
    text = "u,a,b,d\nA,0.1,1.0000,1\nB,0.3,5.0000,3\nC,0.7,7.0000,7\n"
    run = computed(tmp_path, text, tree(a=1, b=1), steps + EXACT)
    assert ("constant", "a", "") in found(run)
    assert "constant" not in [what for what, first, _ in found(run) if first == "b"]


def test_against_the_index(tmp_path):
    a = noise(1)
    columns = {"a": a, "b": (10 - a + noise(2) / 10).round(6), "c": (a + noise(3) / 9).round(6)}
    run = computed(tmp_path, data(columns), tree(a=1, b=1, c=1), EXACT)
    assert [one for one in found(run) if one[0] == "against"] == [("against", "b", "")]
    value = next(one.value for one in run.findings if one.what == "against")
    scores = run.index.aggregates.scores
    assert value == pytest.approx(np.corrcoef(scores["b"], scores["top"])[0, 1])


def test_weights_that_are_others_than_on_paper(tmp_path):
    columns = {"a": noise(1), "b": noise(2), "c": (5 + noise(3) / 1000).round(6)}
    run = computed(tmp_path, data(columns), tree(a=1, b=1, c=1), EXACT)
    assert [one[1] for one in found(run) if one[0] == "weight"] == ["c"]
    assert next(one.value for one in run.findings if one.what == "weight") < 0.5
    same = computed(tmp_path, data(columns), tree(a=1, b=1, c=0), EXACT)
    assert "weight" not in [one[0] for one in found(same)]


def test_pairs_that_say_the_same(tmp_path):
    a = noise(1)
    columns = {"a": a, "b": (a + noise(2) / 10).round(6), "c": noise(3)}
    run = computed(tmp_path, data(columns), tree(a=1, b=1, c=1), EXACT)
    assert [one for one in found(run) if one[0] == "alike"] == [("alike", "a", "b")]


def test_of_few_units_no_correlation_is_told(tmp_path):
    columns = {"a": range(1, 10), "b": range(9, 0, -1), "c": [1, 2, 3, 4, 5, 6, 7, 8, 10]}
    run = computed(tmp_path, data(columns), tree(a=1, b=1, c=1), EXACT)
    assert {one[0] for one in found(run)} <= {"turns"}


def turning(tmp_path, cells, normaliser="goalpost", weights=(1, 1)):
    rows = "".join(f"{unit},{a},{b}\n" for unit, (a, b) in cells.items())
    nodes = tree(a=weights[0], b=weights[1])
    recipe = f"normalise: {{method: {normaliser}}}\n" + EXACT
    run = computed(tmp_path, "u,a,b\n" + rows, nodes, recipe)
    return [(one.first, one.second, round(one.value, 9)) for one in run.findings
            if one.what == "turns"]  # fmt: skip


def test_ranks_that_turn_within_the_printed_digits(tmp_path):
    # A may be (5.45 + 4.5) / 2 and B 5.5; in points ten times that
    assert turning(tmp_path, {"A": ("5.5", "5"), "B": ("5", "5")}) == [("A", "B", 5.25)]
    # A 5.25 ± 0.05, B 5 ± 0.05: they keep their ranks
    assert turning(tmp_path, {"A": ("5.5", "5.0"), "B": ("5.0", "5.0")}) == []
    assert turning(tmp_path, {"A": ("5.5", "5"), "B": ("5", "5.0")}) == [("A", "B", 3.0)]


def test_what_can_turn_is_found_as_by_all_corners(tmp_path):
    rng = np.random.default_rng(3)
    for _ in range(20):
        cells = {unit: rng.integers(3, 8, 2).tolist() for unit in "ABCD"}
        weights = rng.integers(1, 4, 2)
        told = {pair[:2] for pair in turning(tmp_path, cells, weights=weights)}
        shares = weights / weights.sum()
        score = {unit: float(shares @ values) for unit, values in cells.items()}
        order = sorted(score, key=lambda unit: -score[unit])
        expected = {
            (first, second)
            for first, second in pairwise(order)
            if 1e-9 < score[first] - score[second] < 1 - 1e-9  # half a point to either side
        }
        assert told == expected


def test_a_relative_score_is_computed_again(tmp_path):
    cells = {"A": ("9", "5"), "B": ("8", "6"), "C": ("0", "0"), "D": ("10", "10")}
    assert ("A", "B") in [pair[:2] for pair in turning(tmp_path, cells, "minmax", (2, 1))]


def test_questions_are_counted_listed_and_have_words(tmp_path):
    a = noise(1)
    columns = {"a": a, "b": (10 - a + noise(2) / 10).round(1), "c": (a + noise(3) / 9).round(6)}
    run = computed(tmp_path, data(columns), tree(a=1, b=1, c=1), EXACT)
    asked = [problem.code for problem in run.queries]
    assert asked == sorted(set(asked))
    assert "E586" in asked
    for lang in ("zh", "en"):
        assert len(said.lines(run.queries, lang)) == len(asked)
    assert len(tables.SELFCHECK.of(run)) == len(run.findings)
    listed = tables.QUERIES.of(run)
    assert listed["code"].tolist() == asked
    assert set(listed["with"]) == {"top"}


def test_an_optimum_of_a_tree_that_is_not_used_turns_nothing_round(tmp_path):
    nodes = (
        "node_id,parent_id,weight,low,high,optimum_low,optimum_high\n"
        "top,,,,,,\na,top,1,0,10,5.7,5.7\n"
    )
    run = computed(tmp_path, "u,a\nA,6\nB,5.5\n", nodes, EXACT)
    assert [one.what for one in run.findings] == ["turns"]  # A 5.5 to 6.5, B 5.45 to 5.55
