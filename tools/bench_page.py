"""Milliseconds of report.html in a browser, as it is and with the processor throttled: a folder.

By the page's own clock (performance API), each beside its limit: until the page can be used, which
is when its scripts have run and a click on its first number has opened the panel; until a number's
panel is there, laid out; until what a key in the palette finds is listed, its first key alone. Of
what is done often the median; of opening the page the middle of several times.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from selenium.webdriver import Chrome

from tools.bench_preview import browser

OPENED, THROTTLE = 5, 4
PATIENCE = 240.0  # seconds that anything may take on a busy machine
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


def paged(folder: Path, edition: str) -> dict[str, Any]:
    """What the page of a built edition takes, at full speed and throttled, beside the limits."""
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
    return {"as_it_is": beside(fast, LIMITS), f"throttled_{THROTTLE}": beside(slow, THROTTLED)}


def beside(times: Times, limits: dict[str, int]) -> dict[str, Times]:
    """Milliseconds, with the limit where there is one."""
    held = {name: {"limit": float(limits[name])} if name in limits else {} for name in times}
    return {name: {"ms": times[name]} | held[name] for name in times}


def excesses(found: dict[str, dict[str, Times]]) -> list[str]:
    """What takes longer than its limit."""
    return [
        f"{speed} {name}: {one['ms']} ms of {one['limit']:.0f}"
        for speed, times in found.items()
        for name, one in times.items()
        if one["ms"] > one.get("limit", float("inf"))
    ]


def main() -> None:
    """The times as JSON; an excess of a limit is told at the end and is the exit code."""
    found = paged(Path(sys.argv[1]), sys.argv[2])
    print(json.dumps(found, indent=2))
    sys.exit("\n".join(excesses(found)) or None)


if __name__ == "__main__":
    main()
