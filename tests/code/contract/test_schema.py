"""Schemas say what they mean, and those of the project hang together."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from itertools import chain

import pytest

from suyuan.contract.schema import ForeignKey, read_schemas
from suyuan.core.errors import ConfigError
from tests.code.miniature import ROOT

SCHEMAS = ROOT / "workflow/schemas"
REAL = {
    (kind, name): schema
    for kind in ("raw", "config")
    for name, schema in read_schemas(SCHEMAS / kind).items()
}

TABLE = """
name: plots
title: 地块
description: Plots of land.
primaryKey: plot_id
provenance: {provenance}
fields:
  - {{name: plot_id, type: string, description: Id., constraints: {{required: true}}}}
  - {{name: share, type: number, description: Part., constraints: {{minimum: 0.1, maximum: 1}}}}
  - {{name: grade, type: string, description: Grade., constraints: {{enum: ["A", "B"]}}}}
  - {{name: code, type: string, description: Code., constraints: {{pattern: "^[a-z]$"}}}}
foreignKeys:
  - {{fields: code, reference: {{resource: codes, fields: code_id}}}}
  - {{fields: grade, separator: ";", reference: {{resource: grades, fields: grade_id}}}}
"""
PROVENANCE = """
fields:
  - {name: source_id, type: string, description: Source.}
foreignKeys:
  - {fields: source_id, reference: {resource: sources, fields: source_id}}
"""


def plots(tmp_path, provenance):
    (tmp_path / "raw").mkdir()
    text = TABLE.format(provenance=provenance)
    (tmp_path / "raw/plots.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "provenance.yaml").write_text(PROVENANCE, encoding="utf-8")
    shutil.copy(SCHEMAS / "texts.yaml", tmp_path)
    return read_schemas(tmp_path / "raw")["plots"]


def test_constraints_are_read(tmp_path):
    schema = plots(tmp_path, "false")
    plot_id, share, grade, code = schema.fields
    assert schema.primary_key == "plot_id"
    assert schema.columns == ["plot_id", "share", "grade", "code"]
    assert plot_id.required
    assert not share.required
    assert (share.minimum, share.maximum) == (Decimal("0.1"), Decimal(1))  # 0.1 exactly
    assert (code.minimum, code.maximum) == (None, None)
    assert grade.enum == ("A", "B")
    assert code.regex.search("q")
    assert not code.regex.search("Q")
    assert schema.foreign_keys == (
        ForeignKey("code", "codes", "code_id"),
        ForeignKey("grade", "grades", "grade_id", separator=";"),
    )


def test_provenance_adds_its_fields_and_keys_at_the_end(tmp_path):
    schema = plots(tmp_path, "true")
    assert schema.columns[-1] == "source_id"
    assert schema.foreign_keys[-1] == ForeignKey("source_id", "sources", "source_id")


@pytest.mark.parametrize(
    ("old", "new", "code", "row"),
    [
        ("primaryKey", "primarykey", "E195", 5),
        ("type: number", "type: numbr", "E185", 9),
        ("required: true", 'required: "yes"', "E816", 8),
        ("^[a-z]$", "^[a-z$", "E817", 11),
        ("minimum: 0.1", "minimum: low", "E184", 9),
        ("title: 地块", "title: [", "E191", 5),
        ("title: 地块", "name: 地块", "E193", 3),
    ],
)
def test_a_schema_is_read_as_strictly_as_any_file(tmp_path, old, new, code, row):
    plots(tmp_path, "false")
    path = tmp_path / "raw/plots.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_schemas(tmp_path / "raw")
    assert [(p.code, p.row) for p in caught.value.problems][:1] == [(code, row)]
    assert caught.value.problems[0].file.endswith("raw/plots.yaml")


@pytest.mark.parametrize("schema", REAL.values(), ids=lambda schema: schema.name)
def test_a_schema_of_the_project_is_sound(schema):
    columns = schema.columns
    assert len(set(columns)) == len(columns)
    (key,) = [field for field in schema.fields if field.name == schema.primary_key]
    assert key.required
    assert columns[0] == schema.primary_key
    for field in schema.fields:
        assert field.type in {"string", "number", "integer", "period", "days"}
        assert field.description.endswith((".", "…")), field.name
        assert all(isinstance(choice, str) for choice in field.enum)
        assert not field.pattern or field.pattern.startswith("^")
        assert not field.pattern or field.pattern.endswith("$")
        re.compile(field.pattern)


@pytest.mark.parametrize("schema", REAL.values(), ids=lambda schema: schema.name)
def test_foreign_keys_lead_to_primary_keys(schema):
    names = {name: other for (_, name), other in REAL.items()}
    for key in schema.foreign_keys:
        assert key.field in schema.columns
        assert key.target == names[key.resource].primary_key


def test_no_two_tables_share_a_name():
    assert len({name for _, name in REAL}) == len(REAL)


@pytest.mark.parametrize(("kind", "name"), REAL)
def test_a_schema_is_named_like_its_file_and_its_terms_name_columns(kind, name):
    schema = REAL[kind, name]
    assert schema.name == name
    gap, terms = schema.gap, [*schema.joins, *schema.complete, *chain.from_iterable(schema.ordered)]
    terms += [schema.shares, schema.parent, schema.depth, *schema.of_branches, *schema.of_leaves]
    terms += [gap.column, *gap.empty, *gap.says] if gap else []
    assert {term for term in terms if term} <= set(schema.columns)
    for field in schema.fields:
        if (field.minimum, field.maximum) != (None, None):
            assert field.type in {"number", "integer"}, field.name
    for key in schema.foreign_keys:
        target = next(other for (_, known), other in REAL.items() if known == key.resource)
        assert {*key.where, *filter(None, [key.same])} <= set(target.columns)
        assert not key.same or key.same in schema.columns
        assert not key.leaf or target.parent


@pytest.mark.parametrize(
    ("table", "old", "new"),
    [
        ("raw/observations", "primaryKey: obs_id", "primaryKey: obs_idd"),
        ("raw/observations", "{fields: unit,", "{fields: unitt,"),
        ("raw/observations", "[as_of, as_of_missing]", "[as_of, as_of_missin]"),
        ("raw/estimates", "{subject_id: {type", "{subjectid: {type"),
        ("raw/estimates", "[low, mode, high]]\ngap", "[low, mod, high]]\ngap"),
        ("raw/estimates", "{column: kind,", "{column: kin,"),
        ("config/tiers", "unit: unit,", "unit: unitt,"),
        ("config/tree", "parent: parent_id", "parent: parent"),
        ("config/model", "{column: value,", "{column: valu,"),
    ],
)
def test_a_term_that_names_no_column_is_told_with_its_line(tmp_path, table, old, new):
    shutil.copytree(SCHEMAS, tmp_path / "workflow/schemas")
    path = tmp_path / f"workflow/schemas/{table}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_schemas(path.parent)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E185", f"workflow/schemas/{table}.yaml")
    assert problem.row == text[: text.index(old)].count("\n") + 1
