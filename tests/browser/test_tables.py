"""Tables on the screen: heads in sight, sorted, narrowed, as cards on a phone, and taken away."""

from __future__ import annotations

import csv
import io

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.reader import PHONE, WIDE
from tests.browser.test_data import arrived, downloads, unfold

__all__ = ["downloads"]

TIERS = "#tab-tiers"
FIRST_CELLS = """
return [...document.querySelectorAll(arguments[0] + " tbody tr")]
  .filter((row) => !row.hidden).map((row) => row.cells[0].textContent.trim());
"""
ORDER = "return [...document.querySelectorAll(arguments[0])].map((head) => head.ariaSort)"


def head(number: int, table: str = TIERS) -> str:
    return f"{table} thead th:nth-child({number}) .sort"


@pytest.mark.parametrize("size", [WIDE, (1280, 900)])
def test_heads_stay_in_sight(reader, size):
    reader.surroundings(size)
    row = "document.querySelector('#tab-audit_checks tbody tr:nth-child(30)')"
    reader.script(f"{row}.scrollIntoView({{block: 'center'}})")
    top = "return document.querySelector('#tab-audit_checks thead').getBoundingClientRect().top"
    assert reader.sees(lambda: reader.script(top), 0)


def test_a_column_sorts_and_the_report_s_order_comes_back(reader):
    own = reader.script(FIRST_CELLS, TIERS)
    assert own == ["宁夏", "甘肃", "新疆", "青海", "陕西", "西北合计"]
    reader.click(head(6))  # 智算占比
    assert reader.script(ORDER, f"{TIERS} thead th")[5] == "descending"
    assert reader.script(FIRST_CELLS, TIERS) == ["青海", "甘肃", "新疆", "陕西", "宁夏", "西北合计"]
    reader.click(head(6))
    assert reader.script(FIRST_CELLS, TIERS) == ["宁夏", "陕西", "新疆", "甘肃", "青海", "西北合计"]
    reader.click(head(4))
    assert reader.script(ORDER, f"{TIERS} thead th").count("none") == 8
    reader.click(head(4))
    reader.click(head(4))
    assert reader.script(FIRST_CELLS, TIERS) == own
    assert set(reader.script(ORDER, f"{TIERS} thead th")) == {"none"}


def test_words_sort_from_the_first_and_groups_stay_together(reader):
    reader.click(head(1))
    assert reader.script(ORDER, f"{TIERS} thead th")[0] == "ascending"
    assert reader.script(FIRST_CELLS, TIERS) == ["甘肃", "宁夏", "青海", "陕西", "新疆", "西北合计"]
    groups = (
        "return [...document.querySelectorAll('#tab-leaves tr.group')].map((row) => row.rowIndex)"
    )
    places = reader.script(groups)
    reader.click(head(2, "#tab-leaves"))
    assert reader.script(groups) == places


def test_arrow_keys_follow_the_order_that_is_shown(reader):
    reader.click(head(6))
    reader.script("document.querySelector(\"#tab-tiers tbody [data-fact='qinghai.rank']\").focus()")
    reader.press(Keys.ARROW_DOWN)
    assert reader.focus.get_attribute("data-fact") == "gansu.rank"
    reader.press(Keys.HOME)
    reader.press(*[Keys.ARROW_RIGHT] * len(reader.all("#tab-tiers caption [tabindex]")))
    assert reader.focus.text == "青海"


def test_the_heads_of_a_table_are_one_tab_stop(reader):
    assert len(reader.all(f"{TIERS} .sort[tabindex='0']")) == 1
    reader.script("document.querySelector(arguments[0]).focus()", head(1))
    reader.press(Keys.END)
    assert reader.focus.text == "占西北"
    reader.press(Keys.ENTER)
    assert reader.script(ORDER, f"{TIERS} thead th")[-1] == "descending"


# Whether long tables have a box.
NARROWED = """
return [...document.querySelectorAll("main .table")]
  .filter((table) => table.querySelectorAll("tbody tr").length > 12)
  .map((table) => table.previousElementSibling?.matches(".narrowing"));
"""


def test_a_long_table_is_narrowed_to_what_is_asked_for(reader):
    open_all = (
        "for (const one of document.querySelectorAll('main details')) one.open = arguments[0]"
    )
    reader.script(open_all, True)  # what is folded has its boxes when it is opened
    assert reader.sees(lambda: set(reader.script(NARROWED)), {True})
    assert len(reader.script(NARROWED)) > 20
    reader.script(open_all, False)
    box = reader.find(".narrowing:has(+ #tab-evidence) input")
    assert box.accessible_name == "筛选行"
    everything = reader.script(FIRST_CELLS, "#tab-evidence")
    box.send_keys("Ｅ００４")  # in any writing
    assert reader.sees(lambda: reader.script(FIRST_CELLS, "#tab-evidence"), ["E004"])
    told = reader.find(".narrowing:has(+ #tab-evidence) [role=status]").text
    assert told == f"1 / {len(everything)}"
    box.send_keys(*[Keys.BACKSPACE] * 4)
    assert reader.sees(lambda: reader.script(FIRST_CELLS, "#tab-evidence"), everything)


# Tables wider than the screen that neither say so nor are cards, and columns that hold long texts
# in fewer than three characters a line.
UNFIT = """
const shown = (one) => one.checkVisibility() && one.getClientRects().length;
const tables = [...document.querySelectorAll("main .table, .outcome")].filter(shown);
const says = (home) => home.matches(".runs") && getComputedStyle(home).overflowX === "auto"
  && getComputedStyle(home, "::before").content.length > 5;
const wide = tables.filter((home) => home.getBoundingClientRect().right > innerWidth + 1
  || (home.scrollWidth > home.clientWidth + 1 && !says(home)));
const slim = tables.flatMap((home) => [...home.querySelectorAll("tbody td")]).filter((cell) => {
  if (!shown(cell) || cell.textContent.trim().length < 6) return false;
  const style = getComputedStyle(cell);
  const room = cell.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  return room < 2.9 * parseFloat(style.fontSize);
});
return [[...wide, ...slim].map((one) => one.outerHTML.slice(0, 120)), tables.length,
  tables.filter((home) => home.matches(".runs")).length];
"""


@pytest.mark.parametrize("size", [PHONE, (820, 1100), (1280, 900), WIDE])
def test_no_table_runs_off_the_screen_unsaid(reader, size):
    reader.surroundings(size)
    if size == PHONE:
        reader.unfold()
    reader.script("document.querySelectorAll('main details').forEach((one) => one.open = true)")
    unfit, count, running = reader.until(lambda: reader.script(UNFIT), lambda seen: not seen[0])
    assert unfit == []
    assert count > 100
    assert running == 0 or size != PHONE
    assert reader.script("return document.documentElement.scrollWidth") <= size[0]


def test_a_card_says_the_head_of_each_cell(reader):
    reader.surroundings(PHONE)
    reader.unfold()
    cards = "return document.querySelector('#tab-tiers').matches('.cards')"
    assert reader.sees(lambda: reader.script(cards), True)
    said = """return [...document.querySelectorAll("#tab-tiers tbody tr:first-child td")]
      .map((cell) => JSON.parse(getComputedStyle(cell, "::before").content));"""
    heads = [one.text for one in reader.all("#tab-tiers thead th")]
    assert reader.script(said) == heads[1:]
    roles = [one.aria_role for one in reader.all(
        "#tab-tiers table, #tab-tiers tbody, #tab-tiers tbody tr:first-child,"
        "#tab-tiers tbody tr:first-child > :nth-child(-n + 2)"
    )]  # fmt: skip
    assert roles == ["table", "rowgroup", "row", "rowheader", "cell"]
    broken = """return [...document.querySelectorAll("main .cards td.n data")]
      .filter((one) => one.checkVisibility() && one.offsetHeight > 30)  // two lines
      .map((one) => one.textContent);"""
    assert len(reader.all("main .cards td.n data")) > 100
    assert reader.script(broken) == []
    double = """return JSON.parse(getComputedStyle(document.querySelector(
      "#tab-supply_shares tbody tr td:nth-child(7)"), "::before").content);"""
    assert reader.script(double) == "份额 上限"
    reader.surroundings(WIDE)
    assert reader.sees(lambda: reader.script(cards), False)
    assert reader.all("#tab-tiers [role=cell]") == []


def taken(reader, downloads, name: str) -> list[list[str]]:
    data = unfold(reader, f"report.table.{name}")
    reader.click(f"{data} .take")
    return list(
        csv.reader(io.StringIO(arrived(reader, downloads / f"{name}.csv").decode("utf-8-sig")))
    )


def test_a_taken_table_has_one_value_in_a_column(reader, downloads):
    reader.click(head(6))  # which the file does not follow
    first, *rows = taken(reader, downloads, "tiers")
    row = dict(zip(first, rows[0], strict=True))
    assert row["省区"] == "宁夏"
    share = {part: row[f"占比下限{part}"] for part in ("", " exact", " unit", " value_id")}
    assert share == {
        "": "49.9%", " exact": "0.4994276993513925982449446776039680", " unit": "",
        " value_id": "ningxia.ai_share.low",
    }  # fmt: skip
    assert row["总规模（EFLOPS） exact"] == "131.0"
    assert row["总规模（EFLOPS） unit"] == "EFLOPS"


@pytest.mark.parametrize("name", ["supply_shares", "leaves", "matrix", "criterion_ratings"])
def test_spans_shift_nothing_and_no_two_columns_have_a_name(reader, downloads, name):
    first, *rows = taken(reader, downloads, name)
    assert len(set(first)) == len(first)
    assert {len(row) for row in rows} == {len(first)}
    ids = [place for place, text in enumerate(first) if text.endswith("value_id")]
    known = {one.get_attribute("data-fact") for one in reader.all(f"#tab-{name} [data-fact]")}
    found = {row[place] for row in rows for place in ids} - {""}
    assert found
    assert {one for one in found if not one.startswith("claim:")} <= known
    if name == "criterion_ratings":
        spanning = f"#tab-{name} td[colspan] + td"
        last = [one.get_attribute("textContent").strip() for one in reader.all(spanning)]
        assert last
        assert set(last) <= {row[first.index("理由")] for row in rows}
    if name == "leaves":
        assert first[0] == "分组"
        assert all(row[0] for row in rows)
