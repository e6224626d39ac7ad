"""Sections that a save does not reach are not written again, and the page is that of a build."""

from __future__ import annotations

import pytest

from suyuan.core.errors import ReportedError
from suyuan.page import compose
from suyuan.preview.desk import Desk
from suyuan.preview.dressing import dressed
from tests.code.miniature import EDITION, Project
from tests.code.preview.conftest import SCALE, section
from tests.code.preview.test_desk import EVERYTHING, afresh

MORE = """\
{% call page.heading() %}别处的规模{% endcall %}
<p>{{ page.fact("subjects.name.alpha") }}的算力为{{ page.quantity("alpha.compute_total") }}，\
图见{{ page.see_figure("scale") }}，另见{{ page.see_figure("national") }}。</p>
{% call page.figure("national") %}各处的算力列出{% endcall %}
"""
TEMPLATES = frozenset({"templates"})
SECOND = "02-02-more"


@pytest.fixture
def desk(small: Project) -> Desk:
    section(small, SECOND).write_text(MORE, encoding="utf-8")
    found = Desk(small.root, EDITION)
    found.page(EVERYTHING)
    return found


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the sections that are written."""
    names: list[str] = []
    render = compose.render_template

    def noted(jinja, name, **context):
        names.append(name.removeprefix("sections/").partition(".")[0])
        return render(jinja, name, **context)

    monkeypatch.setattr(compose, "render_template", noted)
    return names


def same_as_built(desk: Desk, project: Project) -> bool:
    return desk.page(TEMPLATES) == dressed(afresh(project).html, project.layout)


def test_words_of_a_section_are_written_alone(small: Project, desk: Desk, rendered: list[str]):
    section(small, "02-01-scale").write_text(f"{SCALE}<p>另见附录。</p>\n", encoding="utf-8")
    desk.page(TEMPLATES)
    assert rendered == ["02-01-scale", "body"]
    assert same_as_built(desk, small)


def test_what_hangs_on_a_section_before_is_written_again(
    small: Project, desk: Desk, rendered: list[str]
):
    for text in (
        SCALE.replace("算力为", '算力为{{ page.quantity("alpha.compute_total") }}、'),  # an anchor
        SCALE,
        SCALE.replace("各地算力列出", '{{ page.claim("rg.ai_share_over_40") }}'),  # a claim more
        SCALE,
    ):
        section(small, "02-01-scale").write_text(text, encoding="utf-8")
        rendered.clear()
        page = desk.page(TEMPLATES)
        assert SECOND in rendered
        assert page == dressed(afresh(small).html, small.layout)


def test_a_section_that_comes_or_goes_moves_those_after_it(small: Project, desk: Desk):
    first = section(small, "02-00-first")
    first.write_text(MORE.replace('"national"', '"clusters"'), encoding="utf-8")
    assert same_as_built(desk, small)
    first.unlink()
    assert same_as_built(desk, small)


def test_after_a_mistake_nothing_is_taken_for_what_it_was(small: Project, desk: Desk):
    path, other = section(small, "02-01-scale"), section(small, SECOND)
    path.write_text(SCALE.replace("算力为", '算力为{{ page.quantity("alpha.compute_total") }}、'),
                    encoding="utf-8")  # fmt: skip
    other.write_text(f"{MORE}{{{{ page.no_such() }}}}\n", encoding="utf-8")
    with pytest.raises(ReportedError):
        desk.page(TEMPLATES)
    other.write_text(MORE, encoding="utf-8")
    assert same_as_built(desk, small)
    path.write_text(SCALE, encoding="utf-8")
    assert same_as_built(desk, small)


def test_a_word_that_may_not_be_typed_is_told_each_time(small: Project, desk: Desk):
    path = section(small, "02-01-scale")
    path.write_text(f"{SCALE}<p>超过五成。</p>\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(ReportedError) as told:
            desk.page(TEMPLATES)
        assert {problem.code for problem in told.value.problems} >= {"E353"}
    path.write_text(SCALE, encoding="utf-8")
    assert same_as_built(desk, small)
