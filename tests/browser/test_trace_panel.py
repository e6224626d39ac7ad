"""A click on a number, a cell or a mark opens its way down to raw cells."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from suyuan.outputs.screen.modules import bundled
from tests.browser.reader import PHONE, Reader
from tests.code.miniature import TEMPLATES
from tests.workflow.project import EDITION

FILE = f"data/raw/{EDITION}/observations.csv"
PUBLISHER = "易观分析"
# The table of provinces in the source report, row by row.
TOTALS = {"F046": "131.0", "F049": "114.5", "F052": "45.1", "F055": "22.0", "F058": "4.2"}
PROVINCES = ["ningxia", "gansu", "xinjiang", "qinghai", "shaanxi"]
TOTAL = "#tab-tiers tr.total [data-fact='nw.compute_total']"


@pytest.fixture(scope="module")
def rows(built: Path) -> dict[str, tuple[int, dict[str, str]]]:
    """Line number and cells of each raw observation; none of them spans lines."""
    with (built / FILE).open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        return {row["obs_id"]: (reader.line_num, row) for row in reader}


SLOW = pytest.mark.slow  # the report is opened for each


@pytest.mark.parametrize(
    "fragment",
    ["#%E0%A4%A", pytest.param("#%", marks=SLOW), "#fact=%22%5D",
     "#fact=constructor&scenario=x:", pytest.param("#" + "a" * 3000, marks=SLOW)],
)  # fmt: skip
def test_a_fragment_that_says_nothing_harms_nothing(reader, fragment):
    reader.open(fragment)
    reader.click(TOTAL)
    assert reader.sees(lambda: reader.value, "316.8 EFLOPS")


def test_the_total_shows_five_parents_and_five_raw_cells(reader, rows):
    reader.click(TOTAL)
    assert reader.panel.is_displayed()
    assert reader.sees(lambda: reader.value, "316.8 EFLOPS")
    assert reader.find("#panel-title").text == "西北 算力总规模"
    assert reader.parents == {
        f"{province}.compute_total": f"{total} EFLOPS"
        for province, total in zip(PROVINCES, TOTALS.values(), strict=True)
    }
    assert [cell.key for cell in reader.cells] == list(TOTALS)
    for cell in reader.cells:
        line, row = rows[cell.key]
        assert cell.place == f"{FILE}:{line}"
        assert cell.original == f"{TOTALS[cell.key]} {row['unit']}"
        assert (cell.about["行键"], cell.about["列"]) == (f"obs_id {cell.key}", "value")
        assert (cell.about["比较"], cell.about["性质"]) == ("=", "实测")
        assert cell.about["位置"] == row["locator"]
        assert PUBLISHER in cell.about["出处"]
    # 131.0 + 114.5 + 45.1 + 22.0 + 4.2 = 316.8
    said = reader.find("#panel section").text
    assert "各项相加" in said
    assert "131.0 + 114.5 + 45.1 + 22.0 + 4.2 = 316.8 EFLOPS" in said


def test_an_operation_is_written_with_its_numbers_put_in(reader):
    reader.click('[data-fact="cn.growth.compute_total"]')
    assert reader.sees(lambda: reader.value, "100.0%")
    assert "280 ÷ 140 − 1 = 100.0%" in reader.find("#panel section").text


def test_sources_and_other_places_are_listed(reader):
    reader.click(TOTAL)
    documents, uses = reader.all("#panel ul.list")
    assert PUBLISHER in documents.text
    assert "级别 B 具名二手" in documents.text
    places = [link.get_attribute("hash") for link in uses.find_elements("css selector", "a")]
    assert len(places) > 3
    for place in places:
        assert reader.find(place).get_attribute("data-fact") == "nw.compute_total"
    uses.find_element("css selector", "a").click()
    assert reader.sees(lambda: reader.fragment, places[0])
    assert reader.panel.is_displayed()


@pytest.mark.parametrize("province", PROVINCES)
def test_a_bar_shows_its_raw_cell(reader, rows, province):
    mark = f"svg [data-fact='{province}.compute_total']"
    reader.click(f"figure:has(#fig-province_scale) {mark}")
    key = list(TOTALS)[PROVINCES.index(province)]
    assert reader.sees(lambda: reader.value, f"{TOTALS[key]} EFLOPS")
    (cell,) = reader.cells
    assert (cell.place, cell.key) == (f"{FILE}:{rows[key][0]}", key)
    assert PUBLISHER in cell.about["出处"]


def test_a_computed_bar_shows_what_it_was_computed_from(reader):
    reader.click("figure:has(#fig-province_share) svg [data-fact='gansu.compute_share_nw']")
    # 114.5 / 316.8 = 36.1%
    assert reader.sees(lambda: reader.value, "36.1%")
    assert reader.about["精确值"].startswith("0.36142676767")
    assert list(reader.parents) == ["gansu.compute_total", "nw.compute_total"]
    assert "114.5 ÷ 316.8 = 36.1%" in reader.panel.text
    keys = [cell.key for cell in reader.cells]
    assert sorted(set(keys)) == sorted(TOTALS)


def test_a_label_leads_where_its_mark_does(reader):
    reader.click("figure:has(#fig-province_scale) svg text[data-fact='qinghai.ai_compute']")
    assert reader.sees(lambda: reader.value, "15.4 EFLOPS")


def test_a_bound_keeps_its_comparator_and_its_unit_as_printed(reader):
    reader.go("#fact=qingyang.ai_compute")
    assert reader.sees(lambda: reader.value, "超过100 EFLOPS")
    assert "10 万P → 超过100 EFLOPS" in reader.panel.text
    (cell,) = reader.cells
    assert cell.original == "10 万P"
    assert cell.about["比较"] == "> 超过"


def test_a_figure_and_a_table_have_traces_of_their_own(reader):
    for kind, anchor, caption in (("figure", "fig-ai_share", "图"), ("table", "tab-tiers", "表")):
        whole = f"report.{kind}.{anchor.partition('-')[2]}"
        reader.script("document.querySelectorAll('details.data').forEach(d => d.open = true)")
        place = reader.click(f"details.data .tools [data-fact='{whole}']")
        assert reader.find("#panel-title").text.startswith(caption)
        assert reader.value.split()[0] == place.text
        assert len(reader.parents) == min(int(place.text), 30)


def test_a_count_of_hundreds_comes_in_portions(reader):
    reader.go("#fact=report.observation_count")
    assert len(reader.parents) == 30
    reader.click("#panel .tree > li > button")
    assert len(reader.parents) == 60
    assert reader.focus.tag_name == "summary"


def test_a_long_way_is_opened_step_by_step(reader):
    reader.go("#fact=report.supplier_count")
    assert reader.parents
    reader.go("#fact=nw.leader.ai_share")
    assert reader.cells == []
    reader.click("#panel .node summary")
    assert reader.until(lambda: reader.all("#panel .node .node"), bool)


def test_a_claim_shows_how_near_it_is_to_the_opposite(reader):
    reader.click("main [data-claim='nw.ai_share_over_60']")
    assert reader.sees(lambda: reader.value, "约六成")
    assert reader.about["结论"] == "高于"
    assert reader.about["余量"] == "0.04 个百分点"
    assert reader.about["舍入影响"] == "不能排除舍入或抽样误差改变结论"
    assert list(reader.parents) == ["nw.ai_share"]


def test_a_parent_can_be_looked_at_by_itself_and_left_again(reader):
    reader.click(TOTAL)
    reader.click("#panel .node[data-value='gansu.compute_total'] a[href^='#fact=']")
    assert reader.sees(lambda: reader.fragment, "#fact=gansu.compute_total")
    assert reader.sees(lambda: reader.value, "114.5 EFLOPS")
    reader.driver.back()
    assert reader.sees(lambda: reader.value, "316.8 EFLOPS")
    reader.driver.back()
    assert reader.sees(reader.panel.is_displayed, False)
    assert reader.fragment == ""


def test_the_focus_returns_to_where_the_reader_is(reader):
    reader.click(TOTAL)
    reader.script("document.querySelector('#tab-weights').scrollIntoView()")
    reader.press(Keys.ESCAPE)
    seen = (
        "const b = arguments[0].getBoundingClientRect(); return b.top >= 0 && b.top < innerHeight"
    )
    assert reader.script(seen, reader.focus)


def test_the_next_and_the_previous_number_can_be_stepped_to(reader):
    reader.click(TOTAL)
    reader.click("#panel .step:nth-of-type(2)")
    after = reader.until(lambda: reader.value, lambda value: value != "316.8 EFLOPS")
    assert after != "316.8 EFLOPS"
    reader.click("#panel .step:nth-of-type(1)")
    assert reader.sees(lambda: reader.value, "316.8 EFLOPS")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        # Each term is rounded to a tenth: five halves of it.
        (
            "nw.compute_total",
            "与所印一致 316.8 各原始数字在舍入范围内时，不出 316.55 至 317.05",
        ),
        ("gansu.compute_share_nw", "与所印一致 0.361426767677"),
        ("alayanew.F", "与所印一致 1.62"),
    ],
)
def test_a_number_is_computed_again_in_the_browser(reader, place, said):
    reader.go(f"#fact={place}")
    reader.click("#panel .test")
    assert reader.find("#panel .again").text.startswith(said)


EVERY_FORMULA = """
import { agree, computed, exactly, formOf } from "./arithmetic.js";
import { lineage, valueOf } from "./lineage.js";

const formed = lineage.ids.filter(formOf);
const anew = (id) => computed(formOf(id), valueOf(id).in.map((one) => exactly(valueOf(one))));
window.found = [formed.length, formed.filter((id) => !agree(anew(id), exactly(valueOf(id))))];
"""


def test_all_formulas_give_what_is_recorded(reader, tmp_path):
    """Each value with a formula, from its terms as the lineage has them, by the page's modules."""
    for module in ("arithmetic", "dom", "lineage", "scenario"):
        shutil.copy(TEMPLATES / f"scripts/{module}.js", tmp_path)
    (tmp_path / "main.js").write_text(EVERY_FORMULA, encoding="utf-8")
    wait = "const look = () => window.found ? done(window.found) : setTimeout(look); look();"
    script = f"{bundled(tmp_path, 'scripts')}; return new Promise((done) => {{ {wait} }})"
    count, differ = reader.script(script)
    assert count > 1300
    assert differ == []


def test_each_term_of_a_formula_leads_on(reader):
    reader.click(TOTAL)
    term = reader.all("#panel .formula a")[1]
    assert term.text == "114.5"
    term.click()
    assert reader.sees(lambda: reader.fragment, "#fact=gansu.compute_total")


def test_a_link_opens_the_panel(reader):
    reader.open("#fact=nw.ai_share")
    assert reader.panel.is_displayed()
    assert reader.sees(lambda: reader.value, "60.0%")
    first = reader.find("main [data-fact='nw.ai_share']:not([data-claim])")
    assert reader.script("return arguments[0].getBoundingClientRect().top > 0", first)


def test_a_document_that_nothing_else_cites_has_a_panel_and_a_citation(reader):
    """Its row in the register is all that is known of it: it cites none."""
    reader.go("#fact=sources.published.hami-gov-2025-03-13")
    assert reader.sees(lambda: reader.value, "2025-03-13")
    reader.click("#panel .chain button + button")
    assert reader.sees(lambda: bool(reader.find("#panel .chain [role=status]").text), True)
    assert reader.complaints() == []


def test_a_link_to_nothing_opens_nothing(reader):
    reader.open("#fact=nothing.at_all")
    assert not reader.panel.is_displayed()
    assert reader.complaints() == []


def test_the_link_can_be_copied(reader):
    permissions = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    reader.driver.execute_cdp_cmd("Browser.grantPermissions", permissions)
    reader.click(TOTAL)
    reader.click("#panel .copy")
    assert reader.sees(lambda: reader.find("#panel [role=status]").text, "链接已复制")
    copied = reader.script("return navigator.clipboard.readText()")
    assert copied == f"{reader.path.as_uri()}#fact=nw.compute_total"


def test_numbers_from_uncertain_inputs_say_so(reader):
    target = "main [data-fact='gansu.compute_total_target.2026']"
    reached = "main [data-fact='gansu.target_reached.compute_total_2026']"
    for place, name in ((target, "目标"), (reached, "目标")):
        element = reader.find(place)
        sign = reader.script(
            "const e = arguments[0], n = (p) => getComputedStyle(e, p).content;"
            "return n('::after') + n('::before')",
            element,
        )
        assert "标" in sign
        assert name in element.accessible_name
        assert element.text in element.accessible_name
    reader.click(reached)
    assert [flag.text for flag in reader.all("#panel .inside > .flags > li")] == ["输入含目标"]
    reader.click(target)
    assert [flag.text for flag in reader.all("#panel .inside > .flags > li")] == ["目标"]
    assert "标" in reader.find(".legend").text


def test_numbers_from_plain_inputs_carry_no_sign(reader):
    assert reader.all("main [data-fact='nw.compute_total'][data-sign]") == []


def test_on_a_phone_the_panel_is_a_sheet_that_leaves_the_number_in_sight(reader):
    reader.surroundings(PHONE)
    reader.open()
    assert reader.script("return document.documentElement.scrollWidth") <= 390
    reader.unfold()
    place = reader.click(TOTAL)
    sheet, number = reader.panel.rect, place
    assert sheet["width"] == 390
    box = "const b = arguments[0].getBoundingClientRect(); return [b.top, b.bottom]"
    top, bottom = reader.script(box, number)
    assert top > 0
    assert bottom <= reader.script(box, reader.panel)[0]


def test_the_panel_moves_nothing_and_covers_no_number(reader):
    spot = (
        "const b = arguments[0].getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]"
    )
    for width in (1280, 1440, 1600):
        reader.surroundings((width, 900))
        place = reader.find(TOTAL)
        reader.script("arguments[0].scrollIntoView({block: 'center'})", place)
        before = reader.script(spot, place)
        reader.script("arguments[0].click()", place)
        left, _, right, bottom = reader.script(spot, place)
        assert (left, right) == (before[0], before[2])
        over = reader.script(spot, reader.panel)
        assert right <= over[0] or bottom <= over[1]
        assert reader.find(".contents .seek").is_displayed()
        reader.press(Keys.ESCAPE)


EFFECTS = "#panel .effects li"


def effects(reader: Reader) -> dict[str, str]:
    """What a value changes by, by the id of the input."""
    items = reader.all(EFFECTS)
    links = [item.find_element("css selector", "a").get_attribute("hash") for item in items]
    return {
        link.removeprefix("#fact="): item.text.split()[0]
        for link, item in zip(links, items, strict=True)
    }


def test_the_inputs_that_count_most_are_listed(reader, built):
    values = json.loads((built / f"report/{EDITION}/lineage.json").read_text("utf-8"))["values"]
    reader.go("#fact=nw.ai_share")  # one sum divided by another
    upper, lower = (
        {
            one: Decimal(values[one]["v"]) / Decimal(values[whole]["v"])
            for one in values[whole]["in"]
        }
        for whole in values["nw.ai_share"]["in"]
    )
    exact = upper | {one: -share for one, share in lower.items()}
    largest = sorted(exact, key=lambda one: -abs(exact[one]))[:5]
    assert list(effects(reader)) == largest
    assert effects(reader) == {one: f"{exact[one]:+.2f}%".replace("-", "−") for one in largest}
    assert reader.find("#panel .effects > p:last-child").text == f"其余 {len(exact) - 5}"
    reader.go("#fact=nw.lead_p_beats.F")  # simulated
    assert reader.all(EFFECTS) == []
    assert "没有可代入的算式" in reader.panel.text
    reader.go("#fact=ningxia.ai_share")  # of two
    assert reader.all(EFFECTS) == []
    assert "没有可代入的算式" not in reader.panel.text


CLAIMS = """
const names = [...document.querySelectorAll("main [data-claim]")].map((one) => one.dataset.claim);
return (async () => {
  const told = [];
  for (const name of new Set(names)) {
    const arrived = new Promise((done) => addEventListener("hashchange", done, {once: true}));
    location.hash = `#fact=claim:${name}`;
    await arrived;
    const said = document.querySelectorAll("#panel-title, #panel .value");
    told.push([...said].map((one) => one.textContent));
  }
  return told;
})();
"""


def test_a_claim_is_called_by_what_it_is_about(reader):
    told = reader.script(CLAIMS)
    assert len(told) > 80
    assert len({tuple(one) for one in told}) == len(told)
    titles = [title for title, _ in told]
    assert titles.count("论断：宁夏 单位生产总值算力；西北 单位生产总值算力") == 1
    assert all(title.startswith("论断：") and len(title) > 6 for title in titles)
