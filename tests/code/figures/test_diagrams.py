"""Marks of diagrams: cells of a table, steps of a flow, ranges by their issue."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from suyuan.contract.observations import book_of
from suyuan.core.errors import ConfigError
from suyuan.domain.operations import OPERATIONS
from suyuan.figures.book import Book
from suyuan.figures.description import Described
from suyuan.figures.source import source_of
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell
from tests.code.miniature import ROOT


def table(columns, *rows):
    names = ["line", *columns.split(",")]
    made = [[str(n), *row.split(",")] for n, row in enumerate(rows, start=2)]
    return pd.DataFrame(made, columns=names)


TABLES = {
    "changes": table("change_id,force,before,after", "one,需求,训练,推理", "two,供给,自建,租用"),
    "flows": table(
        "step_id,flow,order,name,note,leads_to,kind",
        "late,load,10,反思,反思一轮,call,claim",
        "call,load,2,调用,调用工具,late;other,judged",
        "other,chain,1,后端,供给资源,,claim",
    ),
    "sources": table("source_id,publisher", "house,某机构", "mill,某社"),
    "observations": table(
        "obs_id,qualifier,value,vintage,kind,as_of,source_id",
        "A,q2_actual,45,,measured,2029Q2,house",
        "B,q2,18,,forecast,2029Q2,mill",
        "C,q2_v2,20,2029-03,forecast,2029Q2,house",
        "D,q2_v1,8,2028-12,forecast,2029Q2,house",
        "E,q1,-5,2028-09,forecast,2029Q1,house",
    ),
}
LOW, HIGH = "world.dram_contract_qoq_low", "world.dram_contract_qoq_high"


@pytest.fixture(scope="module")
def ledger():
    config = Path(ROOT) / "config"
    books = ("indicators", "units")
    read = {n: pd.read_csv(config / f"{n}.csv", dtype=str, keep_default_na=False) for n in books}
    values = Ledger(book_of(read), OPERATIONS)
    for name, rows in TABLES.items():
        for row in rows.drop(columns="line").to_dict("records"):
            key = next(iter(row.values()))
            for column, text in list(row.items())[1:]:
                if text and column != "value":
                    values.text(f"{name}.{column}.{key}", text, Cell(name, column, key))
    for row in TABLES["observations"].to_dict("records"):
        meta = {name: row[name] for name in ("vintage", "kind", "as_of") if row[name]}
        cell = Cell("observations", "value", row["obs_id"])
        for end, more in ((LOW, 0), (HIGH, 5)):
            printed = str(Decimal(row["value"]) + more)
            values.record(f"{end}.{row['qualifier']}", printed, "%", cell, meta, "")
    return values


def made(ledger, **spec):
    """The marks of a figure described so."""
    book = Book(
        ledger, [], {}, TABLES.__getitem__, Described("fig", 7, {"draw": "flow"} | spec, "fig")
    )
    return source_of(spec["of"]).table(book, book.figure.spec)


def test_cells_come_row_by_row_in_the_order_of_the_columns(ledger):
    given = {"of": "cells", "table": "changes", "label": "force"}
    marks = made(ledger, **given, columns={"从": "before", "到": "after"})
    assert marks[["label", "series", "txt"]].to_numpy().tolist() == [
        ["需求", "从", "训练"], ["需求", "到", "推理"],
        ["供给", "从", "自建"], ["供给", "到", "租用"],
    ]  # fmt: skip
    assert marks["value_id"][1] == "changes.after.one"
    with pytest.raises(ConfigError) as caught:
        made(ledger, **given, columns={"从": "befor"})
    assert [(p.code, p.value) for p in caught.value.problems] == [("E345", "changes.befor")]


def test_steps_of_one_flow_come_in_their_order_as_numbers(ledger):
    marks = made(ledger, of="flows", flow="load")
    assert list(marks["node"]) == ["call", "late"]  # 2 before 10
    assert list(marks["leads"]) == ["late;other", "call"]
    assert list(marks["judged"]) == [True, False]
    first = marks.iloc[0]
    assert (first["label"], first["txt"]) == ("调用", "调用工具")
    assert (first["label_id"], first["value_id"]) == ("flows.name.call", "flows.note.call")


def test_ranges_come_by_period_and_issue_and_say_who_prints_what_is_undated(ledger):
    groups = [{"series": "内存", "low": LOW, "high": HIGH}]
    marks = made(ledger, of="vintages", forecast="预测", came="实绩", ranges=groups)
    assert marks[["x", "label", "state", "txt"]].to_numpy().tolist()[::2] == [
        ["2029Q1", "2028-09", "预测", "−5%"],
        ["2029Q2", "2028-12", "预测", "8%"], ["2029Q2", "2029-03", "预测", "20%"],
        ["2029Q2", "某社", "预测", "18%"], ["2029Q2", "实绩", "实绩", "45%"],
    ]  # fmt: skip
    assert list(marks["value_id"][:2]) == [f"{LOW}.q1", f"{HIGH}.q1"]
    assert list(marks["v"][:2]) == [-5, 0]
    assert marks["ids"][0]["label"] == "observations.vintage.E"
    assert marks["ids"][6]["label"] == "sources.publisher.mill"
    assert "label" not in marks["ids"][8]
