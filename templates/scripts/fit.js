/* Fit: a table that is wider than its room. On a phone its rows are cards, in which each cell has
 * its head before it; elsewhere it scrolls sideways, and says so.
 *
 * The heads are written by rules of style, one for a column, so that no cell is touched; what the
 * parts of a card are is told by roles, as styles may take away that they are parts of a table.
 */

import { h } from "./dom.js";
import { named, textIn } from "./grid.js";
import { say } from "./lineage.js";

const phone = matchMedia("screen and (max-width: 44rem)");
const ROLES = [["thead, tbody", "rowgroup"], ["tr", "row"], ["thead th", "columnheader"], ["tbody th", "rowheader"], ["td", "cell"]];
const homes = [...document.querySelectorAll("main .table")];
const titles = h("style");
document.head.append(titles);

/** The heads of a table as rules for the cells below them. */
function entitle(home) {
  if (home.dataset.cards) return;
  home.dataset.cards = homes.indexOf(home);
  named([...home.querySelectorAll("thead th")].map(textIn)).forEach((name, at) => {
    const cell = `[data-cards="${home.dataset.cards}"].cards td:nth-child(${at + 1})`;
    titles.sheet.insertRule(`${cell}::before { content: ${JSON.stringify(name)}; }`);
  });
}

function toCards(home, on) {
  if (on) entitle(home);
  home.classList.toggle("cards", on);
  for (const [selector, role] of ROLES) {
    for (const part of home.querySelectorAll(selector)) {
      if (on) part.setAttribute("role", role);
      else part.removeAttribute("role");
    }
  }
}

/** Set a table as its room asks; cards stay so while the screen is narrow. */
function fit(home, wide) {
  if (home.matches(".cards") && phone.matches) return;
  const narrow = wide && phone.matches;
  if (narrow !== home.matches(".cards")) toCards(home, narrow);
  home.classList.toggle("runs", wide && !narrow);
  if (wide && !narrow) home.dataset.cue = say.cue;
}

/* What is folded away is not asked for its place, or a browser lays it out to answer. */
const isShown = (home) => !home.closest("details:not([open])") && home.offsetParent !== null;
const isWide = (home) => isShown(home) && home.scrollWidth > home.clientWidth + 1;
const fitted = (some) => some.map((home) => [home, isWide(home)]).forEach(([home, wide]) => fit(home, wide));

/** Set the tables in a part of the page that can be seen now, before anybody measures it. */
export const fitIn = (part) => fitted(homes.filter((home) => part.contains(home)));

/** Set all tables, now and whenever their room is another. */
export function keepFitting() {
  fitIn(document);
  const watch = new ResizeObserver((changes) => fitted(changes.map(({ target }) => target)));
  homes.forEach((home) => watch.observe(home));
}
