"""The gates catch what they are for: a fault of each family, and the score on record."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from suyuan.contract.config import edition_layout, read_config
from suyuan.stages import check
from tests.code.miniature import ROOT
from tools.fuzz.bench import Bench as Copy
from tools.mutation.document import OVERALL, below, document
from tools.mutation.faults import FAMILIES, faults, lawful
from tools.mutation.gates import CRASH, GATES, NONE, Bench, Caught
from tools.mutation.groups import GROUPS
from tools.mutation.judged import JUDGED
from tools.mutation.kinds import COUNT
from tools.mutation.written import LAWFUL, WRITTEN

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
    "tier_threshold": "double entry",
    "cutoff_wrong": "consistency",
    "last_digit_off": "double entry",
    "period_emptied": "contract",
    **dict.fromkeys(JUDGED, "contract"),
    **dict.fromkeys(WRITTEN, "described"),
    "rating_one_off": "double entry",
    "setting_wrong": "score",
    "setting_misspelt": "contract",
    "claim_parameter_times_10": "claims",
}
FEW = {gate: family for family, gate in reversed(EXPECTED.items())}.values()  # one of each gate
DOCUMENT = (ROOT / "docs/mutation.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    config = read_config(ROOT)
    copy = Copy(ROOT, tmp_path_factory.mktemp("copy"))
    return Bench(edition_layout(ROOT, config.edition), config, copy)


@pytest.fixture(scope="module")
def every(bench):
    return faults(bench.edition())


def test_the_accepted_edition_passes_every_gate(bench, every):
    sample = every[0]
    unchanged = bench.edition().tables[sample.table]
    untouched = type(sample)("x", "x", sample.table, "", unchanged)
    assert bench.try_out(untouched).gate == NONE


def test_faults_are_many_and_the_same_each_time(bench, every):
    assert len(every) >= 1000
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
        for n in re.search(r"(\d+) faults .*?; (\d+) are caught", DOCUMENT, re.DOTALL).groups()[
            ::-1
        ]
    )
    assert total >= 200
    assert caught / total >= OVERALL
    assert "none is below" in DOCUMENT
    assert len(re.findall(r"^- `[a-z0-9_]+-\d\d` ", DOCUMENT, re.MULTILINE)) == total - caught


def test_each_family_is_in_one_group():
    grouped = [family for families in GROUPS.values() for family in families]
    assert sorted(grouped) == sorted(FAMILIES)


def test_a_fault_that_nobody_foresaw_or_that_is_told_elsewhere_is_seen(bench, every, monkeypatch):
    fault = next(each for each in every if each.family == "claim_fact_misspelt")
    told = bench.try_out(fault)
    assert (told.gate, told.elsewhere) == ("described", False)
    assert not bench.try_out(replace(fault, line=0)).elsewhere
    rated = next(each for each in every if each.family == "rating_one_off")
    assert not bench.try_out(rated).elsewhere
    assert bench.try_out(replace(rated, line=rated.line + 1)).elsewhere
    monkeypatch.setattr(check, "check_described", lambda *_: {}["x"])
    broken = bench.try_out(fault)
    assert broken.gate == CRASH
    assert "KeyError" in broken.said


def test_the_record_says_what_is_caught_too_seldom(bench, every):
    aside = [Caught(fault, NONE) for fault in lawful(bench.edition())]
    first = [each for each in every if each.family == every[0].family]
    assert below([Caught(fault, "contract") for fault in first]) == []
    missed = len(first) * 4 // 10
    some = [Caught(fault, NONE if n < missed else "contract") for n, fault in enumerate(first)]
    assert below(some) == [every[0].family]
    rest = [Caught(fault, "contract") for fault in every if fault.family != every[0].family]
    text = document([*some, *rest], aside)
    assert f"below that: {every[0].family}." in text
    assert re.search(r"\| claim_words_deleted \| \d+ \| 0 \| 0% \|", text)
    assert "none is below" in document([Caught(fault, "contract") for fault in every], aside)


def test_the_record_is_of_the_faults_there_are(every):
    assert f"{len(every)} faults of {len(FAMILIES)} families" in DOCUMENT
    assert all(f" {gate} |" in DOCUMENT for gate in GATES)


def test_what_is_lawful_by_design_is_measured_beside_the_score():
    assert not LAWFUL.keys() & FAMILIES.keys()
    counted = DOCUMENT.partition("## Lawful by design")[2]
    found = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| \d+% \|$", counted, re.MULTILINE)
    assert [name for name, *_ in found] == list(LAWFUL)
    assert all(0 <= int(noticed) < int(total) for _, total, noticed in found)


def test_words_for_what_is_the_case_are_never_missed_lawfully(bench):
    edition = bench.edition()
    assert edition.outcomes
    gone = [change for change in lawful(edition) if change.family == "claim_words_deleted"]
    assert len(gone) == COUNT
    assert {bench.try_out(change).gate for change in gone} == {NONE}
