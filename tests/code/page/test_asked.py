"""Names that sections ask for in any case: those that are not there are told with their lines."""

from __future__ import annotations

from types import SimpleNamespace
from typing import ClassVar

import pytest

from suyuan.core.layout import Layout
from suyuan.lineage.claims import CLAIMS
from suyuan.page.asked import unmet


class Known:
    """Values by id, as a ledger tells which of them there are and which tables they go back to."""

    tables: ClassVar = {
        "a.total": ["amounts"],
        "c.total": ["amounts", "rates"],
        "c.grown": ["amounts"],
        "c.shrunk": ["amounts"],
        "a.grown": ["rates"],
    }

    def known(self, names):
        return [name for name in names if name in self.tables]

    def sources(self, name):
        return self.tables[name]

    def deciding(self, name):
        return ["checks"] if name.startswith("c.") else []

    @property
    def made(self):
        return [SimpleNamespace(id=name) for name in self.tables]


@pytest.fixture
def told(tmp_path):
    layout = Layout(tmp_path, "2030Q1")
    layout.raw.mkdir(parents=True)
    layout.config.mkdir()
    for file in (
        layout.raw / "subjects.csv",
        layout.raw / "amounts.csv",
        layout.raw / "checks.csv",
        layout.config / "rates.csv",
    ):
        file.touch()
    sections = layout.templates / "sections"
    sections.mkdir(parents=True)

    def problems(text):
        (sections / "01-x.html.jinja").write_text(text, encoding="utf-8")
        found = unmet(layout, {"a.grows"}, Known())
        return [(p.code, p.row, p.value, p.details["file"]) for p in found]

    return problems


def test_what_is_there_is_met(told):
    assert told('{{ page.fact("a.total") }}，{{ page.claim("a.grows") }}') == []


def test_each_is_told_at_its_line_with_the_file_that_gives_it(told):
    text = """<p>{{ page.claim("a.grow") }}</p>
{% call page.figure("f") %}{{ page.quantity("a.grwn") }}{% endcall %}
{% if x %}一{% endif %}{% set n = page.count("b.total") %}
{{ page.fact("a.total") }}{{ page.fact("subjects.name.b") }}{{ page.count("xyz") }}
{{ page.fact("c.another_thing") }}"""
    assert told(text) == [
        ("E908", 1, "a.grow", CLAIMS),
        ("E909", 2, "a.grwn", "config/rates.csv"),  # as what is called most like it
        (
            "E909",
            3,
            "b.total",
            "data/raw/2030Q1/amounts.csv, data/raw/2030Q1/checks.csv, config/rates.csv",
        ),  # as that of others
        ("E909", 4, "subjects.name.b", "data/raw/2030Q1/subjects.csv"),  # by its name
        ("E909", 4, "xyz", "data/raw/2030Q1"),
        (
            "E909",
            5,
            "c.another_thing",
            "data/raw/2030Q1/amounts.csv, data/raw/2030Q1/checks.csv",
        ),  # as most of what its subject has
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
