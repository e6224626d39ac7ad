/* Fold: on a phone a table shows its first rows, and a part whose heading says what was found keeps
 * the tables and figures that show it for who asks; a button brings the rest.
 *
 * Rules of style fold by place, so the first rows of whatever order there is are shown. They hold
 * for a narrow screen: elsewhere, on paper and without scripts all stands. What leads to a place
 * that is folded away opens it.
 */

import { h, toggle } from "./dom.js";
import { fitIn } from "./fit.js";
import { say } from "./lineage.js";

const FEW_ROWS = 3; // of a table that stands whole
const BEYOND = ["tbody ~ tbody tr", "tbody tr:nth-child(n + 3)"].map((row) => `${row}:not(.total)`).join(", "); // after the first of more
const PHONE = "screen and (max-width: 44rem)";
const EVIDENCE = ".table, figure";

const foldRule = BEYOND.split(", ").map((part) => `.folded ${part}`).join(", ");
document.head.append(h("style", { media: PHONE }, `${foldRule}, .cards.folded thead, .put-away { display: none !important; }`));

const folds = new Map(); // home of a table → the button below it
const parts = new Map(); // heading → what stands below it, up to the next
const beyond = (home) => [...home.querySelectorAll(BEYOND)];

/** Show the first rows of a table alone, or all; of one that never folds, nothing. */
export function fold(home, on) {
  const button = folds.get(home);
  if (!button) return;
  home.classList.toggle("folded", on);
  button.setAttribute("aria-expanded", String(!on));
  button.textContent = on ? `${say.unfold} ${beyond(home).length} ${say.rows}` : say.fold;
}

/** Show the heading of a part alone, or all of it, with its tables as its room asks. */
function putAway(head, on) {
  parts.get(head).forEach((one) => one.classList.toggle("put-away", on));
  head.querySelector(".part").setAttribute("aria-expanded", String(!on));
  if (!on) parts.get(head).forEach(fitIn);
}

/** Show all rows of a table, set as its room asks now: one of them may be scrolled to. */
function bringRows(home) {
  if (!folds.has(home)) return;
  fold(home, false);
  fitIn(home);
}

/** Open the folds that hide an element. */
export function unfold(element) {
  const away = element.closest(".put-away");
  if (away) putAway([...parts.keys()].find((head) => parts.get(head).includes(away)), false);
  if (element.closest(`${BEYOND}, thead`)) bringRows(element.closest(".folded"));
}

/** The focus goes to the first row that comes, or stays at the button where they go. */
function turn(home) {
  if (!home.matches(".folded")) {
    fold(home, true);
    return folds.get(home).scrollIntoView({ block: "center" });
  }
  bringRows(home);
  const [first] = beyond(home);
  first.setAttribute("tabindex", "-1");
  return first.focus();
}

for (const home of document.querySelectorAll("main .table:not(.data .table)")) {
  if (home.querySelectorAll("tbody tr").length <= FEW_ROWS) continue;
  const button = h("button", { type: "button", class: "take unfold", "data-ordinal": true, onclick: () => turn(home) });
  folds.set(home, button);
  home.append(button);
  fold(home, true);
}

/** What stands below a heading, up to the next; the sliders have a heading of their own. */
function below(head) {
  const found = [];
  for (let at = head.nextElementSibling; at && !at.matches("h2, h3"); at = at.nextElementSibling) found.push(at);
  return found.filter((one) => !one.matches(".explorer"));
}

/** Put away what stands below a heading; a button in it, or a finger on it, brings it. */
export function foldPart(head) {
  parts.set(head, below(head));
  const press = () => putAway(head, !parts.get(head)[0].matches(".put-away"));
  head.append(h("button", { type: "button", class: "part unfold", "aria-label": `${say.unfold_part} ${head.textContent.trim()}`, onclick: press }));
  head.addEventListener("click", ({ target }) => target === head && matchMedia(PHONE).matches && press());
  putAway(head, true);
}

/** Put away the parts of the page, once nothing comes into them any more. */
export function foldParts() {
  for (const head of document.querySelectorAll("main h3")) {
    if (below(head).some((one) => one.matches(EVIDENCE) || one.querySelector(EVIDENCE))) foldPart(head);
  }
}

/** Everything that folds, opened or shut. */
const all = (open) => {
  folds.forEach((_, home) => fold(home, !open));
  parts.forEach((_, head) => putAway(head, !open));
};
export const unfoldAll = toggle(say.unfold_all, all, { class: "take unfold-all" });
