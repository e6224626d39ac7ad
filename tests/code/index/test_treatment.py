"""Treatment: what each step changes, what it leaves, and that its log says so."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from suyuan.index.imputation import Impute
from suyuan.index.treatment import (
    CAP,
    LOG_COLUMNS,
    Denominate,
    Limit,
    Screen,
    TreatSkew,
    kurtosis,
    log_transform,
    skewness,
    treat,
)

NAN = np.nan


def frame(**columns):
    return pd.DataFrame(columns, index=list("uvwxyz")[: len(next(iter(columns.values())))])


def rows(log):
    assert list(log.columns) == list(LOG_COLUMNS)
    return [tuple(row) for row in log.itertuples(index=False)]


def test_denominate():
    before = frame(a=[6.0, 6, NAN], people=[2.0, NAN, 3])
    after, log = Denominate({"a": "people"}).apply(before)
    np.testing.assert_array_equal(after["a"], [3, NAN, NAN])
    assert before["a"].tolist()[:2] == [6, 6]
    assert rows(log)[0] == ("a", "u", "denominate", 6, 3)
    assert len(log) == 2  # what was missing has not changed


def test_nothing_is_divided_by_zero():
    with pytest.raises(ValueError, match="people"):
        Denominate({"a": "people"}).apply(frame(a=[6.0], people=[0.0]))


def test_cap():
    after, log = Limit(CAP, {"a": 5}).apply(frame(a=[4.0, 9, NAN]))
    np.testing.assert_array_equal(after["a"], [4, 5, NAN])
    assert rows(log) == [("a", "v", "cap", 9, 5)]


def test_impute_by_group():
    groups = ["g", "g", "g", "h", NAN, NAN]
    before = frame(a=[1.0, 3, NAN, NAN, NAN, 8], b=[NAN, 2, 2, 2, 2, 2], group=groups)
    after, log = Impute(("a",), "group").apply(before)
    # Group h knows nothing, and units of no group are no group.
    np.testing.assert_array_equal(after["a"], [1, 3, 2, NAN, NAN, 8])
    np.testing.assert_array_equal(after["b"], before["b"])
    (row,) = rows(log)
    assert row[:3] == ("a", "w", "impute")
    assert np.isnan(row[3])
    assert row[4] == 2


def test_impute_over_all():
    after, _ = Impute(("a",)).apply(frame(a=[1.0, 3, NAN]))
    assert after["a"].tolist() == [1, 3, 2]


def test_screen_keeps_units_at_the_minimum_and_logs_those_it_leaves_out():
    before = frame(a=[1.0, NAN, 1], b=[1.0, NAN, NAN], c=[NAN, NAN, NAN])
    after, log = Screen(("a", "b"), 0.5).apply(before)
    assert after.index.tolist() == ["u", "w"]
    (row,) = rows(log)
    assert row[:4] == ("", "v", "screen", 0)


def test_winsorise_pulls_in_one_point_at_a_time():
    values = [*range(1, 11), 30.0, 100.0]
    before = pd.DataFrame({"a": values})
    # Once 100 has become 30, skewness is 1.7 and kurtosis 1.8.
    after, log = TreatSkew(("a",)).apply(before)
    assert after["a"].tolist() == [*range(1, 11), 30, 30]
    assert rows(log) == [("a", 11, "winsorise", 100, 30)]
    after, log = TreatSkew(("a",), skew=1, kurtosis=1).apply(before)
    assert after["a"].tolist() == [*range(1, 11), 10, 10]
    assert rows(log) == [("a", 10, "winsorise", 30, 10), ("a", 11, "winsorise", 100, 10)]


def test_winsorise_at_the_low_end():
    after, log = TreatSkew(("a",)).apply(pd.DataFrame({"a": [-100.0, *range(1, 11)]}))
    assert after["a"].tolist() == [1, *range(1, 11)]
    assert len(log) == 1


def test_what_winsorising_cannot_mend_is_transformed_from_the_original():
    values = [*np.arange(1.0, 30), 1e3, 2e3, 3e3, 4e3, 5e3]
    before = pd.DataFrame({"a": values})
    after, log = TreatSkew(("a",), points=2).apply(before)
    np.testing.assert_allclose(after["a"], log_transform(np.array(values)))
    assert set(log["what"]) == {"log"}
    assert after["a"].is_monotonic_increasing


def test_the_log_of_a_tail_to_the_left_keeps_the_order():
    values = np.array([-5000.0, -100, -3, -2, -1, 0])
    assert (np.diff(log_transform(values)) > 0).all()
    assert skewness(log_transform(values)) > skewness(values)


def test_winsorising_never_makes_all_equal():
    values = [0.0] * 9 + [1.0]
    after, _ = TreatSkew(("a",)).apply(pd.DataFrame({"a": values}))
    assert after["a"].nunique() == 2


@pytest.mark.parametrize("values", [[5.0] * 6, [1.0, NAN, 900.0, 2.0], [1.0, 2, 3, 4, 5]])
def test_what_has_no_outliers_is_left_alone(values):
    before = pd.DataFrame({"a": values})
    after, log = TreatSkew(("a",)).apply(before)
    pd.testing.assert_frame_equal(after, before)
    assert log.empty


def test_moments_are_those_of_spreadsheets():
    values = np.array([3.0, 4, 5, 2, 3, 4, 5, 6, 4, 7])
    assert skewness(values) == pytest.approx(0.359543071)  # help page of Excel's SKEW
    assert kurtosis(values) == pytest.approx(-0.151799637)  # and of KURT


def test_a_chain_logs_every_step_in_order():
    before = frame(a=[6.0, NAN, 900], people=[2.0, 2, 3])
    found = treat(before, [Denominate({"a": "people"}), Limit(CAP, {"a": 5}), Impute(("a",))])
    after, log = found.frame, found.log
    assert found.observed["a"].tolist() == [True, False, True]
    assert after["a"].tolist() == [3, 4, 5]
    assert log["what"].tolist() == ["denominate", "denominate", "cap", "impute"]


def test_no_steps_change_nothing():
    before = frame(a=[1.0])
    found = treat(before, [])
    pd.testing.assert_frame_equal(found.frame, before)
    assert rows(found.log) == []


def test_a_quotient_rests_on_what_it_was_divided_by():
    table = frame(a=[8.0, 8], b=[4.0, 4], c=[2.0, NAN])
    found = treat(table, [Impute(("c",)), Denominate({"b": "c", "a": "b"})])
    assert found.frame.to_numpy().tolist() == [[2, 2, 2]] * 2  # a by b as it was
    assert found.observed.iloc[1].tolist() == [True, False, False]
