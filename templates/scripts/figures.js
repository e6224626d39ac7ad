/* Figures: the value of a mark in a small label, the drawing as large as the screen, and as a file. */

import { documentsOf } from "./about.js";
import { h } from "./dom.js";
import { captionOf, savePng, saveSvg, sourceOf } from "./drawing.js";
import { idAt, printed, say, titleOf, valueOf } from "./lineage.js";
import { markNear } from "./panel.js";
import { onScreen } from "./stops.js";
import { tabbed } from "./tabs.js";

/* The label repeats what a mark is called for who cannot see it, so it is not told again. */
const tip = h("div", { class: "tip", "aria-hidden": "true", "data-ordinal": true, hidden: true });
document.body.append(tip);

let spoken = null; // the mark that the label speaks of

function hideTip() {
  tip.hidden = true;
  spoken = null;
}

function showTip(mark) {
  const id = idAt(mark);
  if (!valueOf(id)) return hideTip();
  tip.replaceChildren(h("span", {}, titleOf(id)), " ", h("strong", {}, printed(id)));
  (document.querySelector("dialog.enlarged[open]") ?? document.body).append(tip);
  tip.hidden = false;
  spoken = mark;
  placeTip();
}

/* It stays at its mark where the page moves a little under the pointer. */
function placeTip() {
  const [at, own] = [spoken.getBoundingClientRect(), tip.getBoundingClientRect()];
  const left = Math.min(Math.max(4, at.left + at.width / 2 - own.width / 2), innerWidth - own.width - 4);
  const above = at.top - own.height - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > 4 ? above : Math.min(at.bottom + 8, innerHeight - own.height - 4)}px`;
}

const markAt = (event) => event.target.closest?.("svg [data-fact]") ?? markNear(event.target.closest?.(".graphic svg"), event);
document.addEventListener("pointerover", (event) => {
  const mark = event.target.closest?.("svg [data-fact]");
  if (mark) showTip(mark);
  else if (event.pointerType !== "touch") hideTip();
});
document.addEventListener("pointerdown", (event) => {
  const mark = event.pointerType === "touch" && markAt(event);
  if (mark) showTip(mark);
  else hideTip();
});
document.addEventListener("focusin", ({ target }) => {
  if (target.matches("svg [data-fact]:focus-visible")) showTip(target);
  else hideTip();
});
document.addEventListener("keydown", ({ key }) => key === "Escape" && hideTip());
addEventListener("scroll", () => spoken && (onScreen(spoken) ? placeTip() : hideTip()), { passive: true, capture: true });

/** A copy that takes no name from what stands in the page, and no place in its order. */
function copyOf(element) {
  const copy = element.cloneNode(true);
  const parts = [copy, ...copy.querySelectorAll("*")];
  const inner = new Set(parts.filter((part) => part.id && part.closest("defs, clipPath")).map((part) => part.id));
  for (const part of parts) {
    ["tabindex", "aria-haspopup", "aria-describedby"].forEach((name) => part.removeAttribute(name));
    if (part.matches("[role=button]")) ["role", "aria-label"].forEach((name) => part.removeAttribute(name));
    if (inner.has(part.id)) part.id = `copy-${part.id}`;
    else part.removeAttribute("id");
    for (const { name, value } of part.attributes) {
      const [, id] = value.match(/^(?:url\()?#([\w-]+)\)?$/) ?? [];
      if (inner.has(id)) part.setAttribute(name, value.replace("#", "#copy-"));
    }
  }
  return copy;
}

let enlargedOf = null; // the figure that is shown
const heading = h("h2", { id: "enlarged-title" });
export const VIEWS = ["figure", "data", "sources"]; // the drawing first
const sheets = VIEWS.map((name) => h("div", { id: `sheet-${name}`, role: "tabpanel", tabindex: "0", "aria-labelledby": `tab-of-${name}`, hidden: true }));
const sheetTabs = tabbed(
  VIEWS.map((name, at) => ({ id: `tab-of-${name}`, said: say.tabs[name], controls: sheets[at].id })), say.enlarge,
  (chosen) => sheets.forEach((sheet, at) => (sheet.hidden = at !== chosen)));
const action = (name, press, more = {}) => h("button", { type: "button", class: "take", onclick: press, ...more }, name);
const enlarged = h("dialog", { class: "enlarged", "aria-labelledby": "enlarged-title", "data-ordinal": true },
  h("div", { class: "bar" }, heading, action("×", () => enlarged.close(), { "aria-label": say.close })),
  h("div", { class: "bar" }, sheetTabs.list,
    h("div", { class: "files" }, action("SVG", () => saveSvg(enlargedOf)), action("PNG", () => savePng(enlargedOf)))),
  sheets);
document.body.append(enlarged);

enlarged.addEventListener("click", ({ target }) => {
  if (target === enlarged || target.closest("[data-fact], a")) enlarged.close(); // on to its panel, or where a link leads
});
enlarged.addEventListener("close", () => {
  hideTip();
  sheets.forEach((sheet) => sheet.replaceChildren());
});

/** A figure's drawing, what it plots, or whom that is from. */
export function contentOf(graphic, view) {
  if (view === "figure") return [h("div", { class: "graphic" }, copyOf(graphic.querySelector("svg.wide") ?? graphic.querySelector("svg")))];
  const whole = view === "data" ? graphic.closest("figure").nextElementSibling?.querySelector(".table") : sourceOf(graphic);
  const sources = view === "sources" && h("ul", { class: "list" }, documentsOf(graphic.dataset.fact));
  return [whole && copyOf(whole), sources].filter(Boolean);
}

function enlarge(graphic) {
  enlargedOf = graphic;
  heading.textContent = captionOf(graphic);
  VIEWS.forEach((view, at) => sheets[at].append(...contentOf(graphic, view)));
  sheetTabs.choose(0);
  enlarged.showModal();
}

for (const graphic of document.querySelectorAll("main figure .graphic")) {
  const open = action(say.enlarge, () => enlarge(graphic), { "aria-label": `${say.enlarge} ${captionOf(graphic)}` });
  const tools = graphic.closest("figure").nextElementSibling?.querySelector(".tools");
  graphic.after(h("div", { class: "figure-tools" }, open));
  tools?.append(action("SVG", () => saveSvg(graphic)), action("PNG", () => savePng(graphic)));
}
