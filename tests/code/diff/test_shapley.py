"""Shares of a difference: they add up, whatever the function, and equal what can be worked out."""

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import permutations
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suyuan.core.numbers import EXACT
from suyuan.diff.shapley import additive, exact, in_two_orders

FIRST = (Decimal(2), Decimal(3), Decimal(5))
LAST = (Decimal(3), Decimal(7), Decimal("5.5"))


def product(chosen):
    return prod((LAST if p in chosen else FIRST)[p] for p in range(3))


def total(chosen):
    return sum((LAST if p in chosen else FIRST)[p] for p in range(3))


def over_all_orders(worth, players):
    """Shapley's own definition, in fractions."""
    shares = [Fraction(0)] * players
    orders = list(permutations(range(players)))
    for order in orders:
        placed = frozenset()
        for player in order:
            shares[player] += Fraction(worth(placed | {player})) - Fraction(worth(placed))
            placed |= {player}
    return [share / len(orders) for share in shares]


def test_shares_of_a_product_are_means_over_all_orders():
    found = exact(product, 3).shares
    for share, wanted in zip(found, over_all_orders(product, 3), strict=True):
        assert abs(Fraction(share) - wanted) < Fraction(1, 10**25)


def test_a_sum_is_shared_as_it_adds_up_and_has_no_interactions():
    assert additive(total, 3).shares == (1, 4, Decimal("0.5"))
    assert exact(total, 3).shares == (1, 4, Decimal("0.5"))
    assert exact(total, 3).interactions == ()


def test_a_product_is_not_additive():
    assert additive(product, 3) is None


def test_what_two_do_together_beyond_what_each_does_alone():
    found = {pair[:2]: pair[2] for pair in exact(product, 3).interactions}
    assert found == {(0, 1): Decimal(20), (0, 2): Decimal("1.5"), (1, 2): Decimal(4)}


def test_two_opposite_orders_give_the_mean_of_both():
    with localcontext(EXACT):
        forward = (product({0}) - product(()), product({0, 1}) - product({0}))
        backward = (product({0, 1, 2}) - product({1, 2}), product({1, 2}) - product({2}))
    shares = in_two_orders(product, 3).shares
    assert shares[:2] == tuple((a + b) / 2 for a, b in zip(forward, backward, strict=True))


@pytest.mark.parametrize("rule", [exact, in_two_orders])
@given(table=st.lists(st.decimals(-1000, 1000, places=7), min_size=16, max_size=16))
def test_shares_add_up_whatever_the_function(rule, table):
    def worth(chosen):
        return table[sum(1 << player for player in chosen)]

    with localcontext(EXACT):
        assert abs(sum(rule(worth, 4).shares) - (table[15] - table[0])) < Decimal("1e-24")


def test_the_end_of_the_digits_is_no_share():
    tiny = Decimal("1e-33")
    shares = exact(lambda chosen: Decimal(7) * (0 in chosen) + tiny * (1 in chosen), 2).shares
    assert shares == (7 + tiny, 0)
