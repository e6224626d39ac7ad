"""Tables read back from a page of HTML, with the values in their cells."""

from __future__ import annotations

from suyuan.outputs.workbook.tables import ReportTable, report_tables

PAGE = """
<table class="stamp"><tbody><tr><td>封面</td></tr></tbody></table>
<div class="table" id="tab-tiers"><button>查看</button><table class="tiers">
<caption><span data-ordinal>表 1</span> 规模<button>下载<b>CSV</b></button></caption>
<thead><tr><th rowspan="2">省区</th><th colspan="2">规模</th></tr>
<tr><th>总</th><th>智算</th></tr></thead>
<tbody>
<tr><th scope="row"><data value="宁夏" data-fact="subjects.name.ningxia" id="a">宁夏</data></th>
<td>约<data value="131.0" data-fact="ningxia.compute_total" id="b">131.0</data></td><td>  </td></tr>
<tr><th>合计</th><td colspan="2"><data class="claim" value="true" data-claim="big" data-fact="nw.x"
id="c">超过<data value="60" data-fact="nw.ai_share" id="d">60&#37;</data>以上</data><br>
<svg><text>9</text></svg></td></tr>
</tbody></table></div>
<p class="source">数据来源</p>
<div class="table long" id="tab-other"><table><caption>另表</caption>
<tbody><tr><td>甲&amp;乙</td></tr></tbody></table></div>
"""


def read() -> dict[str, ReportTable]:
    return {table.name: table for table in report_tables(PAGE)}


def texts(table: ReportTable) -> list[list[str | None]]:
    return [[cell and cell.text for cell in row] for row in [*table.head, *table.body]]


def test_captioned_tables_are_found_in_order_and_others_left() -> None:
    assert [(name, table.caption) for name, table in read().items()] == [
        ("tiers", "表 1 规模"),
        ("other", "另表"),
    ]


def test_cells_stand_on_a_grid_without_controls_and_drawings() -> None:
    assert texts(read()["tiers"]) == [
        ["省区", "规模", None],
        [None, "总", "智算"],
        ["宁夏", "约131.0", ""],
        ["合计", "超过60%以上", None],
    ]
    assert texts(read()["other"]) == [["甲&乙"]]


def test_cells_know_the_values_printed_in_them() -> None:
    body = read()["tiers"].body
    assert [[cell.facts for cell in row if cell] for row in body] == [
        [[("subjects.name.ningxia", "宁夏")], [("ningxia.compute_total", "131.0")], []],
        [[], [("nw.ai_share", "60%")]],  # the words of a claim are not a value
    ]
