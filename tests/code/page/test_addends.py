"""Rounded parts that do not add up are found, and the others are left alone."""

from decimal import Decimal

import pytest

from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import TEXT, Value
from suyuan.page.addends import unadded


def ledger_of(parts, op="ratio"):
    """Values by id, number and text, made of one text."""
    made = [Value(name, Decimal(v), "1", txt, op, parents=("a.text",)) for name, v, txt in parts]
    return Ledger(None, {}, [Value("a.text", "x", TEXT, "x", TEXT), *made])


THIRDS = [("0.3334", "33.3%"), ("0.3333", "33.3%"), ("0.3333", "33.3%")]


def parts(pattern, shares):
    return [(pattern.format("abcd"[at]), v, txt) for at, (v, txt) in enumerate(shares)]


@pytest.mark.parametrize("pattern", ["{}.share", "x.share.{}", "{}.share.2026"])
def test_parts_of_one_indicator_that_do_not_add_up_are_found(pattern):
    ledger = ledger_of(parts(pattern, THIRDS))
    (found,) = unadded(ledger, ledger)
    assert (found.indicator, found.total) == ("share", "99.9%")  # 3 · 33.3
    assert len(found.parts) == 3


@pytest.mark.parametrize(
    "shares",
    [
        [("0.5", "50%"), ("0.3", "30%"), ("0.2", "20%")],  # 100
        [("0.5", "50%"), ("0.4", "40%"), ("0.2", "20%")],  # no parts of 1
        [("0.9951", ">99%"), ("0.0039", "<1%"), ("0.001", "<1%")],  # bounds are not added up
        [("0.6666", "66.7%"), ("0.3334", "33.3%")],  # two: a share and what is left
    ],
)
def test_what_adds_up_or_is_no_whole_is_left_alone(shares):
    ledger = ledger_of(parts("{}.share", shares))
    assert unadded(ledger, ledger) == []


def test_what_is_made_otherwise_is_no_part():
    # a tier's share is the sum of its provinces' and not one beside them
    provinces = ledger_of(parts("{}.share", THIRDS))
    tier = Value("t.share", Decimal("0.6667"), "1", "66.7%", "sum", parents=("a.text",))
    ledger = Ledger(None, {}, [*provinces, tier])
    assert [each.total for each in unadded(ledger, ledger)] == ["99.9%"]
