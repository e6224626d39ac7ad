"""``suyuan index init``: what it writes runs at once, and leaves to people what only they know."""

from __future__ import annotations

import csv
import io
import random
import re

import openpyxl
import pytest
import yaml

from suyuan.cli import main
from suyuan.core.errors import IndexFault
from suyuan.index.beginning import begin
from suyuan.index.command import compute
from suyuan.index.reading import Declared

PLAIN = "name,a,b\nAster,1,2\nBirch,2,1.5\nCedar,4,0\n"


def begun(folder, data, lang="en", **given):
    """What is seen, the recipe and the tree that ``data`` give."""
    path = folder / "data.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    seen = begin(path, folder / "made", Declared(**given), lang).seen
    recipe = yaml.safe_load((folder / "made/recipe.yaml").read_text(encoding="utf-8"))
    with (folder / "made/tree.csv").open(encoding="utf-8") as file:
        return seen, recipe, list(csv.DictReader(file))


def run(folder):
    return compute(folder / "data.csv", folder / "made/tree.csv", folder / "made/recipe.yaml")


def codes(folder):
    try:
        run(folder)
    except IndexFault as error:
        return [(problem.code, problem.row, problem.column) for problem in error.problems]
    return []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_is_written_runs_at_once(tmp_path, lang):
    seen, recipe, tree = begun(tmp_path, PLAIN, lang)
    assert (seen.units, seen.indicators) == (3, ("a", "b"))
    assert recipe["normalise"] == {"method": "minmax", "low": 0, "high": 100}
    assert recipe["data"] == {"unit": "name"}
    assert [(row["node_id"], row["parent_id"], row["direction"]) for row in tree] == [
        ("index", "", ""), ("a", "index", "1"), ("b", "index", "1"),
    ]  # fmt: skip
    assert {row["low"] + row["high"] for row in tree} == {""}
    # a: 0, 33.3, 100; b: 100, 75, 0
    assert run(tmp_path).index.aggregates.scores["index"].round(2).to_dict() == {
        "Aster": 50, "Birch": 54.17, "Cedar": 50,
    }  # fmt: skip


def test_both_languages_choose_the_same(tmp_path):
    recipes = []
    for lang in ("en", "zh"):
        (tmp_path / lang).mkdir()
        recipes.append(begun(tmp_path / lang, PLAIN, lang)[1])
    english, chinese = recipes
    assert english == chinese
    assert set(english) == {
        "data", "normalise", "treat", "weights", "aggregation", "coverage", "ties", "decimals",
        "uncertainty",
    }  # fmt: skip


def test_what_programs_write_is_noticed(tmp_path):
    text = (
        "Table 3: shares\n\n"
        ";country;year;share;gap;kind;id\n"
        "1;Aster;2020;70%;NA;x;007\n2;Aster;2021;75%;1e-7;x;007\n"
        "3;Birch;2020;60%;..;y;008\n4;Birch;2021;61%;+3;y;008\n"
    )
    seen, recipe, tree = begun(tmp_path, text)
    assert recipe["data"] == {
        "unit": "country", "year": "year", "missing": ["..", "NA"], "percent": True, "header": 3,
    }  # fmt: skip
    assert [row["node_id"] for row in tree] == ["index", "share", "gap"]
    assert set(seen.others) == {"kind", "id"}
    assert codes(tmp_path) == []
    assert run(tmp_path).data.years["Birch 2021"] == 2021


def test_what_only_people_know_is_left_to_them(tmp_path):
    text = PLAIN.replace("1.5", '"1,5"') + "Total,7,3.5\n数据来源：年鉴\n"
    seen, recipe, _ = begun(tmp_path, text)
    assert "decimal" not in recipe["data"]
    assert "drop" not in recipe["data"]
    assert seen.asked == ("Total", "数据来源：年鉴")
    assert seen.unsaid == ("b",)
    written = (tmp_path / "made/recipe.yaml").read_text(encoding="utf-8")
    assert '  # drop: ["Total", "数据来源：年鉴"]\n' in written
    assert "in: b\n" in written
    assert "$" not in written
    assert codes(tmp_path) == [("E544", 3, "b"), ("E553", 5, "name"), ("E552", 6, "name")]
    # the commented lines are the answers
    path = tmp_path / "made/recipe.yaml"
    answered = path.read_text(encoding="utf-8").replace("# drop:", "drop:")
    path.write_text(answered.replace('# decimal: ","', 'decimal: ","'), encoding="utf-8")
    assert codes(tmp_path) == []


def test_a_table_from_another_country(tmp_path):
    text = (
        "\ufeffLand;BIP;Quote;Anteil\r\nDeutschland;1.234,5;7,1%;3\r\nFrankreich;987,0;8,2%;4\r\n"
        "Italien;n/a;9,0%;5\r\nSumme;2.221,5;8,1%;12\r\nQuelle: Amt;;;\r\n"
    )
    seen, recipe, _ = begun(tmp_path, text)
    assert recipe["data"] == {"unit": "Land", "missing": ["n/a"], "percent": True}
    assert (seen.unsaid, seen.asked) == (("BIP", "Quote"), ("Summe", "Quelle: Amt"))
    path = tmp_path / "made/recipe.yaml"
    written = path.read_text(encoding="utf-8")
    for answer in ("drop:", "decimal:", "thousands:"):
        written = written.replace(f"# {answer}", answer)
    path.write_text(written, encoding="utf-8")
    assert run(tmp_path).data.frame.loc["Deutschland"].tolist() == [1234.5, 0.071, 3]


@pytest.mark.parametrize("column", ["year", "Year", "年份", "yr", "Jahr"])
def test_one_year_is_no_indicator_and_no_panel(tmp_path, column):
    text = f"name,{column},a\nA,2020,1\nB,2020,2\n"
    seen, recipe, _ = begun(tmp_path, text)
    assert seen.indicators == ("a",)
    assert "year" not in recipe["data"]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_choices_that_comments_offer_are_there(tmp_path, lang):
    begun(tmp_path, PLAIN, lang)
    path = tmp_path / "made/recipe.yaml"
    written = path.read_text(encoding="utf-8")
    for key, word in re.findall(r"^(\w+): declared  # .*?[;；](.*)$", written, re.MULTILINE):
        for choice in re.findall(r"[a-z]{3,}(?=[,、]|$)", word):
            path.write_text(written.replace(f"{key}: declared", f"{key}: {choice}"), "utf-8")
            assert not {code for code, *_ in codes(tmp_path)} & {"E126", "E533"}, choice
    assert {"pca", "copeland"} <= set(re.findall(r"\w+", written))


def test_a_comment_that_has_nothing_to_tell_is_not_there(tmp_path):
    begun(tmp_path, PLAIN)
    written = (tmp_path / "made/recipe.yaml").read_text(encoding="utf-8")
    for words in ("notes or totals", "commas or blanks", "have no numbers", "twice", "$"):
        assert words not in written
    assert "# percent: yes" in written


def test_what_is_the_same_everywhere_is_no_indicator(tmp_path):
    seen, _, _ = begun(tmp_path, "name,a,b\nA,5,1\nB,5,2\nC,,3\n")
    assert (seen.indicators, seen.others) == (("b",), ("a",))


def test_numbers_like_years_are_numbers_where_nothing_says_otherwise(tmp_path):
    seen, _, _ = begun(tmp_path, "name,price,a\nA,2020,1\nB,1999,2\n")
    assert seen.indicators == ("price", "a")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("a,country,b\n1,X,2\n2,Y,1\n", "country"),
        ("kind,a,country\nx,1,X\nx,2,Y\n", "country"),
        ("kind,label,a\nx,P,1\nx,Q,2\n", "label"),
        ("code,a\n001,1\n002,2\n", "code"),
        ("id,a\n1,1\n2,2\n", "id"),
        (",a,b\nAster,1,2\nBirch,2,1\n", None),
    ],
)
def test_which_column_names_the_units(tmp_path, text, unit):
    seen, recipe, _ = begun(tmp_path, text)
    assert (recipe["data"] or {}).get("unit") == unit
    assert "a" in seen.indicators
    assert codes(tmp_path) == []


def test_codes_and_days_are_no_indicators(tmp_path):
    text = "u,code,day,a\nx,01,2026-01-31,1/2\ny,10,2026-02,2\nz,11,2026,3\n"
    seen, _, _ = begun(tmp_path, text)
    assert (seen.indicators, seen.others) == (("a",), ("code", "day"))
    assert codes(tmp_path) == [("E546", 2, "a")]  # for one odd cell no column is passed over


def test_names_that_are_taken(tmp_path):
    seen, _, tree = begun(tmp_path, "name,index,unit,b,b\nA,1,2,3,4\nB,2,1,4,3\n")
    assert [row["node_id"] for row in tree] == ["overall", "index"]
    assert seen.twice == ("b",)
    assert codes(tmp_path) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E141"), (b"a,b\nx,y\n", "E567"), (b"u,a\nx,1,2,3\n", "E105"),
        (b"u,a,b\n", "E513"), (b"u,a,a\nx,1,2\ny,2,3\n", "E104"),
        ("name,a\nCôte,1\n".encode("latin-1"), "E541"), (b"%PDF-1.7", "E805"),
    ],
)  # fmt: skip
def test_no_table_to_begin_with(tmp_path, data, code):
    with pytest.raises(IndexFault) as caught:
        begun(tmp_path, data)
    assert {problem.code for problem in caught.value.problems} == {code}
    assert not (tmp_path / "made").exists()


def test_an_encoding_or_a_sheet_goes_into_the_recipe(tmp_path):
    _, recipe, _ = begun(tmp_path, "name,a\n北京,1\n上海,2\n".encode("gbk"), encoding="gb18030")
    assert recipe["data"]["encoding"] == "gb18030"
    assert list(run(tmp_path).data.frame.index) == ["北京", "上海"]
    book = openpyxl.Workbook()
    book.active.append(["other", 1])
    sheet = book.create_sheet("Data")
    for row in (["name", "a"], ["x", 1], ["y", 2]):
        sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    (tmp_path / "b").mkdir()
    _, recipe, _ = begun(tmp_path / "b", stream.getvalue(), sheet="Data")
    assert recipe["data"] == {"unit": "name", "sheet": "Data"}
    assert codes(tmp_path / "b") == []


def test_nothing_is_overwritten(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data.csv").write_text(PLAIN)
    (tmp_path / "tree.csv").write_text("mine")
    assert main(["index", "init", "data.csv", "--lang", "en"]) == 1
    assert "tree.csv" in capsys.readouterr().err
    assert (tmp_path / "tree.csv").read_text() == "mine"
    assert not (tmp_path / "recipe.yaml").exists()


def test_the_command_says_what_comes_next(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my data.csv").write_text(PLAIN)
    assert main(["index", "init", "my data.csv", "--lang", "en"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "suyuan index 'my data.csv' --tree tree.csv --config recipe.yaml --out result"
    )


def test_a_file_may_be_called_init(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "init").write_text(PLAIN)
    assert main(["index", "init", "./init", "--lang", "zh"]) == 0
    words = ["--tree", "tree.csv", "--config", "recipe.yaml", "--out", "result"]
    assert main(["index", "./init", *words]) == 0


@pytest.mark.parametrize("seed", range(20))
def test_whatever_the_table_the_recipe_can_be_read(tmp_path, seed):
    """Names with signs of YAML, CSV and templates: what is written is read as it was meant."""
    rng = random.Random(seed)
    signs = [*"ab:#{}[]$%'\"\\,;&*!|>-? \t名：é", "${x}", "$data", "no", "1"]
    names = ["".join(rng.choices(signs, k=6)).strip() or "q" for _ in range(4)]
    rows = [
        [f"n{names[0]}", *names[1:]],
        ["x: #1", 1, 2, "NA"],
        ['y"', 3, 1, "n/a"],
        ["z", 2, 2, 5],
    ]
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    seen, recipe, _ = begun(tmp_path, text.getvalue())
    assert recipe["data"]["unit"] == " ".join(rows[0][0].split())
    assert codes(tmp_path) == []
    assert seen.units == 3
