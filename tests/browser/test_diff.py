"""The page of a comparison, as a reviewer uses it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from suyuan.diff import review
from tests.browser.reader import PHONE, WIDE, Reader
from tests.browser.test_access import AXE, RUN, UNFOLD
from tests.code.diff.seen import LESS_AI, MORE, seen
from tests.code.miniature import borrow_schemas

OUT = "report/diff/base..head"
CLAIM, VALUE, FIGURE = "claim:rg.ai_share_over_40", "value:rg.ai_share", "figure:bars"
INPUT = "input:observations.value.T005"
ITEMS = "return [...document.querySelectorAll('main [data-item]')].map((one) => one.dataset.item)"
TITLES = "return [...document.querySelectorAll('main h2')].map((one) => one.firstChild.textContent)"


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    folder = tmp_path_factory.mktemp("diff")
    shown = seen(folder, borrow_schemas(folder / "schemas"), LESS_AI, MORE)
    shown.write(shown.root / OUT)
    return shown


@pytest.fixture
def reviewer(chromium, shown):
    reader = Reader(chromium, shown.root / OUT / "index.html")
    reader.surroundings()
    yield reader
    chromium.get("about:blank")


def item(reader, name):
    """An item, opened."""
    details = reader.find(f"details[data-item='{name}']")
    if details.get_attribute("open") is None:
        reader.click(f"details[data-item='{name}'] > summary")
    reader.sees(lambda: bool(reader.all(f"details[data-item='{name}'] .review")), True)
    return details


def choose(reader, selector, value):
    """Choose what leaves fewer items than are listed."""
    before = reader.find("#found").text
    reader.find(f"{selector} option[value='{value}']").click()
    reader.until(lambda: reader.find("#found").text, lambda now: now != before)


def clear(reader, count):
    reader.click("#clear")
    reader.sees(lambda: len(names(reader)), count)


def names(reader):
    return reader.script(ITEMS)


def test_the_most_important_stands_first(reviewer):
    assert reviewer.script(TITLES) == [
        "论断", "文字", "修订的数值", "图", "只改数字或出处的句子与表格", "输入",
    ]  # fmt: skip
    first = reviewer.find("main details summary").text
    assert "反转" in first
    assert "超过四成 → 不足四成" in first
    assert reviewer.complaints() == []


def test_filters(reviewer):
    everything = names(reviewer)
    choose(reviewer, "#by-section", "02-scale")
    assert reviewer.script(TITLES) == ["文字", "只改数字或出处的句子与表格"]
    clear(reviewer, len(everything))
    choose(reviewer, "#by-kind", "claim")
    assert names(reviewer) == [CLAIM]
    assert reviewer.find("#found").text == f"所列 1 项，共 {len(everything)} 项"
    clear(reviewer, len(everything))
    choose(reviewer, "#by-cause", "observations.value.T002")
    assert "value:rg.ai_compute" not in names(reviewer)
    assert "value:rg.compute_total" in names(reviewer)
    clear(reviewer, len(everything))
    reviewer.find("#find").send_keys("没有的词")
    reviewer.sees(lambda: reviewer.find("main").text, "没有符合筛选的差异。")


def test_a_value_shows_its_shares_and_their_sum(reviewer):
    text = item(reviewer, VALUE).text
    assert "精确值 0.5" in text
    lines = [
        line.text.split("\n") for line in reviewer.all(f"details[data-item='{VALUE}'] .shares li")
    ]
    assert [line[-1] for line in lines] == [
        "−14.32 个百分点", "−3.86 个百分点", "−18.18 个百分点",
    ]  # fmt: skip
    assert lines[-1][0] == "合计"
    assert "+1.36 个百分点" in text  # what the two do together
    bars = reviewer.all(f"details[data-item='{VALUE}'] .bar i")
    wide, narrow = (bar.size["width"] for bar in bars)
    assert narrow / wide == pytest.approx(3.86 / 14.32, abs=0.05)


def test_a_sentence_is_a_redline(reviewer):
    (text,) = [name for name in names(reviewer) if name.startswith("text:")]
    line = item(reviewer, text).find_element("css selector", ".redline")
    assert line.find_element("css selector", "del").text == "超过"
    assert line.find_element("css selector", "ins").text == "不足"


def test_a_chart_before_and_after_and_one_upon_the_other(reviewer):
    item(reviewer, FIGURE)
    inside = f"details[data-item='{FIGURE}'] "
    assert len(reviewer.all(f"{inside}.pair svg")) == 2
    reviewer.all(f"{inside}.ways input")[1].click()
    assert len(reviewer.all(f"{inside}.stack svg")) == 2
    slider = reviewer.find(f"{inside}input[type=range]")
    slider.send_keys("\ue010")  # End
    after = reviewer.all(f"{inside}.stack figure")[1]
    reviewer.sees(lambda: after.value_of_css_property("opacity"), "1")
    assert "50.00%" in reviewer.find(f"{inside}table").text
    assert "T005" in reviewer.find(f"{inside}.shares").text


def test_it_leads_into_both_reports(reviewer, shown):
    item(reviewer, FIGURE)
    links = reviewer.all(f"details[data-item='{FIGURE}'] .places a")
    found = [link.get_attribute("href") for link in links]
    assert found == [f"{side.html.as_uri()}#fig-bars" for side in (shown.base, shown.head)]
    reviewer.browser.get(found[1])
    assert reviewer.browser.find_element("id", "fig-bars")


def test_an_input_leads_to_what_it_moved(reviewer):
    item(reviewer, INPUT)
    reviewer.click(f"details[data-item='{INPUT}'] .inside > p button")
    assert reviewer.find("#by-cause").get_attribute("value") == "observations.value.T005"
    assert CLAIM in names(reviewer)
    assert "value:rg.compute_total" not in names(reviewer)


def test_a_passage_leads_to_its_values(reviewer):
    number = next(name for name in names(reviewer) if name.startswith("number:"))
    item(reviewer, number)
    reviewer.click(f"details[data-item='{number}'] .places button")
    assert reviewer.find(f"details[data-item='{VALUE}']").get_attribute("open")


def test_verdicts_are_saved_to_a_file_that_the_command_reads(reviewer, shown, tmp_path):
    reviewer.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    item(reviewer, CLAIM)
    reviewer.all(f"details[data-item='{CLAIM}'] .review input")[1].click()
    reviewer.find(f"details[data-item='{CLAIM}'] textarea").send_keys("查来源")
    choose(reviewer, "#by-kind", "input")
    reviewer.click("#accept-found")
    assert reviewer.find("main details .tag.accepted").text == "已接受"
    reviewer.find("#by").send_keys("甲")
    reviewer.click("#save")
    path = tmp_path / "review-base..head.json"
    reviewer.sees(path.is_file, True)
    reviewer.sees(lambda: bool(json.loads(path.read_text(encoding="utf-8") or "0")), True)
    verdicts = review.saved(path, shown.view, "", "2030-05-01")
    found = review.standings(shown.view, verdicts)
    assert (found[CLAIM].state, found[CLAIM].verdict.comment) == ("questioned", "查来源")
    assert found[CLAIM].verdict.reviewer == "甲"
    assert found[VALUE].state == "follows"


def test_by_keyboard_alone(reviewer):
    reviewer.open()
    reviewer.press("\ue004")  # Tab: the way past the filters
    assert reviewer.focus.get_attribute("class") == "skip"
    reviewer.press("\ue007")  # Enter
    reviewer.sees(lambda: reviewer.focus.get_attribute("id"), "list")
    reviewer.press("\ue004")
    assert reviewer.focus.tag_name == "summary"
    reviewer.press("\ue007")
    reviewer.sees(lambda: reviewer.find("main details").get_attribute("open") is not None, True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_axe_finds_no_violation(reviewer, size, scheme):
    reviewer.surroundings(size, scheme)
    reviewer.open()
    reviewer.script(UNFOLD)
    reviewer.sees(lambda: bool(reviewer.all(f"details[data-item='{FIGURE}'] svg")), True)
    reviewer.script(AXE.read_text(encoding="utf-8"))
    assert reviewer.driver.execute_async_script(RUN) == []
    across = "return document.documentElement.scrollWidth - innerWidth"
    assert reviewer.script(across) <= 0


def test_nothing_changed(chromium, tmp_path):
    shown = seen(tmp_path, borrow_schemas(tmp_path / "schemas"))
    shown.write(shown.root / OUT)
    reader = Reader(chromium, Path(shown.root / OUT / "index.html"))
    assert (
        reader.script("return document.querySelector('header').textContent").count("没有差异") == 1
    )
    assert reader.find("main").text == "两份报告没有差异。"
