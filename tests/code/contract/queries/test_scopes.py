"""A parameter that belongs to no rule, or holds for nothing, is told at its own cell."""

from __future__ import annotations

import pytest

from suyuan.contract import edition
from suyuan.contract.config import edition_layout, read_config
from suyuan.contract.queries.rules import parameter_problems
from suyuan.contract.queries.scopes import World
from suyuan.contract.queries.seen import BOUNDS
from tests.code.miniature import ROOT


@pytest.fixture(scope="module")
def world():
    layout = edition_layout(ROOT, read_config(ROOT).edition)
    return World(edition.read_all(layout)[0], edition.possible_schemas(layout))


def told(world, bound, column, text):
    """Code, line, column and text of what is told of one changed cell."""
    (row,) = [each for each in world.tables[BOUNDS].rows if each.cells["bound_id"] == bound]
    before = row.cells[column]
    row.cells[column] = text
    found = [(one.code, one.row, one.column, one.value) for one in parameter_problems(world)]
    row.cells[column] = before
    assert all(line == row.line for _, line, _, _ in found)
    return [(code, name, value) for code, _, name, value in found]


def test_the_project_names_nothing_that_is_not_there(world):
    assert list(parameter_problems(world)) == []


@pytest.mark.parametrize(
    ("bound", "column", "text", "expected"),
    [
        ("line_points", "code", "W999", ("E186", "code", "W999")),
        ("line_points", "name", "point", ("E185", "name", "point")),
        ("line_points", "of", "gdp", ("E882", "of", "gdp")),
        ("part_gdp", "of", "gpd", ("E185", "of", "gpd")),
        ("part_gdp", "of", "", ("E186", "of", "")),
        ("used_sources", "of", "sorces", ("E185", "of", "sorces")),
        ("once_url", "of", "sorces.url", ("E185", "of", "sorces")),
        ("once_url", "of", "sources.urn", ("E185", "of", "urn")),
        ("once_url", "of", "sources", ("E185", "of", "sources")),
        ("order_trends", "of", "trends.off", ("E186", "of", "off")),
        ("order_trends", "of", "ratings", ("E186", "of", "ratings")),
        ("title_city", "of", "town", ("E186", "of", "town")),
        ("figures_of_record", "of", "recrd", ("E185", "of", "recrd")),
    ],
)
def test_what_names_nothing_is_told(world, bound, column, text, expected):
    assert told(world, bound, column, text) == [expected]


def test_a_register_that_an_edition_need_not_have_is_known(world):
    assert "revisions" in world.schemas
    assert told(world, "used_sources", "of", "revisions") == []
