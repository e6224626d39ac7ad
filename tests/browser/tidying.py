"""The page as it was when it was opened: what a reader did is undone, and it is held to that.

Opening five megabytes takes a second, undoing what a test did a tenth. What the page's own
controls undo is undone by them. A page that is not the same afterwards is opened anew.
"""

from __future__ import annotations

# What the page is made of, but for what the panel last showed, where it was scrolled to, and how
# tables were fitted to the screen that it was on.
LOOK = """
const look = () => [...document.querySelectorAll("header, nav, main")]
  .map((part) => part.outerHTML).join("").replaceAll(/ class=""| aria-current="true"/g, "")
  .replaceAll(/ role="(rowgroup|row|cell|columnheader|rowheader)"/g, "")
  .replaceAll(/ data-(cards|cue)="[^"]*"/g, "")
  .replaceAll(/(class="[^"]*?)( (runs|cards))+"/g, '$1"')
  + [...document.documentElement.classList, panel?.hidden];
const panel = document.getElementById("panel");
"""
REMEMBER = f"""{LOOK}
window.asNew = {{
  look: look(),
  open: new Set(document.querySelectorAll("main details[open]")),
  stops: [...document.querySelectorAll("[data-fact][tabindex], .sort")]
    .map((one) => [one, one.tabIndex]),
}};
"""
# The next Tab starts at the top again: where the focus was last, the browser remembers.
UNDO = f"""{LOOK}
const {{open, stops}} = window.asNew ?? {{}};
const reset = document.querySelector("#explorer .reset");
if (!open || !reset) return false;
if (!panel.hidden) panel.querySelector(".close").click();
reset.click();
document.querySelectorAll(".figure-tools [role=tab]:first-child[aria-selected=false]")
  .forEach((one) => one.click());
document.querySelector(".walk:not([hidden]) button:last-child")?.click();
for (const set of ["[aria-pressed=true]", ".unfold[aria-expanded=true]"]) {{
  document.querySelectorAll(set).forEach((one) => one.click());
}}
for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
for (const head of document.querySelectorAll("th[aria-sort$=scending]")) {{
  while (head.ariaSort !== "none") head.querySelector(".sort").click();
}}
for (const box of document.querySelectorAll(".narrowing input")) {{
  if (box.value) {{ box.value = ""; box.dispatchEvent(new Event("input")); }}
}}
const search = document.getElementById("search");
search.value = "";
search.dispatchEvent(new Event("input"));
document.querySelectorAll("main details").forEach((one) => one.open = open.has(one));
stops.forEach(([one, was]) => one.tabIndex === was || one.setAttribute("tabindex", was));
getSelection().removeAllRanges();
history.replaceState({{traced: ""}}, "", location.href.split("#")[0]);
document.body.tabIndex = -1;
document.body.focus();
document.body.blur();
document.body.removeAttribute("tabindex");
scrollTo(0, 0);
return look() === window.asNew.look;
"""
