"""Pages are filled before a figure is set, and long tables say that they go on."""

from __future__ import annotations

from xml.etree.ElementTree import fromstring

import pytest
from weasyprint.layout import block

from suyuan.outputs.paper import paging
from suyuan.outputs.paper.printed import head_continued
from suyuan.page.tree import serialise
from tests.code.typeset import characters, lay_out, page

STYLE = """
p { margin: 0; orphans: 2; widows: 2 } figure { margin: 0; break-inside: avoid; break-after: avoid }
div { height: 160px } h3 { font-size: 10px; margin: 0; break-after: avoid }
table { border-spacing: 0 } td, th { padding: 0 } tr { break-inside: avoid }
"""
TABLE = (
    '<div class="table" style="height: auto">'
    "<table><tbody><tr><td>表</td></tr></tbody></table></div>"
)
FIGURE = '<figure><div>图</div></figure><p class="source">源</p>'


@pytest.fixture(autouse=True)
def _enabled(monkeypatch):
    monkeypatch.setattr(block, "block_container_layout", block.block_container_layout)
    monkeypatch.setattr(block, "table_layout", block.table_layout)
    paging.enable()


def texts(body: str) -> list[str]:
    """What stands on each page, 400 px high."""
    document = lay_out(page(f"<main><section>{body}</section></main>", 200, STYLE))
    return ["".join(c["text"] for c in chars).replace(" ", "") for chars in characters(document)]


def lines(letter: str, count: int) -> str:
    return f"<p>{'<br>'.join([letter] * count)}</p>"


def test_paragraphs_fill_the_page_before_a_figure():
    body = lines("甲", 14) + FIGURE + lines("乙", 2) + lines("丙", 9) + lines("丁", 2)
    assert texts(body) == ["甲" * 14 + "乙" * 2 + "丙" * 4, "丙" * 5 + "图源" + "丁" * 2]


def test_a_figure_that_fits_stays():
    assert texts(lines("甲", 4) + FIGURE + lines("乙", 2)) == ["甲" * 4 + "图源" + "乙" * 2]


def test_a_figure_passes_no_other_figure():
    body = lines("甲", 14) + FIGURE + FIGURE + lines("乙", 2)
    assert texts(body) == ["甲" * 14, "图源图源乙乙"]


def test_a_figure_passes_a_heading_only_where_much_would_stay_free(monkeypatch):
    monkeypatch.setattr(paging, "EMPTY", 20.0)  # three lines are much of so low a page
    after = FIGURE + "<h3>题</h3>" + lines("乙", 3)
    assert texts(lines("甲", 16) + after) == ["甲" * 16, "图源题乙乙乙"]
    assert texts(lines("甲", 13) + after) == ["甲" * 13 + "题乙乙乙", "图源"]


def test_what_does_not_fit_either_stays_behind():
    body = lines("甲", 16) + FIGURE + f'<p style="break-inside: avoid">{"乙<br>" * 6}</p>'
    assert texts(body) == ["甲" * 16, "图源" + "乙" * 6]


def table(rows: str) -> str:
    head = "<caption><span>表3</span> 名</caption><thead><tr><th>头</th><th>次</th></tr></thead>"
    tree = fromstring(f"<table>{head}{rows}</table>")
    head_continued(tree, "续{label}·{group}")
    return serialise(tree)


def rows(letter: str, count: int) -> str:
    return f"<tr><th>{letter}</th><td>x</td></tr>" + "<tr><th></th><td>x</td></tr>" * (count - 1)


def test_a_table_that_goes_on_says_so_with_its_group():
    first, second = texts(table(f"<tbody>{rows('甲', 12)}{rows('乙', 12)}</tbody>"))
    assert first.startswith("表3名头次甲")
    assert "续" not in first
    assert second.startswith("续表3·乙头次")


def test_a_page_that_begins_with_a_group_names_none():
    body = table(f"<tbody>{rows('甲', 18)}{rows('乙', 12)}</tbody>")
    assert texts(body)[1].startswith("续表3·头次乙")


def test_a_table_may_come_before_a_figure_where_much_would_stay_free():
    after = FIGURE + TABLE + '<p class="source">据</p>' + lines("乙", 2)
    assert texts(lines("甲", 13) + after) == ["甲" * 13 + "表据" + "乙" * 2, "图源"]


def test_a_figure_may_pass_a_heading_with_the_table_below_it():
    after = FIGURE + "<h3>题</h3>" + TABLE + '<p class="source">据</p>'
    assert texts(lines("甲", 13) + after) == ["甲" * 13 + "题表据", "图源"]
