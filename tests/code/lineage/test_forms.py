"""How operations are written with numbers put in."""

import pytest

from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.forms import LONGEST, written


@pytest.mark.parametrize(
    ("op", "parents", "expected"),
    [
        ("sum", ["131.0", "114.5", "45.1"], "131.0 + 114.5 + 45.1"),
        ("difference", ["131.0", "30"], "131.0 − 30"),
        ("ratio", ["190.2", "316.8"], "190.2 ÷ 316.8"),
        ("growth", ["100", "150"], "150 ÷ 100 − 1"),
        ("multiply", ["4.35", "85%", "70%"], "4.35 × 85% × 70%"),
        ("maximum", ["1", "3"], "max(1, 3)"),
        ("mean", ["60", "0.4", "80", "0.6"], "(60 × 0.4 + 80 × 0.6) ÷ (0.4 + 0.6)"),
        ("mean_high", ["60", "0.4"], "60 × 0.4 + 100 × (1 − (0.4))"),
        ("weighted_sum", ["1", "0.4", "0", "0.6"], "1 × 0.4 + 0 × 0.6"),
        ("geometric", ["4", "0.5", "9", "0.5"], "(4 ^ 0.5 × 9 ^ 0.5) ^ (1 ÷ (0.5 + 0.5))"),
        ("market_share", ["2", "8", "20%"], "2 ÷ 8 × (1 − 20%)"),
        ("compound", ["10%", "20%"], "(1 + 10%) × (1 + 20%)"),
        ("log_ratio", ["2", "8"], "ln(2 ÷ 8)"),
        ("count", ["1", "2"], ""),
        ("sum", ["1"] * (LONGEST + 1), ""),  # no line holds it
    ],
)
def test_operations_with_numbers_put_in(op, parents, expected):
    assert written(OPERATIONS[op].form, parents) == expected


def test_every_place_of_a_form_is_a_parents():
    for name, operation in OPERATIONS.items():
        for count in (1, 2, 3, 4, 6):
            places = [part for part in operation.form(count) if isinstance(part, int)]
            fixed = name in {"growth", "growth_across", "regional_share", "market_share",
                             "log_ratio"}  # fmt: skip
            paired = bool(count % 2) and name.startswith(("mean", "geometric", "weighted"))
            assert fixed or paired or all(place < count for place in places), name
