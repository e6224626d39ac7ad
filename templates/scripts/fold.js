/* Fold: on a phone, where rows are cards, a register shows its first rows, and a button the others.
 *
 * A rule of style folds by place, so the first rows of whatever order there is are shown. It holds
 * for cards on a screen: elsewhere, on paper and without scripts all rows stand.
 */

import { h } from "./dom.js";
import { say } from "./lineage.js";

const MANY_CARDS = 8; // rows that one looks through as cards
const BEYOND = "tbody ~ tbody tr, tbody tr:nth-child(n + 5)"; // what stands after the first

const foldRule = BEYOND.split(", ").map((part) => `.cards.folded ${part}`).join(", ");
document.head.append(h("style", { media: "screen" }, `${foldRule} { display: none !important; }`));

const folds = new Map(); // home of a table → the button below it
const beyond = (home) => [...home.querySelectorAll(BEYOND)];

/** Show the first rows of a table alone, or all; of one that never folds, nothing. */
export function fold(home, on) {
  const button = folds.get(home);
  if (!button) return;
  home.classList.toggle("folded", on);
  button.setAttribute("aria-expanded", String(!on));
  button.textContent = on ? `${say.unfold} ${beyond(home).length} ${say.rows}` : say.fold;
}

/** Open the fold that hides an element. */
export function unfold(element) {
  if (element.closest(BEYOND)) fold(element.closest(".folded"), false);
}

/** The focus goes to the first row that comes, or stays at the button where they go. */
function turn(home) {
  const on = !home.matches(".folded");
  fold(home, on);
  if (on) return folds.get(home).scrollIntoView({ block: "center" });
  const [first] = beyond(home);
  first.setAttribute("tabindex", "-1");
  return first.focus();
}

for (const home of document.querySelectorAll("main .table:not(.data .table)")) {
  if (home.querySelectorAll("tbody tr").length <= MANY_CARDS) continue;
  const button = h("button", { type: "button", class: "take unfold", "data-ordinal": true, onclick: () => turn(home) });
  folds.set(home, button);
  home.append(button);
  fold(home, true);
}
