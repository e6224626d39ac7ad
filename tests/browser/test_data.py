"""Below each figure and table its data can be read and taken away."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

import pytest

from tests.browser.reader import Reader
from tests.workflow.project import EDITION

WITH_VALUES = ".table:has(caption):has(tbody [data-fact])"
FIGURES = ["province_scale", "ai_share", "policy_timeline", "national_compute", "supplier_presence"]


@pytest.fixture
def downloads(reader: Reader, tmp_path: Path) -> Path:
    behaviour = {"behavior": "allow", "downloadPath": str(tmp_path)}
    reader.driver.execute_cdp_cmd("Browser.setDownloadBehavior", behaviour)
    return tmp_path


def arrived(reader: Reader, path: Path) -> bytes:
    """The downloaded file, once it is whole.

    The browser keeps its name with an empty file, writes into a partial one beside it, and puts
    that in its place at the end.
    """

    def whole() -> bool:
        partial = any(path.parent.glob("*.crdownload"))
        return not partial and path.exists() and path.stat().st_size > 0

    assert reader.sees(whole, True)
    return path.read_bytes()


def unfold(reader: Reader, whole: str) -> str:
    """Open the data of a figure or table; a selector of what was opened."""
    data = f"details.data:has([data-fact='{whole}'])"
    reader.click(f"{data} > summary")
    return data


@pytest.mark.parametrize("name", FIGURES)
def test_the_downloaded_file_is_the_plotted_data(reader, downloads, built, name):
    data = unfold(reader, f"report.figure.{name}")
    reader.click(f"{data} .take")
    content = arrived(reader, downloads / f"{name}.csv")
    plotted = (built / f"figures/{EDITION}/{name}.csv").read_bytes()
    assert content == codecs.BOM_UTF8 + plotted


def test_every_figure_and_table_has_its_data(reader):
    assert reader.all("figure")
    assert len(reader.all("figure + details.data")) == len(reader.all("figure"))
    tables = reader.all(WITH_VALUES)
    assert len(reader.all(".table:has(caption) + details.data")) == len(tables)
    assert len(reader.all(f"{WITH_VALUES} + details.data")) == len(tables) > 30
    # Words of the template alone: there is nothing to take away.
    words = reader.all(".table:has(caption):not(:has(tbody [data-fact]))")
    assert [table.get_attribute("id") for table in words] == ["tab-confidence"]


def test_the_table_of_a_figure_prints_its_marks(reader):
    data = unfold(reader, "report.figure.province_scale")
    marks = {
        m.get_attribute("data-fact")
        for m in reader.all("figure:has(#fig-province_scale) svg [data-fact]")
    }
    rows = reader.all(f"{data} tbody tr")
    said = {"subjects.name.nw", "nw.compute_total", "nw.ai_compute"}  # in the takeaway
    assert len(rows) == len(marks - {None} - said) == 10
    assert [cell.text for cell in rows[0].find_elements("css selector", "td")] == [
        "算力总规模", "宁夏", "2026 年", "131.0", "EFLOPS",
    ]  # fmt: skip


def test_a_table_is_saved_as_printed_with_the_ids_of_its_values(reader, downloads):
    data = unfold(reader, "report.table.tiers")
    reader.click(f"{data} .take")
    text = arrived(reader, downloads / "tiers.csv").decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 6
    assert (rows[0]["省区"], rows[0]["总规模（EFLOPS）"]) == ("宁夏", "131.0")
    assert rows[-1]["总规模（EFLOPS） value_id"] == "nw.compute_total"
    assert rows[-1]["占西北"] == ""


def test_numbers_in_the_data_open_their_panel_too(reader):
    data = unfold(reader, "report.figure.ai_share")
    reader.click(f"{data} tbody [data-fact='shaanxi.ai_share.low']")
    # 2.45 / 4.25 = 57.647%
    assert reader.sees(lambda: reader.value, "57.6%")
