"""Registers on paper: two records beside each other, run on, addresses by their hosts."""

from __future__ import annotations

import pytest

from suyuan.outputs.paper.registers import condense, thin_heads
from suyuan.page.tree import parse, serialise

HEAD = (
    '<thead><tr><th>号</th><th data-said="{}">名</th><th data-said="，{}版">版</th>'
    '<th data-said="；{}">级</th></tr></thead>'
)


def record(key: str, name: str, version: str = "2", grade: str = "甲") -> str:
    return f"<tr><th>{key}</th><td>{name}</td><td>{version}</td><td>{grade}</td></tr>"


def condensed(head: str, *records: str) -> str:
    table = parse(f"<table>{head}<tbody>{''.join(records)}</tbody></table>", "x")[0]
    condense(table)
    return serialise(table)


def test_two_records_stand_beside_each_other():
    found = condensed(HEAD, record("1", "天"), record("2", "地"), record("3", "人"))
    assert found == (
        '<table><thead><tr><th scope="col">号</th><th scope="col">名、版、级</th>'
        '<th scope="col">号</th><th scope="col">名、版、级</th></tr></thead><tbody>'
        "<tr><th>1</th><td>天，2版；甲</td><th>2</th><td>地，2版；甲</td></tr>"
        "<tr><th>3</th><td>人，2版；甲</td><td></td><td></td></tr></tbody></table>"
    )


def test_a_cell_that_says_nothing_is_left_out():
    assert "<td>天；甲</td>" in condensed(HEAD, record("1", "天", version="—"))


def test_an_address_comes_last_by_its_host_and_leads_to_the_whole():
    name = '天 <span class="address">https://a.example/long/path?x=1</span>'
    assert (
        '<td>天，2版；甲 <a class="address" href="https://a.example/long/path?x=1">a.example</a>'
    ) in condensed(HEAD, record("1", name))


@pytest.mark.parametrize("head", ["", "<thead><tr><th>号</th><th>名</th></tr></thead>"])
def test_another_table_stays_as_it_is(head):
    row = "<tr><td>1</td><td>天</td></tr>"
    assert condensed(head, row) == f"<table>{head}<tbody>{row}</tbody></table>"


def thinned(*rows: str) -> str:
    table = parse(f"<table>{HEAD}<tbody>{''.join(rows)}</tbody></table>", "x")[0]
    thin_heads(table)
    return "".join(serialise(body) for body in table.iter("tbody"))


def test_heads_of_rows_are_plain_cells_where_they_outnumber_the_cells():
    row = '<tr><th scope="row">1</th><td>天</td></tr>'
    plain = '<tr><td class="head">1</td><td>天</td></tr>'
    assert thinned(row) == f"<tbody>{plain}</tbody>"
    rich = record("1", "天") + record("2", "地") + record("3", "人")
    assert thinned(rich) == f"<tbody>{rich}</tbody>"


def test_the_title_of_a_group_is_a_plain_cell():
    rows = [record(str(number), "天") for number in range(9)]
    found = thinned('<tr class="group"><th colspan="4">组</th></tr>', *rows)
    assert found.startswith(
        '<tbody><tr class="group"><td colspan="4" class="head">组</td></tr><tr><th>0</th>'
    )
