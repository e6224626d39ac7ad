"""Every number of the source and every verified public number is among the raw rows.

The expected numbers are our own compact copy, kept apart from the raw data; README.md beside
them says where they are from.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

import pytest

DATA = Path(__file__).parents[1] / "data"
pytestmark = pytest.mark.known

# Canonical unit of the copy: ours, and what one of it is worth in ours.
UNITS = {"%": ("1", "0.01"), "% QoQ": ("1", "0.01"), "ratio": ("1", "1"), "PUE": ("1", "1")} | {
    "racks": ("架", "1"),
    "years": ("year", "1"),
}
# What the source leaves out beside a number, and our rows complete.
LEFT_OUT = {"": {"Eflops", "PUE", "index", "1"}, "亿": {"亿元"}, "万": {"万卡"}}
# Read as a rank in the copy, as a count in our rows: 全国首个 is one facility.
COUNTED = {"F127"}
# On record only from memory, without a source: (subject, indicator, period).
UNVERIFIED = [
    ("cn", "compute_total_device", "2021"),
    ("cn", "compute_total_device", "2022"),
    ("cn", "pue", "2022"),
    ("cn", "pue", "2023"),
    ("cn", "pue", "2024-12"),
    ("cn", "gdp", "2023"),
    ("cn", "gdp", "2024"),
    ("world", "nand_contract_qoq_low", "2025Q3"),
    ("world", "nand_contract_qoq_high", "2025Q3"),
]

Rows = dict[str, dict[str, str]]


def read(path: Path, key: str) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return {row[key]: row for row in csv.DictReader(lines)}


SOURCE = read(DATA / "source_facts.csv", "obs_id")
PUBLIC = read(DATA / "public_series.csv", "obs_id")
EXPECTED = SOURCE | PUBLIC
WORDED = {key for key, row in SOURCE.items() if ";" in row["v"] or row["value"] == "全国少数"}


@pytest.fixture(scope="module")
def observations(built: Path, edition: str) -> Rows:
    return read(built / "data/raw" / edition / "observations.csv", "obs_id")


@pytest.fixture(scope="module")
def statements(built: Path, edition: str) -> Rows:
    return read(built / "data/raw" / edition / "statements.csv", "statement_id")


@pytest.fixture(scope="module")
def normalised(built: Path, edition: str) -> Rows:
    return read(built / f"data/processed/{edition}/normalised.csv", "obs_id")


def test_the_copy_is_complete():
    # 193 facts were counted in the source, 160 public records have a source one can open.
    assert (len(SOURCE), len(PUBLIC), len(WORDED)) == (193, 160, 12)


def test_every_number_has_its_row_and_no_row_is_from_elsewhere(observations, statements):
    assert set(observations) == set(EXPECTED) - WORDED
    assert set(statements) == WORDED


@pytest.mark.parametrize("column", ["value", "unit"])
def test_numbers_and_units_are_as_printed(observations, column):
    different = {
        key: (row[column], EXPECTED[key][column])
        for key, row in observations.items()
        if row[column] != EXPECTED[key][column]
        and row[column] not in LEFT_OUT.get(EXPECTED[key][column], ())
    }
    assert different == {}


def test_comparators_are_those_of_the_source(observations):
    # 全国智算占比"超过"35%: F017 has >. 庆阳 10 万 P too: F089.
    assert (observations["F017"]["comparator"], observations["F089"]["comparator"]) == (">", ">")
    numbers = set(EXPECTED) - WORDED
    assert {key: observations[key]["comparator"] for key in numbers} == {
        key: EXPECTED[key]["comparator"] for key in numbers
    }


@pytest.mark.parametrize("column", ["subject_id", "as_of"])
def test_public_numbers_stand_at_their_place_and_time(observations, column):
    assert {key: observations[key][column] for key in PUBLIC} == {
        key: row[column] for key, row in PUBLIC.items()
    }


def test_normalisation_is_exact(normalised):
    # 万标准机架: 1085 × 10000 = 10850000 架; 60 % × 0.01 = 0.6; 1100 万架 = 11000000 架.
    assert normalised["P028"]["v"] == "10850000"
    assert normalised["F008"]["v"] == "0.6"
    different = {}
    for key in set(EXPECTED) - WORDED:
        said = EXPECTED[key]
        unit, factor = UNITS.get(said["u"], (said["u"], "1"))
        unit = "count" if key in COUNTED else unit
        wanted = (Decimal(said["v"]) * Decimal(factor), unit)
        found = (Decimal(normalised[key]["v"]), normalised[key]["u"])
        if found != wanted:
            different[key] = (found, wanted)
    assert different == {}


def numerals(text: str) -> list[str]:
    """The numbers in a statement: 第一季度 holds 1, 下半年 is the half-year 2, 多于一个 is 1."""
    return re.findall(r"\d+", text.replace("下半年", "2").replace("一", "1"))


def test_what_is_no_single_number_is_stated_in_words(statements):
    # 1-3-7-14 毫秒 is 1, 3, 7 and 14.
    assert numerals(statements["F114"]["text"]) == ["1", "3", "7", "14"]
    said = {key: EXPECTED[key]["v"].split(";") for key in WORDED}
    assert {key: numerals(statements[key]["text"]) for key in WORDED} == said


def test_what_nobody_could_verify_is_not_used(observations):
    columns = ("subject_id", "indicator_id", "as_of")
    found = {tuple(row[name] for name in columns) for row in observations.values()}
    assert found.isdisjoint(UNVERIFIED)


def test_public_rows_cite_a_registered_document(built, edition, observations):
    sources = read(built / "data/raw" / edition / "sources.csv", "source_id")
    report = "analysys-2026-nw"
    assert {observations[key]["source_id"] for key in SOURCE.keys() - WORDED} == {report}
    cited = {observations[key]["source_id"] for key in PUBLIC}
    assert report not in cited
    assert cited <= set(sources)
    assert all(sources[key]["title"] and sources[key]["publisher"] for key in cited)
    assert all(observations[key]["locator"] for key in EXPECTED.keys() - WORDED)
