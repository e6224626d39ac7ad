"""What a value may be, given only the digits its sources print."""

from decimal import Decimal

from suyuan.lineage.intervals import ANYTHING, INFINITY, RULES, Interval, interval, recorded
from suyuan.lineage.value import Value


def span(low, high):
    return Interval(Decimal(str(low)), Decimal(str(high)))


def value(number, half, **meta):
    return Value("a.compute_total", Decimal(number), "EFLOPS", number, "convert",
                 half=Decimal(half), meta=meta)  # fmt: skip


def test_a_recorded_number_lies_within_its_last_digit():
    assert recorded(value("131.0", "0.05", comparator="=", kind="measured")) == span(130.95, 131.05)


def test_a_measured_bound_has_an_open_end():
    over = recorded(value("100", "0", comparator=">", kind="measured"))
    assert over == Interval(Decimal(100), INFINITY)
    under = recorded(value("20", "0", comparator="<", kind="measured"))
    assert under == Interval(-INFINITY, Decimal(20))


def test_a_target_is_exact_as_it_stands():
    assert recorded(value("30", "0", comparator=">", kind="target")) == span(30, 30)


def test_rules_worked_by_hand():
    a, b = span(1, 2), span(4, 5)
    assert RULES["sum"]([a, b]) == span(5, 7)
    assert RULES["difference"]([b, a]) == span(2, 4)
    assert RULES["ratio"]([a, b]) == Interval(Decimal(1) / 5, Decimal(2) / 4)
    assert RULES["growth"]([a, b]) == span(1, 4)  # 4 / 2 - 1 to 5 / 1 - 1
    assert RULES["maximum"]([a, b]) == b
    assert RULES["minimum"]([a, b]) == a


def test_a_ratio_over_a_possible_zero_may_be_anything():
    assert RULES["ratio"]([span(1, 2), span(-1, 1)]) == ANYTHING


def test_a_computed_value_inherits_the_intervals_of_its_inputs(ledger):
    # Every share of the miniature lies between its own low and high values.
    found = 0
    for low in (v for v in ledger if v.id.endswith(".ai_share.low")):
        share = low.id.removesuffix(".low")
        wide = interval(ledger, share)
        if wide.finite and 0 < low.number < 1:
            assert abs(wide.low - low.number) < Decimal("1e-20")
            found += 1
    assert found >= 3
