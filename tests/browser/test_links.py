"""Every link that can be copied lands where it should: of values, figures, tables and claims by
`#fact=`, and of all places that have an id but tabs.

Twenty-seven thousand arrivals, each as a reader's, take hours, and most say the same. What lies
between a place and where a link lands is its home: the table, drawing, fold or section that may
hide it, clip it or have another size once it is open. So of each home and each kind of link into
it the last and the first are followed as readers follow them, by the address, with all that the
browser paints; every other is brought up as the page brings it, in the home as it now stands, and
measured as well, or followed where it is hidden still. That a page which is opened at a link lands
as one in which it is followed is seen for a link of every kind.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pytest

from tests.browser.reader import DESK, PHONE, Reader

NEAR = 100  # pixels
PLACE = re.compile(r"v(\d|[A-Z]-)")  # the name of a place where a value is printed
KNOW = """
const HOMES = "svg, details, thead, .table, .put-away, .section, header, main";
const traced = (one) => one.dataset.claim ? `claim:${one.dataset.claim}` : one.dataset.fact;
const drawn = (svg) => !svg || getComputedStyle(svg).display !== "none";
const printed = new Map(); // link of a value → all places, looked for in one pass
for (const one of document.querySelectorAll("[data-claim], [data-fact]:not(.graphic)")) {
  const link = `fact=${traced(one)}`;
  if (!one.closest(".contents")) printed.set(link, [...printed.get(link) ?? [], one]);
}
/** Where a link leads: of a value, to where it is printed first, in the drawing that is shown. */
function placeOf(link) {
  if (!link.startsWith("fact=")) return document.getElementById(link);
  return printed.get(link)?.find((one) => drawn(one.closest(".graphic > svg")));
}
"""
# Each link with its kind and its home.
ALL = """
const homes = [...document.querySelectorAll(HOMES)];
const folds = ["data", "cards", "folded", "runs", "put-away"];
const told = (link) => {
  const place = placeOf(link);
  const home = place.closest(HOMES);
  const start = link.match(/^fact=(claim:|report[.]figure|report[.]table|)/)?.[0] ?? "";
  const folded = folds.filter((one) => home.closest(`.${one}`));
  const kind = [start, place.localName, home.localName, ...folded];
  return [link, kind.join(" "), homes.indexOf(home)];
};
const values = document.querySelectorAll(
  ":is(header, main) :is([data-fact], [data-claim]):not(.explorer *)");
const places = [...document.querySelectorAll(":is(header, main)[id], :is(header, main) [id]")]
  .filter((one) => !one.closest("svg, .explorer, .view, [role=tab]"));
return [...new Set([...values].map((one) => `fact=${traced(one)}`)), ...places.map((one) => one.id)]
  .map(told);
"""
# How far a link lands from where it should: a value from the middle of what the panel leaves free,
# a plain anchor from the top. No page scrolls beyond its ends.
LANDED = """
const panel = document.getElementById("panel");
const root = document.documentElement;
const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
function landed(link, near) {
  const value = link.startsWith("fact=");
  const at = placeOf(link);
  if (!at?.getClientRects().length || panel.hidden === value) return "nothing";
  const [{top, bottom}, over] = [at.getBoundingClientRect(), panel.getBoundingClientRect()];
  const free = value && over.top > 0 ? over.top : innerHeight;
  const away = value ? (top + bottom) / 2 - free / 2 : Math.max(0, top - near);
  const [left, rest] = [scrollY, root.scrollHeight - innerHeight - scrollY - 1];
  const ends = (away < 0 && -away > left) || (away > 0 && away > rest);
  if (value && (top < 0 || bottom > free + 1) && bottom - top < free) return "out of sight";
  return ends ? 0 : Math.round(away);
}
"""
FOLLOW = """
const [groups, near] = arguments;
async function follow(link) {
  if (!panel.hidden) panel.querySelector(".close").click();
  const arrived = new Promise((done) => addEventListener("hashchange", done, {once: true}));
  location.hash = `#${link}`;
  await arrived;
  await frame();
  const marked = document.querySelector(":is(header, main) .traced");
  if (link.startsWith("fact=") && marked !== placeOf(link)) return "elsewhere";
  return landed(link, near);
}
function bring(link) { // as the page does in a home that is open
  const block = link.startsWith("fact=") ? "center" : "start";
  placeOf(link)?.scrollIntoView({ block, behavior: "instant" });
  return landed(link, near);
}
return (async () => {
  const found = [];
  for (const links of groups) {
    for (const link of new Set([links.at(-1), links[0]])) found.push([link, await follow(link)]);
    for (const link of links.slice(1, -1)) {
      const shown = placeOf(link)?.getClientRects().length; // rows between may still be folded
      found.push([link, shown ? bring(link) : await follow(link)]);
    }
  }
  return found;
})();
"""
ARRIVED = """
const [link, near] = arguments;
return document.fonts.ready.then(frame).then(frame).then(() => landed(link, near));
"""
BATCH = 40  # groups that one script follows


class Link(NamedTuple):
    name: str
    kind: str
    home: int


def links(reader: Reader, size: tuple[int, int]) -> list[Link]:
    """All links of the page on a screen of this size."""
    reader.surroundings(size)
    found = [Link(*one) for one in reader.script(KNOW + ALL)]
    values = [one.name for one in found if one.name.startswith("fact=")]
    assert len(values) > 4000
    assert len(found) - len(values) > 8000
    starts = {re.match(r"fact=(claim:|report\.figure|report\.table|)", link)[1] for link in values}
    assert starts == {"claim:", "report.figure", "report.table", ""}
    assert any(not PLACE.match(one.name) for one in found[len(values) :])  # of sections, tables, …
    return found


def off(found: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Links that land elsewhere."""
    return [(link, away) for link, away in found if away not in range(-NEAR, NEAR + 1)]


SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@SIZES
@pytest.mark.parametrize("every", [75, pytest.param(1, marks=pytest.mark.slow)])
def test_every_copied_link_lands_where_it_should(reader, size, every):
    grouped: dict[tuple[str, int], list[str]] = {}
    for link in links(reader, size):
        grouped.setdefault((link.kind, link.home), []).append(link.name)
    groups = list(grouped.values())[::every]
    batches = [groups[start : start + BATCH] for start in range(0, len(groups), BATCH)]
    script = KNOW + LANDED + FOLLOW
    assert off([one for batch in batches for one in reader.script(script, batch, NEAR)])[:20] == []


@SIZES
@pytest.mark.parametrize("every", [16, pytest.param(1, marks=pytest.mark.slow)])
def test_a_page_that_is_opened_at_a_link_lands_there(reader, size, every):
    kinds = {link.kind: link.name for link in links(reader, size)}  # the last of each kind
    assert len(kinds) > 20
    found = []
    for name in list(kinds.values())[::every]:
        reader.open(f"#{name}")
        found.append((name, reader.script(KNOW + LANDED + ARRIVED, name, NEAR)))
    assert off(found) == []


def test_a_count_of_the_register_has_a_panel_too(reader):
    """It counts documents that no row cites."""
    reader.go("#fact=report.source_count")
    assert reader.value.split()[0].isdigit()
