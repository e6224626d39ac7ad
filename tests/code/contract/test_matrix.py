"""Which editions are built together is a table with a contract."""

from __future__ import annotations

import pytest

from suyuan.contract.config import overridden
from suyuan.contract.matrix import FILE, editions
from suyuan.core.errors import ConfigError, DataError
from tests.code.miniature import ROOT


def write(project, text):
    (project.root / FILE).write_text(text, encoding="utf-8")
    return project.root


def test_the_editions_of_the_table_in_its_order(project):
    root = write(project, "edition\n2030Q2\n2030Q1\n")
    assert editions(root) == ["2030Q2", "2030Q1"]
    assert overridden(root, {"editions": "all"}) == ["2030Q2", "2030Q1"]


@pytest.mark.parametrize(
    ("text", "code", "row"),
    [
        ("edition\n", "E143", 1),
        ("", "E141", 1),
        ("editions\n2030Q1\n", "E813", 1),
        ("edition\n2030Q1\n2030Q1\n", "E110", 3),
        ("edition\n../../x\n", "E127", 2),
    ],
)
def test_what_is_not_lawful_is_named_with_its_line(project, text, code, row):
    with pytest.raises(DataError) as caught:
        editions(write(project, text))
    problem = caught.value.problems[0]
    assert (problem.code, problem.file, problem.row) == (code, FILE, row)


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
