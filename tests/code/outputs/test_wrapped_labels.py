"""Labels of figures read back: a text in one line or in several."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from suyuan.outputs.verification.figures import svg_problems

SAID = "绿色算力可交易"
TRUTH = SimpleNamespace(
    value=lambda name: SimpleNamespace(txt=SAID) if name == "flows.note.sku" else None,
    texts=lambda value: {value.txt},
)


def svg(*lines, fact="flows.note.sku"):
    texts = "".join(f"<text>{line}</text>" for line in lines)
    group = f'<g data-fact="{fact}" id="m-fig-1"><path d="M0 0"/>{texts}</g>'
    return f'<svg xmlns="http://www.w3.org/2000/svg">{group}</svg>'


def problems(*lines, fact="flows.note.sku"):
    text = svg(*lines, fact=fact)
    return [(p.code, p.value) for p in svg_problems(TRUTH, text, "fig.svg", text.encode())]


@pytest.mark.parametrize(
    "lines", [(SAID,), ("绿色算力", "可交易"), ("绿色 算力", "可", "交易"), ()]
)
def test_lines_that_make_the_text_are_right(lines):
    assert problems(*lines) == []


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (("绿色算力", "可"), ["绿色算力", "可"]),  # a line is lost
        (("可交易", "绿色算力"), ["可交易", "绿色算力"]),  # the wrong way round
        ((SAID, "可交易"), ["可交易"]),  # said in full, and something beside it
    ],
)
def test_lines_that_do_not_are_named(lines, wrong):
    assert problems(*lines) == [("E364", line) for line in wrong]


def test_a_label_of_no_value_is_named():
    assert problems("某物", fact="flows.note.lost") == [("E364", "某物")]
