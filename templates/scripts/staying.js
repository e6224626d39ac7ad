/* Staying: where the screen gets another width, as a phone that is turned, the reader stays at the
 * same words: at the number that is traced where it can be seen, else at what is being read.
 */

import { onScreen } from "./stops.js";

const QUIET = 150; // milliseconds without scrolling after which the reader reads
const WORDS = "header, main :is(h1, h2, h3, p, li, tr, figure, summary)";

let held = null; // what is being read, and how far down the screen, of its height
let widthHeld = innerWidth;
let hold = 0; // the timer, or 0
let moving = false; // between another width and the same words

/** Look where the reader is; between two paragraphs, at the one below. */
function lookWhere() {
  hold = 0;
  const below = [1 / 3, 2 / 5, 1 / 2].flatMap((part) => document.elementsFromPoint(innerWidth / 2, innerHeight * part));
  const found = [...document.querySelectorAll("main .traced")].find(onScreen) ?? below.map((one) => one.closest(WORDS)).find(Boolean);
  held = found ? [found, found.getBoundingClientRect().top / innerHeight] : held;
}

/** Scroll to the same words; of what is not shown at this width, to what it is part of. */
function stay() {
  let at = held[0];
  while (at && !at.getClientRects().length) at = at.parentElement;
  if (at) {
    scrollBy({ top: at.getBoundingClientRect().top - held[1] * innerHeight, behavior: "instant" });
    if (at.matches(".traced")) at.scrollIntoView({ block: "nearest", behavior: "instant" }); // beside the panel
  }
  moving = false;
}

addEventListener("scroll", () => {
  if (moving) return;
  clearTimeout(hold);
  hold = setTimeout(lookWhere, QUIET);
}, { passive: true });
addEventListener("resize", () => {
  if (innerWidth === widthHeld) return;
  widthHeld = innerWidth;
  clearTimeout(hold);
  if (!held || moving) return;
  moving = true;
  requestAnimationFrame(() => requestAnimationFrame(stay)); // tables are fitted in between
});
