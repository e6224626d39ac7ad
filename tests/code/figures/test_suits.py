"""What a kind cannot draw is said before it draws, and what is not said it draws."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from suyuan.contract.messages import message
from suyuan.core.errors import ConfigError
from suyuan.figures import suits
from suyuan.figures.drawn import drawn, marks_table
from suyuan.figures.kind import COUNTED, kind_names, kind_of
from suyuan.figures.reading import read_figures
from suyuan.figures.source import source_name, source_of
from tests.code.figures.test_kinds import sample
from tests.code.figures.test_marks import group
from tests.code.miniature import TEMPLATES

GOOD = {"series": "s", "label": "a", "txt": "1", "x": "2027", "v": 1.0, "low": 0.5, "row": 1,
        "column": 1}  # fmt: skip
OTHER = GOOD | {"series": "t"}


def first(rule, *marks):
    return rule.first(pd.DataFrame([*marks]))


@pytest.mark.parametrize(
    ("rule", "marks", "found"),
    [
        (suits.KNOWN, [GOOD, GOOD | {"v": float("nan"), "label": "b"}], ("b", "1")),
        (suits.DATED, [GOOD, GOOD | {"x": "某年"}], ("a", "某年")),
        (suits.DATED, [GOOD | {"x": ""}], ("a", "")),
        (suits.PLACED, [GOOD, GOOD | {"row": None, "label": "b"}], ("b", "b")),
        (suits.SHARES, [GOOD, GOOD | {"v": 100.1, "txt": "100.1"}], ("a", "100.1")),
        (suits.SHARES, [GOOD | {"v": -1}], ("a", "1")),
        (suits.POSITIVE, [GOOD, GOOD | {"v": 0, "txt": "0"}], ("a", "0")),
        (suits.UPRIGHT, [GOOD, OTHER | {"low": 0}], ("a", "1")),
        (suits.UPRIGHT, [GOOD, OTHER | {"v": -1, "low": float("nan")}], ("a", "1")),
        (suits.ONCE, [GOOD, OTHER, OTHER], ("a", "t")),
        (suits.PAIRED, [GOOD, OTHER, GOOD | {"label": "b"}], ("b", "s")),
        (suits.PAIRED, [GOOD, OTHER, OTHER], ("a", "s")),
    ],
)
def test_the_first_mark_that_does_not_suit_is_found(rule, marks, found):
    assert first(rule, *marks) == found


def test_marks_that_suit_are_left_alone():
    for rule in (suits.KNOWN, suits.DATED, suits.PLACED, suits.SHARES, suits.POSITIVE, suits.ONCE):
        assert first(rule, GOOD, OTHER | {"v": 100}) is None
    assert first(suits.PAIRED, GOOD, OTHER) is None
    assert first(suits.UPRIGHT, GOOD | {"v": -1, "low": -2}, OTHER | {"low": float("nan")}) is None


@pytest.mark.parametrize("name", kind_names())
def test_a_kind_asks_for_columns_that_it_needs(name):
    kind = kind_of(name)
    assert all(rule.first(sample(name)) is None for rule in kind.rules())
    assert (suits.KNOWN in kind.rules()) == (kind.facts != COUNTED and "missing" not in kind.needs)


def test_what_does_not_suit_is_told_at_the_figure(open_book):
    figure = group("na.compute_total.2029", draw="small_multiples", x="某年")
    with pytest.raises(ConfigError) as caught:
        marks_table(open_book, figure)
    (problem,) = caught.value.problems
    assert (problem.code, problem.row, problem.value) == ("E901", 7, "small_multiples")
    assert "“某年”不是时点" in message(problem, TEMPLATES)


def test_whatever_marks_are_taken_can_be_drawn(open_book, built):
    """Every figure of the miniature as every kind that takes its source."""
    drew = refused = 0
    for figure in read_figures(built.root).values():
        source = source_of(source_name(figure.spec))
        for name in kind_names():
            other = replace(figure, spec={**figure.spec, "draw": name})
            if kind_of(name).needs - source.gives(other.spec):
                continue
            try:
                marks_table(open_book, other)
            except ConfigError:
                refused += 1
            else:
                drawn(open_book, other)
                drew += 1
    assert drew > refused > 0
