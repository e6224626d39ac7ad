"""After an edit of the data the page says what is true of them, or the build asks."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from suyuan.contract import edition, observations
from suyuan.contract.config import edition_layout, read_config
from suyuan.core.errors import ProseError
from suyuan.domain import values
from suyuan.figures.book import shelf
from suyuan.figures.drawn import marks_table
from suyuan.figures.reading import read_figures
from suyuan.lineage.reads import Group
from suyuan.page.compose import Saved, open_page
from suyuan.page.exhibits import Drawing
from suyuan.page.sections import Section
from suyuan.page.templates import environment, render_template
from suyuan.page.tree import parse, text_of
from tests.code.miniature import ROOT
from tools.sound import FEW

CONFIG = read_config(ROOT)
LAYOUT = edition_layout(ROOT, CONFIG.edition)
JINJA = environment(LAYOUT)
COMPUTE = ("compute_total", "ai_compute", "compute_total_device", "compute_total_target",
           "ai_compute_target")  # fmt: skip


@pytest.fixture(scope="module")
def tables():
    """The edition's, with few draws in its simulations: nothing here looks at them."""
    found = {name: edition.ingested(table) for name, table in edition.check(LAYOUT).items()}
    model = found["model"].set_index("parameter_id")
    model.loc[list(FEW), "value"] = list(FEW.values())
    return found | {"model": model.reset_index()[list(found["model"])]}


def observed(tables, subject, indicator, **cells):
    """The tables with other cells in the observations of that indicator, restatements too."""
    rows = tables["observations"].copy()
    here = (rows["subject_id"] == subject) & (rows["indicator_id"] == indicator)
    here &= rows["qualifier"] == ""
    assert here.any()
    rows.loc[here, list(cells)] = list(cells.values())
    return {**tables, "observations": rows}


def shown_in(tables, unit, *indicators):
    """The tables with another unit to print these indicators in."""
    rows = tables["indicators"].copy()
    rows.loc[rows["indicator_id"].isin(indicators), "display_unit"] = unit
    return {**tables, "indicators": rows}


@dataclass(frozen=True)
class Marked(Saved):
    """A figure of which only the marks are looked up: nothing is drawn."""

    def drawing(self, words):
        return Drawing("", [(mark, "") for mark in self.entry], Group(f"figure:{self.name}", ""))


def page_of(tables):
    """A page over the edition's values."""
    ledger = values.compute(LAYOUT, CONFIG, tables, observations.check(LAYOUT, tables))
    records = {name: table.to_dict("records") for name, table in tables.items()}
    books = shelf(ledger, records, CONFIG.region, tables.__getitem__)
    figures = {
        name: Marked(name, list(filter(None, marks_table(books, figure)["value_id"])), "")
        for name, figure in read_figures(ROOT).items()
    }
    return open_page(LAYOUT, CONFIG, ledger, records, figures)


def written(page, name):
    with page.entered(Section(name)) as section:
        html = render_template(JINJA, f"sections/{name}.html.jinja", page=page)
        return text_of(parse(html, section.template)).replace(" ", "")


@pytest.mark.known
def test_two_orders_that_agree_are_said_to_agree(tables):
    totals = {"ningxia": 131, "gansu": 114.5, "xinjiang": 45.1, "qinghai": 22, "shaanxi": 4.2}
    changed = tables
    for at, (province, total) in enumerate(totals.items()):
        ai_compute = f"{total * (9 - at) / 10:.2f}"  # 90 %, 80 %, … from the largest down
        changed = observed(changed, province, "ai_compute", value=ai_compute, unit="EFLOPS")
    told = written(page_of(changed), "02-06-scale")
    assert "占比排序与总量排序相同：宁夏的智算占比居首" in told
    assert "占比排序与总量排序不同" not in told


@pytest.mark.known
def test_another_number_in_the_source_is_not_called_the_same(tables):
    told = written(page_of(observed(tables, "cn", "pue", value="1.45")),
                   "02-01-national")  # fmt: skip
    assert "易观报告把1.45记在2025年12月，高于公开记录，本报告以公开记录的时点为准" in told


@pytest.mark.known
def test_clusters_that_hold_little_are_said_to(tables):
    changed = tables
    for cluster in ("tuoli", "karamay", "hami"):
        changed = observed(changed, cluster, "compute_total", value="1.2", unit="EFLOPS")
    told = written(page_of(changed), "02-06-scale")
    assert "合计为全区总规模的8.0%，不足五成" in told  # 3.6 of 45.1
    assert "集中" not in told


@pytest.mark.known
def test_a_share_on_the_public_record_is_printed(tables):
    rows = tables["observations"].copy()
    cells = {"obs_id": "X001", "subject_id": "sensetime", "indicator_id": "share",
             "qualifier": "", "value": "3.2", "unit": "%", "restates": ""}  # fmt: skip
    rows.loc[len(rows)] = rows[rows["obs_id"] == "F018"].iloc[0].to_dict() | cells
    told = written(page_of({**tables, "observations": rows}), "03-04-suppliers")
    assert "所据文本里各家的份额与得分：商汤供给份额3.2%" in told
    assert "份额与得分：本项目记录未载" not in told


@pytest.mark.known
def test_a_caption_prints_the_unit_that_the_numbers_have(tables):
    page = page_of(shown_in(tables, "PFLOPS", *COMPUTE))
    told = written(page, "02-06-scale")
    assert "总规模（PFLOPS）" in told
    assert "宁夏总量居首，甘肃的智算规模居首（PFLOPS）" in told
    assert "EFLOPS）" not in told
    assert "EFLOPS）" not in written(page, "02-01-national") + written(page, "02-08-policy")


@pytest.mark.known
def test_a_figure_of_two_units_is_asked_about(tables):
    page = page_of(shown_in(tables, "PFLOPS", "compute_total"))
    with pytest.raises(ProseError) as asked:
        written(page, "02-06-scale")
    (problem,) = asked.value.problems
    assert (problem.code, problem.value) == ("E360", "province_scale")
    assert problem.details == {"units": "PFLOPS、EFLOPS"}
