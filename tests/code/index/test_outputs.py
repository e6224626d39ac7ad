"""Every table of the command is described, and is what its description says."""

from __future__ import annotations

import re

import pytest

from suyuan.index.command import compute, made
from suyuan.index.outputs import NAMES, TABLES
from suyuan.index.run import EVERY_NODE
from suyuan.results.files import scorecards
from tests.code.miniature import ROOT

EXAMPLE = ROOT / "docs/examples/index"


@pytest.fixture(scope="module")
def found():
    return compute(EXAMPLE / "data.csv", EXAMPLE / "tree.csv", EXAMPLE / "recipe.yaml")


def described():
    """Of docs/index.md: for each file of the output the names in its row."""
    text = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    output = text.split("\n## Output\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([^`]+)` \| (.*) \|$", output, re.MULTILINE)
    return {file: re.findall(r"`([^`]+)`", rest) for file, rest in rows}


def test_the_docs_describe_every_file_in_order_and_no_other():
    *files, last = NAMES
    cards = [each.file for each in scorecards()]
    assert list(described()) == [*files, *cards, last]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_docs_name_the_columns(table):
    expected = [column for column in table.columns if column != EVERY_NODE]
    assert described()[table.file][: len(expected)] == expected


def test_tables_have_the_columns_they_declare(found):
    for output, table in made(found):
        expected = []
        for column in output.columns:
            expected += list(found.tree.nodes) if column == EVERY_NODE else [column]
        assert list(table) == expected, output.name
        assert set(output.scores) <= set(output.columns)


def test_names_are_not_taken_twice():
    assert len(set(NAMES)) == len(NAMES)
