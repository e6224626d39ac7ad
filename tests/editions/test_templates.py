"""A template that counts by itself, or names what does not exist, stops the build."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from suyuan.contract.config import edition_layout, read_config
from suyuan.contract.messages import report
from suyuan.core.errors import ReportedError
from suyuan.stages import render as stage

SECTION = "templates/sections/02-06-scale.html.jinja"
BORROWED = ("Snakefile", "config", "data", "figures", "workflow")


@pytest.fixture
def render(
    built: Path,
    tmp_path: Path,
) -> Callable[[str], str]:
    """Add a line to a copy of a section, render, and return the complaint."""
    for name in BORROWED:
        (tmp_path / name).symlink_to(built / name)
    fonts = shutil.ignore_patterns("fonts")
    shutil.copytree(built / "templates", tmp_path / "templates", ignore=fonts)
    (tmp_path / "templates/fonts").symlink_to(built / "templates/fonts")
    config = read_config(tmp_path)

    def run(added: str) -> str:
        path = tmp_path / SECTION
        path.write_text((built / SECTION).read_text(encoding="utf-8") + added, encoding="utf-8")
        with pytest.raises(ReportedError) as caught:
            stage.run(edition_layout(tmp_path, config.edition), config)
        assert not (tmp_path / "build").exists()
        return report(caught.value.problems, tmp_path / "templates", "heading")

    return run


@pytest.fixture
def render_alone(render: Callable[[str], str], tmp_path: Path) -> Callable[[str], str]:
    """The same without other sections: for what stops the section itself, before any gate."""
    for path in (tmp_path / SECTION).parent.iterdir():
        if path != tmp_path / SECTION:
            path.unlink()
    return render


@pytest.fixture
def line(built: Path) -> int:
    """The number of the first added line."""
    return (built / SECTION).read_text(encoding="utf-8").count("\n") + 1


def complaints(said: str) -> list[str]:
    """The complaints without the line that counts them."""
    heading, *lines = said.splitlines()
    assert f" {len(lines)} " in heading
    return lines


@pytest.mark.parametrize(
    ("added", "numeral", "around"),
    [
        ("<p>规模为316.8。</p>", "316", "规模为316.8"),
        ("<p>共５家。</p>", "５", "共５家"),
        ("<p>见②。</p>", "②", "见②"),
        ("<p>共&#51;家。</p>", "3", "共3家"),
        ("<p>西北五省区合计。</p>", "五省", "西北五省区"),
        ("<p>占全国三成以上。</p>", "三成", "占全国三成"),
        ("<p>两大梯队。</p>", "两大", "两大梯队"),
        ("<p>投资五千万元。</p>", "五千万元", "投资五千万元"),
        ('{{ page.word("page", "三类") }}', "三类", "三类"),
    ],
)
def test_a_numeral_of_the_template_s_own_is_found(render, line, added, numeral, around):
    said = complaints(render(f"{added}\n"))
    assert said
    assert all(one.startswith(f"{SECTION}:{line}:1 ") for one in said)
    assert all("(E300)" in one for one in said)
    assert numeral in said[0].partition("（")[0]
    assert around in said[0]


def test_every_numeral_is_named_with_its_own_line(render, line):
    said = complaints(render("<p>共3家，</p>\n\n<p>分为四类。</p>\n"))
    # the third added line is two below the first
    assert [one.partition(" ")[0] for one in said] == [
        f"{SECTION}:{line}:1",
        f"{SECTION}:{line + 2}:1",
    ]


def test_a_number_in_an_expression_is_found_in_the_finished_page(render):
    said = complaints(render('<p>规模为{{ "316" }}。</p>\n'))
    assert len(said) == 1
    assert "E301" in said[0]
    assert "316" in said[0]


def test_an_unknown_value_is_named_with_its_template(render_alone):
    said = complaints(render_alone('<p>{{ page.fact("nw.nothing") }}</p>\n'))
    assert len(said) == 1
    assert said[0].startswith(f"{SECTION}:")
    assert "“nw.nothing”" in said[0]
    assert "(E302)" in said[0]


@pytest.mark.parametrize(
    "added",
    [
        "{{ page.nothing }}",
        "{{ nothing }}",
        "{% if %}",
        '{% call page.figure("nothing") %}图题{% endcall %}',
        '{{ page.word("page", "nothing") }}',
        '{% for row in page.rows("nothing") %}{% endfor %}',
        '{% for row in page.rows("sources", nothing="x") %}{% endfor %}',
        '{% for province in page.ranked("nothing") %}{% endfor %}',
        "{{ 1 // 0 }}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        '{{ page.count("nw.leader.ai_share") }}',
        '{{ page.cited("nw.ai_share") }}',
    ],
)
def test_a_mistake_in_a_template_is_named_without_a_traceback(render_alone, added):
    said = complaints(render_alone(f"{added}\n"))
    assert len(said) == 1
    assert said[0].startswith(f"{SECTION}:")
    assert "(E3" in said[0]


def test_a_mistake_is_named_with_its_line(render_alone, line):
    for added in ('<p>{{ page.fact("nw.nothing") }}</p>', "{{ nothing }}", "{{ page.claim() }}"):
        (said,) = complaints(render_alone(f"<p>甲</p>\n{added}\n"))
        assert said.startswith(f"{SECTION}:{line + 1}:")


@pytest.mark.parametrize(
    ("added", "code", "named"),
    [
        ("<p>甲", "E330", "<p>"),
        ("<p>甲</p></div>", "E330", "</div>"),
        ('{% call page.table("a b", "新表") %}{% endcall %}', "E188", "a b"),
    ],
)
def test_a_fault_within_a_section_stops_the_build(render_alone, added, code, named):
    (said,) = complaints(render_alone(f"{added}\n"))
    assert said.startswith(f"{SECTION}:")
    assert f"({code})" in said
    assert named in said


SOURCED = '<p class="source">甲</p>'
# Of the composed page, and of the finished one.
COMPOSED = [
    ("<table></table>", "E332", "table"),
    ('{% call page.table("new", "新表为空") %}{% endcall %}', "E333", "tab-new"),
    ('<p>{{ page.see_figure("nothing") }}</p>', "E334", "#fig-nothing"),
    ('{% call page.figure("tier_map") %}再次列出{% endcall %}', "E336", "fig-tier_map"),
    ("<h5>甲</h5>", "E337", "h5 甲"),
    (f"<table><caption>新的规模</caption></table>{SOURCED}", "E386", "新的规模"),
    (
        '<table><caption>得分为{{ page.fact("aliyun.score") }}</caption></table>' + SOURCED,
        "E387",
        "得分为",
    ),
]
FINISHED = [
    ('<p id="tab-tiers"></p>', "E331", "tab-tiers"),
    ('{{ page.slot("explorr") }}', "E338", "explorr"),
]


@pytest.mark.parametrize("faults", [COMPOSED, FINISHED], ids=["composed", "finished"])
def test_every_fault_of_structure_stops_the_build_and_is_told_once(render, faults):
    said = complaints(render("".join(f"{added}\n" for added, _, _ in faults)))
    assert all(one.startswith(f"{SECTION}:") for one in said)
    for _, code, named in faults:
        (one,) = (one for one in said if f"({code})" in one)
        assert named in one
    assert len(said) == len(faults)


def test_a_template_that_is_not_utf_8_is_named_with_its_line(render, tmp_path):
    path = tmp_path / "templates/sections/01-summary.html.jinja"
    path.write_bytes(b"<p>one</p>\n" + "<p>甲</p>".encode("gb18030"))
    (said,) = complaints(render(""))
    assert said.startswith("templates/sections/01-summary.html.jinja:2:1 ")
    assert "(E192)" in said


def test_a_deleted_template_is_named(render, tmp_path):
    for name, code in (
        ("sections/C-trace", "E339"),
        ("sections/00-cover", "E350"),
        ("body", "E351"),
    ):
        path = tmp_path / f"templates/{name}.html.jinja"
        text = path.read_text(encoding="utf-8")
        path.unlink()
        (said,) = complaints(render(""))
        assert f"({code})" in said
        path.write_text(text, encoding="utf-8")
