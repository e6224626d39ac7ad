"""Columns in terms of Table Schema, for programs of other people."""

from __future__ import annotations

import re

from suyuan.contract.edition import config_schemas
from suyuan.contract.tables import read_columns
from suyuan.core.layout import Layout
from suyuan.outputs.formats.datapackage import field
from tests.code.miniature import ROOT


def test_several_words_in_a_cell_are_a_pattern_since_table_schema_has_no_lists_of_words():
    schema = config_schemas(Layout(ROOT, "2026Q1"))["expectations"]
    names = [each.name for each in schema.fields if each.separator]
    assert len(names) == 3
    for name, cells in read_columns(ROOT / "config/expectations.csv", names).items():
        constraints = field(schema.column(name))["constraints"]
        assert "enum" not in constraints
        pattern = re.compile(constraints["pattern"])
        assert all(map(pattern.fullmatch, filter(None, cells)))
        assert any(" " in cell for cell in cells) or name == "bases"
        assert not pattern.fullmatch("other")
