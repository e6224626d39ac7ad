"""What ``import suyuan`` offers: small, documented, loaded when used."""

from __future__ import annotations

import doctest
import json
import re
import shutil
import subprocess
import sys
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

import suyuan
from suyuan import api
from suyuan.lineage.value import Cell
from tests.code.miniature import ROOT

EXAMPLE = ROOT / "docs/examples/index"


@pytest.fixture
def here(built, tmp_path, monkeypatch):
    """A folder that holds the miniature's report and the example of an index."""
    for path in built.root.iterdir():
        (tmp_path / path.name).symlink_to(path)
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


FUNCTIONS = [name for name in suyuan.__all__ if name.islower() and name != "__version__"]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_example_of_a_docstring_runs(here, name):
    function = getattr(suyuan, name)
    (example,) = doctest.DocTestFinder().find(function, name, globs={"suyuan": suyuan})
    assert example.examples
    result = doctest.DocTestRunner().run(example)
    assert result.failed == 0


def test_the_page_of_docs_speaks_of_all_that_is_offered():
    page = (ROOT / "docs/api.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`suyuan\.(\w+)", page))
    assert told >= set(suyuan.__all__) - {"__version__"}
    assert all(getattr(suyuan, name) for name in told)


@pytest.mark.parametrize("name", ["api.md", "index.md"])
def test_the_page_of_docs_runs(here, name):
    page = (ROOT / "docs" / name).read_text(encoding="utf-8")
    tests = doctest.DocTestParser().get_doctest(page, {}, name, f"docs/{name}", 0)
    assert len(tests.examples) >= 5
    assert doctest.DocTestRunner().run(tests).failed == 0


def test_everything_offered_is_there_and_documented():
    assert set(suyuan.__all__) <= set(dir(suyuan))
    for name in set(suyuan.__all__) - {"__version__"}:
        assert getattr(suyuan, name).__doc__, name
    with pytest.raises(AttributeError, match="paint"):
        suyuan.paint  # noqa: B018


def test_the_import_alone_loads_nothing_else():
    code = """
import sys
before = set(sys.modules)
import suyuan
heavy = {"numpy", "pandas", "yaml", "suyuan.api", "suyuan.core"}
assert not heavy & (set(sys.modules) - before), heavy & set(sys.modules)
suyuan.read_lineage
assert not {"numpy", "pandas", "suyuan.domain"} & set(sys.modules), "to read needs neither"
"""
    subprocess.run([sys.executable, "-c", code], check=True)


# --- lineage ----------------------------------------------------------------------------------


def test_a_lineage_has_types(here):
    lineage = suyuan.read_lineage("report/2030Q1/lineage.json")
    content = json.loads((here / "report/2030Q1/lineage.json").read_text(encoding="utf-8"))
    assert lineage.edition == "2030Q1"
    assert set(lineage.values) == set(content["values"])
    gdp = lineage.values["alpha.gdp.2029"]
    assert (gdp.v, gdp.src) == (Decimal(1000), (Cell("observations", "value", "T009"),))
    source = lineage.sources["observations"]
    assert (source.path, source.key) == ("data/raw/2030Q1/observations.csv", ("obs_id",))
    assert source.rows == 33


def test_a_claim_and_a_use_have_types(here):
    path = here / "claimed.json"
    content = json.loads((here / "report/2030Q1/lineage.json").read_text(encoding="utf-8"))
    # 66.67 % exceeds 60 % by 6.67 points
    claim = {"holds": True, "margin": "6.67", "unit": "pp", "robust": False, "txt": "超过六成"}
    content["claims"] = {"a.b": claim | {"in": ["beta.ai_share"], "test": "above"}}
    content["uses"] = [{"v": "beta.ai_share", "sec": "02", "anchor": "v-1", "kind": "text"}]
    path.write_text(json.dumps(content), encoding="utf-8")
    lineage = suyuan.read_lineage(path)
    claim = lineage.claims["a.b"]
    assert (claim.holds, claim.robust, claim.margin) == (True, False, Decimal("6.67"))
    assert (claim.facts, claim.unit, claim.txt) == (("beta.ai_share",), "pp", "超过六成")
    assert lineage.uses[0].kind == "text"


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "lineage/9"}', '{"format": "lineage/2", "edition": 1}']
)
def test_what_is_no_lineage_is_told(here, text):
    path = here / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(suyuan.ReportedError) as caught:
        suyuan.read_lineage(path)
    (line,) = suyuan.explain(caught.value)
    assert line.endswith("(E203)")


# --- a project --------------------------------------------------------------------------------


def test_a_trace_from_a_folder_below(here):
    trees = suyuan.trace(here / "data/raw", "66.67%", "2030Q1")
    assert sorted(tree["id"] for tree in trees) == ["beta.ai_share", "rg.ai_share.maximum"]


@pytest.mark.parametrize("function", [lambda p: suyuan.trace(p, "1"), suyuan.verify])
def test_outside_a_project(function, tmp_path):
    with pytest.raises(suyuan.ReportedError) as caught:
        function(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["E199"]


def test_verify_asks_for_a_report(here, project):
    with pytest.raises(suyuan.ReportedError) as caught:
        suyuan.verify(project.root)
    assert [problem.code for problem in caught.value.problems] == ["E201"]


def test_an_index_that_cannot_be_built_says_why(here):
    with pytest.raises(suyuan.ReportedError) as caught:
        suyuan.build_index("data.csv", "tree.csv", {"treat": [{"step": "impute", "group": "z"}]})
    assert all(line.endswith("(E508)") for line in suyuan.explain(caught.value))
    (english, *_), (chinese, *_) = (suyuan.explain(caught.value, lang) for lang in ("en", "zh"))
    assert english != chinese
    assert english.isascii()


DATA = pd.DataFrame({"unit_": ["x", "y"], "a": [1, 1 / 3], "b": [2.5, np.nan]})
TREE = pd.DataFrame(
    {"node_id": ["all", "a", "b"], "parent_id": ["", "all", "all"], "weight": [1, 1, 3],
     "low": [np.nan, 0, 0], "high": [np.nan, 1, 10]}
)  # fmt: skip


@pytest.mark.parametrize(
    "data", [DATA, DATA.set_index("unit_"), DATA.set_index("unit_").rename_axis(None)]
)
def test_an_index_of_tables_of_pandas(data):
    index = suyuan.build_index(data, TREE, {"coverage": 0, "uncertainty": None})
    # x: (100 + 3·25)/4; y: its a alone
    assert index.aggregates.scores["all"].to_dict() == pytest.approx({"x": 43.75, "y": 100 / 3})


def test_problems_of_what_is_no_file_have_its_name():
    wrong = DATA.assign(a=["ten", 1])
    with pytest.raises(suyuan.IndexFault) as caught:
        suyuan.build_index(wrong, TREE, {"coverage": 7})
    found = [(p.file, p.row, p.column, p.code) for p in caught.value.problems]
    assert found == [("recipe", 2, "coverage", "E132"), ("data", 2, "a", "E520")]
    with pytest.raises(suyuan.IndexFault) as caught:
        suyuan.build_index(DATA.drop(columns="b"), TREE)
    assert suyuan.explain(caught.value, "en") == [
        'tree:4:node_id data has no column "b"; correct the spelling, or add the column (E508)'
    ]


def test_types_are_offered_to_others():
    assert (ROOT / "workflow/lib/suyuan/py.typed").is_file()
    assert api.read_lineage is suyuan.read_lineage
