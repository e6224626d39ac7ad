"""What the audit computes, with answers that can be worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.operations import Result


@dataclass(frozen=True)
class Given:
    """A parent value, as operations see it."""

    v: Decimal | str
    half: Decimal | None = None


def given(*contents, half=None):
    """Numbers where a content reads as one, texts otherwise."""
    width = None if half is None else Decimal(half)
    return [Given(c) if isinstance(c, str) else Given(Decimal(str(c)), width) for c in contents]


def made(op, *contents, half=None):
    return OPERATIONS[op].compute(given(*contents, half=half)).v


def test_tally_counts_those_like_the_first():
    assert made("tally", "EFLOPS", "count", "EFLOPS", "EFLOPS") == 2
    assert made("tally", "EFLOPS", "count") == 0
    assert made("tally", "EFLOPS") == 0


def test_distinct_counts_different_contents():
    assert made("distinct", 1, 5, 5, 20) == 3
    assert made("distinct", "后端", "后端") == 1


def test_a_pattern_is_the_sizes_of_groups_in_order_of_appearance():
    assert made("pattern", 1, 1, 2, 2, 3) == "2+2+1"
    assert made("pattern", "trust", "supply", "trust") == "2+1"


def test_a_remainder_is_what_the_others_leave():
    assert made("remainder", 18, 5, 13) == 0
    assert made("remainder", 50, 5, 13) == 32


def test_a_product_carries_rounding():
    # 1000 × 0.35 = 350; 1000 ± 0.5 moves it by 0.35 × 0.5
    share = Given(Decimal("0.35"))
    total = Given(Decimal(1000), Decimal("0.5"))
    result = OPERATIONS["product"].compute([total, share])
    assert result == Result(Decimal(350), Decimal("0.175"))
    assert str(result.v) == "350"


def test_growth_across_bases():
    # 1000 / 280 − 1 = 2.5714…
    assert round(made("growth_across", 280, 1000), 4) == Decimal("2.5714")


def test_a_projection_keeps_the_pace_to_the_date():
    # 8.4 to 17 in 9 months; 6 more months add 8.6 / 9 × 6 = 5.7333
    dates = ("2024-12", "2025-09", "2026-03-31")
    assert round(made("projection", 8.4, 17, *dates), 4) == Decimal("22.7333")
    assert made("projection", 10, 20, "2024", "2025", "2025-12-31") == 20  # a year ends in December


def test_changes_compound():
    # 1.18 × 1.90 = 2.242
    assert made("compound", 0.18, 0.90) == Decimal("2.242")


def test_matches_counts_equal_pairs_and_lists_by_size():
    assert made("matches", 4, 8, "甲;乙;丙;丁", 7) == 1
    assert made("matches", 4, 8, "甲;乙;丙;丁", 8) == 2
    with pytest.raises(ValueError, match="longer"):
        made("matches", 4, 8, 4)


def test_overlap_counts_entries_found_elsewhere():
    assert made("overlap", "制造;汽车;文旅", "文旅;能源", "科研;制造") == 2
    assert made("overlap", "汽车", "能源") == 0


def test_unlike_counts_what_does_not_abbreviate_its_name():
    # 平台能力 stands in 智算云平台能力, 市场规模 does not stand in 供给体量
    assert made("unlike", "市场规模;平台能力", "供给体量", "智算云平台能力") == 1
    assert made("unlike", "安全合规;商业效率", "安全合规与可信", "商业与效率") == 0
    assert made("unlike", "力能", "能力") == 1  # the order counts
    with pytest.raises(ValueError, match="shorter"):
        made("unlike", "甲;乙", "甲")


def test_in_place_counts_equal_places():
    assert made("in_place", "甲;乙;丙", "甲;丙;乙") == 1
    assert made("in_place", "甲;乙", "乙;甲") == 0


def test_whole_steps_counts_intervals_that_hold_a_multiple():
    # 59.7 to 60.04 holds 60, 69.62 to 69.77 holds none, exactly 50 holds 50
    ends = (0.597, 0.6004, 0.6962, 0.6977, 0.5, 0.5)
    assert made("whole_steps", 0.1, *ends) == 2
    with pytest.raises(ValueError, match="shorter"):
        made("whole_steps", 0.1, 0.5)
