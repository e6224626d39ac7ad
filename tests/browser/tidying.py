"""The page as it was when it was opened: what a reader did is undone, and it is held to that.

Opening the report takes ten times what undoing takes. What the page's own controls undo is undone
by them. A page that is not the same afterwards is opened anew. One that was opened at a link was
never seen without what the link opens: it is held to what it was on a screen of this size before.
"""

from __future__ import annotations

# What the page is made of, but for what the panel last showed, where it was scrolled to, how tables
# were fitted to the screen that it was on, in which order things came to be of their classes, and
# the boxes above long tables, which those have that were ever unfolded.
LOOK = """
const own = (names) => names.split(" ").filter((one) => !["runs", "cards"].includes(one)).sort();
const look = () => [...document.querySelectorAll("header, nav, main")]
  .map((part) => part.outerHTML).join("").replaceAll(/ class=""| aria-current="true"/g, "")
  .replaceAll(/<p class="narrowing tools">.*?<\\/p>/gs, "")
  .replaceAll(/ role="(rowgroup|row|cell|columnheader|rowheader)"/g, "")
  .replaceAll(/ data-(cards|cue)="[^"]*"/g, "")
  .replaceAll(/class="([^" ]* [^"]*)"/g, (_, names) => `class="${own(names)}"`)
  + [...document.documentElement.classList, panel?.hidden, told?.textContent];
const panel = document.getElementById("panel");
const told = document.querySelector(".missing"); // of a number that the page has not
const digest = (text) => {
  let sum = 7;
  for (let at = 0; at < text.length; at += 1) sum = (Math.imul(sum, 31) + text.charCodeAt(at)) | 0;
  return `${text.length} ${sum}`;
};
const folds = document.querySelectorAll("main details");
const stops = document.querySelectorAll(":is(header, main) :is([data-fact][tabindex], .sort)");
"""
REMEMBER = f"""{LOOK}
return window.asNew = {{
  look: digest(look()),
  open: [...folds].map((one) => one.open),
  stops: [...stops].map((one) => one.tabIndex),
}};
"""
RECALL = "window.asNew = arguments[0]"
# The next Tab starts at the top again: where the focus was last, the browser remembers.
UNDO = f"""{LOOK}
const {{asNew}} = window;
const reset = document.querySelector("#explorer .reset");
if (!asNew || !reset || folds.length !== asNew.open.length) return false;
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
folds.forEach((one, at) => one.open = asNew.open[at]);
stops.forEach((one, at) => {{
  if (one.tabIndex !== asNew.stops[at]) one.setAttribute("tabindex", asNew.stops[at]);
}});
getSelection().removeAllRanges();
history.replaceState({{traced: ""}}, "", location.href.split("#")[0]);
document.body.tabIndex = -1;
document.body.focus();
document.body.blur();
document.body.removeAttribute("tabindex");
scrollTo(0, 0);
return digest(look()) === asNew.look;
"""
