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
