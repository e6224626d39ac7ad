"""docs/index.md shows what a recipe takes: its blocks are read, and mean what it says."""

from __future__ import annotations

import re
from dataclasses import fields, replace

import pytest

from suyuan.index import scoring
from suyuan.index.aggregations import AGGREGATIONS
from suyuan.index.data import TREE_COLUMNS
from suyuan.index.imputation import METHODS as IMPUTATIONS
from suyuan.index.judgements import KINDS
from suyuan.index.reading import Declared, declared
from suyuan.index.recipe import read_recipe
from suyuan.index.section import read_top
from suyuan.index.steps import STEPS
from suyuan.index.weights import WEIGHTINGS
from tests.code.miniature import ROOT

PAGE = (ROOT / "docs/index.md").read_text(encoding="utf-8")
DATA, CHOICES = re.findall(r"^```yaml\n(.+?)^```$", PAGE, re.MULTILINE | re.DOTALL)[:2]


def recipe(folder, text):
    path = folder / "recipe.yaml"
    path.write_text(text, encoding="utf-8")
    return replace(read_recipe(path, "recipe.yaml"), file="", lines={})


def test_what_is_left_out_is_as_the_docs_show(tmp_path):
    shown, nothing = recipe(tmp_path, CHOICES), recipe(tmp_path, "")
    plain = {"data": Declared()}
    assert replace(shown, **plain) == replace(nothing, **plain)


def test_the_section_of_the_data_has_every_key(tmp_path):
    given, left_out = recipe(tmp_path, DATA).data, Declared()
    section = read_top(tmp_path / "recipe.yaml", "recipe.yaml")[0].section("data")
    declared(section)
    assert set(re.findall(r"^  (\w+):", DATA, re.MULTILINE)) == set(section.asked)
    for field in fields(Declared):
        if field.name not in ("path", "file", "lines"):
            assert getattr(given, field.name) != getattr(left_out, field.name), field.name


def test_every_column_of_a_tree_is_described():
    table = PAGE.split("**TREE.csv**")[1].split("**RECIPE.yaml**")[0]
    rows = re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == set(TREE_COLUMNS)


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("| method | score |", scoring.METHODS),
        ("| step | parameters |", STEPS),
        ("| weights | what", WEIGHTINGS),
    ],
)
def test_every_method_is_described(head, names):
    table = PAGE.split(head)[1].split("\n\n")[0]
    rows = re.findall(r"^\| (`.+?`) \|", table, re.MULTILINE)
    assert set(re.findall(r"`(\w+)`", "".join(rows))) == set(names)


@pytest.mark.parametrize("name", [*AGGREGATIONS, *IMPUTATIONS, *KINDS, "power"])
def test_every_word_of_a_recipe_is_in_the_docs(name):
    assert re.search(rf"[`{{, ]{name}[`:, }}]", CHOICES + PAGE.split("Methods of `normalise`")[1])
