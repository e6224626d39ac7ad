/* Panel: opens on a number, a cell or a mark, and says where it comes from.
 *
 * Each value that is opened is a step in the browser's history, whose state names it: Back goes
 * from one to the one before, and from the first to the page without a panel.
 */

import { aboutValue } from "./about.js";
import { addressOf, asked, fragment } from "./address.js";
import { h, onEscape } from "./dom.js";
import { fitIn } from "./fit.js";
import { unfold } from "./fold.js";
import { idAt, inSight, placesOf, say, titleOf, valueOf } from "./lineage.js";
import { nearestStop, onScreen, stopOf } from "./stops.js";
import { toClipboard } from "./taking.js";

const title = h("h2", { id: "panel-title", tabindex: "-1" });
const inside = h("div", { class: "inside" });
const said = h("span", { role: "status" });
const take = h("button", { type: "button", class: "copy", onclick: copy }, say.copy);
const shut = h("button", { type: "button", class: "close", "aria-label": say.close, onclick: close }, "×");
const step = (by, sign, name) => h("button", { type: "button", class: "step", "aria-label": name, title: name, onclick: () => along(by) }, sign);
// Its digits are those of the lineage: the whole panel is exempt from the rule for pages.
const panel = h(
  "div",
  { id: "panel", class: "panel", role: "dialog", "aria-labelledby": "panel-title", "data-ordinal": true, hidden: true },
  h("div", { class: "bar" }, title, h("div", {}, said, step(-1, "‹", say.previous), step(1, "›", say.next), take, shut)),
  inside,
);
document.body.append(panel);

let traced = ""; // the value in the panel, "" while it is shut
let opener = null; // where it was opened

/** Note in the history what the panel shows: in a step of its own, or in the present one. */
function note(id, own) {
  history[own ? "pushState" : "replaceState"]({ traced: id }, "", own || wanted() ? addressOf(id) : location.href);
}

const untrace = () => document.querySelectorAll(".traced").forEach((place) => place.classList.remove("traced"));

function present(id, from) {
  opener = from ?? opener;
  traced = id;
  title.textContent = titleOf(id);
  said.textContent = "";
  inside.replaceChildren(...aboutValue(id, reveal));
  inside.scrollTop = 0;
  panel.hidden = false;
  document.documentElement.classList.add("tracing");
  untrace();
  placesOf(id).forEach((place) => place.classList.add("traced"));
  title.focus({ preventScroll: true });
}

/** Shut the panel. The focus goes to the number where the reader is. */
function dismiss() {
  const near = [opener, ...placesOf(traced).map(stopOf)].find((stop) => stop && onScreen(stop));
  panel.hidden = true;
  document.documentElement.classList.remove("tracing");
  untrace();
  [traced, opener] = ["", null];
  (near ?? nearestStop() ?? document.querySelector("main")).focus({ preventScroll: true });
}

export function show(id, from) {
  if (asked("fact") !== id) note(id, true);
  present(id, from);
  from?.scrollIntoView({ block: "nearest" }); // a sheet leaves it in sight: its room is scroll-padding
}

function close() {
  note("", asked("fact") !== "");
  dismiss();
}

/** The address of the value in the panel, for somebody else to open. */
async function copy() {
  await toClipboard(addressOf(traced), panel);
  said.textContent = say.copied;
}

/** Open what hides an element. */
export function reveal(element) {
  for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) {
    at.open = true;
    fitIn(at); // so that what is scrolled to stays where it is
  }
  unfold(element);
  element.dispatchEvent(new Event("reveal", { bubbles: true })); // to whom it may be hidden by
}

/** Scroll a place to the middle; of heads that stick to the screen, what stands above them. */
function toMiddle(place, behavior = "auto") {
  const head = place.closest("thead");
  const sticks = head && getComputedStyle(head).position === "sticky";
  ((sticks && head.previousElementSibling) || place).scrollIntoView({ block: "center", behavior });
}

/** Bring a place to the middle of the screen. */
export function bring(place) {
  reveal(place);
  toMiddle(place);
}

/** Go to where a value is printed first, and open its panel. */
export function jump(id) {
  const [first] = placesOf(id);
  show(id, first && stopOf(first));
  if (first) bring(first);
}

/** The number before or after the one that is traced, in reading order; of what is folded on a phone too. */
function along(by) {
  const places = [...document.querySelectorAll("header [data-fact]:not(.graphic), main [data-fact]:not(.graphic)")]
    .filter((place) => inSight(place) && !place.closest("a, [hidden], details:not([open])"));
  const at = places.indexOf(places.includes(opener) ? opener : placesOf(traced)[0]);
  const rest = by > 0 ? places.slice(at + 1) : places.slice(0, Math.max(at, 0)).reverse();
  const next = rest.find((place) => idAt(place) !== traced && valueOf(idAt(place)));
  if (!next) return;
  show(idAt(next), stopOf(next) ?? next);
  bring(next);
}

/** The value that the address asks for, if there is one. */
export function wanted() {
  const id = asked("fact");
  return id && valueOf(id) ? id : "";
}

/** Go to what a plain anchor names, where it is hidden or was until now: browsers open details themselves. */
function toAnchor() {
  const at = document.getElementById(fragment().slice(1));
  if (!at || (at.checkVisibility() && !at.closest("details"))) return;
  reveal(at);
  at.scrollIntoView();
}

/** The address is another one: by a link, by hand, or by a step in the history. */
function arrive() {
  const back = history.state?.traced; // undefined where nobody has been yet
  const id = back ?? (wanted() || traced);
  if (back === undefined) note(id, false);
  if (!wanted()) toAnchor();
  if (id === "") return panel.hidden || dismiss();
  const [first] = back === undefined && id !== traced && panel.hidden ? placesOf(id) : [];
  if (id !== traced) present(id, first && stopOf(first));
  if (first) bring(first);
  return true;
}

/** Open what the address asks for, once nothing above it moves any more. */
export function begin() {
  const place = () => (wanted() ? placesOf(wanted())[0] : document.getElementById(fragment().slice(1)));
  arrive();
  const settle = () => {
    const at = place();
    if (!at) return;
    reveal(at);
    if (wanted()) toMiddle(at, "instant");
    else at.scrollIntoView({ behavior: "instant" });
  };
  settle();
  document.fonts.ready.then(settle);
}

/** The mark of a drawing that was clicked beside it, by less than half a finger's width. */
export function markNear(svg, { clientX: x, clientY: y }) {
  let [found, least] = [null, 12];
  for (const mark of svg?.querySelectorAll("[data-fact]") ?? []) {
    const box = mark.getBoundingClientRect();
    const [across, down] = [Math.max(box.left - x, x - box.right, 0), Math.max(box.top - y, y - box.bottom, 0)];
    const away = Math.hypot(across, down);
    if (away < least) [found, least] = [mark, away];
  }
  return found;
}

document.addEventListener("click", (event) => {
  const own = event.target.closest("[data-fact]");
  const place = (own?.matches(".graphic") && markNear(event.target.closest("svg"), event)) || own;
  if (!place || event.target.closest("a, summary, button") || String(getSelection())) return;
  show(idAt(place), stopOf(place));
});
onEscape(() => panel.hidden || close());
addEventListener("hashchange", arrive);
