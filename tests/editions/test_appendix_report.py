"""In the PDF, every number of the body is a link to its entry in the trace appendix."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pypdf
import pytest

from suyuan.contract.config import edition_layout, read_config
from suyuan.outputs.paper import printed as paper
from suyuan.page.compose import draft_of
from suyuan.page.templates import environment
from suyuan.page.tree import serialise
from tests.editions.html_tree import read_html

DIGIT = re.compile(r"\d")


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
    return read_html(f"<body>{serialise(paper.printed(layout, jinja, draft))}</body>")


def linked(element):
    return any(e.tag == "a" and e.attributes["href"].startswith("#t-") for e in element.ancestry)


def test_every_number_of_the_body_is_a_link(printed):
    loose, seen = [], 0
    for element, text in printed.runs():
        around = list(element.ancestry)
        if any(e.attributes.get("id") == "C-trace" for e in around):
            break
        if not DIGIT.search(text) or element.inside("nav"):
            continue
        if any("data-ordinal" in e.attributes for e in around):
            continue
        if any(e.attributes.get("class") == "see" for e in around):
            continue  # the number of a figure or table, which leads there
        seen += 1
        if not linked(element):
            loose.append(text.strip())
    assert seen
    assert loose == []


def test_every_figure_has_a_link_too(printed):
    figures = [
        e
        for e in printed.walk()
        if e.tag == "figure" and not any(a.attributes.get("id") == "D-sources" for a in e.ancestry)
    ]
    assert len(figures) >= 8
    for figure in figures:
        links = [e.attributes["href"] for e in figure.walk() if e.tag == "a"]
        assert any(link.startswith("#t-report-figure-") for link in links)


def test_every_link_arrives(printed):
    ids = Counter(e.attributes["id"] for e in printed.walk() if "id" in e.attributes)
    assert max(ids.values()) == 1
    targets = [e.attributes["href"] for e in printed.walk() if e.tag == "a"]
    assert len(targets) > 800
    assert {target[1:] for target in targets} <= set(ids)


def test_no_link_stands_in_a_link(printed):
    for element in printed.walk():
        if element.tag == "a":
            assert sum(e.tag == "a" for e in element.ancestry) == 1


def test_entries_name_how_and_from_what(printed):
    texts = {
        e.attributes["id"]: " ".join(e.text.split()) for e in printed.walk() if "id" in e.attributes
    }
    assert texts["t-nw-compute-total"].startswith("nw.compute_total 316.8")
    for part in ("宁夏 算力总规模 131.0", "陕西 算力总规模 4.2"):
        assert part in texts["t-nw-compute-total"]
    assert "observations:F046" in texts["t-ningxia-compute-total"].replace(" ", "")
    assert "analysys-2026-nw" in texts["t-ningxia-compute-total"]


def test_the_pdf_has_the_links(report, printed):
    reader = pypdf.PdfReader(report / "report.pdf")
    found = sum(
        annotation.get_object()["/Subtype"] == "/Link"
        for page in reader.pages
        for annotation in page.get("/Annots", [])
    )
    assert found >= sum(e.tag == "a" for e in printed.walk())
