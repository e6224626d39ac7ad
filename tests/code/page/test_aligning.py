"""Decimal points stand below each other."""

from __future__ import annotations

from suyuan.page.aligning import align
from suyuan.page.tree import parse


def classes(*columns: tuple[str, ...]) -> list[list[str]]:
    """What is said of the cells of a table with these columns, column by column."""
    cell = '<td class="n"><data>{}</data></td>'
    rows = ("".join(map(cell.format, row)) for row in zip(*columns, strict=True))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    tree = parse(f"<table><tbody>{body}</tbody></table>", "t")
    align(tree)
    found = [[cell.get("class", "").removeprefix("n").strip() for cell in row]
             for row in tree.iter("tr")]  # fmt: skip
    return [list(column) for column in zip(*found, strict=True)]


def test_fewer_decimals_are_padded():
    assert classes(("1,590", "6.0", "0.30")) == [["whole-2", "short-1", ""]]
    assert classes(("超过 5%", "−6.00%", "0.3%")) == [["whole-2", "", "short-1"]]


def test_equal_decimals_need_nothing():
    assert classes(("1.0", "2.5"), ("7", "12")) == [["", ""], ["", ""]]


def test_words_and_unlike_kinds_are_left_alone():
    assert classes(("1.25", "暂无", "3–4")) == [["", "", ""]]
    assert classes(("60%", "1.42", "8")) == [["", "", ""]]
