"""Sliders for weights and shares: the report's numbers at first, then what the formulas say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.reader import PHONE, WIDE, Reader
from tests.browser.test_access import AXE, RUN
from tests.browser.test_keyboard import enter, tab_into
from tests.workflow.project import EDITION

FACTORS = ("T", "P", "A", "C")
DIMENSIONS = ("supply", "platform", "inclusive_ecosystem", "business", "trust")
DECIMALS = {"score": 1, "score_rank": 0, "F": 3, "rank": 0, "share": 0}
SET = """
const range = document.getElementById(arguments[0]);
range.value = arguments[1];
range.dispatchEvent(new Event("input"));
range.dispatchEvent(new Event("change"));
"""
SHOWN = """
return Object.fromEntries([...document.querySelectorAll("#explorer [data-result]")]
  .map((cell) => [cell.dataset.result, cell.querySelector("span").textContent]));
"""
TOP = "return document.querySelector('#explorer').getBoundingClientRect().top"
REST = "return [...document.querySelectorAll('#explorer input')].map((one) => [one.id, one.value])"
Values = Mapping[str, Mapping[str, str]]


@pytest.fixture(scope="module")
def values(built: Path) -> Values:
    """Every value of lineage.json by id."""
    lineage = json.loads((built / f"report/{EDITION}/lineage.json").read_text(encoding="utf-8"))
    return lineage["values"]


@pytest.fixture(scope="module")
def ranked(values: Values) -> list[str]:
    return [name.removesuffix(".score_rank") for name in values if name.endswith(".score_rank")]


def declared(values: Values, ranked: list[str]) -> dict[str, Decimal]:
    """Weights and shares of the report, by value id."""
    ids = [f"{dimension}.weight" for dimension in DIMENSIONS] + ["market.other"]
    ids += [f"{vendor}.{factor}" for vendor in ranked for factor in FACTORS]
    return {value_id: Decimal(values[value_id]["v"]) for value_id in ids}


def expected(values: Values, ranked: list[str], setting: Mapping[str, Decimal]) -> dict[str, str]:
    """Score, F, ranks and share of each vendor, computed here from the formulas of appendix A."""
    results: dict[str, dict[str, Decimal]] = {vendor: {} for vendor in ranked}
    for vendor, own in results.items():
        known = [d for d in DIMENSIONS if f"{vendor}.score.{d}" in values]
        weights = [setting[f"{d}.weight"] for d in known]
        scores = [Decimal(values[f"{vendor}.score.{d}"]["v"]) for d in known]
        weighted = sum(w * x for w, x in zip(weights, scores, strict=True))
        own["score"] = Decimal(weighted / sum(weights))
        own["F"] = Decimal(values[f"{vendor}.S"]["v"]) * Decimal(values[f"{vendor}.R"]["v"])
        for factor in FACTORS:
            own["F"] *= setting[f"{vendor}.{factor}"]
    total = sum(own["F"] for own in results.values())
    for own in results.values():
        own["share"] = own["F"] / total * (1 - setting["market.other"]) * 100
        for rank, of in (("rank", "F"), ("score_rank", "score")):
            own[rank] = Decimal(1 + sum(other[of] > own[of] for other in results.values()))
    return {
        f"{vendor}.{name}": share_text(own[name])
        if name == "share"
        else printed(own[name], decimals)
        for vendor, own in results.items()
        for name, decimals in DECIMALS.items()
    }


def printed(number: Decimal, decimals: int) -> str:
    return str(number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def share_text(percent: Decimal) -> str:
    """As the report prints it: never nothing where there is something."""
    return "<1%" if 0 < percent < Decimal("0.5") else printed(percent, DECIMALS["share"]) + "%"


def put(reader: Reader, value_id: str, percent: int) -> None:
    """Drag a slider to a place."""
    reader.script(SET, f"set-{value_id.replace('.', '-')}", percent)


def slider_text(reader: Reader, value_id: str) -> str:
    return reader.find(f"#explorer [data-input='{value_id}'] .now").text


def status(reader: Reader) -> str:
    return reader.find("#explorer [role=status]").text


def test_at_first_every_number_is_the_reports(reader, values, ranked):
    assert len(ranked) > 1
    shown = reader.script(SHOWN)
    assert shown == {
        f"{v}.{name}": values[f"{v}.{name}"]["txt"] for v in ranked for name in DECIMALS
    }
    assert shown == expected(values, ranked, declared(values, ranked))
    for value_id in declared(values, ranked):
        assert slider_text(reader, value_id) == values[value_id]["txt"], value_id
    assert reader.all("#explorer .moved") == []
    assert status(reader) == "当前为本报告的设定，下列结果与报告一致。"
    assert reader.sees(lambda: reader.fragment, "")


def test_unranked_suppliers_are_listed_and_not_computed(reader, values, ranked):
    suppliers = {name.split(".")[2] for name in values if name.startswith("suppliers.type.")}
    others = {values[f"subjects.name.{one}"]["txt"] for one in suppliers - set(ranked)}
    rows = [row.text for row in reader.all("#explorer .outcome tbody tr")]
    assert others
    assert {f"{name} 未排名" for name in others} <= set(rows)
    assert len(rows) == len(suppliers)


def test_moved_sliders_change_score_rank_and_share(reader, values, ranked):
    setting = declared(values, ranked)
    by_score = sorted(ranked, key=lambda v: int(values[f"{v}.score_rank"]["txt"]))
    first = next(v for v in ranked if values[f"{v}.rank"]["txt"] == "1")
    moves = {
        # The weight of what the second is best at, and a fifth of the largest F.
        f"{max(DIMENSIONS, key=lambda d: lead(values, by_score, d))}.weight": 90,
        f"{first}.T": 17,
        "market.other": 35,
    }
    for value_id, percent in moves.items():
        put(reader, value_id, percent)
        setting[value_id] = Decimal(percent) / 100
    shown, was = reader.script(SHOWN), expected(values, ranked, declared(values, ranked))
    assert shown == expected(values, ranked, setting)
    for name in DECIMALS:
        assert any(shown[f"{v}.{name}"] != was[f"{v}.{name}"] for v in ranked), name
    moved = {cell.get_attribute("data-result") for cell in reader.all("#explorer .moved")}
    assert moved == {name for name in shown if shown[name] != was[name]}
    cell = reader.find(f"#explorer [data-result='{first}.F'] small")
    assert cell.text == f"报告 {values[f'{first}.F']['txt']}"
    assert status(reader) == "当前为读者自设的情景，下列结果不属于本报告。"


def lead(values: Values, by_score: list[str], dimension: str) -> Decimal:
    """How much the second by score is better than the first."""
    first, second = (Decimal(values[f"{v}.score.{dimension}"]["v"]) for v in by_score[:2])
    return second - first


def test_weights_are_shown_normalised(reader, values, ranked):
    setting = declared(values, ranked)
    put(reader, "supply.weight", 100)
    # 1 / (1 + what the other four weigh)
    total = 1 + sum(setting[f"{d}.weight"] for d in DIMENSIONS[1:])
    assert slider_text(reader, "supply.weight") == printed(1 / total, 3)
    spoken = reader.find("#set-supply-weight").get_attribute("aria-valuetext")
    assert spoken == slider_text(reader, "supply.weight")
    shown = [Decimal(slider_text(reader, f"{d}.weight")) for d in DIMENSIONS]
    assert abs(sum(shown) - 1) <= Decimal("0.0025")  # five roundings to three decimals


def test_nothing_divided_by_nothing_is_a_dash(reader, ranked):
    for dimension in DIMENSIONS:
        put(reader, f"{dimension}.weight", 0)
    for vendor in ranked:
        put(reader, f"{vendor}.T", 0)
    shown = reader.script(SHOWN)
    for vendor in ranked:
        cells = [shown[f"{vendor}.{name}"] for name in ("score", "score_rank", "share", "F")]
        assert cells == ["—", "—", "—", "0.000"]
    assert slider_text(reader, "supply.weight") == "—"
    assert reader.complaints() == []


def test_a_missing_dimension_leaves_its_weight_to_the_others(reader, values, ranked, tmp_path):
    vendor, missing = ranked[0], "supply"
    text = reader.path.read_text(encoding="utf-8")
    cell = f'"{vendor}.score.{missing}":"{values[f"{vendor}.score.{missing}"]["v"]}",'
    assert text.count(cell) == 1
    copy = tmp_path / "report.html"
    copy.write_text(text.replace(cell, ""), encoding="utf-8")
    reader.path = copy
    reader.open()
    fewer = {name: value for name, value in values.items() if name != f"{vendor}.score.{missing}"}
    put(reader, "trust.weight", 60)
    setting = declared(values, ranked) | {"trust.weight": Decimal("0.6")}
    wanted = expected(fewer, ranked, setting)
    assert reader.script(SHOWN) == wanted
    assert wanted[f"{vendor}.score"] != expected(values, ranked, setting)[f"{vendor}.score"]


def test_dimensions_may_be_joined_by_a_geometric_mean(reader, values, ranked, tmp_path):
    text = reader.path.read_text(encoding="utf-8")
    assert text.count('"geometric":false') == 1
    copy = tmp_path / "report.html"
    copy.write_text(text.replace('"geometric":false', '"geometric":true'), encoding="utf-8")
    reader.path = copy
    reader.open()
    setting, shown = declared(values, ranked), reader.script(SHOWN)
    for vendor in ranked:
        mean = Decimal(1)
        for dimension in DIMENSIONS:
            score = Decimal(values[f"{vendor}.score.{dimension}"]["v"])
            mean *= score ** setting[f"{dimension}.weight"]
        assert shown[f"{vendor}.score"] == printed(mean, 1)


def test_reset_returns_to_the_report(reader):
    first, rest = reader.script(SHOWN), reader.script(REST)
    put(reader, "platform.weight", 77)
    put(reader, "market.other", 10)
    assert reader.script(SHOWN) != first
    reader.click("#explorer .reset")
    assert reader.script(SHOWN) == first
    assert reader.script(REST) == rest
    assert reader.sees(lambda: reader.fragment, "")
    assert status(reader).startswith("当前为本报告的设定")


def test_the_matrix_follows_and_remembers(reader, ranked):
    where = "return arguments[0].getBoundingClientRect().x"
    vendor = ranked[0]
    dot = f"#explorer .dot[data-vendor='{vendor}']"
    assert len(reader.all("#explorer .dot")) == len(ranked)
    assert reader.all("#explorer .was") == []
    was = reader.script(where, reader.find(dot))
    put(reader, f"{vendor}.P", 99)
    assert reader.script(where, reader.find(dot)) > was
    (ring,) = reader.all("#explorer .was")
    assert reader.script(where, ring) == pytest.approx(was, abs=1)


def test_names_in_the_matrix_do_not_lie_on_each_other(reader, ranked):
    height = "return arguments[0].getBoundingClientRect().height"
    for vendor in ranked:
        put(reader, f"{vendor}.T", 0)  # all dots now lie above each other on the left
    dots = sorted(dot.rect["y"] for dot in reader.all("#explorer .dot"))
    names = reader.all("#explorer .matrix .name")
    line = reader.script(height, names[0])
    assert any(lower - upper < line for upper, lower in pairwise(dots))
    heights = sorted(name.rect["y"] for name in names)
    assert all(lower - upper >= line * 0.75 for upper, lower in pairwise(heights))


def test_the_address_carries_the_scenario(reader):
    put(reader, "trust.weight", 42)
    put(reader, "market.other", 55)
    assert reader.sees(lambda: reader.fragment, "#scenario=trust.weight:42,market.other:55")
    shown = reader.script(SHOWN)
    reader.driver.refresh()
    assert reader.script(SHOWN) == shown
    assert reader.find("#set-trust-weight").get_attribute("value") == "42"
    assert reader.sees(lambda: reader.fragment, "#scenario=trust.weight:42,market.other:55")
    reader.open(reader.fragment)
    assert reader.script(SHOWN) == shown
    assert reader.script(TOP) < 100


def test_a_changed_address_changes_the_sliders(reader):
    reader.script("location.hash = '#scenario=market.other:10'")
    assert reader.sees(lambda: slider_text(reader, "market.other"), "10%")
    reader.script("location.hash = '#scenario=supply.weight:90'")
    slider = reader.find("#set-supply-weight")
    assert reader.sees(lambda: slider.get_attribute("value"), "90")
    assert slider_text(reader, "market.other") != "10%"
    assert reader.sees(lambda: reader.fragment, "#scenario=supply.weight:90")


def test_nonsense_in_the_address_changes_nothing(reader):
    first = reader.script(SHOWN)
    reader.open("#scenario=nobody.T:50,supply.weight:much,market.other,trust.weight:")
    assert reader.script(SHOWN) == first
    assert status(reader).startswith("当前为本报告的设定")
    reader.script("location.hash = '#scenario=market.other:400'")
    assert reader.sees(lambda: slider_text(reader, "market.other"), "100%")
    assert reader.complaints() == []


def test_the_trace_and_the_scenario_share_the_address(reader):
    reader.open("#fact=nw.ai_share&scenario=market.other:10")
    assert reader.panel.is_displayed()
    assert reader.sees(lambda: reader.value, "60.0%")
    assert slider_text(reader, "market.other") == "10%"
    reader.press(Keys.ESCAPE)
    assert reader.sees(lambda: reader.fragment, "#scenario=market.other:10")
    reader.click("#tab-tiers tr.total [data-fact='nw.compute_total']")
    assert reader.sees(lambda: reader.fragment, "#fact=nw.compute_total&scenario=market.other:10")
    put(reader, "market.other", 20)
    assert reader.sees(lambda: reader.fragment, "#fact=nw.compute_total&scenario=market.other:20")
    assert reader.sees(lambda: reader.value, "316.8 EFLOPS")
    reader.click("#panel .node[data-value='gansu.compute_total'] a[href^='#fact=']")
    now = "#fact=gansu.compute_total&scenario=market.other:20"
    assert reader.sees(lambda: reader.fragment, now)
    assert slider_text(reader, "market.other") == "20%"


def test_a_jump_to_a_section_keeps_the_scenario(reader):
    put(reader, "market.other", 20)
    was = "#scenario=market.other:20"
    reader.script("document.querySelector('nav.contents a').click()")
    assert reader.until(lambda: reader.fragment, lambda now: now != was) != was
    assert slider_text(reader, "market.other") == "20%"


def test_by_keyboard_alone(reader, values, ranked):
    enter(reader, "#explorer .weights")
    assert reader.focus.accessible_name == "供给体量"
    assert reader.focus.aria_role == "slider"
    weight = Decimal(values["supply.weight"]["v"]) * 100
    reader.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert reader.sees(lambda: reader.fragment, f"#scenario=supply.weight:{weight + 2:.0f}")
    setting = declared(values, ranked) | {"supply.weight": (weight + 2) / 100}
    assert reader.script(SHOWN) == expected(values, ranked, setting)
    reader.press_back()
    assert reader.focus.text == "恢复报告设定"
    reader.press(Keys.ENTER)
    assert reader.sees(lambda: reader.fragment, "")
    tab_into(reader, "#explorer .vendor")
    fieldset = reader.focus.find_element(By.XPATH, "./ancestor::fieldset")
    assert fieldset.accessible_name == reader.find("#explorer .outcome tbody th").text
    assert reader.focus.accessible_name.startswith("T")


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_no_violation_in_a_scenario(reader, scheme, size):
    reader.surroundings(size, scheme)
    reader.open("#scenario=supply.weight:90,market.other:0,trust.weight:0")
    assert reader.all("#explorer .moved")
    assert reader.script("return document.documentElement.scrollWidth") <= size[0]
    table = "const t = document.querySelector('#explorer .outcome').getBoundingClientRect();"
    assert reader.script(f"{table} return t.right") <= size[0]
    reader.script(AXE.read_text(encoding="utf-8"))
    assert reader.driver.execute_async_script(RUN) == []


def test_nothing_moves_by_itself(reader):
    moving = """
    return [...document.querySelectorAll("#explorer, #explorer *")].filter((one) => {
      const style = getComputedStyle(one);
      return style.animationName !== "none" || parseFloat(style.transitionDuration) > 0;
    }).length"""
    assert reader.script(moving) == 0


def test_the_sliders_are_not_printed(reader):
    reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    try:
        assert not reader.find("#explorer").is_displayed()
    finally:
        reader.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
