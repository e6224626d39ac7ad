"""Rows that look wrong are asked about, with place and remedy, and stop nothing."""

from __future__ import annotations

from decimal import Decimal

from suyuan.contract.messages import questions
from suyuan.contract.queries import plausibility
from suyuan.contract.tables import read_table
from tests.code.miniature import ROOT


def test_lawful_rows_raise_no_query(built):
    assert read_table(built.layout.processed / "queries.csv").empty


def test_a_qualifier_of_another_period_is_queried_and_stops_nothing(project):
    project.set("observations", "T023", "as_of", "2026")  # its qualifier is 2027
    project.run()
    (query,) = read_table(project.layout.processed / "queries.csv").to_dict("records")
    assert (query["code"], query["column"], query["value"]) == ("W168", "as_of", "2026")
    assert query["message"].startswith(f"{query['file']}:{query['row']}:as_of ")


def test_the_report_of_queries_counts_them():
    assert questions([], ROOT / "templates") == ""
    assert questions(["a", "b"], ROOT / "templates").splitlines()[1:] == ["a", "b"]
    assert "2" in questions(["a", "b"], ROOT / "templates").splitlines()[0]


def test_a_share_is_the_quotient_of_its_two_records():
    rows = [
        {"subject_id": "a", "indicator_id": name, "as_of": "2025", "v": v, "comparator": sign}
        for name, v, sign in (
            ("part", "30", "="), ("whole", "50", ">"), ("whole", "60", "="), ("share", "0.45", "="),
        )
    ]  # fmt: skip
    ((row, other, left),) = plausibility._shares(rows, "part", "whole", "share")
    assert (row["indicator_id"], other["indicator_id"], left) == ("share", "part", Decimal("0.05"))
    assert not list(plausibility._shares(rows[:3], "part", "whole", "share"))
