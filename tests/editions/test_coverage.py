"""docs/coverage.md: what of the source report has its counterpart here."""

from __future__ import annotations

import re

import pytest

from tests.workflow.project import CHECKOUT

TEXT = (CHECKOUT / "docs/coverage.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (P\d+|1\.\d+) \| (.+?) \| (.+?) \| (.*?) ?\|$", TEXT, re.MULTILINE)
SECTIONS = {
    path.name.removesuffix(".html.jinja")
    for path in (CHECKOUT / "templates/sections").glob("*.html.jinja")
}


def test_every_page_group_and_every_model_is_accounted_for():
    wanted = [f"P{n}" for n in range(35)] + [f"1.{n}" for n in range(1, 14)]
    assert [group for group, *_ in ROWS] == wanted


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_what_is_said_to_carry_it_is_there(row):
    _, _, where, made_from = row
    named = re.findall(r"`([^`]+)`", where)
    assert named or where.startswith("left out: ")
    assert set(named) <= SECTIONS
    schemas = {path.stem for path in (CHECKOUT / "workflow/schemas").glob("*/*.yaml")}
    assert set(re.findall(r"`([^`]+)`", made_from)) <= schemas


def test_every_section_is_named():
    assert set(re.findall(r"`(\w\w?-[\w-]+)`", TEXT)) >= SECTIONS
