/* Stops: one tab stop for each section, figure and table; arrow keys lead on from there.
 *
 * Of a figure's two drawings one is hidden, so each has its own.
 */

import { h } from "./dom.js";
import { flagsOf, idAt, printed, say, titleOf, words } from "./lineage.js";

export const GROUPS = ".narrow, figure, .table, details.data, .section, header";
export const groups = new Map(); // group element → its numbers in reading order

/** The element that takes the focus for a number, cell or mark; a label stands for its mark. */
export function stopOf(place) {
  const group = groups.get(place.closest(GROUPS)) ?? [];
  const outer = place.parentElement.closest("[data-claim]");
  return group.find((one) => one === place || one === outer) ?? group.find((one) => idAt(one) === idAt(place));
}

/** Whether something, or the middle of it, can be seen without scrolling. */
export function onScreen(element) {
  const { top, height, width } = element.getBoundingClientRect();
  return width > 0 && top + height / 2 > 0 && top + height / 2 < innerHeight;
}

/** The stop nearest to the middle of the screen; none where none is on it. */
export function nearestStop() {
  const away = (stop) => {
    const { top, bottom } = stop.getBoundingClientRect();
    return Math.abs((top + bottom - innerHeight) / 2);
  };
  const near = [...groups.values()].flat().filter(onScreen).map((stop) => [away(stop), stop]);
  return near.reduce((least, one) => (one[0] < least[0] ? one : least), [Infinity])[1];
}

/** The accessible name of a mark, or of a number that calls for caution. */
function label(place) {
  const id = idAt(place);
  const own = place.closest("svg") ? `${titleOf(id)} ${printed(id)}` : place.textContent;
  const cautions = place.matches(".fragile") ? [say.fragile] : flagsOf(id).map((flag) => words.flag[flag]);
  return [own, ...cautions].join(say.and);
}

/** Whether a mark lies under the whole of its label. */
function covers(mark, text) {
  const [outer, inner] = [mark.getBoundingClientRect(), text.getBoundingClientRect()];
  return outer.left <= inner.left && inner.right <= outer.right && outer.top <= inner.top && inner.bottom <= outer.bottom;
}

function enlist() {
  const twins = [];
  const firsts = new Map(); // group → the first mark of each value in its drawing
  for (const svg of document.querySelectorAll(".graphic > svg")) svg.setAttribute("role", "group");
  for (const place of document.querySelectorAll("header [data-fact], main [data-fact]")) {
    // No button stands in another: the numbers in a claim's words are reached through its panel.
    if (place.matches(".graphic") || place.closest("a") || place.parentElement.closest("[data-claim]")) continue;
    const group = place.closest(GROUPS);
    if (!groups.has(group)) groups.set(group, []);
    const stops = groups.get(group);
    const mark = place.closest("svg");
    if (mark) {
      if (!firsts.has(group)) firsts.set(group, new Map());
      const marks = firsts.get(group);
      const twin = marks.get(place.dataset.fact);
      if (twin) {
        twins.push([place, twin]);
        continue;
      }
      marks.set(place.dataset.fact, place);
    }
    place.setAttribute("role", "button");
    place.setAttribute("aria-haspopup", "dialog");
    place.setAttribute("tabindex", stops.length ? "-1" : "0");
    if (!stops.length) place.setAttribute("aria-describedby", "trace-hint");
    if (mark || place.matches("[data-sign], .fragile")) place.setAttribute("aria-label", label(place));
    stops.push(place);
  }
  // All are measured before any is set, or each would be laid out anew.
  const covered = twins.map(([place, twin]) => covers(twin, place));
  twins.forEach(([place], at) => place.classList.toggle("within", covered[at]));
  document.body.append(h("p", { id: "trace-hint", hidden: true }, say.hint));
}

enlist();
