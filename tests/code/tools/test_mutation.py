"""The gates catch what they are for: a fault of each family, and the score on record."""

from __future__ import annotations

import re

import pytest

from suyuan.contract.config import edition_layout, read_config
from tests.code.miniature import ROOT
from tools.mutation.faults import FAMILIES, faults
from tools.mutation.gates import GATES, NONE, Bench
from tools.mutation.judged import JUDGED

# The gate that must catch the first fault of a family that it can; others may catch more.
EXPECTED = {
    "value_times_1000": "plausibility",
    "value_over_1000": "plausibility",
    "point_right": "plausibility",
    "point_left": "plausibility",
    "digits_transposed": "double entry",
    "sign_flipped": "contract",
    "full_width": "contract",
    "thousands_separator": "contract",
    "percent_as_fraction": "plausibility",
    "unit_swapped": "plausibility",
    "comparator_flipped": "plausibility",
    "comparator_dropped": "double entry",
    "period_stale": "consistency",
    "gdp_period_stale": "restatement",
    "kind_changed": "plausibility",
    "basis_changed": "plausibility",
    "provinces_swapped": "double entry",
    "total_and_part_swapped": "double entry",
    "value_and_period_swapped": "contract",
    "province_dropped": "contract",
    "needed_row_dropped": "plausibility",
    "row_twice": "contract",
    "row_twice_new_key": "contract",
    "restatement_changed": "double entry",
    "original_changed": "double entry",
    "source_dangling": "contract",
    "source_wrong": "consistency",
    "subject_wrong": "consistency",
    "indicator_wrong": "plausibility",
    "cell_emptied": "contract",
    "policy_title_twice": "contract",
    "tier_threshold": "contract",
    "cutoff_wrong": "consistency",
    **dict.fromkeys(JUDGED, "contract"),
}
FEW = {gate: family for family, gate in reversed(EXPECTED.items())}.values()  # one of each gate
DOCUMENT = (ROOT / "docs/mutation.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bench():
    config = read_config(ROOT)
    return Bench(edition_layout(ROOT, config.edition), config)


@pytest.fixture(scope="module")
def every(bench):
    return faults(bench.edition())


def test_the_accepted_edition_passes_every_gate(bench, every):
    sample = every[0]
    unchanged = bench.edition().tables[sample.table]
    untouched = type(sample)("x", "x", sample.table, "", unchanged)
    assert bench.try_out(untouched).gate == NONE


def test_faults_are_many_and_the_same_each_time(bench, every):
    assert len(every) >= 240
    assert len({fault.id for fault in every}) == len(every)
    assert [(f.id, f.what) for f in faults(bench.edition())] == [(f.id, f.what) for f in every]
    assert {fault.family for fault in every} == set(FAMILIES) == set(EXPECTED)


@pytest.mark.parametrize(
    "family",
    [pytest.param(family, marks=[] if family in FEW else pytest.mark.slow) for family in EXPECTED],
)
def test_a_family_is_caught_by_its_gate(bench, every, family):
    own = (bench.try_out(fault) for fault in every if fault.family == family)
    assert EXPECTED[family] in (one.gate for one in own)


def test_the_score_on_record_is_high_and_its_misses_are_listed():
    caught, total = (
        int(n)
        for n in re.search(
            r"(\d+) faults .*?; (\d+) of them are caught", DOCUMENT, re.DOTALL
        ).groups()[::-1]
    )
    assert total >= 200
    assert caught / total >= 0.95
    assert len(re.findall(r"^- `[a-z0-9_]+-\d\d` ", DOCUMENT, re.MULTILINE)) == total - caught


def test_the_record_is_of_the_faults_there_are(every):
    assert f"{len(every)} faults of {len(FAMILIES)} families" in DOCUMENT
    assert all(f" {gate} |" in DOCUMENT for gate in GATES)
