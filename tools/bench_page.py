"""Milliseconds of report.html in a browser, as it is and with the processor throttled: a folder.

By the page's own clock (performance API): until the page can be used, which
is when its scripts have run and a click on its first number has opened the panel; until a number's
panel is there, laid out; until what a key in the palette finds is listed, its first key alone. Of
what is done often the median; of opening the page the middle of several times.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from selenium.webdriver import Chrome

from tools.bench_preview import browser
from tools.limits import Limit, held, limits

OPENED, THROTTLE = 5, 4
PATIENCE = 240.0  # seconds that anything may take on a busy machine
AS_IT_IS, SLOWED = "as_it_is", f"throttled_{THROTTLE}"
LIMITS = {"interactive": 1500, "panel": 30, "palette_first_key": 50, "palette_key": 50}
THROTTLED = {"interactive": 4000}
# A click on the first number as soon as there can be one, and when its panel was laid out.
FIRST_CLICK = """
new MutationObserver((_, seen) => {
  if (!document.documentElement?.matches(".live")) return;
  seen.disconnect();
  document.querySelector("main [data-fact][role=button]").click();
  const { height } = document.getElementById("panel").getBoundingClientRect();
  if (height) window.usable = performance.now();
}).observe(document, { attributes: true, subtree: true, attributeFilter: ["class"] });
"""
PANELS = """
const places = [...document.querySelectorAll("main td [data-fact][role=button]")];
const panel = document.getElementById("panel");
return Array.from({ length: 40 }, (_, at) => {
  const place = places[Math.floor((at * places.length) / 40)];
  const since = performance.now();
  place.click();
  panel.getBoundingClientRect();
  return performance.now() - since;
});
"""
ASKED = ("3", "31", "316", "宁", "宁夏", "宁夏 总", "九", "九章", "f04")
KEYS = """
document.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
const box = document.getElementById("search");
const asked = (text) => {
  const since = performance.now();
  box.value = text;
  box.dispatchEvent(new Event("input"));
  document.querySelector(".results").getBoundingClientRect();
  return performance.now() - since;
};
return new Promise((done) => setTimeout(() => done(arguments[0].map(asked)), 1000));
"""
Times = dict[str, float]


def opened(chrome: Chrome, address: str) -> float:
    """Open the page; milliseconds until it can be used."""
    chrome.get("about:blank")
    chrome.get(address)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if (usable := chrome.execute_script("return window.usable")) is not None:
            return float(usable)
        time.sleep(0.2)
    sys.exit(f"{address} cannot be used")


def measured(chrome: Chrome, address: str) -> Times:
    """The middle of what each takes."""
    usable, panels, first, keys = [], [], [], []
    for _ in range(OPENED):
        usable.append(opened(chrome, address))
        panels += chrome.execute_script(PANELS)
        key, *others = chrome.execute_script(KEYS, ASKED)
        first.append(key)
        keys += others
    lists = (usable, panels, first, keys)
    return {name: round(median(found), 1) for name, found in zip(LIMITS, lists, strict=True)}


def paged(folder: Path, edition: str) -> dict[str, Times]:
    """Milliseconds that the page of a built edition takes, at full speed and throttled."""
    address = (folder / f"report/{edition}/report.html").absolute().as_uri()
    with TemporaryDirectory() as profile:
        chrome = browser(profile)
        try:
            source = {"source": FIRST_CLICK}
            chrome.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", source)
            fast = measured(chrome, address)
            chrome.execute_cdp_cmd("Emulation.setCPUThrottlingRate", {"rate": THROTTLE})
            slow = measured(chrome, address)
        finally:
            chrome.quit()
    return {AS_IT_IS: fast, SLOWED: slow}


def limits_of(found: Mapping[str, Times]) -> list[Limit]:
    """What the page is held to, at each speed."""
    return [
        *limits(f"page {AS_IT_IS}", found[AS_IT_IS], LIMITS, "ms"),
        *limits(f"page {SLOWED}", found[SLOWED], THROTTLED, "ms"),
    ]


def main() -> None:
    """The times as JSON, and each limit; the exit code is 1 where one is passed."""
    found = paged(Path(sys.argv[1]), sys.argv[2])
    print(json.dumps(found, indent=2))
    sys.exit(held(limits_of(found)))


if __name__ == "__main__":
    main()
