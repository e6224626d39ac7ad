"""What a value may be, given only the digits its sources print."""

import random
from decimal import Decimal

import pytest

from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.intervals import ANYTHING, INFINITY, Interval
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.operation import Certainty, Monotone
from suyuan.lineage.rounding import interval, point, recorded
from suyuan.lineage.value import TEXT, Value


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


@pytest.mark.parametrize(("text", "number"), [("2", 2), ("第一", 0), ("²", 0), ("", 0)])
def test_a_text_is_a_point(text, number):
    assert point(Value("a.b", text, TEXT, text, TEXT)) == span(number, number)


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


# --- every operation, against draws -----------------------------------------------------------

BOUNDED = sorted(name for name, op in OPERATIONS.items() if not isinstance(op.bounds, Certainty))
PAIRED = {"mean", "mean_low", "mean_high", "geometric", "geometric_low", "geometric_high",
          "weighted_sum"}  # fmt: skip
COUNTS = {"ratio": 2, "difference": 2, "growth": 2, "growth_across": 2, "goalposts": 1,
          "supply_index": 1, "regional_share": 3, "market_share": 3, "log_ratio": 2,
          "logarithm": 1, "same": 1}  # fmt: skip


def parents_of(op, draw):
    """Numbers and half-widths for an operation, the ids of judged ones without a width."""
    if op == "classify":
        floors = [("60", "0.5"), "一", ("30", "0.5"), "二", ("0", "0"), "三"]
        return [(f"{draw.uniform(1, 90):.0f}", "3"), *floors]
    if op in PAIRED:
        return [part for weight in ("0.2", "0.3", "0.5")
                for part in ((f"{draw.uniform(1, 90):.1f}", "0.05"), (weight, "0"))]  # fmt: skip
    if op == "leader":
        numbers = [(f"{draw.uniform(1, 9):.1f}", "0.3") for _ in range(3)]
        return [*numbers, "甲", "乙", "丙"]
    if op in {"member_sum", "member_count"}:
        return ["1", *[(str(draw.randrange(1, 3)), "0") for _ in range(3)],
                *[(f"{draw.uniform(1, 9):.1f}", "0.3") for _ in range(3)]]  # fmt: skip
    if op in {"of_first", "lead_log_ratio", "lead_times"}:
        return [(f"{draw.uniform(1, 9):.1f}", "0.3") for _ in range(6)]
    numbers = [(f"{draw.uniform(0.1, 0.9):.2f}", "0.005") for _ in range(COUNTS.get(op, 4))]
    return [*numbers[:2], (numbers[2][0], "0")] if op == "regional_share" else numbers


def as_values(parents):
    return [
        Value(f"p{n}.share", one, TEXT, one, TEXT)
        if isinstance(one, str)
        else Value(f"p{n}.share", Decimal(one[0]), "1", one[0], "convert", half=Decimal(one[1]))
        for n, one in enumerate(parents)
    ]


def within(value, draw):
    """The value as its source may have had it before rounding."""
    if isinstance(value.v, str) or not value.half:
        return value
    share = Decimal(draw.choice([-1, 1, draw.uniform(-1, 1)]))
    return value._replace(v=value.v + share * value.half)


@pytest.mark.parametrize("op", BOUNDED)
def test_no_result_leaves_the_bounds_of_its_operation(op):
    draw = random.Random(op)
    bounded = 0
    for _ in range(40):
        parents = as_values(parents_of(op, draw))
        made = OPERATIONS[op].compute(parents)
        own = Value("x.share", made.v, TEXT if isinstance(made.v, str) else "1", "", op,
                    parents=tuple(p.id for p in parents))  # fmt: skip
        ledger = Ledger(None, OPERATIONS, [*parents, own])
        wide = interval(ledger, own.id)
        bounded += wide.finite
        for _ in range(20):
            again = OPERATIONS[op].compute([within(parent, draw) for parent in parents]).v
            if isinstance(again, str):
                assert not wide.is_point or again == made.v
            else:
                slack = Decimal("1e-25")  # of 34 digits
                assert wide.low - slack <= again <= wide.high + slack
    assert bounded  # it says something


def test_what_is_not_bounded_says_why():
    # Verdicts and tallies of texts are as sure as their parents; draws never are.
    unknown = {name for name, op in OPERATIONS.items() if op.bounds is Certainty.UNKNOWN}
    assert unknown == {"simulate", "sobol"}
    exact = {name for name, op in OPERATIONS.items() if op.bounds is Certainty.EXACT}
    assert exact == {name for name, op in OPERATIONS.items() if op.counting}


def test_a_weight_that_may_be_another_leaves_a_mean_open():
    assert Monotone("+.").ends([span(1, 2), span(0.4, 0.6)]) is None


def test_exact_parents_make_an_exact_result_whatever_the_operation():
    parents = [value("3", "0")._replace(id="a.x"), value("4", "0")._replace(id="b.x")]
    made = Value("c.x", Decimal(7), "1", "7", "tally", parents=("a.x", "b.x"))
    drawn = made._replace(op="simulate")
    assert interval(Ledger(None, OPERATIONS, [*parents, made]), "c.x") == span(7, 7)
    assert interval(Ledger(None, OPERATIONS, [*parents, drawn]), "c.x") == ANYTHING
