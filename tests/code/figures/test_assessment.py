"""Marks, counts and weights of the assessment, of a tree with two leaves and two vendors."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from suyuan.contract.observations import book_of
from suyuan.core.errors import ConfigError
from suyuan.domain.assessment.counts import count_admission, count_nodes, count_ratings
from suyuan.domain.assessment.scores import global_weights, record_inputs, score_vendor
from suyuan.domain.assessment.tree import IndicatorTree
from suyuan.domain.operations import OPERATIONS
from suyuan.figures.book import Book
from suyuan.figures.description import Described
from suyuan.figures.source import source_of
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Shelf
from suyuan.lineage.value import Cell
from tests.code.miniature import ROOT


def csv(path):
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def table(columns, *rows):
    return pd.DataFrame([row.split(",") for row in rows], columns=columns.split(","))


TABLES = {
    "tree": table(
        "node_id,parent_id,level,order,name,weight,aggregation",
        "score,,0,1,综合,1,arithmetic",
        "supply,score,1,1,供给,0.6,arithmetic",
        "trust,score,1,2,可信,0.4,geometric",
        "scale,supply,2,1,规模,1,arithmetic",
        "safety,trust,2,1,安全,1,arithmetic",
        "size,scale,3,1,体量,0.75,",
        "reach,scale,3,2,覆盖,0.25,",
        "audit,safety,3,1,资质,1,",
        "region_fit,,0,2,区域,1,arithmetic",
        "local,region_fit,1,1,活跃,1,",
    ),
    "grades": table("grade,spread", "A,0.25", "B,0.5", "C,0.75", "D,1"),
    "suppliers": table("supplier_id", "north", "south"),
    "ratings": table(
        "rating_id,subject_id,node_id,score,grade,kind,rationale",
        "north_size,north,size,4,B,disclosed,有据",
        "north_reach,north,reach,2.5,D,inferred,有据",
        "north_audit,north,audit,,,missing,北云没有记录",
        "north_local,north,local,3,A,disclosed,有据",
        "south_size,south,size,0,C,disclosed,有据",
        "south_reach,south,reach,,,missing,南云没有记录",
        "south_audit,south,audit,1,C,disclosed,有据",
        "south_local,south,local,,,missing,南云没有记录",
    ),
    "terms": table("term_id,name", "inclusive,普惠", "cloud,云平台"),
    "criteria": table("criterion_id,term_id,name", "self,inclusive,自助", "public,cloud,公有"),
    "fulfilment": table(
        "verdict,name", "met,满足", "mostly,大体满足", "partly,部分满足", "weak,较弱", "no,不满足",
        "unknown,本项目记录未载",
    ),
    "criterion_ratings": table(
        "criterion_rating_id,subject_id,criterion_id,verdict",
        "north_self,north,self,met", "north_public,north,public,weak",
        "south_self,south,self,unknown", "south_public,south,public,no",
    ),
    "subjects": table("subject_id,name", "north,北云", "south,南云"),
    "model": table("parameter_id,value", "kappa,0.4"),
    "comparisons": table("comparison_id,first,second,value", "c1,supply,trust,2"),
    "estimates": table("estimate_id,subject_id,factor,low,mode,high", "e1,north,T,0.1,0.2,0.3"),
}  # fmt: skip


TABLES_WITH_LINES = {name: rows.copy() for name, rows in TABLES.items()}
for rows in TABLES_WITH_LINES.values():
    rows.insert(0, "line", "1")


@pytest.fixture(scope="module")
def ledger():
    config = ROOT / "config"
    book = book_of({name: csv(config / f"{name}.csv") for name in ("indicators", "units")})
    values = Ledger(book, OPERATIONS)
    for name, rows in TABLES.items():
        for row in rows.to_dict("records"):
            key, *columns = row
            for column in columns:
                if row[column]:
                    cell = Cell(name, column, row[key])
                    values.text(f"{name}.{column}.{row[key]}", row[column], cell)
    shelf = Shelf(values, TABLES)
    record_inputs(values, shelf)
    tree = IndicatorTree.of(TABLES["tree"].to_dict("records"))
    global_weights(values, tree)
    count_admission(values, shelf)
    count_nodes(values, tree)
    count_ratings(values, shelf["ratings"])
    return values


def made(ledger, name, **more):
    """The marks of a source, as the table of a figure has them."""
    figure = Described("fig", 1, {"of": name, "missing": "缺"} | more, "fig")
    book = Book(ledger, [], {}, TABLES.__getitem__, figure)
    return source_of(name).table(book, figure.spec).to_dict("records")


@pytest.mark.parametrize(
    ("leaf", "txt", "parents"),
    [
        ("size", "0.450", ["supply", "scale", "size"]),  # 0.6 · 1 · 0.75
        ("reach", "0.150", ["supply", "scale", "reach"]),  # 0.6 · 1 · 0.25
        ("audit", "0.400", ["trust", "safety", "audit"]),  # 0.4 · 1 · 1
    ],
)
def test_the_weight_of_a_leaf_within_the_whole(ledger, leaf, txt, parents):
    value = ledger[f"{leaf}.global_weight"]
    assert value.txt == txt
    assert list(value.parents) == [f"{node}.weight" for node in parents]


def test_only_leaves_of_the_composite_have_a_weight_within_the_whole(ledger):
    found = [value.id for value in ledger if value.id.endswith(".global_weight")]
    assert found == ["size.global_weight", "reach.global_weight", "audit.global_weight"]


@pytest.mark.parametrize(
    ("value_id", "count"),
    [
        ("report.term_count", 2),
        ("report.criterion_count", 2),
        ("report.verdict_count", 4),
        ("report.verdict_count.met", 1),
        ("report.verdict_count.unknown", 1),
        ("report.node_count.dimension", 2),
        ("report.node_count.indicator", 2),
        ("report.node_count.leaf", 3),
        ("report.factor_count", 1),
        ("report.rating_count", 8),
        ("report.rating_count.missing", 3),
    ],
)
def test_counts(ledger, value_id, count):
    assert ledger[value_id].number == count


def test_an_outcome_that_no_verdict_has_is_not_counted(ledger):
    assert "report.verdict_count.partly" not in ledger


def test_weights_come_parents_first_with_their_dimension(ledger):
    marks = made(ledger, "weights")
    assert [(m["node"], m["parent"], m["series"], m["txt"]) for m in marks] == [
        ("supply", "", "供给", "0.6"), ("scale", "supply", "供给", "1"),
        ("size", "scale", "供给", "0.75"), ("reach", "scale", "供给", "0.25"),
        ("trust", "", "可信", "0.4"), ("safety", "trust", "可信", "1"),
        ("audit", "safety", "可信", "1"),
    ]  # fmt: skip
    assert {m["value_id"] for m in marks} == {f"{m['node']}.weight" for m in marks}


def test_weights_go_as_far_down_as_is_said(ledger):
    marks = made(ledger, "weights", levels=2)
    assert [m["node"] for m in marks] == ["supply", "scale", "trust", "safety"]


def test_every_vendor_has_a_cell_on_every_leaf_of_both_trees(ledger):
    marks = made(ledger, "ratings")
    assert [(m["group"], m["label"], m["series"]) for m in marks] == [
        ("供给", "体量", "北云"), ("供给", "体量", "南云"),
        ("供给", "覆盖", "北云"), ("供给", "覆盖", "南云"),
        ("可信", "资质", "北云"), ("可信", "资质", "南云"),
        ("区域", "活跃", "北云"), ("区域", "活跃", "南云"),
    ]  # fmt: skip


def test_a_rating_knows_its_value_and_how_sure_it_is(ledger):
    size, zero, reach, *_ = made(ledger, "ratings")
    assert (size["value_id"], size["v"], size["txt"]) == ("north.rating.size", 4, "4")
    # The second of four grades is 3/4 sure, the last 1/4.
    assert (size["grade"], size["sureness"]) == ("B", 0.75)
    assert (reach["grade"], reach["sureness"]) == ("D", 0.25)
    assert (zero["value_id"], zero["v"]) == ("south.rating.size", 0)


def test_a_missing_rating_leads_to_the_reason(ledger):
    missing = [mark for mark in made(ledger, "ratings") if math.isnan(mark["v"])]
    assert [(m["value_id"], m["txt"], m["grade"]) for m in missing] == [
        ("ratings.rationale.south_reach", "南云没有记录", ""),
        ("ratings.rationale.north_audit", "北云没有记录", ""),
        ("ratings.rationale.south_local", "南云没有记录", ""),
    ]


def texts(ledger, **given):
    spec = {"of": "texts", "table": "criteria", "title": "name", "parts": given["parts"]}
    book = Book(ledger, [], {}, TABLES_WITH_LINES.__getitem__, Described("fig", 1, spec, "fig"))
    return source_of("texts").table(book, spec).to_dict("records")


def test_a_row_of_texts_has_its_name_first_and_then_its_parts(ledger):
    parts = [{"column": "term_id", "label": "用词"}]
    marks = texts(ledger, parts=parts)
    assert [(m["series"], m["label"], m["txt"], m["value_id"]) for m in marks] == [
        ("自助", "自助", "自助", "criteria.name.self"),
        ("自助", "用词", "inclusive", "criteria.term_id.self"),
        ("公有", "公有", "公有", "criteria.name.public"),
        ("公有", "用词", "cloud", "criteria.term_id.public"),
    ]


def test_a_column_that_there_is_not_is_refused(ledger):
    with pytest.raises(ConfigError) as refused:
        texts(ledger, parts=[{"column": "terms", "label": "用词"}])
    assert [(p.code, p.value) for p in refused.value.problems] == [("E345", "criteria.terms")]


def profile(ledger, vendor, ranked):
    spec = {"of": "profile", "vendor": vendor}
    members = {"ranked": ranked}
    book = Book(ledger, [], members, TABLES.__getitem__, Described("fig", 1, spec, "fig"))
    return source_of("profile").table(book, spec).to_dict("records")


@pytest.fixture(scope="module")
def scored(ledger):
    """Both vendors scored; only the south has drawn intervals, and only on one dimension."""
    tree = IndicatorTree.of(TABLES["tree"].to_dict("records"))
    for vendor in ("north", "south"):
        score_vendor(ledger, tree, vendor)
    for end in ("lower", "upper"):
        ledger.derive(f"south.score.trust_{end}", "same", ["south.score.trust"])
    return ledger


def test_a_profile_begins_with_the_one_it_is_about(scored):
    marks = profile(scored, "south", ["north", "south"])
    assert [m["series"] for m in marks] == ["南云", "南云", "北云"]
    assert [m["label"] for m in marks] == ["供给", "可信", "供给"]  # nothing of north's trust
    supply, trust, other = marks
    assert (trust["low_id"], trust["high_id"]) == (
        "south.score.trust_lower",
        "south.score.trust_upper",
    )
    assert (supply["low_id"], other["high_id"]) == (
        "south.score_low.supply",
        "north.score_high.supply",
    )
    assert other["low"] <= other["v"] <= other["high"]


def test_a_profile_of_whom_nothing_is_known_has_no_marks(scored):
    scored.text("subjects.name.west", "西云", Cell("subjects", "name", "west"))
    assert profile(scored, "west", ["north", "south"]) == []


def test_verdicts_have_a_level_unless_unknown(ledger):
    marks = made(ledger, "fulfilment")
    assert [(m["value_id"], m["group"], m["said"]) for m in marks] == [
        ("criterion_ratings.verdict.north_self", "普惠", "满足"),
        ("criterion_ratings.verdict.south_self", "普惠", "本项目记录未载"),
        ("criterion_ratings.verdict.north_public", "云平台", "较弱"),
        ("criterion_ratings.verdict.south_public", "云平台", "不满足"),
    ]
    met, unknown, weak, no = (mark["level"] for mark in marks)
    assert (met, weak, no) == (1, 0.25, 0)  # met, mostly, partly, weak, no in steps of 1/4
    assert math.isnan(unknown)
