/* Keyboard: arrow keys between the numbers of a section, figure or table; Enter opens one. */

import { idAt } from "./lineage.js";
import { reveal, show } from "./panel.js";
import { GROUPS, groups } from "./stops.js";

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
    reveal(next);
    next.focus();
  }
  event.preventDefault();
});
