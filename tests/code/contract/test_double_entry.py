"""Double entry: a slip in one of two entries is told at the cell that does not follow."""

from __future__ import annotations

import pytest

from suyuan.contract import edition
from suyuan.contract.double_entry import MISSING, share
from suyuan.contract.messages import report
from suyuan.core.errors import DataError
from suyuan.stages import check

SENTENCE = "约百五十万架左右的规模"
LONG = "150.00000000000000000000万架"  # 26 characters


def found(project):
    """Code, line, column and text of each problem in the observations."""
    file = project.name("observations")
    try:
        edition.check(project.layout)
    except DataError as error:
        return [(one.code, one.row, one.column, one.value) for one in error.problems
                if one.file == file]  # fmt: skip
    return []


# The header is line 1, so T024 (150 万架, printed 150万架) is line 25, T029 (≥ 100 EFLOPS) line 30.
@pytest.mark.parametrize(
    ("key", "column", "text", "told"),
    [
        ("T024", "value", "151", ("E863", 25, "value", "151")),
        ("T024", "value", "1500", ("E863", 25, "value", "1500")),
        ("T024", "value", "150.0", ("E863", 25, "value", "150.0")),  # a digit that is not printed
        ("T024", "unit", "架", ("E863", 25, "unit", "架")),
        ("T024", "comparator", "≈", ("E863", 25, "comparator", "≈")),
        ("T029", "comparator", "=", ("E863", 30, "comparator", "=")),
        ("T029", "comparator", ">", ("E863", 30, "comparator", ">")),
        ("T024", "as_printed", "105万架", ("E863", 25, "value", "150")),
        ("T024", "as_printed", SENTENCE, ("E862", 25, "as_printed", SENTENCE)),
        ("T024", "as_printed", LONG, ("E862", 25, "as_printed", LONG)),
        ("T024", "as_printed", "", ("E860", 25, "as_printed", "")),
        ("T024", MISSING, "no_figure", ("E861", 25, MISSING, "no_figure")),
        ("T024", MISSING, "forgot", ("E126", 25, MISSING, "forgot")),
    ],
)
def test_each_slip_is_told_once_at_its_own_cell(project, key, column, text, told):
    project.set("observations", key, column, text)
    assert found(project) == [told]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("T024", "1500000架"),  # another size of the same unit
        ("T024", "１５０ 万架"),
        ("T029", "≥100E"),  # another name of the same unit
        ("T029", "至少10万P"),
    ],
)
def test_what_follows_is_lawful(project, key, text):
    project.set("observations", key, "as_printed", text)
    assert found(project) == []


def test_another_name_of_the_unit_is_not_the_one_printed(project):
    for column, text in (("value", "100000"), ("unit", "P"), ("as_printed", "不低于100000PFLOPS")):
        project.set("observations", "T029", column, text)
    assert found(project) == [("E869", 30, "unit", "P")]


def test_another_label_is_told_with_the_table_of_labels(project):
    """The slip may be there: the row follows from its figure until then."""
    for column, text in (("value", "100"), ("unit", "E"), ("as_printed", "不低于100EFLOPS")):
        project.set("observations", "T029", column, text)
    assert found(project) == []
    project.set("units", "E", "label", "艾")
    with pytest.raises(DataError) as caught:
        edition.check(project.layout)
    assert project.name("units") in report(caught.value.problems, project.layout.templates)


def test_the_share_of_rows_is_said(project):
    project.own_sections()
    tables = {
        name: edition.ingested(table) for name, table in edition.check(project.layout).items()
    }
    assert share(tables["observations"]) == (6, 33)
    assert "33 行观测中有 6 行（18%）" in check.run(project.layout, project.config)
