/* Keyboard: one tab stop for each section, figure and table; arrow keys between its numbers.
 *
 * Of a figure's two drawings one is hidden, so each has its own.
 */

const GROUPS = ".narrow, figure, .table, details.data, .section, header";
const groups = new Map(); // group element → its numbers in reading order

/** The element that takes the focus for a number, cell or mark; a label stands for its mark. */
function stopOf(place) {
  const group = groups.get(place.closest(GROUPS)) ?? [];
  const outer = place.parentElement.closest("[data-claim]");
  return group.find((one) => one === place || one === outer) ?? group.find((one) => idAt(one) === idAt(place));
}

/** The accessible name of a mark, or of a number that calls for caution. */
function label(place) {
  const id = idAt(place);
  const own = place.closest("svg") ? `${titleOf(id)} ${printed(id)}` : place.textContent;
  const cautions = place.matches(".fragile") ? [say.fragile] : flagsOf(id).map((flag) => words.flag[flag]);
  return [own, ...cautions].join(say.and);
}

/** Whether a mark lies under the whole of its label. */
function covers(mark, label) {
  const [outer, inner] = [mark.getBoundingClientRect(), label.getBoundingClientRect()];
  return outer.left <= inner.left && inner.right <= outer.right && outer.top <= inner.top && inner.bottom <= outer.bottom;
}

function enlist() {
  for (const svg of document.querySelectorAll(".graphic > svg")) svg.setAttribute("role", "group");
  for (const place of document.querySelectorAll("header [data-fact], main [data-fact]")) {
    // No button stands in another: the numbers in a claim's words are reached through its panel.
    if (place.matches(".graphic") || place.closest("a") || place.parentElement.closest("[data-claim]")) continue;
    const group = place.closest(GROUPS);
    if (!groups.has(group)) groups.set(group, []);
    const stops = groups.get(group);
    const mark = place.closest("svg");
    const twin = mark && stops.find((one) => one.dataset.fact === place.dataset.fact);
    if (twin) {
      place.classList.toggle("within", covers(twin, place));
      continue;
    }
    place.setAttribute("role", "button");
    place.setAttribute("aria-haspopup", "dialog");
    place.setAttribute("tabindex", stops.length ? "-1" : "0");
    if (!stops.length) place.setAttribute("aria-describedby", "trace-hint");
    if (mark || place.matches("[data-flags], .fragile")) place.setAttribute("aria-label", label(place));
    stops.push(place);
  }
  document.body.append(h("p", { id: "trace-hint", hidden: true }, say.hint));
}

/** The nearest number in a row above (step −1) or below (+1) in a table. */
function inRow(stops, place, step) {
  const cell = place.closest("td, th");
  const rows = [...cell.closest("table").rows];
  const column = (stop) => Math.abs(stop.closest("td, th").cellIndex - cell.cellIndex);
  for (let at = rows.indexOf(cell.parentElement) + step; rows[at]; at += step) {
    const found = stops.filter((stop) => rows[at].contains(stop));
    if (found.length) return found.sort((one, other) => column(one) - column(other))[0];
  }
  return null;
}

function target(stops, place, key) {
  const at = stops.indexOf(place);
  const vertical = { ArrowUp: -1, ArrowDown: 1 }[key];
  if (vertical && place.closest("td, th")) return inRow(stops, place, vertical);
  const step = { ArrowLeft: -1, ArrowRight: 1 }[key] ?? vertical;
  if (step) return stops[at + step];
  return { Home: stops[0], End: stops.at(-1) }[key];
}

document.addEventListener("focusin", ({ target: place }) => {
  const stops = groups.get(place.closest?.(GROUPS));
  if (stops?.includes(place)) stops.forEach((one) => one.setAttribute("tabindex", one === place ? "0" : "-1"));
});
document.addEventListener("keydown", (event) => {
  const stops = groups.get(event.target.closest(GROUPS));
  if (!stops?.includes(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" || event.key === " ") show(idAt(event.target), event.target);
  else {
    const next = target(stops, event.target, event.key);
    if (!next) return;
    next.focus();
  }
  event.preventDefault();
});
enlist();
