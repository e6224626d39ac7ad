"""Problems of the finished page are told at the line of the template that names the thing."""

from __future__ import annotations

import pytest

from suyuan.core.errors import Problem
from suyuan.page.siting import sited

TEMPLATE = """{% call page.heading() %}结论一{% endcall %}
<p id="one">甲</p>
{% call page.figure("map") %}图题{% endcall %}
<h4>小结</h4>
<p>见<a href="#nowhere">此处</a>，以下标签不成对<b>。</p>
{% call page.figure("map") %}图题{% endcall %}
"""


@pytest.mark.parametrize(
    ("code", "value", "details", "line"),
    [
        ("E333", "fig-map", {}, 3),
        ("E336", "fig-map", {}, 6),
        ("E334", "#nowhere", {}, 5),
        ("E331", "one", {}, 2),
        ("E337", "h4 小结", {}, 4),
        ("E337", "h4 由数据而来", {}, 4),
        ("E330", "</p>", {"near": "以下标签不成对"}, 5),
        ("E335", "sec-x", {}, 1),
    ],
)
def test_the_line_is_found(tmp_path, code, value, details, line):
    (tmp_path / "x.jinja").write_text(TEMPLATE, encoding="utf-8")
    problem = Problem(code, "x.jinja", 1, "1", value, details)
    (found,) = sited([problem], tmp_path)
    assert found.row == line


def test_a_line_that_is_known_stays(tmp_path):
    (tmp_path / "x.jinja").write_text(TEMPLATE, encoding="utf-8")
    problem = Problem("E334", "x.jinja", 2, "1", "#nowhere")
    assert sited([problem, Problem("E334", "gone", 1, "1", "a")], tmp_path) == [
        problem, Problem("E334", "gone", 1, "1", "a"),
    ]  # fmt: skip
