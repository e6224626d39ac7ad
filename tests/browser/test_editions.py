"""The page over all editions, as a reader opens it from a folder."""

from __future__ import annotations

import pytest

from suyuan.publish import shelf
from tests.browser.reader import PHONE, WIDE, Reader
from tests.browser.test_access import AXE, RUN
from tests.code.miniature import EDITION, Project, borrow_schemas
from tests.code.publish.releases import publish

CORRECTED = f"{EDITION}-r1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    top = tmp_path_factory.mktemp("editions")
    project = Project.make(top / "project", borrow_schemas(top / "schemas"))
    publish(project)
    project.set("observations", "T009", "value", "1001")
    publish(project, reason="来源 <更正> 了数值")
    return project.root / shelf.EDITIONS


@pytest.fixture
def reader(chromium, folder):
    reader = Reader(chromium, folder / "index.html")
    reader.surroundings()
    reader.open()
    yield reader
    chromium.get("about:blank")


def test_every_edition_is_listed_newest_first(reader):
    assert [one.get_attribute("id") for one in reader.all("article")] == [CORRECTED, EDITION]
    assert CORRECTED in reader.find(f"[id='{EDITION}'] .corrected").text
    assert "来源 <更正> 了数值" in reader.find(f"[id='{EDITION}'] .corrected").text


def test_a_number_is_found_with_the_editions_that_print_it(reader, folder):
    reader.find("#find").send_keys("na.gdp")
    reader.until(lambda: reader.find("#found").text, bool)
    links = [link.get_attribute("href") for link in reader.all("#hits > li:first-child a")]
    ours = [f"{folder.as_uri()}/{name}/report.html#fact=na.gdp" for name in (CORRECTED, EDITION)]
    assert links == ours
    reader.find("#find").clear()
    reader.find("#find").send_keys("1,001")
    reader.until(lambda: reader.find("#found").text, bool)
    links = [link.get_attribute("href") for link in reader.all("#hits a")]
    assert links
    assert all(f"/{CORRECTED}/" in link for link in links)


def test_a_search_has_an_address(reader):
    reader.open("#q=na.gdp")
    reader.until(lambda: reader.find("#found").text, bool)
    assert reader.find("#find").get_attribute("value") == "na.gdp"
    assert reader.all("#hits > li")


@pytest.mark.parametrize("screen", [WIDE, PHONE])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_axe_finds_no_violation(reader, screen, light):
    reader.surroundings(screen, light)
    reader.open("#q=g")
    reader.script(AXE.read_text(encoding="utf-8"))
    assert reader.driver.execute_async_script(RUN) == []


def test_what_is_called_so_comes_before_what_says_so(reader):
    reader.open("#q=甲")
    called = ["甲" in name.text for name in reader.all("#hits .name")]
    assert called == sorted(called, reverse=True)
    assert set(called) == {True, False}


def test_of_many_editions_the_newest_are_links_and_all_are_counted(reader):
    reader.open()
    reader.script(
        "window.SUYUAN = {editions: [...Array(12).keys()].map((n) => `20${41 - n}Q1`),"
        "entries: [['na.gdp', '全国', '1', [...Array(12).keys()]]]};"
    )
    reader.find("#find").send_keys("全国")
    reader.until(lambda: reader.find("#found").text, bool)
    links = [link.text for link in reader.all("#hits a")]
    assert links == [f"20{year}Q1" for year in range(41, 33, -1)]
    assert "2041Q1 2040Q1" in reader.find("#hits .in").text
    assert "12" in reader.find("#hits .in").text.removeprefix("印于：").partition("2034Q1")[2]


def test_an_address_that_was_cut_short_is_searched_as_it_is(reader):
    reader.open("#q=na.gdp%E5")
    assert reader.find("#find").get_attribute("value") == "na.gdp%E5"
    assert reader.find("#found").text
