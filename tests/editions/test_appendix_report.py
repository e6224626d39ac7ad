"""In the PDF key numbers carry marks, and the trace appendix says how each was made."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from pypdfium2 import PdfDocument

from suyuan.contract.config import edition_layout, read_config
from suyuan.outputs.paper import printed as paper
from suyuan.outputs.paper.marks import read_rule
from suyuan.page.compose import draft_of
from suyuan.page.templates import environment
from suyuan.page.tree import serialise
from tests.editions.html_tree import read_html

PAGES = 6  # of the appendix at most, however much the report holds
CONSTANTS = {"1", "100", "0.5"}  # 1 − share, a score out of 100 against its middle
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
DIGEST = "0" * 64


@pytest.fixture(scope="module")
def printed(built):
    """The HTML that the PDF is set from."""
    here = Path.cwd()
    os.chdir(built)
    config = read_config(built)
    layout = edition_layout(built, config.edition)
    jinja = environment(layout)
    draft = draft_of(layout, config, jinja)
    os.chdir(here)
    return read_html(f"<body>{serialise(paper.printed(layout, jinja, draft, DIGEST))}</body>")


def table(printed, name):
    """The body of a table of the appendix: rows of cells as texts, with the row's id."""
    (found,) = (e for e in printed.walk() if e.attributes.get("class") == f"trace {name}")
    rows = [e for e in found.walk() if e.tag == "tr" and e.inside("tbody")]
    return [
        (
            row.attributes.get("id", ""),
            [" ".join(cell.text.split()) for cell in row.walk() if cell.tag == "td"],
        )
        for row in rows
    ]


@pytest.fixture(scope="module")
def entries(printed):
    return table(printed, "entries")


@pytest.fixture(scope="module")
def rows(printed):
    """The raw rows, two of which stand in each line."""
    halves = [half for _, cells in table(printed, "rows") for half in (cells[:6], cells[6:])]
    return [half for half in halves if any(half)]


def marks(printed):
    return [e for e in printed.walk() if "data-mark" in e.attributes]


@pytest.fixture(scope="module")
def pages(report):
    """The text of each page of the PDF, without blanks."""
    found = PdfDocument(report / "report.pdf")
    return ["".join(page.get_textpage().get_text_range().split()) for page in found]


def test_the_appendix_is_at_most_six_pages(pages):
    start = next(n for n, text in enumerate(pages) if "C溯源附录" in text and n > 2)
    end = next(n for n, text in enumerate(pages) if "D数据来源" in text and n > start)
    assert end - start <= PAGES


def test_the_marks_are_as_many_as_the_rule_says_and_no_more(printed, entries, built):
    rule = read_rule(built)
    assert 60 <= len(entries) <= rule.marks
    assert [cells[0] for _, cells in entries] == [f"[{n}]" for n in range(1, len(entries) + 1)]
    assert {e.attributes["data-mark"] for e in marks(printed)} == {c[0] for _, c in entries}


def test_a_mark_stands_once_in_a_section_and_leads_to_its_entry(printed, entries):
    anchors = {cells[0]: anchor for anchor, cells in entries}
    seen = Counter()
    for mark in marks(printed):
        assert mark.attributes["href"] == f"#{anchors[mark.attributes['data-mark']]}"
        section = [e for e in mark.ancestry if e.attributes.get("class") == "section"]
        seen[section[0].attributes["id"], mark.attributes["data-mark"]] += 1
        assert not any(e.tag in {"td", "th", "nav"} for e in mark.ancestry)
    assert set(seen.values()) == {1}


def test_marks_are_numbered_in_reading_order(printed):
    first = dict.fromkeys(int(e.attributes["data-mark"][1:-1]) for e in marks(printed))
    assert list(first) == sorted(first)


def test_every_link_arrives(printed):
    ids = Counter(e.attributes["id"] for e in printed.walk() if "id" in e.attributes)
    assert max(ids.values()) == 1
    targets = {e.attributes["href"] for e in printed.walk() if e.tag == "a"}
    inside = {target[1:] for target in targets if target.startswith("#")}
    assert inside <= set(ids)
    assert all(target.startswith("http") for target in targets - {f"#{one}" for one in inside})


def test_a_heading_has_text_below_it(printed):
    """No figure and no table stands right below a heading."""
    seen, bare = 0, []
    for element in printed.walk():
        beside = [e for e in element.content if not isinstance(e, str)]
        for heading, below in pairwise(beside):
            if heading.tag in {"h1", "h2", "h3"}:
                seen += 1
                table = below.attributes.get("class", "").split()[:1] == ["table"]
                bare += [heading.text] if below.tag in {"figure", "table"} or table else []
    assert seen > 100
    assert bare == []


def test_no_link_stands_in_a_link(printed):
    for element in printed.walk():
        if element.tag == "a":
            assert sum(e.tag == "a" for e in element.ancestry) == 1


def by_anchor(values):
    return {"t-" + re.sub(r"[^a-z0-9]+", "-", one.lower()).strip("-"): one for one in values}


def test_the_arithmetic_shows_the_texts_of_the_lineage(entries, values):
    known, with_signs = by_anchor(values), 0
    for anchor, (_, _, shown, name, made, _) in entries:
        value = values[known[anchor]]
        assert value["txt"] in shown
        assert not re.search("[a-z]{3,}[._]", name), name  # a name, no id
        if " = " not in made:
            continue
        with_signs += 1
        line, _, result = made.rpartition(" = ")
        assert value["txt"] in result
        operands = [values[parent]["txt"] for parent in value["in"]]
        assert not set(NUMBER.findall(line)) - set(operands) - CONSTANTS, made
        assert set(operands) <= set(NUMBER.findall(line)), made
    assert with_signs > 20


def test_sums_add_up_as_printed(entries, values):
    known, seen = by_anchor(values), 0
    for anchor, (*_, made, _) in entries:
        if values[known[anchor]]["op"] == "sum" and " + " in made:
            line, _, result = made.rpartition(" = ")
            total = sum(Decimal(one.replace(",", "")) for one in NUMBER.findall(line))
            assert total == Decimal(NUMBER.search(result)[0].replace(",", ""))
            seen += 1
    assert seen


def test_the_rows_are_those_of_the_raw_tables(rows, built, edition):
    raw = built / f"data/raw/{edition}/observations.csv"
    with raw.open(encoding="utf-8", newline="") as lines:
        known = {row["obs_id"]: row for row in csv.DictReader(lines)}
    found = 0
    for key, _, value, code, locator, period in rows:
        if key in known:
            row = known[key]
            said = "".join((row["value"], row["unit"])).replace(" ", "")
            assert re.search(rf"(^|\D){re.escape(said)}(；|$)", value.replace(" ", ""))
            assert re.fullmatch(r"S\d+", code)
            said = locator.rstrip("…").replace(" ", "")  # 21 世纪: typesetting sets numbers apart
            assert row["locator"].replace(" ", "").startswith(said)
            assert period == row["as_of"]
            found += 1
    assert found > 20


def test_what_an_entry_rests_on_is_listed(entries, rows, values):
    keys = {row[0] for row in rows}
    assert len(keys) > 30
    named = {key for _, cells in entries for key in re.findall(r"\b[FP]\d{3}\b", cells[5])}
    assert named <= keys
    assert {"F046", "F049", "F052", "F055", "F058"} <= keys


def test_codes_of_rows_are_those_of_the_register(printed, rows):
    register = {e.attributes["id"] for e in printed.walk() if "id" in e.attributes}
    codes = {row[3] for row in rows if row[3].startswith("S")}
    assert len(codes) > 5
    assert codes <= register


def test_the_digest_is_that_of_the_attachment(report, pages):
    reader = pypdf.PdfReader(report / "report.pdf")
    (lineage,) = reader.attachments["lineage.json"]
    digest = hashlib.sha256(lineage).hexdigest()
    assert any(digest in text for text in pages[20:])
    assert json.loads(lineage)["format"].startswith("lineage/")
