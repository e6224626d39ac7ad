"""Who misses a value is sent to the table whose row would give it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suyuan.lineage.homes import home


@pytest.fixture
def known(ledger):
    made = ledger.copy()
    files = {"tiers": "config/tiers.csv", "subjects": "data/raw/x/subjects.csv"}
    made.texts = replace(made.texts, files=files)
    return made


@pytest.mark.parametrize(
    ("lost", "found"),
    [
        ("tiers.name.lost", "config/tiers.csv"),  # a text names its table
        ("subjects.name.lost", "data/raw/x/subjects.csv"),
        ("tier_lost.compute_total.floor", "config/tiers.csv"),  # recorded there for other tiers
        ("tier_lost.members", "config/tiers.csv"),  # computed for other tiers
        ("tier_lost.compute_total", "config/tiers.csv"),
        ("lost.compute_total", "observations.csv"),  # recorded there for other places
        ("no.such", "observations.csv"),
        ("nothing", "observations.csv"),
    ],
)
def test_the_table_that_would_give_a_value(known, lost, found):
    assert lost not in known
    assert home(known, lost) == found
