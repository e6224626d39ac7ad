"""Words of a claim print the number that decides, and say what is the case."""

from decimal import Decimal

import pytest

from suyuan.core.layout import Layout
from suyuan.lineage.relations import read_relations
from suyuan.lineage.wording import misstated, said, typed, unknown_forms
from tests.code.miniature import ROOT


@pytest.mark.parametrize(
    ("words", "parameter", "expected"),
    [
        ("超过{parameter|chengs}", "0.6", "超过六成"),
        ("超过{parameter|chengs}", "0.2", "超过二成"),
        ("超过{parameter|chengs}", "0.65", "超过六成五"),
        ("超过{parameter|chengs}", "1", "超过十成"),
        ("不足{parameter|times}", "2", "不足两倍"),
        ("不足{parameter|times}", "2.50", "不足两倍半"),
        ("末位的{parameter|count}个单位", "1", "末位的一个单位"),
        ("不止{parameter|count}位", "2", "不止两位"),
        ("{nw.leader.F}居首", None, "{nw.leader.F}居首"),
    ],
)
def test_a_constant_is_printed_from_the_parameter(words, parameter, expected):
    assert said(words, parameter and Decimal(parameter)) == expected


@pytest.mark.parametrize(
    ("words", "parameter"),
    [
        ("{parameter|chengs}", "0.655"),
        ("{parameter|count}", "1.5"),
        ("{parameter|times}", "1.3"),
        ("{parameter|times}", None),
    ],
)
def test_what_cannot_be_said_so_is_refused(words, parameter):
    with pytest.raises(ValueError, match=r".+"):
        said(words, parameter and Decimal(parameter))


def test_a_placeholder_that_prints_nothing_is_found():
    words = "{nw.leader.F}超过{parameter|chengs}的{parameter|thirds}与{a b}"
    assert list(unknown_forms(words, parameter=True)) == ["{parameter|thirds}", "{a b}"]
    assert list(unknown_forms("{parameter|times}", parameter=False)) == ["{parameter|times}"]
    assert "六" not in typed("超过{parameter|chengs}")


RELATIONS = read_relations(Layout(ROOT, "2030Q1"))


@pytest.mark.parametrize(
    ("words", "outcomes", "word"),
    [
        ("超过目标", {"above"}, None),
        ("不足目标", {"above"}, "不足"),
        ("不足目标", {"equal"}, "不足"),  # the words of correctness: 不足六成，为 60.00%
        ("不超过目标", {"below", "equal"}, None),
        ("不足目标", {"below", "equal"}, "不足"),  # untrue of equal
        ("达到目标", {"equal", "above"}, None),
        ("超过末位", {"outside"}, None),
        ("超过全省", {"within"}, "超过"),
        ("很大", {"above"}, ""),
        ("是否超过，难以断定", set(), None),
        ("以印出的数计未及目标", set(), "未及"),  # uncertain words assert nothing
    ],
)
def test_a_word_that_is_untrue_of_its_outcome_is_found(words, outcomes, word):
    assert misstated(words, frozenset(outcomes), RELATIONS) == word
