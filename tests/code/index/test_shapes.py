"""Tables of another shape than units × indicators are told as what they are."""

from __future__ import annotations

import pytest

from suyuan.cli import main
from suyuan.core.errors import IndexFault
from suyuan.index import said
from suyuan.index.beginning import begin
from suyuan.index.reading import Declared
from suyuan.index.shapes import all_years, long_by
from tests.code.index.tabled import computed

TREE = "node_id,parent_id,weight\ntop,,\na,top,1\nb,top,1\n"
MINMAX = "normalise: {method: minmax}\nuncertainty: null\n"
LONG = "country,kind,value\nA,a,1\nA,b,2\nB,a,3\nB,b,4\nC,a,2\nC,b,9\n"


def begun(folder, text, **given):
    path = folder / "data.csv"
    path.write_text(text, encoding="utf-8")
    return begin(path, folder / "begun", Declared(**given), "en").seen


def refused(work, *given, **more):
    with pytest.raises(IndexFault) as caught:
        work(*given, **more)
    return [(problem.code, problem.row, problem.value) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A,1,2\nB,2,3\nC,3,1\n", ("E574", 1, "A, 1, 2")),
        ("甲,1.5,-2e3,4\n乙,2,3,4\n", ("E574", 1, "甲, 1.5, -2e3")),
        ("country,2018,2019\nA,1,2\nB,3,4\n", ("E575", 1, "2018 … 2019")),
        ("name,code,1990,1991,1992\nA,AA,1,2,3\nB,BB,3,4,5\n", ("E575", 1, "1990 … 1992")),
        (LONG, ("E576", 1, "A")),
        ("u,year,kind,v\nA,2019,a,1\nA,2019,b,2\nA,2020,a,1\nA,2020,b,4\nB,2019,a,3\n"
         "B,2019,b,3\nB,2020,a,7\nB,2020,b,8\n", ("E576", 1, "A 2019")),
    ],
)  # fmt: skip
def test_init_tells_what_is_no_table_of_units(tmp_path, text, found):
    assert refused(begun, tmp_path, text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        ",0,1\n0,1,2\n1,2,3\n",  # pandas without names
        "unit,2018,a\nA,1,2\nB,3,4\n",
        "unit,b1,b2\nA,1,2\nB,3,4\n",
        "country,year,kind,a\nA,2019,x,1\nA,2020,x,2\nB,2019,y,3\nB,2020,y,4\n",  # a panel
        "unit,note,a\nA,p,1\nA,q,2\nB,r,3\nC,s,4\n",  # A is there twice by mistake
    ],
)
def test_others_are_none_of_these(tmp_path, text):
    assert begun(tmp_path, text).indicators


def test_names_that_are_numbers_are_taken_where_the_header_is_declared(tmp_path):
    seen = begun(tmp_path, "unit,101,102\nA,1,2\nB,2,3\n", header=1)
    assert seen.indicators == ("101", "102")
    tree = TREE.replace("a,", "101,").replace("b,", "102,")
    text = "unit,101,102\nA,1,2\nB,2,3\n"
    assert refused(computed, tmp_path, text, tree, MINMAX) == [("E574", 1, "unit, 101, 102")]
    found = computed(tmp_path, text, tree, MINMAX + "data: {header: 1}\n")
    assert found.index.ranks["top"].to_dict() == {"A": 2, "B": 1}


def test_a_long_table_is_told_once_and_with_what_to_do(tmp_path):
    text = LONG.replace("value", "a").replace("kind", "which")
    tree = "node_id,parent_id,weight\ntop,,\na,top,1\n"
    with pytest.raises(IndexFault) as caught:
        computed(tmp_path, text, tree, MINMAX)
    (line,) = said.lines(caught.value.problems, "en")
    assert '"A" is there for each "which" (a, b)' in line
    assert "pivot" in line
    found = computed(tmp_path, text, tree, MINMAX + "data: {where: {which: [b]}}\n")
    assert found.index.ranks["top"].to_dict() == {"A": 3, "B": 2, "C": 1}


def test_a_unit_that_is_there_twice_by_mistake_is_told_as_that(tmp_path):
    text = "unit,note,a,b\nA,p,1,2\nA,q,2,3\nB,r,3,1\nC,s,4,1\n"
    assert refused(computed, tmp_path, text, TREE, MINMAX) == [("E110", 3, "A")]


def test_long_is_known_by_texts_that_part_all_rows():
    labels = ["A", "A", "B", "B"]
    assert long_by(labels, {"n": ["1", "2", "1", "2"], "k": ["p", "q", "p", "q"]}) == ("k", "p, q")
    assert long_by(labels, {"k": ["p", "p", "p", "q"]}) == ("", "")
    assert long_by(["A", "B"], {"k": ["p", "q"]}) == ("", "")
    many = [f"k{number}" for number in range(4)] * 2
    assert long_by(["A"] * 4 + ["B"] * 4, {"k": many}) == ("k", "k0, k1, k2, …")


def test_years_are_years():
    assert all_years(["1990", "2023"])
    assert not all_years(["1990"])
    assert not all_years(["1990", "3000"])
    assert not all_years(["1990", "gdp"])


def test_rows_that_R_only_counts_are_units_where_nothing_else_names_them(tmp_path):
    text = '"","a","b"\n"1",1.5,NA\n"2",2.5,3\n"3",3,1\n'
    seen = begun(tmp_path, text)
    assert (seen.units, seen.indicators, seen.declared.unit) == (3, ("a", "b"), None)
    found = computed(tmp_path, text, TREE, MINMAX + "data: {missing: [NA]}\ncoverage: 0\n")
    assert list(found.index.ranks.index) == ["1", "2", "3"]
    named = '"","name","a","b"\n"1","x",1,2\n"2","y",2,3\n'
    assert refused(computed, tmp_path, named, TREE, MINMAX) == [("E561", 1, "")]


def test_a_title_of_two_cells_is_no_header(tmp_path):
    text = "Source,World Bank\n\nName,Code,a,b\nA,AA,1,2\nB,BB,3,4\n"
    assert begun(tmp_path, text).declared.header == 3


@pytest.mark.parametrize(
    "mark", ["* estimate", "[1] of 2019", "a) revised", "（注）见正文", "① 估计"]
)
def test_footnotes_under_a_table_are_asked_about(tmp_path, mark):
    text = f"unit,a,b\nA,1,2\nB*,2,3\n{mark},,\n"
    assert refused(computed, tmp_path, text, TREE, MINMAX) == [("E552", 4, mark)]
    text = f"unit,a,b\nA,1,2\n{mark},2,3\n"  # a unit, for it has numbers
    assert mark in computed(tmp_path, text, TREE, MINMAX).index.ranks.index


@pytest.mark.parametrize("cell", ["(2)", "（1.5）", "(-3)"])
def test_brackets_around_a_number_are_told(tmp_path, cell):
    text = f"unit,a,b\nA,{cell},2\nB,2,3\n"
    assert refused(computed, tmp_path, text, TREE, MINMAX) == [("E577", 2, cell)]


def test_init_says_what_is_left_out_and_not_the_years(tmp_path, capsys):
    path = tmp_path / "data.csv"
    path.write_text("unit,year,why,a\nA,2019,x y,1\nA,2020,z,2\nB,2019,v,3\nB,2020,w,4\n")
    assert main(["index", "init", str(path), "--out", str(tmp_path / "out"), "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "1 column(s) are not in the tree" in told
    assert "same in every row: why\n" in told
