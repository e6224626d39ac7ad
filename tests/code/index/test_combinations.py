"""What means nothing is refused, what is seldom meant is asked about; the docs have the list."""

from __future__ import annotations

import pytest

from suyuan.core.errors import ReportedError
from suyuan.index import command
from suyuan.index.checks import COMBINATIONS
from suyuan.index.selfcheck import CODES
from tests.code.index.test_provenance import TREE, of
from tests.code.miniature import ROOT

OF_NUMBERS = set(CODES.values())  # what the self-check asks of these few units
DATA = "u,a,b\nA,1,3\nB,2,1\nC,3,9\n"
POSTS = (
    "node_id,parent_id,weight,aggregation,low,high\ntop,,,geometric,,\na,top,1,,0,9\nb,top,1,,0,9\n"
)
UNDER_TOPSIS = (
    "node_id,parent_id,weight,aggregation\ntop,,,geometric\nx,top,1,topsis\na,x,1,\nb,x,1,\n"
)
RANKED = "normalise: {method: rank}\n"
CASES = [
    ("E720", TREE, RANKED + "treat: [{step: impute, method: sibling, group: u}]\n"),
    ("E517", TREE, "normalise: {method: zscore}\naggregation: harmonic\n"),
    ("E517", TREE, "normalise: {method: zscore}\naggregation: {power: 2}\n"),
    ("E517", POSTS, "normalise: {clip: false}\n"),
    ("E517", UNDER_TOPSIS, "normalise: {method: minmax, low: -9, high: 9}\n"),
    ("E518", POSTS, "treat: [{step: log}]\n"),
    ("E518", POSTS, "treat: [{step: boxcox, only: [b]}]\n"),
    ("E522", TREE, "normalise: {method: zscore}\nuncertainty: {spread: 1}\n"),
    ("E522", TREE, "normalise: {method: vector}\nuncertainty: {spread: 1}\n"),
    ("E701", TREE, "normalise: {method: zscore}\nweights: variation\n"),
    ("E701", TREE, "normalise: {method: rank}\nweights: entropy\n"),
    ("E702", TREE, "normalise: {method: minmax}\nweights: entropy\n"),
    ("E702", POSTS, "weights: variation\n"),
    ("E703", TREE, "normalise: {method: minmax}\naggregation: geometric\n"),
]
MEANT = [
    (TREE, "normalise: {method: share}\nweights: entropy\n"),
    (TREE, "normalise: {method: maximum}\nweights: variation\n"),
    (TREE, "normalise: {method: minmax, low: 1}\naggregation: geometric\n"),
    (TREE, "normalise: {method: zscore, clip: true}\naggregation: geometric\n"),
    (TREE, "normalise: {method: minmax}\naggregation: {power: 2}\n"),
    (TREE, "normalise: {method: zscore}\naggregation: topsis\nweights: critic\n"),
    (TREE, "normalise: {method: minmax}\ntreat: [{step: boxcox}, {step: skew}]\n"),
]


@pytest.mark.parametrize(("code", "tree", "recipe"), CASES)
def test_what_goes_ill_together(tmp_path, code, tree, recipe):
    (one,) = (one for one in COMBINATIONS if one.code == code)
    if one.refused:
        with pytest.raises(ReportedError) as caught:
            of(tmp_path, DATA, recipe, tree)
        assert {problem.code for problem in caught.value.problems} == {code}
    else:
        found = of(tmp_path, DATA, recipe, tree)
        assert {problem.code for problem in found.queries} - OF_NUMBERS == {code}
        tables = {output.name: table for output, table in command.made(found)}
        assert set(tables["queries"]["code"]) - OF_NUMBERS == {code}


@pytest.mark.parametrize(("tree", "recipe"), MEANT)
def test_what_goes_well_together_is_not_asked_about(tmp_path, tree, recipe):
    found = of(tmp_path, DATA, recipe, tree)
    assert {problem.code for problem in found.queries} <= OF_NUMBERS
    assert ("queries" in {output.name for output, _ in command.made(found)}) == bool(found.queries)


def test_every_combination_has_a_case():
    assert {one.code for one in COMBINATIONS} == {code for code, _, _ in CASES}


def test_the_docs_have_the_list():
    text = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    for one in COMBINATIONS:
        verdict = "refused" if one.refused else "asked about"
        assert f"| `{one.code}` | {one.choices} | {verdict} | {one.why} |" in text


def test_a_step_names_only_indicators_of_the_tree(tmp_path):
    with pytest.raises(ReportedError) as caught:
        of(tmp_path, DATA, "normalise: {method: rank}\ntreat: [{step: log, only: [a, q]}]\n", TREE)
    assert [(p.code, p.column, p.value) for p in caught.value.problems] == [("E535", "1", "q")]
