"""Names that sections ask for in any case: those that are not there are told with their lines."""

from __future__ import annotations

import pytest

from suyuan.core.layout import Layout
from suyuan.page.asked import unmet


class Known:
    """Values by id, as a ledger tells which of them there are."""

    def known(self, names):
        return [name for name in names if name == "a.total"]


@pytest.fixture
def told(tmp_path):
    layout = Layout(tmp_path, "2030Q1")
    layout.raw.mkdir(parents=True)
    (layout.raw / "subjects.csv").touch()
    sections = layout.templates / "sections"
    sections.mkdir(parents=True)

    def problems(text):
        (sections / "01-x.html.jinja").write_text(text, encoding="utf-8")
        found = unmet(layout, {"a.grows"}, Known())
        return [(p.code, p.row, p.value, p.details["file"].rpartition("/")[2]) for p in found]

    return problems


def test_what_is_there_is_met(told):
    assert told('{{ page.fact("a.total") }}，{{ page.claim("a.grows") }}') == []


def test_each_is_told_at_its_line_with_the_file_that_gives_it(told):
    text = """<p>{{ page.claim("a.grow") }}</p>
{% call page.figure("f") %}{{ page.quantity("a.totl") }}{% endcall %}
{% if x %}一{% endif %}{% set n = page.count("b.total") %}
{{ page.fact("a.total") }}{{ page.fact("subjects.name.b") }}"""
    assert told(text) == [
        ("E908", 1, "a.grow", "claims.yaml"),
        ("E909", 2, "a.totl", "observations.csv"),
        ("E909", 3, "b.total", "observations.csv"),
        ("E909", 4, "subjects.name.b", "subjects.csv"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{% if page.known("b") %}{{ page.fact("b") }}{% else %}{{ page.fact("c") }}{% endif %}',
        '{{ page.fact("b") if x else "" }}',
        '{% for x in page.rows("b") %}{{ page.fact("b") }}{% endfor %}',
        '{% macro m() %}{{ page.fact("b") }}{% endmacro %}',
        '{{ page.fact("b." ~ x) }}{{ page.fact(x) }}',
        '{%- if x -%}{% if y %}{% endif %}{{ page.claim("b") }}{%- endif -%}',
    ],
)
def test_what_may_not_be_asked_for_is_let_be(told, text):
    assert told(text) == []
