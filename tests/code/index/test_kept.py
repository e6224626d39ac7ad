"""What a result keeps of its run: enough to make it again, and to tell whether it is whole."""

from __future__ import annotations

import json
import shutil

import pytest
import yaml

from suyuan.core.errors import IndexFault
from suyuan.core.files import sha256
from suyuan.index import command, kept
from suyuan.index.recipe import read_recipe
from tests.code.miniature import ROOT

EXAMPLE = ROOT / "docs/examples/index"
RECIPES = {
    "nothing chosen": "",
    "relative": "normalise: {method: zscore}\naggregation: arithmetic\nuncertainty: {draws: 20}\n",
    "no draws": "uncertainty: null\nties: dense\ndecimals: 3\n",
    "all of it": (
        "treat:\n- {step: cap, limits: {price: 5}}\n- {step: impute}\n"
        "- {step: screen, minimum: 0.3}\nweights: equal\nnormalise: {method: rank, low: 1}\n"
        "aggregation: {power: 2}\nranks: {ties: dense, decimals: 1}\n"
        'data: {missing: ["n/a", "-"], drop: [Dog*], where: {support: [4, 5, ""]}}\n'
    ),
}


@pytest.fixture
def files(tmp_path):
    for name in ("data.csv", "tree.csv", "recipe.yaml"):
        shutil.copy(EXAMPLE / name, tmp_path)
    return [tmp_path / name for name in ("data.csv", "tree.csv", "recipe.yaml")]


def again(folder, out):
    inputs = folder / kept.INPUTS
    return command.run(inputs / "data.csv", inputs / "tree.csv", folder / kept.RECIPE, out)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=list(RECIPES))
def test_the_resolved_recipe_gives_the_same_tables(files, tmp_path, recipe):
    files[2].write_text(recipe, encoding="utf-8")
    command.run(*files, tmp_path / "one")
    again(tmp_path / "one", tmp_path / "two")
    names = kept.files(tmp_path / "one")
    assert names == kept.files(tmp_path / "two")
    assert {"scores.csv", "ranks.csv", "weights.csv", "treatment.csv"} <= set(names)
    for name in set(names) - {kept.RUN}:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=list(RECIPES))
def test_the_resolved_recipe_says_the_same_and_leaves_nothing_out(files, tmp_path, recipe):
    files[2].write_text(recipe, encoding="utf-8")
    command.run(*files, tmp_path / "one")
    first, second = (read_recipe(path, "r") for path in (files[2], tmp_path / "one/recipe.yaml"))
    assert kept.plain(second.resolved) == yaml.safe_load(
        (tmp_path / "one/recipe.yaml").read_text("utf-8")
    )
    assert first.resolved.keys() == second.resolved.keys()
    for name in set(first.__dataclass_fields__) - {"file", "lines", "data", "resolved"}:
        assert getattr(first, name) == getattr(second, name), name
    assert (first.data.signs, first.data.where) == (second.data.signs, second.data.where)


def test_a_recipe_that_says_nothing_is_written_out(files, tmp_path):
    command.run(*files[:2], None, tmp_path / "one")
    said = yaml.safe_load((tmp_path / "one/recipe.yaml").read_text(encoding="utf-8"))
    assert said["coverage"] == 0.6
    assert said["normalise"].items() >= {"low": 0, "high": 100, "method": "goalpost"}.items()
    assert said["uncertainty"]["draws"] == 1000
    assert said["data"]["decimal"] == "."


def test_every_file_has_its_digest(files, tmp_path):
    written = command.run(*files, tmp_path / "out").files
    run = json.loads((tmp_path / "out/run.json").read_text(encoding="utf-8"))
    names = set(kept.files(tmp_path / "out")) - {kept.RUN}
    assert {path.name for path in written} == {name.split("/")[0] for name in names} | {kept.RUN}
    assert run["outputs"] == {name: sha256(tmp_path / "out" / name) for name in names}
    given = {name: run["inputs"][name]["sha256"] for name in ("data", "tree", "recipe")}
    assert given == dict(zip(("data", "tree", "recipe"), map(sha256, files), strict=True))
    assert run["seed"] == 1
    assert str(tmp_path) not in (tmp_path / "out/run.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["inputs/mine.csv", "recipe.yaml", "notes/empty", "run.json"])
def test_what_is_not_ours_is_never_replaced(files, tmp_path, name):
    mine = tmp_path / "out" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(IndexFault) as caught:
        command.run(*files, tmp_path / "out")
    assert [(p.code, p.value) for p in caught.value.problems] == [("E540", name)]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_a_file_beside_a_former_result_is_not_ours(files, tmp_path):
    command.run(*files, tmp_path / "out")
    command.run(*files, tmp_path / "out")
    (tmp_path / "out/inputs/mine.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(IndexFault):
        command.run(*files, tmp_path / "out")


def test_a_result_is_made_again_in_its_own_folder(files, tmp_path):
    command.run(*files, tmp_path / "out")
    before = (tmp_path / "out/scores.csv").read_bytes()
    again(tmp_path / "out", tmp_path / "out")
    assert (tmp_path / "out/scores.csv").read_bytes() == before


@pytest.mark.parametrize("folder", [False, True])
def test_files_of_weights_are_kept(files, tmp_path, folder):
    place = tmp_path / "given"
    place.mkdir()
    (place / "w.csv").write_text("of offer,price,support\nprice,,3\nsupport,,\n")
    named = "given" if folder else "given/w.csv"
    files[2].write_text(f"weights: {{ahp: {named}}}\nuncertainty: null\n")
    command.run(*files, tmp_path / "one")
    shutil.rmtree(place)
    again(tmp_path / "one", tmp_path / "two")
    first = (tmp_path / "one/judgements.csv").read_bytes()
    assert (tmp_path / "two/judgements.csv").read_bytes() == first
    kept_file = f"inputs/weights{'/w' if folder else ''}.csv"
    assert kept_file in json.loads((tmp_path / "one/run.json").read_text())["outputs"]
