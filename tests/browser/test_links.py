"""Every link that can be copied lands where it should: of values, figures, tables and claims by
`#fact=`, and of all places that have an id but tabs.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.browser.reader import DESK, PHONE, Reader

NEAR = 100  # pixels
PLACE = re.compile(r"v(\d|[A-Z]-)")  # the name of a place where a value is printed
ALL = """
const traced = (one) => one.dataset.claim ? `claim:${one.dataset.claim}` : one.dataset.fact;
const values = document.querySelectorAll(
  ":is(header, main) :is([data-fact], [data-claim]):not(.explorer *)");
const places = [...document.querySelectorAll(":is(header, main)[id], :is(header, main) [id]")]
  .filter((one) => !one.closest("svg, .explorer, .view, [role=tab]"));
return [[...new Set([...values].map((one) => `fact=${traced(one)}`))], places.map((one) => one.id)];
"""
# How far each of these links lands from where it should: a value from the middle of what the panel
# leaves free, a plain anchor from the top. No page scrolls beyond its ends.
FOLLOW = """
const [links, near, each] = arguments;
const end = () => document.querySelector("main > :last-child").offsetTop;
const panel = document.getElementById("panel");
const root = document.documentElement;
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
async function follow(link) {
  if (!panel.hidden) panel.querySelector(".close").click();
  const value = link.startsWith("fact=");
  const before = end();
  if (value && !each) { // the same without what browsers paint in between
    history.replaceState(null, "", `#${link}`);
    dispatchEvent(new HashChangeEvent("hashchange"));
  } else {
    const arrived = new Promise((done) => addEventListener("hashchange", done, {once: true}));
    location.hash = `#${link}`;
    await arrived;
  }
  if (each || end() !== before) await frame(); // something was opened
  const at = value ? document.querySelector(":is(header, main) .traced")
    : document.getElementById(link);
  if (!at?.getClientRects().length || panel.hidden === value) return "nothing";
  const [{top, bottom}, over] = [at.getBoundingClientRect(), panel.getBoundingClientRect()];
  const free = value && over.top > 0 ? over.top : innerHeight;
  const away = value ? (top + bottom) / 2 - free / 2 : Math.max(0, top - near);
  const [left, rest] = [scrollY, root.scrollHeight - innerHeight - scrollY - 1];
  const ends = (away < 0 && -away > left) || (away > 0 && away > rest);
  if (value && (top < 0 || bottom > free + 1) && bottom - top < free) return "out of sight";
  return ends ? 0 : Math.round(away);
}
return (async () => {
  const found = [];
  for (const link of links) found.push([link, await follow(link)]);
  return found;
})();
"""
BATCH = 200  # links that one script follows


def off(reader: Reader, links: list[str], each: bool) -> list[tuple[str, Any]]:
    """Links that land elsewhere; whether each waits until the browser has painted."""
    batches = [links[start : start + BATCH] for start in range(0, len(links), BATCH)]
    found = [one for batch in batches for one in reader.script(FOLLOW, batch, NEAR, each)]
    return [(link, away) for link, away in found if away not in range(-NEAR, NEAR + 1)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("every", [100, pytest.param(1, marks=pytest.mark.slow)])
def test_every_copied_link_lands_where_it_should(reader, size, every):
    """Minutes for all of them, so that few are followed in haste."""
    reader.surroundings(size)
    reader.open()
    values, places = reader.script(ALL)
    assert len(values) > 4000
    assert len(places) > 8000
    starts = {re.match(r"fact=(claim:|report\.figure|report\.table|)", link)[1] for link in values}
    assert starts == {"claim:", "report.figure", "report.table", ""}
    named = [place for place in places if not PLACE.match(place)]  # of sections, tables, …
    links = values[::every] + named[:: every // 5 or 1] + places[:: 5 * every]
    assert off(reader, links, each=every > 1)[:20] == []


def test_a_count_of_the_register_has_a_panel_too(reader):
    """It counts documents that no row cites."""
    reader.open("#fact=report.source_count")
    assert reader.value.split()[0].isdigit()
