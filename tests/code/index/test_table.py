"""Tables as R, pandas, Excel and offices write them: read, or asked about; never guessed."""

from __future__ import annotations

import csv
import io
import math
import re

import numpy as np
import pandas as pd
import pytest

from suyuan.core.errors import IndexFault
from suyuan.index import said
from suyuan.index.cells import Fault, Signs, Stored, number
from suyuan.index.command import compute
from suyuan.index.encoding import looks_like
from tests.code.index.foreign import TREE, frame, read, told, write

HEADER = "u,a,b\n"
EUROPE = Signs(decimal=",", thousands=".")

# --- one cell -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-7", 1e-7), ("+3", 3), (".5", 0.5), ("-.5", -0.5), ("5.", 5), ("1E+05", 1e5),
        ("0.30000000000000004", 0.1 + 0.2), ("-0", 0), ("0", 0), ("0.007", 0.007), ("00", None),
        ("1.7976931348623157e+308", 1.7976931348623157e308), ("1e999", None), ("007", None),
        ("inf", None), ("NaN", None), ("0x10", None), ("1_000", None), ("١٢", None), ("1,5", None),
        ("--1", None), ("1e", None), ("e5", None), (".", None), ("TRUE", None), ("1 2", None),
    ],
)  # fmt: skip
def test_a_number_as_programs_write_it(text, value):
    read_as = number(text, Signs())
    assert isinstance(read_as, Fault) if value is None else read_as == value


@pytest.mark.parametrize("value", [1 / 3, 1e-300, 123456789.123, -2e20, 5e-324, 70.0])
def test_every_float_that_pandas_writes_comes_back(value):
    assert number(repr(value), Signs()) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,5", "E544"), ("1,500", "E544"), ("1,234,567.5", "E544"), ("1.234,5", "E544"),
        ("70%", "E545"), ("70 %", "E545"), ("70％", "E545"), ("1/2", "E546"), ("3:1", "E546"),
        ("2020-01-31", "E546"), ("31.12.2020", "E546"), ("12.5 kg", "E123"), ("$5", "E520"),
        ("ten", "E520"), ("..", "E520"), ("1 234", "E543"), ("1\u202f234\u202f567", "E543"),
        ("1'234", "E543"), ("1.234.567", "E543"), ("１２", "E121"), ("−5", "E121"), ("007", "E134"),
        ("1" * 31, "E128"), ("1e400", "E548"),
    ],
)  # fmt: skip
def test_what_may_be_two_things_is_none(text, code):
    fault = number(text, Signs())
    assert isinstance(fault, Fault)
    assert fault.code == code


@pytest.mark.parametrize(
    ("text", "signs", "value"),
    [
        ("1,5", Signs(decimal=","), 1.5),
        ("1,5", Signs(thousands=","), "E547"),
        ("1.5", Signs(decimal=","), "E547"),
        ("1,500", Signs(thousands=","), 1500),
        ("1,500.25", Signs(thousands=","), 1500.25),
        ("15,00", Signs(thousands=","), "E547"),
        ("1500", Signs(thousands=","), 1500),
        ("1.234,5", EUROPE, 1234.5),
        ("1.234", EUROPE, 1234),
        ("1.2", EUROPE, "E547"),
        (",5", EUROPE, 0.5),
        ("1,5e-3", EUROPE, 0.0015),
        ("1\u00a0234,5", Signs(decimal=",", thousands=" "), 1234.5),
        ("70%", Signs(percent=True), 0.7),
        ("70 %", Signs(percent=True), 0.7),
        ("-12,5%", Signs(percent=True, decimal=","), -0.125),
        ("0.1%", Signs(percent=True), 0.001),
        ("NA", Signs(missing=frozenset({"NA"})), math.nan),
        ("-999", Signs(missing=frozenset({"-999"})), math.nan),
        ("NaN", Signs(missing=frozenset({"NA"})), "E520"),
        ("", Signs(), math.nan),
        (Stored("1.5"), EUROPE, 1.5),
    ],
)
def test_signs_mean_what_is_declared(text, signs, value):
    read_as = number(text, signs)
    if isinstance(value, str):
        assert isinstance(read_as, Fault)
        assert read_as.code == value
    else:
        assert read_as == value or (math.isnan(value) and math.isnan(read_as))


# --- whole tables -------------------------------------------------------------------------------


def test_what_pandas_writes_is_what_it_had(tmp_path):
    rng = np.random.default_rng(3)
    table = pd.DataFrame(rng.lognormal(0, 9, (20, 2)), columns=["a", "b"])
    table.loc[3, "a"] = np.nan
    table.insert(0, "u", [f"x{i}" for i in range(20)])
    text = table.to_csv(index=False, na_rep="NA", lineterminator="\r\n")
    tree = TREE.replace(",0,10", ",1e-9,1e+50")
    got = frame(tmp_path, text, "data: {missing: [NA]}\n", tree)
    pd.testing.assert_frame_equal(got, table.set_index("u"))


R_ROWS = '"","a","b"\n"Aster",1,NA\n"Birch",1e-07,+3\n'


@pytest.mark.parametrize(
    "text",
    [
        R_ROWS,
        R_ROWS.replace('"",', "", 1).replace(",", "\t"),  # write.table: no cell for the names
        R_ROWS.replace("\n", "\r\n"),
        "\ufeff" + R_ROWS,
        R_ROWS.replace(",", ";"),
        R_ROWS.replace(",", "\t"),
        R_ROWS.replace("\n", "\n\n"),
        "sep=;\r\n" + R_ROWS.replace(",", ";"),
        R_ROWS.replace("1,", '"1",'),
        R_ROWS.replace('"\n"B', '"\n,,\n"B'),
    ],
)
def test_what_r_writes(tmp_path, text):
    got = frame(tmp_path, text, "data: {missing: NA}\n")
    assert list(got.index) == ["Aster", "Birch"]
    assert got["a"].tolist() == [1, 1e-7]
    assert got["b"].tolist()[1] == 3
    assert math.isnan(got["b"].iloc[0])


def test_a_cell_more_than_the_header_may_be_a_decimal_comma(tmp_path):
    assert told(tmp_path, "u,a,b\nA,1,5,2\nB,2,5,3\n") == [("data.csv:1:1", "E572")]
    assert told(tmp_path, '"a","b"\n"A",1,5\n"B",2,5\n') == [("data.csv:1:1", "E572")]
    assert told(tmp_path, "u,a,b\nA,1,5,2\nB,2,3\n") == [("data.csv:2:u", "E105")]


def test_csv2_of_r_says_its_decimal_sign(tmp_path):
    text = '"";"a";"b"\n"x";1,5;2\n"y";2,5;3\n'
    assert told(tmp_path, text) == [("data.csv:2:a", "E544")]
    assert frame(tmp_path, text, 'data: {decimal: ","}\n')["a"].tolist() == [1.5, 2.5]


def test_a_tree_may_be_written_with_the_same_signs(tmp_path):
    tree = TREE.replace(",", ";").replace("all;1;", "all;0,5;")
    text = "u;a;b\nx;1,5;2\ny;2,5;3\n"
    assert not frame(tmp_path, text, 'data: {decimal: ","}\n', tree).empty
    assert not frame(
        tmp_path, text, 'data: {decimal: ","}\n', TREE.replace("all,1,", "all,0.5,")
    ).empty


@pytest.mark.parametrize("start", [0, 1])
def test_a_column_that_counts_names_no_unit(tmp_path, start):
    text = f",country,a,b\n{start},Aster,1,2\n{start + 1},Birch,2,1\n"
    assert told(tmp_path, text) == [("data.csv:1:1", "E561")]
    got = frame(tmp_path, text, "data: {unit: country}\n")
    assert list(got.index) == ["Aster", "Birch"]


def test_numbers_that_name_units_stay_texts(tmp_path):
    got = frame(tmp_path, HEADER + "007,1,2\n7,2,1\n1e3,3,3\n")
    assert list(got.index) == ["007", "7", "1e3"]


def test_a_line_for_excel_counts_as_one(tmp_path):
    assert told(tmp_path, "sep=,\nu,a,b\nx,ten,2\n") == [("data.csv:3:a", "E520")]


def test_a_cell_of_several_lines_keeps_the_lines_of_others(tmp_path):
    text = 'u,a,"b\nunit",b\n"As""ter\nGmbH",1,,2\nBirch,x,,1\n'
    assert told(tmp_path, text) == [("data.csv:5:a", "E520")]
    got = frame(tmp_path, text.replace("x", "7"))
    assert list(got.index) == ['As"ter GmbH', "Birch"]


def test_cells_behind_the_last_column(tmp_path):
    assert frame(tmp_path, "u,a,b,,\nx,1,2,,\ny,2,,,\n")["a"].tolist() == [1, 2]
    # a cell too many may be a comma too many in the middle
    assert told(tmp_path, "u,a,b\nx,1,2\ny,2,,\n") == [("data.csv:3:u", "E105")]


def test_a_column_that_nobody_asked_for_may_be_anything(tmp_path):
    assert not frame(tmp_path, "u,a,a b,n,n,b\nx,1,?,1/2,3,2\ny,2,,70%,,1\n").empty


# --- what it is, where it is no CSV -------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E141"), (b" \n \n", "E141"), (b"\xd0\xcf\x11\xe0" + b"x" * 99, "E802"),
        (b"<!DOCTYPE html><p>404", "E804"), (b"%PDF-1.7", "E805"), (b"PK\x03\x04zip", "E558"),
        (b"version https://git-lfs.github.com/spec/v1\n", "E819"),
        (b'u,a,b\n"x,1,2\ny,1,2\n', "E142"),
        (b'u,a,b\n"x"y,1,2\n', "E142"),
    ],
)  # fmt: skip
def test_no_table_is_told_as_what_it_is(tmp_path, data, code):
    assert [found for _, found in told(tmp_path, data)] == [code]


NAMES = {
    "cp1252": ["Côte d'Ivoire", "México", "Österreich", "Perú"],
    "gb18030": ["北京市", "上海市", "广东省", "内蒙古自治区"],
    "big5": ["臺北市", "高雄市", "新竹縣", "臺中市"],
    "shift_jis": ["東京", "トヨタ自動車", "ソニー", "さくら"],
    "euc_kr": ["서울", "부산", "인천", "대구"],
    "utf-16": ["Aster", "Birch", "Cedar", "Dogwood"],
}


@pytest.mark.parametrize(("encoding", "names"), NAMES.items())
def test_no_encoding_is_guessed(tmp_path, encoding, names):
    rows = "".join(f"{name},{i},{i}\n" for i, name in enumerate(names))
    data = (HEADER + rows).encode(encoding)
    (found,) = told(tmp_path, data)
    assert found[1] == "E541"
    assert looks_like(data) == encoding
    got = frame(tmp_path, data, f"data: {{encoding: {encoding}}}\n")
    assert list(got.index) == names


SHORT = {
    "cp1252": ["Österreich", "Åland", "Türkiye", "Réunion", "Curaçao", "España", "naïve café"],
    "gb18030": ["浙江", "重庆", "新疆", "北京,上海", "单位名称"],
    "big5": ["臺灣", "香港", "澳門", "中華民國"],
    "shift_jis": ["東京", "大阪府", "愛知県", "ソニー"],
    "euc_kr": ["한국", "경기도"],
}


@pytest.mark.parametrize(("encoding", "names"), SHORT.items())
def test_what_one_name_alone_looks_like(encoding, names):
    for name in names:
        assert looks_like(f"u,a,b\n{name},1,2\nx,2,1\n".encode(encoding)) == encoding, name


@pytest.mark.parametrize(("encoding", "names"), NAMES.items())
def test_one_name_alone_is_not_taken_for_chinese(tmp_path, encoding, names):
    for name in names:
        data = f"{HEADER}{name},1,2\nx,2,1\n".encode(encoding)
        assert [code for _, code in told(tmp_path, data)] == ["E541"], name


def test_an_encoding_that_is_declared_must_fit(tmp_path):
    data = (HEADER + "x,1,2\nM\xe9xico,1,2\n").encode("latin-1")
    assert told(tmp_path, data, "data: {encoding: utf-8}\n") == [("data.csv:3:1", "E542")]
    assert told(tmp_path, data, "data: {encoding: ebcdic-x}\n") == [
        ("recipe.yaml:2:encoding", "E568")
    ]
    assert told(tmp_path, data, "data: {encoding: base64}\n") == [
        ("recipe.yaml:2:encoding", "E568")
    ]


# --- the header ---------------------------------------------------------------------------------


def test_a_header_below_a_title(tmp_path):
    text = "Table 1: what was measured\n\nsome words,,\n" + HEADER + "x,1,2\ny,2,1\n"
    assert told(tmp_path, text) == [("data.csv:1:1", "E551")]
    got = frame(tmp_path, text, "data: {header: 4}\n")
    assert got["b"].tolist() == [2, 1]
    assert told(tmp_path, text, "data: {header: 2}\n") == [("recipe.yaml:2:header", "E571")]


@pytest.mark.parametrize(("column", "code"), [("A", "E550"), ("b2", "E508"), ("zzz", "E508")])
def test_a_column_by_another_name(tmp_path, column, code):
    assert told(tmp_path, f"u,{column},b\nx,1,2\ny,2,1\n") == [("tree.csv:3:node_id", code)]


# --- columns of one fault -----------------------------------------------------------------------


def test_cells_of_one_fault_are_told_together(tmp_path):
    rows = "".join(f"x{i},NA,{i},5\n" for i in range(30)) + "y,NaN,1/2,70%\nz,NaN,1,60%\n"
    tree = TREE + "c,all,1,0,10\n"
    assert told(tmp_path, "u,a,b,c\n" + rows, "", tree) == [
        ("data.csv:2:a", "E520"),
        ("data.csv:32:a", "E520"),
        ("data.csv:32:b", "E546"),
        ("data.csv:32:c", "E545"),
    ]
    answer = "data: {missing: [NA, NaN], percent: yes}\n"
    text = "u,a,b,c\n" + rows.replace("1/2", "1")
    assert told(tmp_path, text, answer, tree) == [("data.csv:2:c", "E549")]


def test_many_faults_of_one_kind_are_told_as_one(tmp_path):
    rows = "".join(f"x{i},{i}/2,word{i}\n" for i in range(9)) + "x1,1,2\n" * 7
    assert told(tmp_path, HEADER + rows) == [
        *((f"data.csv:{2 + i}:{column}", code) for i in range(6)
          for column, code in (("a", "E546"), ("b", "E520"))),
        ("data.csv:8:a", "E546"),
        ("data.csv:8:b", "E520"),
        ("data.csv:11:u", "E573"),
    ]  # fmt: skip


# --- which rows ---------------------------------------------------------------------------------

ROWS = "Aster,1,2\nBirch,2,1\nCedar,4,4\n"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("数据来源：国家统计局,,", "E552"),
        ("数据来源：国家统计局", "E552"),
        ("Source: World Bank, 2020", "E552"),
        ("Note: a, b, c and d,", "E552"),
        ("* Estimates by the author.", "E552"),
        ("合计,7,7", "E553"),
        ("合 计：,7,7", "E553"),
        ("总计,7,7", "E553"),
        ("Total,7,7", "E553"),
        ("GRAND TOTAL,7,7", "E553"),
        ("Average,2.33,2.33", "E553"),
    ],
)
def test_a_row_that_may_be_no_unit_is_asked_about(tmp_path, row, code):
    text = HEADER + ROWS + row + "\n"
    assert told(tmp_path, text) == [("data.csv:5:u", code)]
    first = row.split(",")[0]
    got = frame(tmp_path, text, f'data: {{drop: ["{first}"]}}\n')
    assert list(got.index) == ["Aster", "Birch", "Cedar"]
    if row.count(",") <= 2:  # else words stand where numbers belong
        got = frame(tmp_path, text, f'data: {{keep: ["{first}"]}}\n')
        assert list(got.index) == ["Aster", "Birch", "Cedar", first]
    got = frame(tmp_path, text, f'data: {{drop: ["{first[:3]}*"]}}\n')
    assert len(got) == 3


def test_the_answer_that_is_proposed_can_be_pasted(tmp_path):
    note = 'Note: "a" and \\ b; of all the countries there are'
    text = io.StringIO()
    csv.writer(text).writerows([["u", "a", "b"], ["x", 1, 2], ["y", 2, 1], [note]])
    write(tmp_path, text.getvalue())
    with pytest.raises(IndexFault) as caught:
        compute(tmp_path / "data.csv", tmp_path / "tree.csv", tmp_path / "recipe.yaml")
    for lang in ("zh", "en"):
        (line,) = said.lines(caught.value.problems, lang)
        answer = re.search(r"drop: \[.+?\]", line)[0]
        assert len(frame(tmp_path, text.getvalue(), f"data: {{{answer}}}\n")) == 2


@pytest.mark.parametrize("unit", ["Totalia", "Notes Ltd", "Sumatra", "平均县", "来源地", "Ghost"])
def test_a_unit_that_only_begins_so_is_a_unit(tmp_path, unit):
    got = frame(tmp_path, HEADER + ROWS + f"{unit},,\n")
    assert unit in got.index


def test_a_total_by_any_name_is_known_by_its_numbers(tmp_path):
    rows = "A,1,2.5\nB,2,1\nC,4,4\nD,5,0.1\n"
    assert told(tmp_path, HEADER + rows + "Union,12,7.6\n") == [("data.csv:6:u", "E554")]
    assert told(tmp_path, HEADER + rows + "Union,12,7.7\n") == []
    tree = TREE + "c,all,1,0,10\n"
    rows = "u,a,b,c\nA,1,2,3\nB,3,4,1\nC,2,3,5\nD,6,3,3\nM,3,3,3\n"
    assert told(tmp_path, rows, "", tree) == [("data.csv:6:u", "E570")]
    assert told(tmp_path, rows, "data: {keep: [M]}\n", tree) == []


@pytest.mark.parametrize("power", [-6, 0, 9])
def test_a_total_is_one_on_any_scale(tmp_path, power):
    parts = [("0.1", "0.7"), ("0.2", "1.1"), ("0.3", "0.3"), ("0.7", "0.9")]  # 1.3 and 3.0
    rows = "".join(f"n{i},{a}e{power},{b}e{power}\n" for i, (a, b) in enumerate(parts))
    assert told(tmp_path, f"{HEADER}{rows}Sigma,1.3e{power},3e{power}\n") == [
        ("data.csv:6:u", "E554")
    ]
    assert told(tmp_path, f"{HEADER}{rows}Sigma,1.3e{power},3.0001e{power}\n") == []


def test_a_filter_and_what_it_leaves(tmp_path):
    text = "u,kind,a,b\nA,x,1,2\nB,y,oops,1\nC,x,3,3\n"
    got = frame(tmp_path, text, "data: {where: {kind: x}}\n")
    assert list(got.index) == ["A", "C"]  # what is not chosen is not looked at
    got = frame(tmp_path, text, "data: {where: {kind: [x, y]}, drop: [B]}\n")
    assert list(got.index) == ["A", "C"]
    assert told(tmp_path, text, "data: {where: {kind: z}}\n") == [("recipe.yaml:2:kind", "E562")]
    assert told(tmp_path, text, "data: {where: {kin: x}, drop: [B]}\n") == [
        ("recipe.yaml:2:kin", "E550")
    ]
    assert told(tmp_path, text, "data: {drop: [B, D]}\n") == [("recipe.yaml:2:drop", "E555")]
    assert told(tmp_path, text, "data: {drop: [A, B, C]}\n") == [("data.csv:1:u", "E560")]


def test_a_number_in_a_filter_is_that_number(tmp_path):
    text = "u,year,a,b\nA,2020,1,2\nB,2020.0,3,1\nC,2021,3,3\n"
    got = frame(tmp_path, text, "data: {where: {year: 2020}}\n")
    assert list(got.index) == ["A", "B"]


def test_a_day_in_a_filter_is_that_day(tmp_path):
    text = "u,day,a,b\nA,2020-03-31,1,2\nB,2020-04-01,3,1\n"
    assert list(frame(tmp_path, text, "data: {where: {day: 2020-03-31}}\n").index) == ["A"]


def test_yes_and_no_are_words_in_quotes(tmp_path):
    text = HEADER + "NO,1,2\nSE,2,1\n"
    assert told(tmp_path, text, "data: {drop: [NO]}\n") == [("recipe.yaml:2:drop", "E564")]
    assert list(frame(tmp_path, text, 'data: {drop: ["NO"]}\n').index) == ["SE"]


def test_missing_marks_are_for_numbers_only(tmp_path):
    text = "u,g,a,b\nNA,NA,1,2\nB,NA,NA,1\n"
    recipe = "data: {missing: [NA]}\ntreat: [{step: impute, group: g}]\n"
    got = frame(tmp_path, text, recipe)
    assert list(got.index) == ["NA", "B"]
    assert got["g"].tolist() == ["NA", "NA"]


# --- years --------------------------------------------------------------------------------------


def test_a_column_of_years(tmp_path):
    text = "u,year,a,b\nA,2020,1,2\nA,2021,2,2\nB,2020,3,1\nB,2021.0,4,1\n"
    assert told(tmp_path, text) == [("data.csv:3:u", "E110"), ("data.csv:5:u", "E110")]
    data = read(tmp_path, text, "data: {year: year}\n")
    assert list(data.frame.index) == ["A 2020", "A 2021", "B 2020", "B 2021"]
    assert data.years == {"A 2020": 2020, "A 2021": 2021, "B 2020": 2020, "B 2021": 2021}
    assert data.units["B 2021"] == "B"
    assert data.lines["B 2020"] == 4
    again = text + "A,2020,5,5\nC,x,1,1\nC,,1,1\n"
    assert told(tmp_path, again, "data: {year: year}\n") == [
        ("data.csv:6:u", "E110"),
        ("data.csv:7:year", "E563"),
        ("data.csv:8:year", "E563"),
    ]


def test_the_texts_of_the_cells_are_kept(tmp_path):
    data = read(tmp_path, HEADER + "x,1.50,2\ny,2,1e0\n")
    assert data.texts == {"a": ["1.50", "2"], "b": ["2", "1e0"]}


def test_a_total_in_every_year_is_asked_about_once(tmp_path):
    rows = "".join(f"A,{y},1,2\nWorld,{y},3,4\n" for y in range(2000, 2010))
    found = told(tmp_path, "u,year,a,b\n" + rows, "data: {year: year}\n")
    assert found == [("data.csv:3:u", "E553")]


# --- the section --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "column", "code"),
    [
        ("{misssing: NA}", "misssing", "E531"), ("{percent: 1}", "percent", "E126"),
        ("{decimal: ;}", "decimal", "E126"),
        ("{decimal: ',', thousands: ','}", "thousands", "E565"),
        ("{thousands: .}", "thousands", "E565"), ("{delimiter: colon}", "delimiter", "E126"),
        ("{header: 0}", "header", "E131"), ("{header: a}", "header", "E533"),
        ("{unit: [u]}", "unit", "E533"), ("{where: kind}", "where", "E533"),
        ("{missing: [NA, no]}", "missing", "E564"), ("[NA]", "data", "E533"),
        ("{unit: name}", "unit", "E508"), ("{year: yr}", "year", "E508"),
        ("{sheet: {}}", "sheet", "E533"),
    ],
)  # fmt: skip
def test_a_fault_in_the_section(tmp_path, section, column, code):
    found = told(tmp_path, HEADER + "x,1,2\ny,2,1\n", f"data: {section}\n")
    assert found == [(f"recipe.yaml:2:{column}", code)]


@pytest.mark.parametrize(("value", "code"), [("007", "E870"), ("0x1F", "E870"), ("1:30", "E870")])
def test_what_yaml_reads_as_another_number(tmp_path, value, code):
    found = told(tmp_path, HEADER + "007,1,2\ny,2,1\n", f"data: {{drop: [{value}]}}\n")
    assert found == [("recipe.yaml:2:1", code)]
    assert list(frame(tmp_path, HEADER + "007,1,2\ny,2,1\n", 'data: {drop: ["007"]}\n').index) == [
        "y"
    ]


def test_numbers_and_yes_as_programs_write_them(tmp_path):
    recipe = "coverage: .5\ndata: {percent: yes}\nnormalise: {low: 1e-7, high: 5.}\n"
    assert told(tmp_path, HEADER + "x,1%,2\ny,2%,1\n", recipe) == []


@pytest.mark.parametrize("name", ["देश", "ประเทศ", "Région", "כתיב"])
def test_names_in_any_script(tmp_path, name):
    text = f"{name},a\u00a0b,b\n{name}1,1,2\ny,2,1\n"
    tree = TREE.replace("\na,", "\na b,")
    got = frame(tmp_path, text, f"data: {{unit: {name}, drop: [{name}1]}}\n", tree)
    assert list(got.index) == ["y"]


def test_marks_that_are_numbers(tmp_path):
    got = frame(tmp_path, HEADER + "x,-999,2\ny,2,1\n", "data: {missing: [-999]}\n")
    assert math.isnan(got["a"].iloc[0])


# --- everything at once -------------------------------------------------------------------------


def test_faults_of_tree_recipe_and_data_are_told_in_one_run(tmp_path):
    tree = TREE.replace("a,all,1,0,10", "a,all,-1,10,0").replace("all,,,,", "all,,,,")
    recipe = "coverage: 50\nties: coin\n"
    found = told(tmp_path, HEADER + "x,ten,2\ny,2,1/2\nx,1,1\n", recipe, tree)
    assert found == [
        ("tree.csv:3:weight", "E504"),
        ("tree.csv:3:high", "E506"),
        ("recipe.yaml:2:coverage", "E132"),
        ("recipe.yaml:3:ties", "E126"),
        ("data.csv:2:a", "E520"),
        ("data.csv:3:b", "E546"),
        ("data.csv:4:u", "E110"),
    ]


def test_all_that_is_wrong_with_a_tree_is_told_at_once(tmp_path):
    rows = [
        "node_id,parent_id,weight,direction,low,high,aggregation", "all,,,,,,", "a,all,0,2,5,1,",
        "b,all,0,1,x,1%,arithmetic", "c,d,1,,,,", "d,c,1,,,,", "alone,,,,,,", "unit,all,,1,,,",
    ]  # fmt: skip
    found = told(tmp_path, HEADER + "x,1,2\ny,2,1\n", "", "\n".join(rows))
    assert found == [
        ("tree.csv:3:direction", "E126"),
        ("tree.csv:3:high", "E506"),
        ("tree.csv:4:low", "E520"),
        ("tree.csv:4:high", "E545"),
        ("tree.csv:4:aggregation", "E519"),
        ("tree.csv:5:parent_id", "E503"),
        ("tree.csv:6:parent_id", "E503"),
        ("tree.csv:7:node_id", "E523"),
        ("tree.csv:8:node_id", "E524"),
        ("tree.csv:8:weight", "E106"),
    ]


def test_an_unknown_column_of_units_does_not_hide_the_cells(tmp_path):
    text = HEADER + "x,ten,2\nx,2,1/2\n"
    assert told(tmp_path, text, "data: {unit: name}\n") == [
        ("data.csv:2:a", "E520"),
        ("data.csv:3:b", "E546"),
        ("recipe.yaml:2:unit", "E508"),
    ]
    found = told(tmp_path, text, "data: {unit: name, drop: [x]}\n")
    assert found == [("recipe.yaml:2:unit", "E508")]


def test_a_choice_that_does_not_fit_the_tree_does_not_hide_the_data(tmp_path):
    tree = TREE.replace("a,all,1,0,10", "a,all,1,,")
    found = told(tmp_path, HEADER + "x,ten,2\ny,2,1\n", "", tree)
    assert found == [
        ("tree.csv:3:low", "E507"), ("tree.csv:3:high", "E507"), ("data.csv:2:a", "E520"),
    ]  # fmt: skip


def test_nothing_is_told_that_only_follows_from_another_fault(tmp_path):
    text = HEADER + "x,NA,2\ny,2,1\n"
    assert told(tmp_path, text, "data: {missing: {a: NA}}\n") == [("recipe.yaml:2:missing", "E533")]
    tree = TREE.replace("parent_id", "parent")  # so its children are not known to hang together
    assert told(tmp_path, text.replace("NA", "1"), "", tree) == [
        ("tree.csv:1:parent_id", "E510"),
        ("tree.csv:1:parent", "E511"),
    ]


def test_a_table_is_written_as_it_was_read(tmp_path):
    """What the reader of CSV takes, Python's own takes alike."""
    rows = [["u", "a", "b"], ["q\"u,o'te", "1", "2"], [" y ", "3", "4"]]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    assert list(frame(tmp_path, text.getvalue()).index) == ["q\"u,o'te", "y"]
