"""The command: what it writes, and one line with place and remedy for each thing that is wrong."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from suyuan.cli import main
from suyuan.index import command
from suyuan.index.outputs import NAMES
from tests.code.index.tabled import ASKED_FOR
from tests.code.miniature import ROOT

EXAMPLE = ROOT / "docs/examples/index"
EXACT = "uncertainty: null\n"
WRITTEN = ["scorecard.html", "scorecard.xlsx"]
WRITTEN += [name for name in NAMES if name not in ASKED_FOR]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with the example, whose recipe draws nothing; the project is the working folder."""
    monkeypatch.chdir(ROOT)
    for name in ("data.csv", "tree.csv"):
        shutil.copy(EXAMPLE / name, tmp_path)
    (tmp_path / "recipe.yaml").write_text("decimals: 2\ncoverage: 0.5\n" + EXACT)
    return tmp_path


def run(here, recipe="recipe.yaml"):
    config = ["--config", str(here / recipe)] if recipe else []
    words = ["index", str(here / "data.csv"), "--tree", str(here / "tree.csv"), *config]
    return main([*words, "--out", str(here / "out")])


def table(path):
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- the example of docs/index.md, worked by hand -----------------------------------------------


def test_scores_of_the_example(here, capsys):
    assert run(here) == 0
    assert str(len(WRITTEN)) in capsys.readouterr().out
    assert sorted(path.name for path in (here / "out").iterdir()) == sorted(WRITTEN)
    scores = {row.pop("unit"): row for row in table(here / "out/scores.csv")}
    # latency (50-10)/50, availability 1.5/2, price 6/8, support 4/5 of 100;
    # service √(80·75), offer (3·75 + 80)/4, overall 0.6·77.46 + 0.4·76.25
    assert list(scores["Aster"].items()) == [
        ("overall", "76.98"),
        ("service", "77.46"),
        ("offer", "76.25"),
        ("latency_ms", "80.00"),
        ("availability", "75.00"),
        ("price", "75.00"),
        ("support", "80.00"),
    ]
    # service √(20·95); offer is price alone, 7/8; overall 0.6·43.59 + 0.4·87.5
    assert scores["Birch"]["overall"] == "61.15"
    # service √(50·35); offer (3·37.5 + 100)/4; overall 0.6·41.83 + 0.4·53.125
    assert scores["Cedar"]["overall"] == "46.35"
    # only the price is known: 5/8
    assert scores["Dogwood"]["overall"] == "62.50"
    assert scores["Dogwood"]["service"] == ""


def test_ranks_and_bounds_of_the_example(here):
    run(here)
    ranks = [r for r in table(here / "out/ranks.csv") if r["node"] == "overall"]
    assert [(r["unit"], r["rank"], r["status"]) for r in ranks] == [
        ("Aster", "1", "ranked"),
        ("Birch", "2", "ranked"),
        ("Cedar", "3", "ranked"),
        ("Dogwood", "", "below_coverage"),
    ]
    bounds = {r["unit"]: r for r in table(here / "out/bounds.csv") if r["node"] == "overall"}
    # Birch: support is 0.4·0.25 of the weight; offer between 65.625 and 90.625
    assert float(bounds["Birch"]["coverage"]) == pytest.approx(0.9, abs=1e-15)
    assert (bounds["Birch"]["low"], bounds["Birch"]["high"]) == ("52.40", "62.40")
    # Dogwood: 0.4·0.75 is known; 0.4·46.875 and 0.6·100 + 0.4·71.875
    assert float(bounds["Dogwood"]["coverage"]) == pytest.approx(0.3, abs=1e-15)
    assert (bounds["Dogwood"]["low"], bounds["Dogwood"]["high"]) == ("18.75", "88.75")


def test_contributions_and_weights_of_the_example(here):
    run(here)
    added = [r for r in table(here / "out/contributions.csv") if r["unit"] == "Birch"]
    # half of 0.6·43.59 each; 0.4·87.5
    assert [(r["indicator"], r["contribution"]) for r in added] == [
        ("latency_ms", "13.08"),
        ("availability", "13.08"),
        ("price", "35.00"),
        ("support", ""),
    ]
    weights = table(here / "out/weights.csv")
    nominal = [float(r["nominal"]) for r in weights]  # weights keep their digits
    assert nominal == pytest.approx([0.3, 0.3, 0.3, 0.1], abs=1e-15)


def test_intervals_of_the_example(here):
    shutil.copy(EXAMPLE / "recipe.yaml", here)
    assert run(here) == 0
    rows = {row["unit"]: row for row in table(here / "out/intervals.csv")}
    for unit in ("Aster", "Birch", "Cedar"):
        low, score, high = (float(rows[unit][f"score{end}"]) for end in ("_low", "", "_high"))
        assert low < score < high
    # 43.59 of service and 87.5 of offer: no weights reach below or above
    assert float(rows["Birch"]["score_low"]) > 43.59
    assert float(rows["Birch"]["score_high"]) < 87.5
    assert rows["Dogwood"]["score_low"] == rows["Dogwood"]["rank_low"] == ""
    first = (here / "out/intervals.csv").read_bytes()
    run(here)
    assert (here / "out/intervals.csv").read_bytes() == first


# --- whole or not at all ------------------------------------------------------------------------


def test_a_second_run_replaces_the_first(here):
    assert run(here) == 0
    first = (here / "out/scores.csv").read_text()
    replace(here / "data.csv", "Aster,10,", "Aster,20,")
    assert run(here) == 0
    assert (here / "out/scores.csv").read_text() != first
    assert sorted(path.name for path in here.iterdir()) == [
        "data.csv",
        "out",
        "recipe.yaml",
        "tree.csv",
    ]


def test_a_failed_run_writes_nothing(here):
    replace(here / "data.csv", "Aster,10,", "Aster,ten,")
    assert run(here) == 1
    assert not (here / "out").exists()


def test_a_failed_run_leaves_the_last_result(here):
    run(here)
    first = (here / "out/scores.csv").read_text()
    replace(here / "data.csv", "Aster,10,", "Aster,ten,")
    assert run(here) == 1
    assert (here / "out/scores.csv").read_text() == first


def test_a_result_that_cannot_take_its_place_leaves_the_last_one(here, monkeypatch):
    run(here)
    first = (here / "out/scores.csv").read_text()
    rename = Path.rename

    def refuse(self, target):
        if self.name == "new":
            raise PermissionError
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(PermissionError):
        command.run(here / "data.csv", here / "tree.csv", here / "recipe.yaml", here / "out")
    assert (here / "out/scores.csv").read_text() == first


def test_a_link_to_a_folder_stays_one(here):
    (here / "far").mkdir()
    (here / "out").symlink_to("far")
    assert run(here) == run(here) == 0
    assert (here / "out").is_symlink()
    assert (here / "far/scores.csv").exists()


@pytest.mark.parametrize("inside", ["out", "out/inputs"])
def test_the_working_folder_is_not_replaced(here, monkeypatch, capsys, inside):
    run(here)
    first = (here / "out/run.json").read_text()
    monkeypatch.chdir(here / inside)
    assert run(here) == 1
    assert "E594" in capsys.readouterr().err
    assert (here / "out/run.json").read_text() == first


def test_other_files_are_not_replaced(here, capsys):
    (here / "out").mkdir()
    (here / "out/thesis.doc").write_text("years of work")
    assert run(here) == 1
    assert "thesis.doc" in capsys.readouterr().err
    assert (here / "out/thesis.doc").read_text() == "years of work"


def test_without_a_recipe_nothing_is_chosen(here):
    assert run(here, recipe=None) == 0
    # every digit: (50-10)/50 of 100, and a unit with 0.3 of the weight is not ranked
    scores = {row["unit"]: row for row in table(here / "out/scores.csv")}
    assert scores["Aster"]["latency_ms"] == "80"
    assert scores["Aster"]["overall"].startswith("76.975800")
    assert len(table(here / "out/intervals.csv")) == 4


@pytest.mark.parametrize("method", ["equal", "entropy", "critic", "variation"])
def test_other_weights_are_those_that_are_written(here, method):
    (here / "recipe.yaml").write_text(f"weights: {method}\ncoverage: 0.5\n{EXACT}")
    assert run(here) == 0
    nominal = [float(row["nominal"]) for row in table(here / "out/weights.csv")]
    assert sum(nominal) == pytest.approx(1)
    assert nominal != pytest.approx([0.3, 0.3, 0.3, 0.1])
    added = table(here / "out/contributions.csv")
    scores = {row["unit"]: float(row["overall"]) for row in table(here / "out/scores.csv")}
    for unit, score in scores.items():
        parts = [float(r["contribution"] or 0) for r in added if r["unit"] == unit]
        assert sum(parts) == pytest.approx(score)


def test_an_empty_cell_is_no_group(here):
    rows = ["id,g,latency_ms,availability,price,support", "a,x,10,99,3,4", "b,x,,99,3,4"]
    rows += ["c,,20,99,3,4", "d,,,99,3,4"]
    (here / "data.csv").write_text("\n".join(rows) + "\n")
    (here / "recipe.yaml").write_text("treat:\n- {step: impute, group: g}\n" + EXACT)
    run(here)
    assert [row["latency_ms"] for row in table(here / "out/scores.csv")] == ["80", "80", "60", ""]
    assert [row["unit"] for row in table(here / "out/treatment.csv")] == ["b"]


def test_no_unit_passes_the_screen(here):
    text = "treat:\n- {step: denominate, by: {price: support}}\n- {step: screen, minimum: 1}\n"
    (here / "recipe.yaml").write_text(text + EXACT)
    replace(here / "data.csv", "Aster,10", "Aster,")
    replace(here / "data.csv", "Cedar,25", "Cedar,")
    assert run(here) == 0
    assert {row["status"] for row in table(here / "out/ranks.csv")} == {"screened"}
    assert {row["overall"] for row in table(here / "out/scores.csv")} == {""}


def test_arithmetic_everywhere(here):
    (here / "recipe.yaml").write_text(f"aggregation: arithmetic\n{EXACT}")
    run(here)
    scores = {row["unit"]: row for row in table(here / "out/scores.csv")}
    assert scores["Aster"]["service"] == "77.5"  # (80 + 75)/2


# --- what is wrong, and where -------------------------------------------------------------------

DATA = [
    ("supplier,latency_ms", "supplier,latency", "tree.csv:5:node_id", "E550"),
    ("supplier,latency_ms", "supplier,delay", "tree.csv:5:node_id", "E508"),
    ("availability,price", "availability,price,price", "data.csv:1:price", "E104"),
    ("Aster,10,", "Aster,ten,", "data.csv:2:latency_ms", "E520"),
    ("Aster,10,", "Aster,NA,", "data.csv:2:latency_ms", "E520"),
    ("Aster,10,", "Aster,inf,", "data.csv:2:latency_ms", "E520"),
    ("Aster,10,", "Aster,10ms,", "data.csv:2:latency_ms", "E123"),
    ("Aster,10,", "Aster,１０,", "data.csv:2:latency_ms", "E121"),
    ("Aster,10,", "Aster,1e999,", "data.csv:2:latency_ms", "E548"),
    ("Aster,10,", "Aster,1e200,", "data.csv:2:latency_ms", "E548"),
    ("Aster,10,", "Aster,-1e-200,", "data.csv:2:latency_ms", "E548"),
    ("Aster,10,", f"Aster,{'1' * 40},", "data.csv:2:latency_ms", "E128"),
    ("Aster,10,", ",10,", "data.csv:2:supplier", "E106"),
    ("Birch,40,", "Aster,40,", "data.csv:3:supplier", "E110"),
    ("Birch,40,", "Birch,40,1,", "data.csv:3:supplier", "E105"),
]
TREE = [
    ("-1,1,9", "-1,1,1e300", "tree.csv:7:high", "E548"),
    ("parent_id,weight", "parent_id,wieght", "tree.csv:1:weight", "E510"),
    ("direction,low", "directon,low", "tree.csv:1:directon", "E511"),
    ("offer,overall", "offer,overal", "tree.csv:4:parent_id", "E502"),
    ("support,offer", "price,offer", "tree.csv:8:node_id", "E501"),
    ("overall,,,", "overall,offer,1,", "tree.csv:2:parent_id", "E503"),
    ("service,overall,0.6", "service,overall,-0.6", "tree.csv:3:weight", "E504"),
    ("service,overall,0.6", "service,overall,", "tree.csv:3:weight", "E106"),
    ("service,overall,0.6", "service,overall,60%", "tree.csv:3:weight", "E545"),
    ("overall,,,", "unit,,,", "tree.csv:2:node_id", "E524"),
    ("offer,3,,-1,1,9", "offer,3,,-1,9,1", "tree.csv:7:high", "E506"),
    ("offer,3,,-1,1,9", "offer,3,,-1,1,", "tree.csv:7:high", "E507"),
    ("offer,3,,-1,1,9", "offer,3,,down,1,9", "tree.csv:7:direction", "E126"),
    ("0.4,,,", "0.4,median,,", "tree.csv:4:aggregation", "E126"),
    ("0.4,,,", "0.4,,1,", "tree.csv:4:direction", "E519"),
    ("offer,3,,", "offer,3,geometric,", "tree.csv:7:aggregation", "E519"),
    (
        "service,1,,-1,0,50\navailability,service,1",
        "service,0,,-1,0,50\navailability,service,0",
        "tree.csv:5:weight",
        "E505",
    ),
]
RECIPE = [
    ("normalise: {method: magic}\n", "recipe.yaml:1:method", "E126"),
    ("normalise: minmax\n", "recipe.yaml:1:normalise", "E533"),
    ("normalise: {high: 1e300}\n", "recipe.yaml:1:high", "E132"),
    ("normalise: {low: 100, high: 0}\n", "recipe.yaml:1:high", "E534"),
    ("normalise: {method: zscore}\n", "recipe.yaml:1:method", "E517"),
    ("normalise: {method: distance_to_target}\n", "tree.csv:5:target", "E507"),
    ("weigths: equal\n", "recipe.yaml:1:weigths", "E531"),
    ("treat: skew\n", "recipe.yaml:1:treat", "E533"),
    ("treat:\n- {stop: 1}\n", "recipe.yaml:2:step", "E532"),
    ("treat:\n- {step: magic}\n", "recipe.yaml:2:step", "E126"),
    ("treat:\n- {step: screen}\n", "recipe.yaml:2:minimum", "E532"),
    ("treat:\n- {step: screen, minimum: 90}\n", "recipe.yaml:2:minimum", "E132"),
    ("treat:\n- {step: skew}\n", "recipe.yaml:2:step", "E518"),
    ("treat:\n- {step: impute, group: kind}\n", "recipe.yaml:2:group", "E508"),
    ("treat:\n- {step: impute, group: 3}\n", "recipe.yaml:2:group", "E533"),
    ("treat:\n- step: cap\n  limits:\n    prize: 3\n", "recipe.yaml:4:prize", "E535"),
    ("treat:\n- step: denominate\n  by:\n    price: people\n", "recipe.yaml:4:price", "E508"),
    ("coverage: 50\n", "recipe.yaml:1:coverage", "E132"),
    ("coverage: half\n", "recipe.yaml:1:coverage", "E533"),
    ("coverage: .nan\n", "recipe.yaml:1:coverage", "E533"),
    ("decimals: 1.5\n", "recipe.yaml:1:decimals", "E124"),
    ("decimals: -1\n", "recipe.yaml:1:decimals", "E131"),
    ("ties: coin\n", "recipe.yaml:1:ties", "E126"),
    ("uncertainty: {draws: 0}\n", "recipe.yaml:1:draws", "E131"),
    ("coverage: [0.5\n", "recipe.yaml:2:1", "E191"),
    ("coverage: 0.5\ncoverage: 0.6\n", "recipe.yaml:2:1", "E193"),
    ("coverage: " + "[" * 100_000, "recipe.yaml:1:1", "E189"),
    ("- coverage\n", "recipe.yaml:1:1", "E533"),
]


def told(here, capsys):
    """Place and code of every line of the message, and that there is no result."""
    assert run(here) == 1
    heading, *lines = capsys.readouterr().err.splitlines()
    assert str(len(lines)) in heading
    assert "报告" not in heading
    assert not (here / "out").exists()
    prefix = f"{here}/"
    assert all(line.startswith(prefix) for line in lines)
    return [(line.removeprefix(prefix).split(" ")[0], line[-5:-1]) for line in lines]


@pytest.mark.parametrize(("old", "new", "place", "code"), DATA)
def test_a_fault_in_the_data(here, capsys, old, new, place, code):
    replace(here / "data.csv", old, new)
    assert (place, code) in told(here, capsys)


@pytest.mark.parametrize(("old", "new", "place", "code"), TREE)
def test_a_fault_in_the_tree(here, capsys, old, new, place, code):
    replace(here / "tree.csv", old, new)
    assert (place, code) in told(here, capsys)


@pytest.mark.parametrize(("text", "place", "code"), RECIPE)
def test_a_fault_in_the_recipe(here, capsys, text, place, code):
    (here / "recipe.yaml").write_text(text)
    assert (place, code) in told(here, capsys)


@pytest.mark.parametrize("name", ["data.csv", "tree.csv", "recipe.yaml"])
def test_a_file_that_is_not_there(here, capsys, name):
    (here / name).unlink()
    assert told(here, capsys) == [(f"{name}:1:1", "E514")]


def test_a_table_without_rows(here, capsys):
    (here / "data.csv").write_text("supplier,latency_ms,availability,price,support\n")
    assert told(here, capsys) == [("data.csv:1:supplier", "E513")]


def test_every_fault_is_told_at_once(here, capsys):
    replace(here / "data.csv", "Aster,10,", "Aster,ten,")
    replace(here / "data.csv", "Cedar,25,98.7,", "Cedar,25,high,")
    assert told(here, capsys) == [
        ("data.csv:2:latency_ms", "E520"),
        ("data.csv:4:availability", "E520"),
    ]


@pytest.mark.parametrize(
    ("locale", "asked", "spoken"),
    [
        ("en_GB.UTF-8", [], "English"),
        ("zh_CN.UTF-8", [], "Chinese"),
        ("C", [], "English"),
        ("zh_CN.UTF-8", ["--lang", "en"], "English"),
        ("de_DE.UTF-8", ["--lang", "zh"], "Chinese"),
    ],
)
def test_what_is_said_is_said_in_the_language_of_the_locale(
    here, capsys, monkeypatch, locale, asked, spoken
):
    monkeypatch.setenv("LC_ALL", locale)
    words = ["index", str(here / "data.csv"), "--tree", str(here / "tree.csv"), *asked]
    assert main([*words, "--out", str(here / "out")]) == 0
    (done,) = capsys.readouterr().out.splitlines()
    replace(here / "data.csv", "Aster,10,", "Aster,ten,")
    assert main([*words, "--out", str(here / "out")]) == 1
    heading, fault = capsys.readouterr().err.splitlines()
    beginnings = {"English": ("1 problem", '"ten" is not'), "Chinese": ("发现 1", "“ten”不是")}
    assert heading.startswith(beginnings[spoken][0])
    assert f":latency_ms {beginnings[spoken][1]}" in fault
    assert ("written" in done) == (spoken == "English")


def test_logarithms_and_divisors_are_positive(here, capsys):
    replace(here / "tree.csv", "direction,low,high", "direction,low,high,scale")
    text = (here / "tree.csv").read_text().splitlines()
    padded = [line + ("," if line.count(",") == 6 else "") for line in text]
    padded[6] = "price,offer,3,,-1,0,9,log"
    (here / "tree.csv").write_text("\n".join(padded) + "\n")
    replace(here / "data.csv", "Cedar,25,98.7,6", "Cedar,25,98.7,0")
    assert told(here, capsys) == [("tree.csv:7:low", "E516"), ("data.csv:4:price", "E521")]


def test_nothing_is_an_amount_where_more_is_better(here, capsys):
    (here / "recipe.yaml").write_text("normalise: {method: share}\nweights: entropy\n" + EXACT)
    replace(here / "data.csv", "Cedar,25,98.7,6,5", "Cedar,25,98.7,6,0")
    assert run(here) == 0
    scores = {row["unit"]: row["support"] for row in table(here / "out/scores.csv")}
    assert scores == {"Aster": "100", "Birch": "", "Cedar": "0", "Dogwood": ""}
    shutil.rmtree(here / "out")
    replace(here / "data.csv", "Cedar,25,98.7,6,0", "Cedar,0,98.7,6,-1")
    assert told(here, capsys) == [
        ("data.csv:4:latency_ms", "E521"),
        ("data.csv:4:support", "E521"),
    ]


def test_a_reference_is_no_zero(here, capsys):
    (here / "recipe.yaml").write_text("normalise: {method: reference, reference: Cedar}\n" + EXACT)
    replace(here / "data.csv", "Cedar,25,98.7,6,5", "Cedar,25,98.7,6,0")
    assert told(here, capsys) == [("data.csv:4:support", "E521")]


def test_scores_without_bounds_have_no_spread(here, capsys):
    replace(here / "tree.csv", "geometric", "")
    text = "normalise: {method: zscore}\nuncertainty: {spread: 1}\n"
    (here / "recipe.yaml").write_text(text)
    assert told(here, capsys) == [("recipe.yaml:2:spread", "E522")]


@pytest.mark.parametrize("name", ["data.csv", "tree.csv", "recipe.yaml"])
def test_a_file_that_is_saved_meanwhile_is_not_kept_for_another(here, capsys, monkeypatch, name):
    made = command.made

    def saved(found):
        path = here / name
        path.write_bytes(path.read_bytes() + b"\n")
        return made(found)

    monkeypatch.setattr(command, "made", saved)
    assert run(here) == 1
    assert f"{name} " in (said := capsys.readouterr().err)
    assert "E595" in said
    assert not (here / "out").exists()


@pytest.mark.parametrize(
    ("method", "second"), [("critic", "10,99,3,4"), ("importance", "12,98,2,5")]
)
def test_weights_that_data_do_not_determine(here, capsys, method, second):
    lines = [
        "supplier,latency_ms,availability,price,support", "Aster,10,99,3,4", f"Birch,{second}"
    ]  # fmt: skip
    (here / "data.csv").write_text("\n".join(lines) + "\n")
    (here / "recipe.yaml").write_text(f"weights: {method}\n" + EXACT)
    assert told(here, capsys) == [("tree.csv:3:weight", "E515")]


@pytest.mark.parametrize(
    "steps",
    [
        "[{step: log}, {step: boxcox}]",
        "[{step: log}, {step: denominate, by: {price: support}}]",
        "[{step: log}, {step: log, only: [price]}]",
    ],
)
def test_what_a_step_makes_of_a_number_may_not_suit_the_next(here, capsys, steps):
    replace(here / "data.csv", ",2,", ",0.5,")  # a price whose logarithm is below zero
    replace(here / "data.csv", ",3,4", ",3,1")  # support whose logarithm is zero
    text = f"normalise: {{method: minmax}}\naggregation: arithmetic\ntreat: {steps}\n"
    (here / "recipe.yaml").write_text(text, "utf-8")
    problems = told(here, capsys)
    assert problems
    assert {code for _, code in problems} == {"E721"}
