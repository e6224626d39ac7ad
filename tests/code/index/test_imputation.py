"""Imputation: every method says of a cell what the others would have it be."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.index.imputation import METHODS, Context, Impute, others_mean, others_median

NAN = np.nan
CELLS = st.one_of(st.just(NAN), st.integers(-50, 50).map(float))


@given(st.lists(CELLS, max_size=9))
def test_others_are_all_known_ones_but_oneself(cells):
    values = np.array(cells, dtype=float)
    means, medians = others_mean(values), others_median(values)
    for place in range(len(values)):
        rest = np.delete(values, place)
        rest = rest[~np.isnan(rest)]
        expected = (rest.mean(), np.median(rest)) if rest.size else (NAN, NAN)
        found = (means[place], medians[place])
        assert found == pytest.approx(expected, abs=1e-12, nan_ok=True)


def frame(**columns):
    return pd.DataFrame(columns, index=list("uvwxyz")[: len(next(iter(columns.values())))])


def test_the_median_of_a_group():
    before = frame(a=[1.0, 2, 9, NAN, NAN], g=["p", "p", "p", "p", "q"])
    after, _ = Impute(("a",), "g", "median").apply(before)
    assert after["a"].tolist() == pytest.approx([1, 2, 9, 2, NAN], nan_ok=True)


def test_siblings_put_a_unit_where_it_stands_on_them():
    before = frame(a=[0.0, 10, NAN], b=[100.0, 300, 150], c=[8.0, 4, 5], d=[0.0, 1, 9])
    context = Context(siblings={"a": ("b", "c")}, directions={"a": 1, "b": 1, "c": -1})
    after, _ = Impute(("a", "b", "c"), None, "sibling", context).apply(before)
    # b is a quarter of the way up; c, of which less is better, three quarters
    assert after.loc["w", "a"] == pytest.approx(5)
    down = Context(siblings={"a": ("b",)}, directions={"a": -1, "b": 1})
    after, _ = Impute(("a", "b"), None, "sibling", down).apply(before)
    assert after.loc["w", "a"] == pytest.approx(7.5)


def test_time_is_a_straight_line_between_and_the_nearest_beyond():
    rows = [f"{unit}{year}" for unit in "ab" for year in (2000, 2002, 2006, 2008)]
    years = pd.Series([2000, 2002, 2006, 2008] * 2, index=rows)
    units = pd.Series([row[0] for row in rows], index=rows)
    values = pd.DataFrame({"x": [NAN, 2, NAN, 5, 7, NAN, NAN, NAN]}, index=rows)
    impute = Impute(("x",), None, "time", Context(units=units, years=years))
    after, log = impute.apply(values)
    assert after["x"].tolist() == [2, 2, 4, 5, 7, 7, 7, 7]
    assert len(log) == 5
    # left out in turn, 2 would be 5 and 5 would be 2; of b there is one alone
    assert impute.errors(values, values)["x"].tolist() == [-3, 3]


def test_what_a_method_cannot_say_stays_missing():
    nothing = frame(a=[NAN, NAN], b=[1.0, 2])
    for name, method in METHODS.items():
        if method.needs_years:
            continue
        after, log = Impute(("a", "b"), None, name, Context(siblings={"b": ("a",)})).apply(nothing)
        assert after["a"].isna().all()
        assert log.empty


def test_every_method_says_where_it_is_from():
    assert all(method.source for method in METHODS.values())


def test_the_error_of_siblings_is_as_if_the_cell_were_missing():
    context = Context(siblings={"a": ("b",), "b": ("a",)})
    values = frame(a=[0.0, 1, 2, 100], b=[0.0, 1, 2, 3])
    errors = Impute(("a",), None, "sibling", context).errors(values, values)["a"]
    expected = []
    for unit in values.index:
        gap = values.copy()
        gap.loc[unit, "a"] = NAN
        after, _ = Impute(("a",), None, "sibling", context).apply(gap)
        expected.append(values.loc[unit, "a"] - after.loc[unit, "a"])
    np.testing.assert_allclose(errors, sorted(expected))
    assert errors[-1] == 98  # of 2, the greatest of the others
    alone = frame(a=[5.0, NAN], b=[1.0, 2])
    assert not Impute(("a",), None, "sibling", context).errors(alone, alone)["a"].size
