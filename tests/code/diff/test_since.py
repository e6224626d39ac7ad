"""``check --since``: each changed cell with its effects, and the moves that are asked about."""

import subprocess

import pytest

from suyuan.core.errors import DataError, LookupFailed
from suyuan.core.layout import Layout
from suyuan.diff import since
from tests.code.miniature import fixed

GIT = ("git", "-c", "user.name=t", "-c", "user.email=t@example.org")


@pytest.fixture
def kept(project):
    """The miniature as the one commit of a repository."""
    for arguments in (("init", "-q"), ("add", "."), ("commit", "-qm", "first")):
        subprocess.run([*GIT, *arguments], cwd=project.root, check=True)
    return project


def said(project, revision="HEAD"):
    return since.run(project.layout, project.config, revision).splitlines()


def test_nothing_changed(kept):
    assert said(kept) == ["自 HEAD 以来改动 0 处输入"]


def test_each_cell_has_its_own_effects(kept):
    fixed("value", "T002", "3.10")(kept)
    fixed("value", "T023", "210")(kept)
    lines = said(kept)
    assert lines[0] == "自 HEAD 以来改动 2 处输入"
    first = lines.index(next(line for line in lines if "observations.csv:3 " in line))
    second = lines.index(next(line for line in lines if "observations.csv:24 " in line))
    about = "\n".join(lines[first:second])
    assert "乙 总规模 30 → 31" in about
    assert "机架" not in about
    assert "200 → 210" in "\n".join(lines[second:])


def test_a_change_without_effect_says_so(kept):
    fixed("note", "T004", "另一个约数。")(kept)
    assert "不影响任何数值、位次与论断" in "\n".join(said(kept))


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("T002", "3.001", "W171"),  # within half of the last digit
        ("T023", "2000", "W172"),  # the point slipped
        ("T017", "900", "W173"),  # its neighbours never were so far apart
        ("T011", "5000", "W174"),  # beyond the other provinces
    ],
)
def test_an_unusual_move_is_asked_about(kept, key, value, code):
    fixed("value", key, value)(kept)
    (asked,) = [line for line in said(kept) if "(W17" in line]
    assert code in asked
    assert value in asked


def test_a_usual_move_is_not(kept):
    fixed("value", "T002", "3.10")(kept)
    assert not [line for line in said(kept) if "(W17" in line]


def test_a_revision_that_is_none(kept):
    with pytest.raises(LookupFailed) as refused:
        said(kept, "yesterday")
    assert refused.value.problems[0].code == "E393"


def test_a_number_whose_unit_changed_too_is_asked_about_once(kept):
    fixed("value", "T023", "2000")(kept)
    fixed("unit", "T023", "架")(kept)
    assert len([line for line in said(kept) if "(W17" in line]) == 1


def test_an_edition_that_was_not_there_is_said_so(kept):
    raw = kept.root / "data/raw"
    (raw / "2030Q2").mkdir()
    with pytest.raises(LookupFailed) as refused:
        since.run(Layout(kept.root, "2030Q2"), kept.config, "HEAD")
    assert refused.value.problems[0].code == "E379"


def test_unlawful_data_of_the_revision_are_not_those_at_hand(kept):
    lawful = kept.file("observations").read_bytes()
    fixed("grade", "T009", "A")(kept)
    subprocess.run([*GIT, "commit", "-qam", "second"], cwd=kept.root, check=True)
    kept.file("observations").write_bytes(lawful)
    with pytest.raises(DataError) as refused:
        said(kept)
    problem = refused.value.problems[0]
    assert (problem.code, problem.row) == ("E126", 10)
    assert problem.file == "HEAD:data/raw/2030Q1/observations.csv"
