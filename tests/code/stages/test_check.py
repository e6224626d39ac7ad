"""The check reads prose beside the values, and says what it did when it read it after them."""

from __future__ import annotations

import shutil

import pytest

from suyuan.core.errors import DataError, ProseError
from suyuan.stages import check


@pytest.fixture
def counting(project):
    """The miniature with a template that counts by itself."""
    project.own_sections()
    own = project.layout.templates
    (own / "counts.html.jinja").write_text("<p>\n增长了 35 倍\n</p>\n", encoding="utf-8")
    return project


def test_prose_is_held_to_what_it_may_say(counting):
    with pytest.raises(ProseError) as caught:
        check.run(counting.layout, counting.config)
    found = [(p.code, p.file, p.row) for p in caught.value.problems]
    assert ("E300", "templates/counts.html.jinja", 2) in found


def test_data_are_told_before_prose(counting):
    counting.set("observations", "T010", "value", "５００")
    with pytest.raises(DataError, match="E121"):
        check.run(counting.layout, counting.config)
    counting.set("observations", "T010", "value", "500")
    counting.drop("observations", "T010")  # lawful rows, of which a value cannot be computed
    with pytest.raises(DataError):
        check.run(counting.layout, counting.config)


def test_a_report_without_sections_is_refused(counting):
    shutil.rmtree(counting.layout.templates / "sections")
    with pytest.raises(FileNotFoundError, match="sections"):
        check.run(counting.layout, counting.config)


def test_what_a_section_asks_for_is_there(project):
    project.own_sections()
    check.run(project.layout, project.config)
    section = project.layout.templates / "sections/01-summary.html.jinja"
    asked = '<p>\n{{ page.fact("a.none") }}{{ page.claim("a.none") }}</p>\n'
    section.write_text(asked, encoding="utf-8")
    with pytest.raises(ProseError) as caught:
        check.run(project.layout, project.config)
    found = [(p.code, p.file, p.row, p.value) for p in caught.value.problems]
    name = "templates/sections/01-summary.html.jinja"
    assert found == [("E909", name, 2, "a.none"), ("E908", name, 2, "a.none")]


def test_a_table_without_its_schema_is_told_alone(project):
    (project.layout.raw / "quays.csv").write_text("quay_id\n", encoding="utf-8")
    project.set("observations", "T010", "value", "５００")
    with pytest.raises(DataError) as caught:
        check.run(project.layout, project.config)
    (problem,) = caught.value.problems
    assert (problem.code, problem.details["schema"]) == ("E857", "workflow/schemas/raw/quays.yaml")


def test_an_edition_under_the_name_of_another_quarter_is_told(project):
    project.own_sections()
    project.set("edition", "2030Q1", "label", "2029年第四季度（修订）")
    with pytest.raises(DataError) as caught:
        check.run(project.layout, project.config)
    (problem,) = caught.value.problems
    assert (problem.code, problem.row, problem.column) == ("E873", 2, "label")
    assert problem.details["expected"] == "2030年第一季度"
    project.set("edition", "2030Q1", "label", "2030年第一季度（修订，代替2029年第四季度）")
    check.run(project.layout, project.config)
