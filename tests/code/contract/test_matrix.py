"""Which editions are built together is a table with a contract."""

from __future__ import annotations

import pytest

from suyuan.contract.config import Config, edition_layout, overridden, read_config
from suyuan.contract.matrix import editions
from suyuan.core.errors import ConfigError, DataError, LookupFailed
from suyuan.core.settings import EDITIONS
from tests.code.miniature import ROOT


def write(project, text):
    (project.root / EDITIONS).write_text(text, encoding="utf-8")
    return project.root


def test_the_editions_of_the_table_in_its_order(project):
    root = write(project, "edition,region,gdp_period\n2030Q2,,\n2030Q1,,\n")
    assert editions(root) == ["2030Q2", "2030Q1"]
    assert overridden(root, {"editions": "all"}) == ["2030Q2", "2030Q1"]


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("edition,region,gdp_period\n", "E143", 1),
        ("", "E141", 1),
        ("editions,region,gdp_period\n2030Q1,,\n", "E813", 1),
        ("edition,region,gdp_period\n2030Q1,,\n2030Q1,,\n", "E110", 3),
        ("edition,region,gdp_period\n../../x,,\n", "E127", 2),
        ("edition,region,gdp_period\n2030Q1,../x,\n", "E127", 2),
        ("edition,region,gdp_period\n2030Q1,,2029-12\n", "E127", 2),
    ],
)
def test_what_is_not_lawful_is_named_with_its_line(project, text, code, row):
    with pytest.raises(DataError) as caught:
        editions(write(project, text))
    problem = caught.value.problems[0]
    assert (problem.code, problem.file, problem.row) == (code, EDITIONS, row)


def test_without_the_table_one_edition_is_built_and_all_are_refused(project):
    assert overridden(project.root, {}) == ["2030Q1"]
    with pytest.raises(DataError) as caught:
        overridden(project.root, {"editions": "all"})
    assert [problem.code for problem in caught.value.problems] == ["E101"]


def test_several_editions_are_all_of_them(project):
    with pytest.raises(ConfigError) as caught:
        overridden(project.root, {"editions": "2030Q1"})
    (problem,) = caught.value.problems
    assert (problem.code, problem.column) == ("E186", "editions")


def test_the_table_of_the_project_names_every_edition_that_has_rows():
    folders = (path.name for path in (ROOT / "data/raw").iterdir() if path.is_dir())
    assert sorted(editions(ROOT)) == sorted(folders)


HEAD = "edition,region,gdp_period\n"


def test_a_row_says_what_its_edition_has_of_its_own(project):
    root = write(project, HEAD + "2030Q1,other,2028\n2030Q2,,2031\n")
    assert read_config(root) == Config("2030Q1", "other", "na", "2028")
    assert read_config(root, "2030Q2") == Config("2030Q2", "rg", "na", "2031")
    assert read_config(root, "2030Q3") == Config("2030Q3", "rg", "na", "2029")


def test_a_region_that_is_no_subject_is_told_where_it_was_written(project):
    write(project, HEAD + "2030Q1,other,\n")
    with pytest.raises(ConfigError) as caught:
        project.run()
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row) == ("E111", EDITIONS, 2)
    assert (problem.column, problem.value) == ("region", "other")


def test_an_edition_of_the_table_without_rows_of_its_own_is_told_with_its_line(project):
    write(project, HEAD + "2030Q1,,\n2031Q1,,\n")
    with pytest.raises(LookupFailed) as caught:
        edition_layout(project.root, "2031Q1")
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row) == ("E100", EDITIONS, 3)
