"""What an edition changed is told by its report, if there is an edition before it."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from suyuan.contract.edition import check, check_revised, read_before
from suyuan.core.layout import Layout
from tests.workflow.project import CHECKOUT

SECTION = "01-updates"

AGED = "旧"  # the sign of what was carried over and is past its time


@pytest.fixture(scope="module")
def raw(edition):
    """The rows of a raw table; none where the edition has no such table."""

    def rows(table):
        path = CHECKOUT / "data/raw" / edition / f"{table}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return rows


def test_nothing_differs_unsaid_from_the_edition_before(edition):
    layout = Layout(CHECKOUT, edition)
    tables = check(layout)
    check_revised(tables, read_before(layout, tables))


def section(html):
    return next((e for e in html.walk() if e.attributes.get("id") == SECTION), None)


def test_an_edition_with_one_before_it_says_what_it_changed(html, raw):
    (edition,) = raw("edition")
    assert (section(html) is not None) == bool(edition["previous"]) == bool(raw("revisions"))


def test_counts_are_those_of_the_registers(values, raw):
    kinds = Counter(row["kind"] for row in raw("revisions"))
    said = {name: int(entry["v"]) for name, entry in values.items()
            if name.startswith("report.revision_count.")}  # fmt: skip
    assert said == {f"report.revision_count.{kind}": count for kind, count in kinds.items()}
    if kinds:
        assert int(values["report.revision_count"]["v"]) == kinds.total()
        assert int(values["report.carried_count"]["v"]) == len(raw("carried"))


def test_every_corrected_text_stands_beside_what_it_replaced(html, raw):
    shown = {"title", "text", "as_of", "value", "nodes", "goal"}
    wanted = [row for row in raw("revisions") if row["kind"] == "correction"]
    wanted = [row for row in wanted if row["column"] in shown]
    if not wanted:
        pytest.skip("nothing was corrected")
    facts = {e.attributes.get("data-fact") for e in section(html).walk()}
    for row in wanted:
        assert f"revisions.before.{row['revision_id']}" in facts
        assert f"{row['table']}.{row['column']}.{row['row']}" in facts


def test_aged_numbers_are_carried_ones_and_are_marked(html, values, raw):
    carried = {row["row"] for row in raw("carried") if row["table"] == "observations"}
    aged = {key for parent in values.get("report.aged_count", {}).get("in", ())
            for _, _, keys in values[parent]["src"] for key in keys}  # fmt: skip
    assert aged <= carried
    marked = {
        key
        for e in html.walk()
        if AGED in e.attributes.get("data-sign", "")
        for table, _, keys in values[e.attributes["data-fact"]].get("src", ())
        if table == "observations"
        for key in keys
    }
    assert marked == aged
