"""From a score down to its cells: what is listed is all that can move it, and what does."""

from __future__ import annotations

import json
import random
import shutil
from dataclasses import replace

import numpy as np
import pytest

from suyuan.cli import main
from suyuan.core.errors import IndexFault, ReportedError
from suyuan.index import command
from suyuan.index.aggregations import AGGREGATIONS
from suyuan.index.imputation import METHODS as IMPUTATIONS
from suyuan.index.kept import INPUT_FILES
from suyuan.index.origins import LINEAGE_FILE
from suyuan.index.pipeline import build
from suyuan.index.recipe import WEIGHTS
from suyuan.index.scoring import METHODS
from suyuan.index.steps import STEPS
from suyuan.results.trace import Tracer, answer
from tests.code.miniature import ROOT

EXAMPLE = ROOT / "docs/examples/index"
UNITS, READ, CASES = 5, ("a", "b", "c", "d", "size"), 100
TREE = """node_id,parent_id,weight,aggregation,direction,low,high,target,optimum_low,optimum_high
top,,,{top},,,,,,
n,top,2,{n},,,,,,
m,top,1,,,,,,,
a,n,1,,1,0,10,20,4,6
b,n,2,,-1,0,10,0.1,4,6
c,m,1,,1,0,10,20,4,6
d,m,3,,1,0,10,20,4,6
"""


def made(folder, recipe=None):
    """The example's result; ``recipe`` in place of its own."""
    folder.mkdir(exist_ok=True)
    for name in ("data.csv", "tree.csv", "recipe.yaml"):
        shutil.copy(EXAMPLE / name, folder)
    if recipe is not None:
        (folder / "recipe.yaml").write_text(recipe, encoding="utf-8")
    command.run(*(folder / n for n in ("data.csv", "tree.csv", "recipe.yaml")), folder / "out")
    return folder / "out"


def test_the_example_is_told_down_to_line_and_column(tmp_path):
    told, changed = answer(made(tmp_path), "overall/Birch", "en")
    data = (tmp_path / "out/inputs/data.csv").as_posix()
    assert not changed
    assert told.splitlines() == [
        "overall/Birch = 61.1534  (arithmetic mean, rank 2)",
        "├─ 0.6 × service = 43.589  (geometric mean, rank 2)",
        "│  ├─ 0.5 × latency_ms = 20  (between goalposts, less is better, low 0, high 50)",
        f"│  │  └─ {data}:3:2  latency_ms: 40",
        "│  └─ 0.5 × availability = 95  (between goalposts, more is better, low 98, high 100)",
        f"│     └─ {data}:3:3  availability: 99.9",
        "└─ 0.4 × offer = 87.5  (arithmetic mean, rank 1)",
        "   ├─ 0.75 (here 1) × price = 87.5  (between goalposts, less is better, low 1, high 9)",
        f"   │  └─ {data}:3:4  price: 2",
        "   └─ 0.25 (here 0) × support = no score"
        "  (between goalposts, more is better, low 0, high 5)",
        f"      └─ {data}:3:5  support: (empty)",
    ]


def test_a_relative_score_names_the_cells_of_other_rows_and_what_was_changed(tmp_path):
    recipe = (
        "normalise: {method: minmax}\ntreat: [{step: cap, limits: {price: 5}}]\nuncertainty: null\n"
    )
    told, _ = answer(made(tmp_path, recipe), "price/Cedar", "en")
    lines = told.splitlines()
    assert lines[0] == "price/Cedar = 0  (min–max, less is better)"
    assert lines[1] == "├─ capped: 6 → 5"
    assert lines[3:] == [
        "It may also depend on these columns, in the rows:", "  price: Aster, Birch, Dogwood",
    ]  # fmt: skip


def test_what_was_filled_in_is_told_with_what_it_was_filled_from(tmp_path):
    told, _ = answer(
        made(tmp_path, "treat: [{step: impute}]\nuncertainty: null\n"), "support/Birch", "en"
    )
    _, filled, cell, _, *others = told.splitlines()
    assert filled == "├─ filled in: (empty) → 4.5"
    assert cell.endswith(":3:5  support: (empty)")
    assert others == [
        "  availability, latency_ms, price: Birch",
        "  support: Aster, Cedar, Dogwood",
    ]


def test_only_parameters_that_the_method_uses_are_told(tmp_path):
    example = made(tmp_path, "normalise: {method: percentile}\nuncertainty: null\n")
    told, _ = answer(example, "price/Cedar", "en")
    assert "low 1, high 9" in told  # percentiles, then
    said = json.loads((example / "lineage.json").read_text(encoding="utf-8"))
    assert {"low", "high"} <= said["nodes"]["price"].keys()
    for method in ("minmax", "zscore", "rank"):
        recipe = f"normalise: {{method: {method}}}\naggregation: arithmetic\nuncertainty: null\n"
        out = made(tmp_path / method, recipe)
        assert "low" not in answer(out, "price/Cedar", "en")[0].splitlines()[0]
        said = json.loads((out / "lineage.json").read_text(encoding="utf-8"))
        assert not {"low", "high"} & said["nodes"]["price"].keys()


def test_the_lines_are_those_of_the_file(tmp_path):
    out = made(tmp_path)
    said = json.loads((out / "lineage.json").read_text(encoding="utf-8"))
    table = (out / said["data"]["path"]).read_text(encoding="utf-8").splitlines()
    for column, texts in said["cells"].items():
        for line, text in zip(said["lines"], texts, strict=True):
            assert table[line - 1].split(",")[said["columns"][column] - 1] == text


def test_data_that_changed_since_are_told(tmp_path, capsys):
    out = made(tmp_path)
    words = ["trace", str(out), "Aster", "--lang", "en"]
    assert main(words) == 0
    assert capsys.readouterr().out.startswith("overall/Aster = 76.9758")
    path = out / "inputs/data.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Aster,10", "Aster,11"))
    assert main(words) == 3
    first, second, *_ = capsys.readouterr().out.splitlines()
    assert "has changed since" in first
    assert second.startswith("overall/Aster = 76.9758")


@pytest.mark.parametrize("what", ["overal/Aster", "overall/Astr", "Astr", "overall/"])
def test_a_score_that_is_not_there_is_told_with_one_that_is(tmp_path, capsys, what):
    out = made(tmp_path)
    assert main(["index", "trace", str(out), what, "--lang", "en"]) == 1
    told = capsys.readouterr().err
    assert "overall/Aster (E590)" in told
    assert "written" not in told


def test_a_folder_without_a_result_is_told(tmp_path):
    with pytest.raises(IndexFault) as caught:
        Tracer(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["E591"]
    for text in ("{", "[]", '{"format": "lineage/2"}'):
        (tmp_path / "lineage.json").write_text(text, encoding="utf-8")
        with pytest.raises(IndexFault) as caught:
            Tracer(tmp_path)
        assert [problem.code for problem in caught.value.problems] == ["E592"]


def test_names_with_slashes_are_found(tmp_path):
    (tmp_path / "d.csv").write_text("u,a/b\nx/y,1\nz,2\n", encoding="utf-8")
    (tmp_path / "t.csv").write_text("node_id,parent_id,weight\nr/s,,\na/b,r/s,1\n")
    (tmp_path / "r.yaml").write_text("normalise: {method: minmax}\nuncertainty: null\n")
    command.run(*(tmp_path / n for n in ("d.csv", "t.csv", "r.yaml")), tmp_path / "out")
    tracer = Tracer(tmp_path / "out")
    assert tracer.asked("r/s/x/y") == ("r/s", "x/y")
    assert tracer.asked("a/b/z") == ("a/b", "z")
    assert tracer.asked("x/y") == ("r/s", "x/y")


# --- what is listed is all that can move a score ------------------------------------------------


def numbers(choose, share):
    """Rows of texts, of which a share is empty."""
    return [
        ["" if choose.random() < share else f"{choose.uniform(0.5, 9.5):.3f}" for _ in READ]
        for _ in range(UNITS)
    ]


def steps(choose):
    impute = {"step": "impute", "method": choose.choice([m for m in IMPUTATIONS if m != "time"])}
    if choose.random() < 0.3:
        impute["group"] = "kind"
    count = choose.choice(("observed", "known"))
    each = [
        {"step": "denominate", "by": {"a": "size"}},
        {"step": "cap", "limits": {"b": 6}},
        {"step": "floor", "limits": {"c": 2}},
        impute,
        {"step": "screen", "minimum": choose.choice((0.75, 1)), "count": count},
        {"step": "log", "only": ["d"]},
        {"step": "boxcox", **choose.choice(({}, {"exponent": 0.5}))},
        {"step": "skew", "skew": 0.3, "kurtosis": 0.3, "points": 1},
    ]
    assert {one["step"] for one in each} == set(STEPS)
    chosen = choose.sample(each, choose.randint(1, 2))
    bent = [one for one in chosen if one["step"] in ("log", "boxcox", "skew")]
    return [one for one in chosen if one not in bent[1:]]  # a logarithm may be below zero


def often(choose, usual, others):
    """The usual choice in two of three cases, so that another is seen by itself."""
    return usual if choose.random() < 2 / 3 else choose.choice(sorted(others))


def recipe_of(choose):
    weights = set(WEIGHTS) - {"file", "ahp", "budget"}
    scale = {"method": often(choose, "goalpost", METHODS), "low": 1}
    if scale["method"] == "reference":
        scale["reference"] = choose.choice(("u1", {"column": "size"}))
    return {
        "normalise": scale, "treat": steps(choose), "uncertainty": None, "coverage": 0,
        "weights": often(choose, "declared", weights),
    }  # fmt: skip


def run_of(choose, folder):
    """A random index, computed; None where its choices go ill together."""
    header = ",".join(["unit", *READ, "kind"])
    rows = numbers(choose, choose.choice((0, 0.3)))
    lines = [f"u{i},{','.join(row)},{'xxyyx'[i]}" for i, row in enumerate(rows)]
    top, node = (often(choose, "arithmetic", [*AGGREGATIONS, "power:2"]) for _ in range(2))
    texts = {
        "data.csv": "\n".join([header, *lines, ""]),
        "tree.csv": TREE.format(top=top, n=node),
        "recipe.yaml": json.dumps(recipe_of(choose)),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    try:
        return command.compute(*(folder / name for name in texts))
    except ReportedError:
        return None


def rescored(choose, run, row, column):
    """The scores with another number, or none, in a cell; None where that is no index."""
    frame = run.data.frame.copy()
    lacking = np.isnan(frame.at[row, column])
    others = [choose.uniform(0.5, 9.5), 0.1, 9.9]
    frame.at[row, column] = choose.choice([*others, others[0] if lacking else np.nan])
    try:
        return build(replace(run.data, frame=frame), run.tree, run.recipe).aggregates.scores
    except ReportedError:
        return None


def same(one, other):
    return one == other or (np.isnan(one) and np.isnan(other))


def tried(seed, folder):
    """How many changes of cells were lawful, and how many scores they moved."""
    choose = random.Random(seed)
    if (run := run_of(choose, folder)) is None:
        return np.zeros(2, dtype=int)
    INPUT_FILES.written(run, folder / str(seed) / "inputs")
    LINEAGE_FILE.written(run, folder / str(seed) / "lineage.json")
    tracer, before = Tracer(folder / str(seed)), run.index.aggregates.scores
    listed = {(node, unit): tracer.cells(node, unit) for node in before for unit in before.index}
    cells = [(u, c) for u in before.index for c in READ if c in run.data.frame]
    count = np.zeros(2, dtype=int)
    for row, column in choose.sample(cells, 10):
        if (after := rescored(choose, run, row, column)) is None:
            continue
        moved = {key for key in listed if not same(before.at[key[::-1]], after.at[key[::-1]])}
        count += 1, len(moved)
        unlisted = {key for key in moved if (column, row) not in listed[key]}
        assert not unlisted, (seed, run.recipe.resolved, row, column)
    return count


def test_a_cell_that_is_not_listed_moves_nothing(tmp_path):
    total = sum(tried(seed, tmp_path) for seed in range(CASES))
    assert total[0] > CASES, "changes that are lawful"
    assert total[1] > 10 * CASES, "scores that moved"


# --- and what is listed moves it ----------------------------------------------------------------


def test_the_cell_of_an_indicator_moves_its_score_and_all_above(tmp_path):
    out = made(tmp_path)
    tracer = Tracer(out)
    paths = [tmp_path / name for name in ("data.csv", "tree.csv", "recipe.yaml")]
    before = command.compute(*paths).index.aggregates.scores
    table = [line.split(",") for line in paths[0].read_text(encoding="utf-8").splitlines()]
    (cell,) = tracer.tree("price", "Cedar")["cells"]
    assert table[cell["line"] - 1][cell["column"] - 1] == cell["value"] == "6"
    table[cell["line"] - 1][cell["column"] - 1] = "5"
    paths[0].write_text("\n".join(map(",".join, table)) + "\n", encoding="utf-8")
    after = command.compute(*paths).index.aggregates.scores
    moved = {(n, u) for n in before for u in before.index
             if not same(before.at[u, n], after.at[u, n])}  # fmt: skip
    assert moved == {("price", "Cedar"), ("offer", "Cedar"), ("overall", "Cedar")}
    listing = {(n, u) for n in before for u in before.index
               if ("price", "Cedar") in tracer.cells(n, u)}  # fmt: skip
    assert listing == moved


def test_an_end_of_a_min_max_moves_the_others(tmp_path):
    tracer = Tracer(made(tmp_path, "normalise: {method: minmax}\nuncertainty: null\n"))
    assert ("latency_ms", "Birch") in tracer.cells("overall", "Aster")
    assert ("latency_ms", "Birch") not in tracer.cells("offer", "Aster")
