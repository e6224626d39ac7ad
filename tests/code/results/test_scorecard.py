"""Scorecards: what they say is what the tables say, and they ask and run nothing."""

from __future__ import annotations

import base64
import csv
import hashlib
import re
import shutil
import time
from string import Formatter
from xml.etree import ElementTree

import openpyxl
import pytest

from suyuan.core.files import read_yaml
from suyuan.index import command, naming, selfcheck
from suyuan.index.firmness import BETWEEN, EXACT, NO_BOUNDS, NOT_LINEAR
from suyuan.index.pipeline import BELOW_COVERAGE, RANKED, SCREENED
from suyuan.results import wording
from suyuan.results.book import SHEETS
from suyuan.results.files import HTML, WORKBOOK, scorecards
from suyuan.results.firm import ends
from tests.code.miniature import ROOT

EXAMPLE = ROOT / "docs/examples/index"
VALIDATION = ROOT / "tests/data/validation"
BEGUN = ("ranks", "scores", "contributions", "recipe")  # sheets that are no table
HOSTILE = "<script>alert(1)</script>"
FORMULA = '=HYPERLINK("http://x","y")'


def made(folder, lang="en", data=None, tree=None, recipe=None):
    """The folder of a result; the example where nothing else is given."""
    folder.mkdir(exist_ok=True)
    for name, text in (("data.csv", data), ("tree.csv", tree), ("recipe.yaml", recipe)):
        if text is None:
            shutil.copy(EXAMPLE / name, folder)
        else:
            (folder / name).write_text(text, encoding="utf-8")
    paths = [folder / name for name in ("data.csv", "tree.csv", "recipe.yaml")]
    command.run(*paths, folder / "out", scorecards(lang))
    return folder / "out"


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    return made(tmp_path_factory.mktemp("example"))


def page(out):
    """The page as a tree: it is well-formed XML too."""
    text = (out / HTML).read_text(encoding="utf-8")
    return ElementTree.fromstring(text.removeprefix("<!DOCTYPE html>"))


def said(element):
    return "".join(element.itertext())


def section(page, anchor):
    (found,) = page.findall(f".//section[@id='{anchor}']")
    return found


def table(page, anchor):
    found = section(page, anchor).find(".//table")
    return [[said(cell) for cell in row] for row in found.iter("tr")]


def values(page, attribute):
    return [own for element in page.iter() if (own := element.get(attribute)) is not None]


def links(page, anchor):
    return {said(link): link.get("href") for link in section(page, anchor).iter("a")}


def test_ranks_are_those_of_the_table(example):
    head, *found = table(page(example), "ranks-0")
    assert head == ["Rank", "Unit", "Score", "Interval", "Ranks in the interval",
                    "If all else were worst – best", "Observed", "Filled in", "Status"]  # fmt: skip
    with (example / "ranks.csv").open(encoding="utf-8") as file:
        ranks = {r["unit"]: r for r in csv.DictReader(file) if r["node"] == "overall"}
    assert [row[:3] for row in found] == [
        [ranks[unit]["rank"], unit, ranks[unit]["score"]]
        for unit in ("Aster", "Birch", "Cedar", "Dogwood")
    ]
    assert found[0][5] == ""  # all of Aster is observed
    assert found[1][5:] == ["52.40 – 62.40", "90.0%", "0.0%", "ranked"]
    assert found[3][6:] == ["30.0%", "0.0%", "not ranked: too little observed"]
    with (example / "intervals.csv").open(encoding="utf-8") as file:
        spread = {r["unit"]: r for r in csv.DictReader(file)}
    assert found[1][3] == f"{spread['Birch']['score_low']} – {spread['Birch']['score_high']}"


def test_the_draws_behind_the_intervals_are_told(example):
    note = page(example).find(".//section[@id='ranks-0']/p[@class='note']")
    assert "1,000" in note.text


def test_the_framework_has_every_node_with_its_weight(example):
    _, *found = table(page(example), "framework")
    assert [row[:3] for row in found] == [
        ["overall", "", ""],
        ["service", "60.0%", "60.0%"],
        ["latency_ms", "50.0%", "30.0%"],
        ["availability", "50.0%", "30.0%"],
        ["offer", "40.0%", "40.0%"],
        ["price", "75.0%", "30.0%"],
        ["support", "25.0%", "10.0%"],
    ]
    assert found[2][3] == "between goalposts; less is better"


def test_a_profile_says_cell_score_contribution_and_what_is_missing(example):
    found = page(example)
    _, *cells = table(found, links(found, "ranks-0")["Birch"].removeprefix("#"))
    assert cells == [
        ["latency_ms", "40", "20.00", "13.08", ""],
        ["availability", "99.9", "95.00", "13.08", ""],
        ["price", "2", "87.50", "35.00", ""],
        ["support", "", "", "", "missing"],
    ]


def marks(page, unit):
    return [row.get("class") for row in section(page, f"unit-{unit}").findall(".//tbody/tr")]


def test_what_was_filled_in_or_changed_is_told(tmp_path):
    recipe = "treat: [{step: cap, limits: {price: 5}}, {step: impute}]\nuncertainty: null\n"
    found = page(made(tmp_path, recipe=recipe))
    _, *birch = table(found, "unit-2")
    assert birch[3][1:3] == ["", "4.5"]  # of 4 and 5
    assert birch[3][5] == "missing; filled in: 4.5"
    _, *cedar = table(found, "unit-3")
    assert cedar[2][1:3] == ["6", "5"]
    assert cedar[2][5] == "capped: 6 → 5"
    assert marks(found, 2) == [None, None, None, "filled"]
    assert marks(found, 3) == [None, None, "treated", None]


def test_what_stays_missing_is_marked_and_no_column_stands_idle(example):
    found = page(example)
    assert marks(found, 4) == ["lack", "lack", None, "lack"]
    assert "As scored" not in table(found, "unit-4")[0]


def test_scores_without_a_rank_stand_in_brackets(example, tmp_path):
    parts = section(page(example), "parts-0")
    assert {"76.98", "(62.50)"} <= {said(text) for text in parts.iter("text")} - {"62.50"}
    note = wording.words("en")["made_of_note"]
    assert note in said(parts)
    ranked = page(made(tmp_path, recipe="coverage: 0\nuncertainty: null\n"))
    assert note not in said(section(ranked, "parts-0"))


WIDE_REGION = (
    "uncertainty: {draws: 200, weights_region: simplex}\naggregation: arithmetic\n"
    "sensitivity: {draws: 16, methods: {normalise: [goalpost, rank]}}\n"
)


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    """The example with all that is asked of ranks."""
    return made(tmp_path_factory.mktemp("firm"), recipe=WIDE_REGION)


def rows(folder, name, **wanted):
    with (folder / f"{name}.csv").open(encoding="utf-8") as file:
        found = list(csv.DictReader(file))
    return [row for row in found if all(row[key] == value for key, value in wanted.items())]


def test_how_firm_ranks_are_is_what_the_tables_say(firm):
    head, first, *_, last = table(page(firm), "spans-0")
    assert head == ["Rank", "Unit", "Most probable ranks", "Best possible", "Worst possible",
                    "Next after it", "Lead", "Ahead of it in draws", "Weight to move until level",
                    "Or one weight alone"]  # fmt: skip
    assert first[:2] == ["1", "Aster"]
    likely = max(rows(firm, "rank_probabilities", unit="Aster"),
                 key=lambda row: float(row["probability"]))  # fmt: skip
    assert first[2].startswith(f"{likely['rank']} ({100 * float(likely['probability']):.1f}%)")
    (possible,) = rows(firm, "possible_ranks", unit="Aster")
    assert possible["exactness"] == "exact"
    assert first[3:5] == [possible["best"], possible["worst"]]
    (swap,) = rows(firm, "swaps", unit="Aster")
    (pair,) = rows(firm, "pairs", unit="Aster", other=swap["other"])
    assert first[5] == swap["other"]
    assert first[7] == f"{100 * float(pair['probability']):.1f}%"
    assert last[5:] == ["", "", "", "", ""]  # nobody is after the last


def test_ends_that_are_not_exact_say_between_what_they_lie():
    own = {"exactness": BETWEEN, "best": 1.0, "best_attained": 2.0, "worst_attained": 4.0,
           "worst": 4.0}  # fmt: skip
    assert ends(own) == ("1…2", "4")
    assert ends({**own, "exactness": NOT_LINEAR}) == ends({}) == ("", "")


def test_the_choices_that_ranks_depend_on_have_names(firm):
    found = section(page(firm), "spans-0").findall(".//table")[1]
    cells = [[said(cell) for cell in row] for row in found.iter("tr")][1:]
    assert [row[0] for row in cells] == ["normalisation", "drawn weights"]
    wanted = [f"{float(row['total']):.2f} " for row in rows(firm, "sensitivity", unit="")]
    assert all(cell[2].startswith(own) for cell, own in zip(cells, wanted, strict=True))


def test_alphas_and_correlations_are_those_of_the_tables(example):
    _, alphas, crossed = section(page(example), "tied-0").findall(".//table")
    found = {said(row[0]): said(row[3]) for row in alphas.find("tbody")}
    for row in rows(example, "alpha"):
        assert found[row["node"]] == f"{float(row['alpha']):.2f}".replace("-", "−")
    (pair,) = rows(example, "correlations", first="availability", second="latency_ms")
    cell = crossed.find("tbody")[1][1]
    assert said(cell) == f"{float(pair['pearson']):.2f}".replace("-0.", "−.")
    assert cell.get("class") == "r1"  # between -0.7 and -0.3


def test_a_root_with_more_indicators_than_a_table_holds_has_none(example, tmp_path, monkeypatch):
    monkeypatch.setattr("suyuan.results.related.CROSSED", 3)
    assert len(section(page(made(tmp_path)), "tied-0").findall(".//table")) == 2


def test_the_self_check_is_told_one_by_one(tmp_path):
    data = "unit,a,b,c\n" + "".join(f"u{n},{n},{20 - n},{7 + 2 * n}\n" for n in range(12))
    tree = "node_id,parent_id,weight,name\ntop,,,\na,top,5,First\nb,top,1,\nc,top,1,\n"
    out = made(tmp_path, data=data, tree=tree, recipe="normalise: {method: minmax}\n")
    head, *found = table(page(out), "queries")
    assert head == ["What", "First", "Second", "Value", "Limit"]
    told = {(row["what"], row["first"], row["second"]) for row in rows(out, "selfcheck")}
    assert ("against", "b", "") in told
    assert ["runs against the index", "b", "", "−1.00", "0"] in found
    assert ["two that say the same", "First", "c", "1.00", "0.92"] in found
    assert len(found) == len(told)
    few = said(section(page(made(tmp_path / "few")), "queries"))
    assert wording.words("en")["no_queries"] in few
    assert wording.words("en")["few"] in few


def test_no_more_findings_than_a_page_holds(tmp_path, monkeypatch):
    monkeypatch.setattr("suyuan.results.asked.MOST", 1)
    data = "unit,a,b,c\nu1,1,7,8\nu2,2,7,8\nu3,9,7,8\n"
    tree = "node_id,parent_id,weight\ntop,,\na,top,1\nb,top,1\nc,top,1\n"
    out = made(tmp_path, data=data, tree=tree, recipe="normalise: {method: minmax}\n")
    assert [row["first"] for row in rows(out, "selfcheck", what="constant")] == ["b", "c"]
    _, *found = table(page(out), "queries")
    assert [row[1] for row in found if row[0] == "does not tell units apart"] == ["b"]
    assert wording.words("en")["selfcheck_cut"] in said(section(page(out), "queries"))


def test_whole_numbers_of_a_workbook_are_numbers(example):
    book = openpyxl.load_workbook(example / WORKBOOK)
    _, first, *_ = book["probable ranks"].values
    assert first[:4] == ("overall", "Aster", 1, 1)
    assert {type(row[2]) for row in list(book["alpha"].values)[1:]} == {int}


def test_chinese_cards_have_no_method_as_the_recipe_writes_it(tmp_path):
    recipe = (
        WIDE_REGION.replace("[goalpost, rank]", "[minmax, goalpost]")
        + "treat: [{step: cap, limits: {price: 5}}, {step: impute}]\n"
    )
    recipe += "normalise: {method: minmax}\nweights: entropy\n"
    found = page(made(tmp_path, "zh", recipe=recipe))
    names = {name for kind in naming.methods().values() for name in kind}
    for part in found.findall(".//section[@id]"):
        if part.get("id") not in ("recipe", "queries"):  # what to write, and what was written
            told = {name for name in names if re.search(rf"\b{name}\b", said(part))}
            assert not told, part.get("id")
    assert "熵权法（entropy）" in said(section(found, "queries"))
    assert "极差标准化" in said(section(found, "framework"))
    assert "熵权法" in said(section(found, "framework"))
    assert "封顶：6 → 5" in said(section(found, "unit-3"))


def test_every_figure_scrolls_within_a_narrow_page(example):
    found = page(example)
    framed = [own for own in found.iter("div") if own.get("class") == "wide"]
    assert sum(len(own.findall("svg")) for own in framed) == len([*found.iter("svg")]) == 4


def test_every_link_leads_somewhere_and_no_id_is_there_twice(example):
    found = page(example)
    ids = values(found, "id")
    assert len(ids) == len(set(ids))
    targets = [link.removeprefix("#") for link in values(found.find("body"), "href")]
    assert set(targets) <= set(ids)
    assert set(values(found, "aria-labelledby")) <= set(ids)
    assert {f"unit-{number}" for number in (1, 2, 3, 4)} <= set(targets)


def test_the_page_asks_and_runs_nothing(example):
    found = page(example)
    tags = {element.tag for element in found.iter()}
    assert not tags & {"script", "img", "image", "iframe", "object", "form", "foreignObject"}
    assert {link.get("href") for link in found.iter("link")} == {"data:,"}
    attributes = {name for element in found.iter() for name in element.attrib}
    assert not {name for name in attributes if name.startswith("on")} | attributes & {
        "style",
        "src",
    }
    (policy,) = values(found.find("head/meta[@http-equiv]"), "content")
    style = found.find("head/style").text
    assert "url(" not in style
    assert "@import" not in style
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")


def test_names_are_texts_and_never_markup_or_formulas(tmp_path):
    def cell(text):
        return '"' + text.replace('"', '""') + '"'

    data = f"unit,{cell(FORMULA)}\n{cell(HOSTILE)},1\n{cell(FORMULA)},2\n"
    tree = f"node_id,parent_id,weight,name\ntop,,,{cell(HOSTILE)}\n{cell(FORMULA)},top,1,\n"
    out = made(tmp_path, data=data, tree=tree, recipe="normalise: {method: minmax}\n")
    found = page(out)
    assert not list(found.iter("script"))
    assert HOSTILE in said(next(found.iter("h1")))
    assert [row[1] for row in table(found, "ranks-0")[1:]] == [FORMULA, HOSTILE]
    book = openpyxl.load_workbook(out / WORKBOOK)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert FORMULA in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.quotePrefix for cell in cells if cell.value == FORMULA)


def test_the_workbook_has_the_numbers_of_the_tables(example):
    book = openpyxl.load_workbook(example / WORKBOOK)
    assert book.sheetnames == ["ranks", "scores", "contributions", "weights", "probable ranks",
                               "correlations", "alpha", "without each", "recipe"]  # fmt: skip
    ranks = list(book["ranks"].values)
    assert ranks[0][:7] == ("Node", "Unit", "Score", "Rank", "Status", "Observed", "Filled in")
    birch = next(row for row in ranks if row[:2] == ("overall", "Birch"))
    assert birch[2] == pytest.approx(61.15339, abs=1e-5)
    assert birch[3:7] == (2, "ranked", pytest.approx(0.9), 0)
    assert birch[7:9] == (pytest.approx(52.40, abs=0.01), pytest.approx(62.40, abs=0.01))
    assert birch[9] < birch[2] < birch[10]
    scores = {row[0]: row[1:] for row in book["scores"].values}
    assert scores["Aster"][3] == 80
    added = {row[1]: row[2:] for row in book["contributions"].values}
    assert sum(added["Aster"]) == pytest.approx(scores["Aster"][0])
    assert ("coverage", "0.5") in set(book["recipe"].values)


def test_the_same_run_gives_the_same_bytes(example, tmp_path):
    again = made(tmp_path)
    for name in (HTML, WORKBOOK):
        assert (again / name).read_bytes() == (example / name).read_bytes()


def test_chinese_is_chinese(tmp_path):
    found = page(made(tmp_path, "zh"))
    assert found.get("lang") == "zh-CN"
    assert table(found, "ranks-0")[4][8] == "实测不足，不排名"


def test_scores_below_zero_and_several_roots(tmp_path):
    tree = "node_id,parent_id,weight\none,,\nlatency_ms,one,1\ntwo,,\nprice,two,1\nsupport,two,2\n"
    recipe = "normalise: {method: zscore, low: -1, high: 1}\ncoverage: 0\n"
    found = page(made(tmp_path, tree=tree, recipe=recipe))
    assert [row[2] for row in table(found, "ranks-0")[1:]][-2] == "−0.33"
    assert len(table(found, "unit-1")[0]) == 6  # a contribution to each root


def test_what_should_be_thought_over_is_on_the_page_without_paths(tmp_path):
    recipe = "normalise: {method: minmax}\nuncertainty: null\n"  # with a geometric mean
    out = made(tmp_path, recipe=recipe)
    (query,) = section(page(out), "queries").iter("li")
    assert said(query).startswith(
        "by min–max (minmax) the worst unit of any one indicator scores 0"
    )
    assert str(tmp_path) not in (out / HTML).read_text(encoding="utf-8")


def test_in_a_panel_the_last_year_comes_first(tmp_path):
    data = "unit,year,a\nAster,2019,1\nAster,2020,2\nBirch,2019,3\nBirch,2020,1\nCedar,2020,\n"
    tree = "node_id,parent_id,weight,low,high\ntop,,,,\na,top,1,0,10\n"
    recipe = "data: {year: year}\nuncertainty: {draws: 10}\n"
    found = page(made(tmp_path, data=data, tree=tree, recipe=recipe))
    assert [row[:3] for row in table(found, "ranks-0")[1:]] == [
        ["1", "Aster 2020", "20.00"],
        ["2", "Birch 2020", "10.00"],
        ["", "Cedar 2020", ""],
        ["1", "Birch 2019", "30.00"],
        ["2", "Aster 2019", "10.00"],
    ]
    texts = [said(text) for text in section(found, "spans-0").iter("text")]
    assert [t for t in texts if t.endswith((" 2019", " 2020"))] == [
        "Aster 2020",
        "Birch 2020",
        "Birch 2019",
        "Aster 2019",
    ]


def test_both_languages_have_the_same_words_and_places():
    zh, en = (read_yaml(ROOT / f"templates/index/{lang}/results.yaml") for lang in ("zh", "en"))
    assert list(zh) == list(en)
    for name in zh:
        places = [
            {place for _, place, _, _ in Formatter().parse(w[name]) if place} for w in (zh, en)
        ]
        assert places[0] == places[1], name


def test_every_word_is_said():
    text = "".join(
        path.read_text(encoding="utf-8")
        for path in [
            *(ROOT / "workflow/lib/suyuan/results").glob("*.py"),
            ROOT / "templates/index/scorecard.jinja",
        ]
    )
    names = set(wording.words("en"))
    by_code = {
        "is": (RANKED, BELOW_COVERAGE, SCREENED),
        "found": selfcheck.CODES,
        "end": (EXACT, BETWEEN, NOT_LINEAR.replace(" ", "_"), NO_BOUNDS.replace(" ", "_")),
        "sheet": (*(sheet.output.name for sheet in SHEETS), *BEGUN),
    }
    said_by_code = {f"{kind}_{code}" for kind, codes in by_code.items() for code in codes}
    assert said_by_code == {name for name in names if name.partition("_")[0] in by_code}
    for name in names - said_by_code:
        own = re.sub("^(diff|by)_", "", name)
        assert re.search(rf"\b{own}\b", text), name


@pytest.fixture(scope="module")
def asem(tmp_path_factory):
    """51 countries, 49 indicators, with intervals: the folder, and seconds of CPU for the cards."""
    folder = tmp_path_factory.mktemp("asem")
    recipe = (VALIDATION / "asem_overview.yaml").read_text(encoding="utf-8")
    recipe = recipe.replace("uncertainty: null", "uncertainty: {draws: 100}")
    (folder / "recipe.yaml").write_text(recipe, encoding="utf-8")
    found = command.compute(
        VALIDATION / "asem_data.csv", VALIDATION / "asem_tree.csv", folder / "recipe.yaml"
    )
    command.made(found)
    started = time.process_time()
    for each in scorecards("zh"):
        each.written(found, folder / each.file)
    return folder, time.process_time() - started


def test_a_real_index_has_a_page_that_any_browser_opens(asem):
    folder, seconds = asem
    assert (folder / HTML).stat().st_size < 1_000_000
    assert (folder / WORKBOOK).stat().st_size < 1_000_000
    assert seconds < 5
    assert len(page(folder).findall(".//section[@class='profile']")) == 51


def test_beyond_what_a_page_holds_the_first_ranks_have_profiles(asem, tmp_path, monkeypatch):
    monkeypatch.setattr("suyuan.results.profiles.CELLS", 8)
    found = page(made(tmp_path))
    assert [said(h) for h in found.findall(".//section[@class='profile']/h3")] == ["Aster", "Birch"]
    assert "The first 2 of 4 units" in said(found)
    assert list(links(found, "ranks-0")) == ["Aster", "Birch"]
