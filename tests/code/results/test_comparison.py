"""Two results compared: each cause alone, all at once, and shares that add up to the change."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from suyuan.cli import main
from suyuan.core.errors import IndexFault
from suyuan.index import command
from suyuan.results import wording
from suyuan.results.comparison import Comparison
from suyuan.results.mixing import CAUSES
from suyuan.results.sharing import ENDS, partitions, shared
from tests.code.miniature import ROOT

EXAMPLE = ROOT / "docs/examples/index"
TEXTS = {name: (EXAMPLE / name).read_text("utf-8") for name in ("data.csv", "tree.csv")}
TEXTS["recipe.yaml"] = "coverage: 0.5\nuncertainty: null\n"
# What is another in the second run, by the file and the cause.
OTHERS = {
    "data": [("data.csv", "Cedar,25", "Cedar,5")],
    "missing": [("data.csv", "Birch,40,99.9,2,", "Birch,40,99.9,2,1")],
    "weights": [("tree.csv", "offer,overall,0.4", "offer,overall,1.4")],
    "method": [("tree.csv", "service,overall,0.6,geometric", "service,overall,0.6,harmonic")],
    "units": [("data.csv", "Dogwood,,,4,", "Elm,20,99.2,3,4")],
    "draws": [("recipe.yaml", "seed: 1", "seed: 2")],
}
DRAWN = [("recipe.yaml", "uncertainty: null", "uncertainty: {draws: 60, seed: 1, spread: 3}")]
RELATIVE = [("recipe.yaml", "coverage", "normalise: {method: zscore, low: 50}\ncoverage")]
MEANS = [("tree.csv", "geometric", "arithmetic")]


def result(folder, changes=()):
    """The folder of a result of the example with some of its text replaced."""
    texts = dict(TEXTS)
    for name, old, new in changes:
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new)
    folder.mkdir()
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    command.run(*(folder / name for name in texts), folder / "out")
    return folder / "out"


def compared(tmp_path, after, before=()):
    return Comparison(result(tmp_path / "one", before), result(tmp_path / "two", after))


def held(found):
    """Every change is the sum of its shares, to the last digit; the table says the same."""
    for one in found.moved:
        if one.change is not None and found.mixer.causes:
            drawn_alone = found.mixer.causes == ("draws",) and one.measure not in ENDS
            assert sum(share for _, share in one.shares) == one.change
            assert one.shares or drawn_alone
    rows = list(csv.DictReader(io.StringIO(found.table())))
    assert len(rows) == len(found.moved)
    for row in rows:
        if row["change"]:
            shares = [Decimal(row[key]) for key in (*CAUSES, "joint") if row[key]]
            assert sum(shares) == Decimal(row["change"])
    return {(row["unit"], row["measure"]): row for row in rows}


@pytest.mark.parametrize("cause", CAUSES)
def test_one_cause_has_the_whole_change(tmp_path, cause):
    start = DRAWN if cause == "draws" else RELATIVE + MEANS if cause == "units" else []
    found = compared(tmp_path, [*start, *OTHERS[cause]], start)
    assert found.mixer.causes == (cause,)
    assert {one.measure for one in found.changed} >= {"score_low" if start == DRAWN else "score"}
    rows = held(found)
    for row in rows.values():
        if row["change"] and (cause != "draws" or row["measure"] in ENDS):
            assert row[cause] == row["change"]


@pytest.mark.parametrize(
    "other",
    ["seed: 2", "draws: 90", "spread: 6", "concentration: 5, seed: 1", "interval: 0.5, seed: 1",
     "rounding: yes, seed: 1"],
)  # fmt: skip
def test_how_it_is_drawn_moves_intervals_alone(tmp_path, other):
    key = other.split(":")[0]
    old = {"draws": "draws: 60", "spread": "spread: 3"}.get(key, "seed: 1")
    found = compared(tmp_path, [*DRAWN, ("recipe.yaml", old, other)], DRAWN)
    assert list(found.mixer.differences("draws")) == [f"uncertainty.{key}"]
    assert {one.measure for one in found.changed} <= {*ENDS}
    assert any(one.measure == "score_low" for one in found.changed)
    rows = held(found)
    for row in rows.values():
        assert (row["draws"] == "") == (row["measure"] in ("score", "rank") or not row["change"])


def test_a_column_of_groups_that_one_run_has(tmp_path):
    rows = zip(TEXTS["data.csv"].splitlines(), ("kind", *"xyxy"), strict=True)
    grouped = "".join(f"{line},{kind}\n" for line, kind in rows)
    changes = [
        ("data.csv", TEXTS["data.csv"], grouped),
        ("recipe.yaml", "coverage", "treat: [{step: impute, group: kind}]\ncoverage"),
    ]
    found = compared(tmp_path, changes)
    assert found.mixer.causes == ("method",)
    held(found)


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        (("data.csv", "Cedar,25,98.7,6,5", "Cedar,25.000,98.7,6,5"), "data"),
        (("data.csv", "Birch,40,99.9,2,", "Birch,40,99.9,2,1.000"), "missing"),
    ],
)
def test_the_digits_of_a_cell_come_with_it(tmp_path, change, cause):
    start = [*DRAWN, ("recipe.yaml", "spread: 3", "spread: 0, rounding: yes")]
    found = compared(tmp_path, [*start, change, ("recipe.yaml", "seed: 1", "seed: 2")], start)
    assert found.mixer.causes == ((cause, "draws"))
    both = found.mixer.intervals(frozenset({cause, "draws"}))
    said = found.mixer.after.draws, found.mixer.intervals(frozenset({cause}))
    assert not both.equals(said[1])
    with (found.folders[1] / "intervals.csv").open(encoding="utf-8") as file:
        for row, made in zip(csv.DictReader(file), both.itertuples(), strict=True):
            for end in ENDS:
                known = float(row[end]) if row[end] else float("nan")
                assert known == pytest.approx(getattr(made, end), abs=1e-9, nan_ok=True)
    # with the cause alone it is what the second data give under the first seed
    alone = result(tmp_path / "three", [*start, change])
    with (alone / "intervals.csv").open(encoding="utf-8") as file:
        ends = [row["score_low"] for row in csv.DictReader(file)]
    expected = [float(end) if end else float("nan") for end in ends]
    assert said[1]["score_low"].tolist() == pytest.approx(expected, abs=1e-9, nan_ok=True)


def test_intervals_are_moved_by_all_causes_and_the_parts_add_up(tmp_path):
    start = [*DRAWN, ("recipe.yaml", "spread: 3", "spread: 0")]
    after = [*start, *RELATIVE, *MEANS,
             *(change for c in CAUSES if c != "method" for change in OTHERS[c])]  # fmt: skip
    found = compared(tmp_path, after, start)
    assert found.mixer.causes == CAUSES
    rows = held(found)
    low = rows["Cedar", "score_low"]
    assert all(Decimal(low[cause]) for cause in CAUSES)
    with (found.folders[1] / "intervals.csv").open(encoding="utf-8") as file:
        (said,) = (row for row in csv.DictReader(file) if row["unit"] == "Cedar")
    for end in ENDS:
        assert float(rows["Cedar", end]["after"]) == pytest.approx(float(said[end]), abs=1e-9)
    # told by trying: from before, the seed alone moves it; its share is a mean of such moves
    moves = [
        found.mixer.intervals(chosen | {"draws"}).set_index("unit").loc["Cedar", "score_low"]
        - found.mixer.intervals(chosen).set_index("unit").loc["Cedar", "score_low"]
        for chosen in (frozenset(), frozenset(CAUSES) - {"draws"})
    ]
    assert all(moves)


def test_intervals_of_one_run_only_have_no_parts(tmp_path):
    found = compared(tmp_path, [*DRAWN, *OTHERS["data"]])
    assert found.mixer.causes == ("data", "draws")
    assert list(found.mixer.differences("draws")) == ["uncertainty"]
    assert {one.measure for one in found.moved} == {"score", "rank"}
    held(found)


def test_a_spread_that_goes_ill_with_the_other_scale_acts_with_it(tmp_path):
    # between goalposts there may be a spread, of z-scores there may not
    spread = [*DRAWN, *MEANS]
    zscores = [*MEANS, *RELATIVE, ("recipe.yaml", "uncertainty: null", "uncertainty: {draws: 60}")]
    rows = held(compared(tmp_path, zscores, spread))
    assert rows["Cedar", "score_low"]["joint_causes"] == "method+draws"
    assert rows["Cedar", "score"]["method"] == rows["Cedar", "score"]["change"]


def test_without_intervals_nothing_is_drawn(tmp_path, capsys, monkeypatch):
    one, other = (
        result(tmp_path / n, [*DRAWN, *c]) for n, c in (("one", []), ("two", OTHERS["data"]))
    )
    monkeypatch.setattr("suyuan.results.mixing.Mixer._draw", None)
    assert main(["index", "diff", str(one), str(other), "--lang", "en", "--no-intervals"]) == 0
    assert "intervals" not in capsys.readouterr().out


def test_a_terminal_is_told_the_ends_that_moved_furthest(tmp_path, monkeypatch):
    monkeypatch.setattr("suyuan.results.comparison.FEW", 1)
    found = compared(tmp_path, [*DRAWN, *OTHERS["draws"]], DRAWN)
    told = list(found.lines("en"))
    at = next(n for n, line in enumerate(told) if line.startswith("Lower ends"))
    assert told[at + 1].split() == ["Unit", "before", "after", "change", "draws"]
    ends = [one for one in found.changed if one.measure == "score_low"]
    assert told[at + 2].split()[0] == max(ends, key=lambda one: abs(one.change)).unit
    assert told[at + 3] == f"… and {len(ends) - 1} more, in the table of --out"


def test_all_causes_at_once_add_up(tmp_path):
    others = (change for c in CAUSES if c not in ("method", "draws") for change in OTHERS[c])
    found = compared(tmp_path, [*RELATIVE, *MEANS, *others])
    assert found.mixer.causes == CAUSES[:-1]
    rows = held(found)
    assert not any(row["joint"] for row in rows.values())
    assert all(Decimal(rows["Cedar", "score"][cause]) for cause in CAUSES[:-1])
    assert rows["Dogwood", "score"]["after"] == rows["Elm", "score"]["before"] == ""
    assert rows["Elm", "rank"]["after"]


def test_ends_are_the_scores_of_the_two_results(tmp_path):
    found = compared(tmp_path, [c for cause in CAUSES[:-1] for c in OTHERS[cause]])
    for folder, side in ((found.folders[0], "before"), (found.folders[1], "after")):
        with (folder / "ranks.csv").open(encoding="utf-8") as file:
            ranks = {r["unit"]: r for r in csv.DictReader(file) if r["node"] == "overall"}
        for one in found.moved:
            if one.unit in ranks:
                said = ranks[one.unit][one.measure]
                own = getattr(one, side)
                assert (own is None) == (said == "")
                assert own is None or float(own) == pytest.approx(float(said), abs=1e-9)


def test_a_share_is_what_a_cause_adds_in_all_orders(tmp_path):
    # Aster: 0.6·√(80·75) + 0.4·76.25; price 3 → 5 makes offer 57.5, weights 0.6 and 1.4 of 2
    after = [("data.csv", "Aster,10,99.5,3,4", "Aster,10,99.5,5,4"), *OTHERS["weights"]]
    rows = held(compared(tmp_path, after))
    service = 6000**0.5
    data = ((0.4 * (57.5 - 76.25)) + (0.7 * (57.5 - 76.25))) / 2
    weights = 0.3 * ((76.25 - service) + (57.5 - service)) / 2
    row = rows["Aster", "score"]
    assert float(row["data"]) == pytest.approx(data, abs=1e-8)
    assert float(row["weights"]) == pytest.approx(weights, abs=1e-8)


def test_the_same_run_says_so(tmp_path, capsys):
    out = result(tmp_path / "one")
    other = result(tmp_path / "two")
    assert main(["index", "diff", str(out), str(other), "--lang", "en", "--exit-code"]) == 0
    assert "nothing differs" in capsys.readouterr().out


def test_the_order_of_rows_and_decimals_are_no_difference(tmp_path):
    lines = TEXTS["data.csv"].splitlines(keepends=True)
    after = [("data.csv", lines[1] + lines[2], lines[2] + lines[1]),
             ("recipe.yaml", "uncertainty: null", "uncertainty: null\ndecimals: 1")]  # fmt: skip
    found = compared(tmp_path, after)
    assert found.mixer.causes == ()
    assert found.changed == []


def test_inputs_that_move_nothing_are_told(tmp_path):
    found = compared(tmp_path, [("recipe.yaml", "coverage: 0.5", "coverage: 0.4")])
    assert found.mixer.causes == ("method",)
    assert next(found.mixer.differences("method")) == "coverage"
    assert "No score, no rank and no interval is another." in list(found.lines("en"))


def test_who_is_ranked_in_one_result_only_is_told_without_shares(tmp_path):
    found = compared(tmp_path, [("recipe.yaml", "coverage: 0.5", "coverage: 0.2")])
    rows = held(found)
    assert (rows["Dogwood", "rank"]["before"], rows["Dogwood", "rank"]["after"]) == ("", "2")
    assert {rows["Dogwood", "rank"][cause] for cause in CAUSES} == {""}


def test_choices_that_only_go_together_are_one_cause(tmp_path):
    # a price below zero has no logarithm: the new data go ill with the old scale
    before = [("tree.csv", "low,high", "low,high,scale"), *(
        ("tree.csv", old, new) for old, new in (
            ("overall,,,arithmetic,,,", "overall,,,arithmetic,,,,"),
            ("0.6,geometric,,,", "0.6,geometric,,,,"), ("0.4,,,,", "0.4,,,,,"),
            ("-1,0,50", "-1,0,50,"), ("98,100", "98,100,"), ("-1,1,9", "-1,1,9,log"),
            ("1,0,5\n", "1,0,5,\n"),
        )
    )]  # fmt: skip
    after = [*before, ("tree.csv", "-1,1,9,log", "-1,1,9,"),
             ("data.csv", "Cedar,25,98.7,6", "Cedar,25,98.7,-2"), *OTHERS["weights"]]  # fmt: skip
    found = compared(tmp_path, after, before)
    assert found.mixer.causes == ("data", "weights", "method")
    rows = held(found)
    assert rows["Cedar", "score"]["joint_causes"] == "data+method"
    assert Decimal(rows["Cedar", "score"]["weights"])
    assert rows["Cedar", "score"]["data"] == ""
    assert "only together" in "\n".join(found.lines("en"))


def test_another_tree_acts_with_its_weights(tmp_path):
    after = [("tree.csv", "support,offer,1,,1,0,5\n", "")]
    found = compared(tmp_path, after)
    assert found.mixer.causes == ("weights",)
    assert "tree (2): −support, price" in "\n".join(found.lines("en"))
    held(found)


def test_trees_without_a_common_root_are_not_called_equal(tmp_path, capsys):
    one = result(tmp_path / "one")
    other = result(tmp_path / "two", [("tree.csv", "overall", "whole")])
    assert main(["index", "diff", str(one), str(other), "--lang", "en", "--exit-code"]) == 1
    *_, last = capsys.readouterr().out.splitlines()
    assert last == wording.words("en")["no_common"]


def test_an_input_that_was_changed_is_told(tmp_path):
    one, other = result(tmp_path / "one"), result(tmp_path / "two")
    path = other / "inputs/data.csv"
    path.write_text(path.read_text(encoding="utf-8") + "Fir,1,99,1,1\n", encoding="utf-8")
    with pytest.raises(IndexFault) as caught:
        Comparison(one, other)
    assert [(p.code, p.file) for p in caught.value.problems] == [("E593", str(path))]
    with pytest.raises(IndexFault) as caught:
        Comparison(one, tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["E591"]


def test_a_result_of_another_version_is_told(tmp_path):
    found = result(tmp_path / "one")
    path = found / "lineage.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"overall": [76.97', '"overall": [77.97')
    )
    first, *_ = Comparison(found, result(tmp_path / "two")).lines("en")
    assert "another version" in first


def test_the_terminal_and_the_table(tmp_path, capsys):
    one, other = result(tmp_path / "one"), result(tmp_path / "two", OTHERS["data"])
    table = tmp_path / "diff.csv"
    words = ["index", "diff", str(one), str(other), "--lang", "en", "--out", str(table)]
    assert main([*words, "--exit-code"]) == 1
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == ["What differs between the two runs:", "  data (1): latency_ms/Cedar"]
    head, row = told[told.index("Scores: overall (3 as before); what moved each adds up to its "
                                "change") + 1 :]  # fmt: skip
    assert head.split() == ["Unit", "before", "after", "change", "data"]
    assert row.split() == ["Cedar", "46.35", "54.92", "+8.58", "+8.58"]
    assert table.read_text(encoding="utf-8").startswith(
        "node,unit,measure,before,after,change,data"
    )


def test_partitions_are_all_and_the_finest_come_first():
    found = partitions(("a", "b", "c", "d", "e"))
    assert len(found) == len(set(found)) == 52  # Bell's number
    assert found[0] == (("a",), ("b",), ("c",), ("d",), ("e",))
    assert found[-1] == (("a", "b", "c", "d", "e"),)


def test_blocks_are_no_coarser_than_they_have_to_be():
    def value(chosen):
        if len(chosen & {"a", "c"}) == 1:
            return None
        return Decimal(len(chosen))

    assert shared(("a", "b", "c"), value) == ((("a", "c"), Decimal(2)), (("b",), Decimal(1)))
