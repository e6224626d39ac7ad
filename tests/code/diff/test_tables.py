"""Tables of two pages, cell by cell."""

from __future__ import annotations

import pytest

from tests.code.diff.pages import between, fact


def table(*rows: str, heads: str = "省区 总规模 占比") -> str:
    head = "".join(f'<th scope="col">{name}</th>' for name in heads.split())
    return (
        "<table><caption><span data-ordinal>表 9</span> 规模</caption>"
        f"<thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def row(name: str, *cells: str, key: str = "") -> str:
    head = fact(name, f"subjects.name.{key or name}")
    return f'<tr><th scope="row">{head}</th>{"".join(f"<td>{c}</td>" for c in cells)}</tr>'


NINGXIA, GANSU = row("宁夏", fact("131.0", "n.t"), "甲"), row("甘肃", fact("114.5", "g.t"), "乙")


def test_a_cell_is_named_by_its_heads(tmp_path):
    after = row("甘肃", fact("150", "g.t"), "乙")
    (entry,) = between(tmp_path, table(NINGXIA, GANSU), table(NINGXIA, after))
    assert (entry["kind"], entry["change"]) == ("cell", "changed")
    assert (entry["table"], entry["row"], entry["column"]) == ("表 9 规模", "甘肃", "总规模")
    assert (entry["before"], entry["after"], entry["only_numbers"]) == ("114.5", "150", True)
    assert entry["changed_values"] == ["g.t"]


def test_another_order_is_one_move(tmp_path):
    (entry,) = between(tmp_path, table(NINGXIA, GANSU), table(GANSU, NINGXIA))
    assert (entry["change"], entry["before"], entry["after"]) == (
        "moved",
        "宁夏、甘肃",
        "甘肃、宁夏",
    )


def test_columns_in_another_order_are_no_change(tmp_path):
    other = row("宁夏", "甲", fact("131.0", "n.t"))
    assert between(tmp_path, table(NINGXIA), table(other, heads="省区 占比 总规模")) == []


@pytest.mark.parametrize(("turn", "change"), [(1, "added"), (-1, "removed")])
def test_a_row_of_one_side_is_one_entry(tmp_path, turn, change):
    tables = [table(NINGXIA), table(NINGXIA, GANSU)][::turn]
    (entry,) = between(tmp_path, *tables)
    assert (entry["change"], entry["row"]) == (change, "甘肃")
    assert entry["before" if turn < 0 else "after"] == "甘肃、114.5、乙"


def test_a_renamed_row_is_a_changed_head(tmp_path):
    after = row("宁夏自治区", fact("131.0", "n.t"), "甲", key="宁夏")
    (entry,) = between(tmp_path, table(NINGXIA), table(after))
    assert (entry["before"], entry["after"], entry["column"]) == ("宁夏", "宁夏自治区", "省区")


def test_a_row_with_another_key_is_the_same_by_what_it_prints(tmp_path):
    after = row("宁夏", fact("131.0", "n.t"), "甲", key="ningxia")
    assert between(tmp_path, table(NINGXIA), table(after)) == []


def test_a_column_that_comes_or_is_called_otherwise(tmp_path):
    more = row("宁夏", fact("131.0", "n.t"), "甲", "丙")
    (entry,) = between(tmp_path, table(NINGXIA), table(more, heads="省区 总规模 占比 说明"))
    assert (entry["change"], entry["column"]) == ("added", "说明")
    (entry,) = between(tmp_path, table(NINGXIA), table(NINGXIA, heads="省区 算力 占比"))
    assert (entry["before"], entry["after"]) == ("总规模", "算力")


def test_rows_of_one_name_keep_apart(tmp_path):
    both = [row("甘肃", "甲", "乙"), row("甘肃", "丙", "丁")]
    (entry,) = between(tmp_path, table(*both), table(both[0], row("甘肃", "丙", "戊")))
    assert (entry["before"], entry["after"]) == ("丁", "戊")


def bare(*cells: str) -> str:
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def test_rows_without_a_head_have_the_one_above(tmp_path):
    def rows(*names):
        return [
            bare("" if place else "标准", name, f"{name}合") for place, name in enumerate(names)
        ]

    head = {"heads": "标准 供应商 判定"}
    before, after = rows("甲", "乙"), rows("甲", "丙", "乙")
    (entry,) = between(tmp_path, table(*before, **head), table(*after, **head))
    assert (entry["change"], entry["row"], entry["after"]) == ("added", "标准 丙", "丙、丙合")
    other = [before[0], bare("", "乙", "不合")]
    (entry,) = between(tmp_path, table(*before, **head), table(*other, **head))
    assert (entry["row"], entry["column"], entry["after"]) == ("标准 乙", "判定", "不合")


def test_a_cell_of_nothing_but_references_says_where_from(tmp_path):
    def row(*codes):
        links = " ".join(f'<a class="evidence" href="#e{c}">E{c}·B</a>' for c in codes)
        return bare("甲", f"[{links}]")

    (entry,) = between(tmp_path, table(row(1), heads="甲 乙"), table(row(1, 2), heads="甲 乙"))
    assert (entry["kind"], entry["after"]) == ("source", "[E1·B E2·B]")


def test_a_cell_over_several_columns_says_what_it_says_once(tmp_path):
    wide = '<tr><th scope="row">甲</th><td colspan="2">未载</td></tr>'
    (entry,) = between(tmp_path, table(NINGXIA), table(NINGXIA, wide))
    assert entry["after"] == "甲、未载"
    full = '<tr><th scope="row">甲</th><td>乙</td><td>丙</td></tr>'
    entries = between(tmp_path, table(wide), table(full))
    assert [(one["column"], one["before"], one["after"]) for one in entries] == [
        ("总规模", "未载", "乙"), ("占比", "", "丙"),
    ]  # fmt: skip
