"""The miniature with a page of its own, small enough to be written in a second."""

from __future__ import annotations

import shutil

import pytest

from tests.code.miniature import TEMPLATES, Project

COVER = """\
<header class="cover"><p class="title" role="heading" aria-level="1">\
{{ page.fact("edition.title." ~ (page.rows("edition") | first).key) }}</p></header>
"""
SCALE = """\
{% call page.heading() %}各地算力的规模{% endcall %}
<p>{{ page.fact("subjects.name.gamma") }}的算力为{{ page.quantity("gamma.compute_total") }}，\
智能算力的占比{{ page.claim("rg.ai_share_over_40") }}。</p>
<p>图见{{ page.see_figure("scale") }}。</p>
{% call page.figure("scale") %}各地算力列出{% endcall %}
"""
TRACE = """\
{% call page.heading() %}溯源附录{% endcall %}
{{ page.slot("trace") }}
{% for row in page.rows("sources") %}
<p>{{ page.source_code(row.key) }} {{ row.title }}</p>
{% endfor %}
"""
SECTIONS = {"00-cover": COVER, "02-01-scale": SCALE, "C-trace": TRACE}
KEPT = ("scale",)  # figures


@pytest.fixture
def small(project: Project) -> Project:
    """A copy that the test may change, templates included."""
    templates = project.root / "templates"
    templates.unlink()
    shutil.copytree(TEMPLATES, templates, ignore=shutil.ignore_patterns("sections", "diff"))
    (templates / "sections").mkdir()
    (templates / "diff").mkdir()
    shutil.copy(TEMPLATES / "diff/words.yaml", templates / "diff")
    for name, text in SECTIONS.items():
        section(project, name).write_text(text, encoding="utf-8")
    trace = project.root / "config/trace.yaml"
    text = trace.read_text(encoding="utf-8")
    trace.write_text(text.replace("01-summary", "02-01-scale"), encoding="utf-8")
    return project


def section(project: Project, name: str):
    """The template of a section."""
    return project.root / f"templates/sections/{name}.html.jinja"
