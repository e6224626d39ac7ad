"""Marks of the ecosystem's quadrants, and rows that belong to others."""

from __future__ import annotations

import io

import pandas as pd
import pytest

from suyuan.contract.observations import book_of
from suyuan.domain.operations import OPERATIONS
from suyuan.figures.book import IDS, Book
from suyuan.figures.description import Described
from suyuan.figures.source import source_name, source_of
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell
from tests.code.miniature import ROOT


def table(*lines):
    read = pd.read_csv(io.StringIO("\n".join(lines)), dtype=str, keep_default_na=False)
    read.insert(0, "line", [str(number + 2) for number in range(len(read))])
    return read


TABLES = {
    "ecosystem_quadrants": table("quadrant_id,name,keywords", "a,高校,研究;人才", "b,园区,资本"),
    "ecosystem_events": table(
        "event_id,quadrant_id,subject_id,title", "e,b,north,落户", "f,a,,开课", "g,a,north,平台"
    ),
    "subjects": table("subject_id,name", "north,北省"),
    "industry_layers": table("layer_id,parent_id,level,name", "top,,1,应用", "low,top,2,工具"),
}


@pytest.fixture(scope="module")
def ledger():
    config = {
        name: table(*(ROOT / "config" / f"{name}.csv").read_text(encoding="utf-8").splitlines())
        for name in ("indicators", "units")
    }
    values = Ledger(book_of(config), OPERATIONS)
    for name, rows in TABLES.items():
        for row in rows.to_dict("records"):
            _, key, *columns = row
            for column in columns:
                if row[column]:
                    cell = Cell(name, column, row[key])
                    values.text(f"{name}.{column}.{row[key]}", row[column], cell)
    return values


def made(ledger, spec):
    read = TABLES.__getitem__
    book = Book(ledger, [], {}, read, Described("fig", 1, spec, "fig"))
    return source_of(source_name(spec)).table(book, spec).to_dict("records")


def test_each_quadrant_has_its_keywords_and_then_its_events(ledger):
    marks = made(ledger, {"of": "ecosystem"})
    assert [(m["series"], m["label"], m["txt"]) for m in marks] == [
        ("高校", "", "研究、人才"), ("高校", "", "开课"), ("高校", "北省", "平台"),
        ("园区", "", "资本"), ("园区", "北省", "落户"),
    ]  # fmt: skip
    assert marks[2]["value_id"] == "ecosystem_events.title.g"
    assert marks[2][IDS]["label"] == "subjects.name.north"


def test_rows_that_belong_to_others_are_nodes(ledger):
    rows = {"table": "industry_layers", "value": "name", "series": "level", "label": "name"}
    spec = {"rows": rows | {"parent": "parent_id"}}
    assert source_of("rows").gives(spec) == {"parent", "node"}
    assert [(m["node"], m["parent"], m["txt"]) for m in made(ledger, spec)] == [
        ("top", "", "应用"), ("low", "top", "工具")
    ]  # fmt: skip
