/* Palette: one place to look for anything, opened by "/" or the button in the contents.
 *
 * It searches names, printed numbers, ids, locators and file:line of values, and headings, captions
 * and sentences, in any writing: full-width digits, spaces and thousands separators do not matter.
 * What its filters mean is what the page marks: flags of values, and claims that a rounding may turn.
 */

import { h, inPortions, toggle } from "./dom.js";
import { cellsOf, flagsOf, idAt, isNumber, lineage, printed, raised, say, titleOf, valueOf, words } from "./lineage.js";
import { bring, jump } from "./panel.js";

const PORTION = 20; // results listed at once
const PLACES = ["heading", "figure", "table"];
const SLICE = 8; // milliseconds that are taken at once to get ready
const AROUND = 24; // characters of a sentence before and after what was found

/** How a text is compared: one writing of digits and letters, no blanks, no thousands separators. */
export const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+|(?<=\d),(?=\d{3}(?!\d))/g, "");

/** A thing that can be found: its kind, what it is found by, its flags, and what opening it does. */
function valueEntry(id) {
  const value = valueOf(id);
  const { claim, txt } = value;
  const cells = cellsOf(id);
  const by = cells.map(({ table, line, key, cells: { locator = "" } }) => `${table.path}:${line} ${key} ${locator}`);
  const flags = claim && !claim.robust ? [...flagsOf(id), "fragile"] : flagsOf(id);
  return {
    kind: claim ? "claim" : isNumber(value) ? "value" : "text", title: titleOf(id), told: printed(id), exact: plain(txt), flags,
    text: plain(`${titleOf(id)}${printed(id)} ${id} ${by.join(" ")}`), open: () => jump(id),
  };
}

function placeEntry(kind, element) {
  const text = element.textContent.trim();
  const open = () => {
    bring(element);
    element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
  };
  return { kind, title: text, told: "", exact: "", flags: [], text: plain(text), open };
}

const commands = []; // what the page can do
/** All that can be found, one after the other. */
function* listing() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const ids = new Set(all("main [data-fact]:not(.graphic), main [data-claim], header [data-fact]").map(idAt));
  for (const one of all("main :is(h1, h2, h3)")) yield placeEntry("heading", one);
  for (const one of all("main figcaption")) yield placeEntry("figure", one);
  for (const one of all("main .table:not(.data .table) caption")) yield placeEntry("table", one);
  for (const id of ids) if (valueOf(id)) yield valueEntry(id);
  for (const one of all("main :is(p, li):not(.source, .data *, .explorer *, caption *)")) yield placeEntry("sentence", one);
}

const whenIdle = window.requestIdleCallback ?? ((work) => setTimeout(work));
const entries = [];
const rest = listing(); // what is not among the entries yet

/** Every entry, what the page can do first; those that are missing are made now. */
function everything() {
  entries.push(...rest);
  return [...commands, ...entries];
}

/** Make entries while nobody waits, a few at a time, so that the first key finds them there. */
function prepare() {
  for (const end = performance.now() + SLICE; performance.now() < end; ) {
    const { value, done } = rest.next();
    if (done) return;
    entries.push(value);
  }
  whenIdle(prepare);
}

/** Something that the page can do, found by its name. */
export const addCommand = (name, press) => commands.push({ kind: "command", title: name, told: "", exact: "", flags: [], text: plain(name), open: press });

const chosen = new Set(); // flags that are asked for

/** How well an entry answers, best first: printed, called or headed so, beginning so, called like it, saying so. */
function rank({ exact, title, kind }, parts) {
  const [name, asked] = [plain(title), parts.join("")];
  const called = name.startsWith(asked);
  if (parts.includes(exact) || name === asked || (called && PLACES.includes(kind))) return 0;
  if (exact && parts.some((part) => exact.startsWith(part))) return 1;
  return called ? 2 : kind === "sentence" ? 4 : 3;
}

/** Entries that match: each of several words must be found, and each chosen flag raised. */
function matching(query) {
  const parts = query.split(/\s+/).map(plain).filter(Boolean);
  const fits = ({ text, flags }) => parts.every((part) => text.includes(part)) && [...chosen].every((flag) => flags.includes(flag));
  const found = everything().filter(fits).map((entry, at) => [rank(entry, parts), at, entry]);
  return found.sort((one, other) => one[0] - other[0] || one[1] - other[1]).map(([, , entry]) => entry);
}

/** The part of a sentence around what was found. */
function extract(text, query) {
  const at = text.indexOf(query);
  if (at < 0 || text.length <= 3 * AROUND) return text.slice(0, 3 * AROUND);
  const from = Math.max(0, at - AROUND);
  return `${from ? "…" : ""}${text.slice(from, at + query.length + AROUND)}…`;
}

const box = h("input", { type: "search", id: "search", placeholder: say.search, autocomplete: "off", "aria-label": say.search });
const status = h("p", { role: "status", class: "results-status" });
const results = h("ul", { class: "results" });
const filters = h("div", { class: "filters", role: "group", "aria-label": say.filters });
const shutter = h("button", { type: "button", class: "close", "aria-label": say.close, onclick: () => palette.close() }, "×");
const palette = h("dialog", { id: "palette", class: "palette", "aria-label": say.search, "data-ordinal": true },
  h("div", { class: "search" }, box, shutter), filters, status, results);

function item(entry, query) {
  const open = () => {
    palette.close();
    entry.open();
  };
  return h("li", {}, h("button", { type: "button", onclick: open }, h("small", {}, say.kinds[entry.kind]), " ",
    h("span", {}, entry.kind === "sentence" ? extract(entry.title, query) : entry.title), " ", h("strong", {}, entry.told)));
}

function look() {
  const query = box.value.trim();
  results.replaceChildren();
  status.textContent = "";
  if (!query && !chosen.size) return;
  const found = matching(query);
  const told = (upTo) => {
    status.textContent = found.length ? `${upTo} / ${found.length}` : say.none;
  };
  inPortions(results, found, (entry) => item(entry, query), { size: PORTION, stop: "button", said: say.more, told });
}

function filter(flag, name) {
  const set = (on) => {
    chosen[on ? "add" : "delete"](flag);
    look();
  };
  return toggle(name, set, { "data-flag": flag });
}

/** Open the palette, ready for a word. */
export function open() {
  if (palette.open) return;
  palette.showModal();
  box.select();
}

filters.append(
  ...raised.map((flag) => filter(flag, words.flag[flag])),
  ...(Object.values(lineage.claims).some(({ robust }) => !robust) ? [filter("fragile", say.fragile_claims)] : []),
);
box.addEventListener("input", look);
palette.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter" && event.target === box) {
    results.querySelector("button")?.click();
    event.preventDefault(); // what gets the focus is not pressed as well
  }
  if (!step) return;
  const stops = [box, ...results.querySelectorAll("button")];
  stops[stops.indexOf(document.activeElement) + step]?.focus();
  event.preventDefault();
});
palette.addEventListener("click", ({ target }) => target === palette && palette.close()); // beside it
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select");
  if ((event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    open();
  }
});
document.body.append(palette);
whenIdle(prepare);
