"""What a raw row says of its cells, and what calls for caution."""

from __future__ import annotations

import pytest

from suyuan.contract.citations import CitedRows
from suyuan.lineage.facets import Facets, about, in_order, said_of

ROW = {
    "value": "5", "minimum": "4", "unit": "万架", "comparator": ">", "kind": "measured",
    "as_of": "2029", "grade": "high", "locator": "第一页", "note": "", "source_id": "yearbook",
}  # fmt: skip


@pytest.mark.parametrize("column", ["value", "minimum"])
def test_a_unit_and_a_comparator_qualify_numbers(column):
    said = said_of(ROW, column)
    assert (said["unit"], said["comparator"], said["as_of"]) == ("万架", ">", "2029")


def test_and_no_other_cell_of_the_row():
    said = said_of(ROW, "as_of")
    assert said == {"kind": "measured", "as_of": "2029", "grade": "high", "locator": "第一页"}


def test_the_grade_of_the_evidence_stands_for_the_rows_own():
    said = said_of({**ROW, "evidence_grade": "C 二手"}, "value")
    assert "grade" not in said
    assert said["evidence_grade"] == "C 二手"


def test_of_a_document_nothing_empty_is_told():
    assert about({"title": "年鉴", "url": "", "grade": "A", "colour": "red"}) == {
        "title": "年鉴", "grade": "A"
    }  # fmt: skip


@pytest.fixture
def facets(tmp_path):
    """Rows of every sort, and two documents of which the second is a weak one."""
    tables = {
        "observations": (
            "obs_id,value,kind,grade,source_id,subject_id,indicator_id,qualifier,basis,as_of,restates",
            *(f"{row},x,racks,,,{as_of}," for row, as_of in (
                ("plain,1,measured,high,a", "2030-03"), ("judged,1,judged,high,a", ""),
                ("low,1,measured,low,a", ""), ("old,1,measured,high,a", "2029-06"),
                ("seen,1,measured,high,a", "2029-06"), ("weak,1,claim,high,c", ""),
                ("forecast,1,forecast,low,c", ""),
            )),
        ),
        "carried": (
            "carried_id,table,row,since,digest", "1,observations,old,2029Q4,0",
            "2,observations,plain,2029Q3,0",
        ),
        "freshness": ("indicator_id,max_age_days,reason", "racks,200,x"),
        "edition": ("edition,cutoff", "2030Q1,2030-03-31"),
        "sources": ("source_id,title,grade", "a,年鉴,A", "c,博客,C"),
    }  # fmt: skip
    sources = []
    for name, lines in tables.items():
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        sources.append({"id": name, "path": f"{name}.csv", "key": [lines[0].split(",")[0]]})
    return Facets.of(tmp_path, {"sources": sources})


@pytest.mark.parametrize(
    ("key", "flags"),
    [
        ("plain", []),
        ("judged", ["judged"]),
        ("low", ["weak"]),
        ("old", ["aged"]),  # carried over, and 274 days old
        ("seen", []),  # as old, and looked at again
        ("weak", ["unverified", "weak"]),  # its document is
        ("forecast", ["forecast", "weak"]),
    ],
)
def test_cautions_of_a_row(facets, key, flags):
    assert in_order(facets.cautions("observations", key)) == flags


def test_a_carried_row_says_since_when(facets):
    said = {key: said_of(cells, "value").get("carried_from") for key, (_, cells) in
            facets.rows("observations").items()}  # fmt: skip
    assert {key: since for key, since in said.items() if since} == {
        "old": "2029Q4", "plain": "2029Q3"
    }  # fmt: skip


def test_the_register_asserts_nothing_and_cites_nothing(facets):
    assert isinstance(facets, CitedRows)
    assert facets.cautions("sources", "c") == set()
    assert facets.document("sources", "c") == ""
    assert facets.document("observations", "weak") == "c"
    assert facets.about("c") == {"title": "博客", "grade": "C"}
    assert facets.text("observations", "nothing", "value") == ""
