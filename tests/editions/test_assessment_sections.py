"""Sections 3.1 and 3.3: whole, traced, honest about what is missing, and marked as ours."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from tests.editions.html_tree import Element

EXAMPLE = "示例评估"
NOTE = "示例评估：由本项目依据公开描述评定，非来源机构发布的数据。"
UNKNOWN = "本项目记录未载"
MISSING = "缺"
ADMISSION, INDEX = "03-01-admission", "03-03-index"
# What shows no authored number or verdict: the source's own words.
QUOTED = {"terms", "criteria"}
FACTORS = {"T": "third_party", "P": "inclusive", "A": "ai_compute", "C": "cloud_platform"}
TOLERANCE = 30  # points between an estimated share and the admission of its term


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def raw(built: Path, edition: str):
    return lambda name: rows(built / "data/raw" / edition / f"{name}.csv")


@pytest.fixture(scope="module")
def tree(built: Path) -> dict[str, dict[str, str]]:
    return {row["node_id"]: row for row in rows(built / "config/tree.csv")}


def found(html: Element, key: str) -> Element:
    (element,) = [e for e in html.walk() if e.attributes.get("id") == key]
    return element


def squeezed(element: Element) -> str:
    return "".join(element.text.split())


def table(html: Element, name: str) -> list[list[Element]]:
    """Rows of a table's body."""
    lines = [e for e in found(html, f"tab-{name}").walk() if e.tag == "tr"]
    cells = [[c for c in line.content if isinstance(c, Element)] for line in lines]
    return [line for line in cells if not line[0].inside("thead")]


def facts(element: Element) -> set[str]:
    return {e.attributes["data-fact"] for e in element.walk() if "data-fact" in e.attributes}


def marks(html: Element, name: str) -> Iterator[Element]:
    figure = found(html, f"fig-{name}")
    return (e for e in figure.walk() if e is not figure and "data-fact" in e.attributes)


def leaves(tree: dict[str, dict[str, str]]) -> list[str]:
    parents = {row["parent_id"] for row in tree.values()}
    return [node for node in tree if node not in parents]


# --- whole ------------------------------------------------------------------------------------


def test_every_term_and_criterion_is_printed_with_what_it_asks(html, raw):
    printed = facts(found(html, "tab-terms")) | facts(found(html, "tab-criteria"))
    for row in raw("terms"):
        assert {f"terms.{c}.{row['term_id']}" for c in ("name", "meaning")} <= printed
        assert (f"terms.exclusion.{row['term_id']}" in printed) == bool(row["exclusion"])
    for row in raw("criteria"):
        assert {f"criteria.{c}.{row['criterion_id']}" for c in ("name", "test")} <= printed


def test_every_verdict_is_drawn_and_every_known_one_explained(html, raw):
    verdicts = raw("criterion_ratings")
    assert len(verdicts) == len(raw("criteria")) * len(raw("suppliers"))
    drawn = {mark.attributes["data-fact"] for mark in marks(html, "criteria")}
    keys = {row["criterion_rating_id"]: row["verdict"] for row in verdicts}
    assert drawn == {f"criterion_ratings.verdict.{key}" for key in keys}
    explained = facts(found(html, "tab-criterion_ratings"))
    rationales = {
        f"criterion_ratings.rationale.{k}" for k, said in keys.items() if said != "unknown"
    }
    assert rationales == {f for f in explained if f.startswith("criterion_ratings.rationale.")}


def test_dimensions_and_indicators_are_drawn_with_their_weights(html, tree):
    inner = [n for n, row in tree.items() if row["parent_id"] != "region_fit"]
    below = [n for n in inner if tree[n]["level"] in ("1", "2")]
    drawn = {mark.attributes["data-fact"]: squeezed(mark) for mark in marks(html, "index_tree")}
    assert drawn == {f"{node}.weight": tree[node]["weight"] for node in below}


def test_every_leaf_is_defined_weighed_and_anchored(html, tree, built):
    inner = [leaf for leaf in leaves(tree) if tree[leaf]["level"] == "3"]
    defined = facts(found(html, "tab-leaves"))
    for leaf in inner:
        assert {f"tree.name.{leaf}", f"tree.definition.{leaf}", f"{leaf}.weight"} <= defined
        assert f"{leaf}.global_weight" in defined
    anchors = {f"rubric.anchor.{row['anchor_id']}" for row in rows(built / "config/rubric.csv")}
    assert len(anchors) == len(leaves(tree)) * 6
    assert anchors <= facts(found(html, "tab-rubric"))


def test_the_weights_of_the_leaves_make_up_the_whole(values, tree):
    shares = [float(values[f"{leaf}.global_weight"]["v"]) for leaf in leaves(tree)
              if tree[leaf]["level"] == "3"]  # fmt: skip
    assert sum(shares) == pytest.approx(1)


def test_every_regional_factor_has_its_weight_and_every_vendor_its_share(html, raw, tree):
    factors = {n for n, row in tree.items() if row["parent_id"] == "region_fit"}
    assert {f"{factor}.weight" for factor in factors} <= facts(found(html, "tab-regional_factors"))
    fits = facts(found(html, "tab-region_fit"))
    for row in raw("suppliers"):
        assert {f"{row['supplier_id']}.region_fit", f"{row['supplier_id']}.R"} <= fits


# --- missing is not zero ----------------------------------------------------------------------


def test_every_cell_of_the_ratings_is_a_number_or_missing(html, raw, tree):
    drawn = {mark.attributes["data-fact"]: mark for mark in marks(html, "ratings")}
    ratings = raw("ratings")
    assert len(drawn) == len(ratings) == len(raw("suppliers")) * len(leaves(tree))
    missing = 0
    for row in ratings:
        rating = f"{row['subject_id']}.rating.{row['node_id']}"
        if row["score"]:
            assert squeezed(drawn[rating]) == row["score"]
        else:
            assert rating not in drawn
            assert f"ratings.rationale.{row['rating_id']}" in drawn
            missing += 1
    for drawing in (e for e in found(html, "fig-ratings").walk() if e.tag == "svg"):
        said = [squeezed(e) for e in drawing.walk() if e.tag == "text"]
        assert said.count("缺") == missing


def test_an_unknown_verdict_is_a_dash_and_listed_as_unknown(html, raw):
    unknown = [row for row in raw("criterion_ratings") if row["verdict"] == "unknown"]
    lines = [line for line in table(html, "criterion_ratings") if UNKNOWN in squeezed(line[1])]
    named = [fact for line in lines for fact in sorted(facts(line[-1]))]
    assert sorted(named) == sorted(f"subjects.name.{row['subject_id']}" for row in unknown)


def test_coverage_is_printed_or_unknown_for_every_vendor_and_dimension(html, raw, tree, values):
    lines = table(html, "coverage")
    dimensions = [row for row in tree.values() if row["parent_id"] == "score"]
    assert len(lines) == len(raw("suppliers"))
    for row, line in zip(raw("suppliers"), lines, strict=True):
        vendor = row["supplier_id"]
        assert len(line) == 1 + 1 + len(dimensions) + 1
        assert facts(line[1]) == {f"{vendor}.coverage"}
        for cell in line[2:-1]:
            assert facts(cell) or squeezed(cell) == MISSING
        ranked = f"{vendor}.rank" in values
        assert squeezed(line[-1]) == ("参与" if ranked else "未排名")


# --- estimates agree with admission -----------------------------------------------------------


def test_an_estimate_is_held_against_its_admission_wherever_both_exist(html, raw, values, lineage):
    places = (e for e in found(html, "tab-admission").walk() if "data-claim" in e.attributes)
    printed = {place.attributes["data-claim"]: squeezed(place) for place in places}
    expected = {}
    for row in raw("suppliers"):
        for factor, term in FACTORS.items():
            share = values.get(f"{row['supplier_id']}.{factor}")
            admission = values.get(f"{row['supplier_id']}.admission.{term}")
            if share and admission:
                apart = float(abs(Decimal(share["v"]) - Decimal(admission["v"])) * 100)
                name = f"{row['supplier_id']}.{factor}_fits_admission"
                expected[name] = "相容" if apart <= TOLERANCE else "相左"
                margin = float(lineage["claims"][name]["margin"])
                assert margin == pytest.approx(TOLERANCE - apart, abs=0.006)
    assert expected
    assert printed == expected


# --- ours, and said so ------------------------------------------------------------------------


@pytest.mark.parametrize("section", [ADMISSION, INDEX])
def test_every_table_and_figure_with_our_numbers_says_so(html, section):
    inside = list(found(html, section).walk())
    assert NOTE in squeezed(found(html, section))
    heads = [e for e in inside if e.tag in {"caption", "figcaption"}]
    names = [next(a.attributes.get("id", "") for a in e.ancestry if a.tag in {"div", "figure"})
             for e in heads]  # fmt: skip
    assert len(heads) >= 5
    for head, name in zip(heads, names, strict=True):
        quoted = name.removeprefix("tab-") in QUOTED
        assert (EXAMPLE in squeezed(head)) != quoted, squeezed(head)


def test_the_data_below_the_verdicts_say_them_in_words(html, raw):
    figure = next(e for e in found(html, "fig-criteria").ancestry if e.tag == "figure")
    assert figure.parent
    around = figure.parent.content
    data = next(e for e in around[around.index(figure):] if isinstance(e, Element)
                and e.tag == "details")  # fmt: skip
    cells = [squeezed(e) for e in data.walk() if e.tag == "td"]
    unknown = [row for row in raw("criterion_ratings") if row["verdict"] == "unknown"]
    assert cells.count(UNKNOWN) == len(unknown)
    assert not {"met", "mostly", "partly", "weak", "no", "unknown"} & set(cells)
