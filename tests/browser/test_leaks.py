"""Three hundred panels opened and closed leave nothing behind, and nothing is asked for."""

from __future__ import annotations

import pytest

PANELS = 300
COUNTED = ("Nodes", "JSEventListeners")
HEAP = "JSHeapUsedSize"
KEPT = 10_000  # bytes for a panel: the browser's own of its history and of code; a panel has more
# Opens and closes as many panels of numbers all over the page; how many were seen open.
OPEN_AND_CLOSE = """
const [count, done] = arguments;
const places = [...document.querySelectorAll("main [data-fact][role=button]")]
  .filter((place) => !place.closest("summary, button"));
const panel = document.getElementById("panel");
const stride = Math.floor(places.length / count);
(async () => {
  let seen = 0;
  for (let at = 0; at < count; at += 1) {
    places[at * stride].dispatchEvent(new MouseEvent("click", { bubbles: true }));
    seen += !panel.hidden && panel.querySelector(".value") !== null;
    panel.querySelector("details")?.setAttribute("open", "");
    await new Promise((turn) => setTimeout(turn));
    panel.querySelector(".close").click();
    seen -= !panel.hidden;
  }
  done(seen);
})();
"""


def held(reader) -> dict[str, int]:
    """What the page holds once all is collected that nobody holds."""
    command = reader.driver.execute_cdp_cmd
    command("Performance.enable", {})
    for _ in range(3):  # what one collection lets go of lets go of more
        command("HeapProfiler.collectGarbage", {})
    metrics = command("Performance.getMetrics", {})["metrics"]
    return {one["name"]: int(one["value"]) for one in metrics if one["name"] in (*COUNTED, HEAP)}


def open_and_close(reader) -> None:
    assert reader.browser.execute_async_script(OPEN_AND_CLOSE, PANELS) == PANELS


def test_panels_leave_nothing_behind(watched):
    watched.open()
    open_and_close(watched)  # what is kept for good comes with the first
    before = held(watched)
    watched.requests()
    open_and_close(watched)
    after = held(watched)
    assert [url for url in watched.requests() if not url.startswith("data:")] == []
    assert {name: after[name] for name in COUNTED} == {name: before[name] for name in COUNTED}
    assert after[HEAP] < before[HEAP] + 300 * KEPT


@pytest.mark.slow
def test_a_leak_would_be_seen(watched):
    watched.open()
    before = held(watched)
    keep = (
        "addEventListener('click', () => 0); (window.kept ??= []).push(document.createElement('i'))"
    )
    watched.script(f"for (let at = 0; at < 300; at += 1) {{ {keep} }}")
    after = held(watched)
    assert all(after[name] >= before[name] + 300 for name in COUNTED)
