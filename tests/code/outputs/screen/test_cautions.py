"""Signs on numbers whose inputs call for caution."""

from __future__ import annotations

import pytest

from suyuan.outputs.screen.panel import explain, mark
from suyuan.page.tree import parse, serialise

WORDS = {
    "sign": {"target": "◇", "weak": "▽"},
    "flag": {"target": "目标值", "weak": "证据弱"},
    "panel": {"and": "；", "legend": "标记"},
}
FLAGS = {"a.b": ["target", "weak"], "c.d": []}


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        (
            '<data id="v" data-fact="a.b">1</data>',
            '<data id="v" data-fact="a.b" data-sign="◇▽" title="目标值；证据弱">1</data>',
        ),
        (  # a mark of a drawing has a text already
            '<svg><g data-fact="a.b"></g></svg>',
            '<svg><g data-fact="a.b" data-sign="◇▽"/></svg>',
        ),
        (  # every mark of it is flagged: a sign on each would tell nothing apart
            '<data class="graphic" data-fact="f"><svg><g data-fact="a.b"></g></svg></data>',
            '<data class="graphic" data-fact="f" data-cautioned><svg><g data-fact="a.b" '
            'data-sign="◇▽"/></svg></data>',
        ),
        (
            '<data data-fact="f"><svg><g data-fact="a.b"></g><g data-fact="c.d"></g></svg></data>',
            '<data data-fact="f"><svg><g data-fact="a.b" '
            'data-sign="◇▽"/><g data-fact="c.d"/></svg></data>',
        ),
        ('<data data-fact="c.d">1</data>', '<data data-fact="c.d">1</data>'),
        ('<data data-fact="e.f">1</data>', '<data data-fact="e.f">1</data>'),
        (
            '<data data-claim="x" data-fact="a.b">1</data>',
            '<data data-claim="x" data-fact="a.b">1</data>',
        ),
    ],
)
def test_marks(html, marked):
    tree = parse(html, "x")
    mark(tree, FLAGS, WORDS)
    assert serialise(tree) == marked


@pytest.mark.parametrize(
    ("numbers", "legend"),
    [
        (
            '<data data-sign="▽">1</data>',
            '<div class="legend"><p>标记</p><dl><div><dt><span class="sign">▽</span></dt>'
            "<dd>证据弱</dd></div></dl></div>",
        ),
        ("<data>1</data>", ""),
    ],
)
def test_the_contents_explain_the_signs_that_are_there(numbers, legend):
    tree = parse(f'<nav id="contents">目录</nav>{numbers}', "x")
    explain(tree, WORDS)
    assert serialise(tree) == f'<nav id="contents">目录{legend}</nav>{numbers}'
