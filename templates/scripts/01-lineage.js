/* Lineage: what the page knows about its values, embedded by panel.py, and how to ask for it. */

const lineage = JSON.parse(document.getElementById("lineage").textContent);
const words = lineage.words;
const say = words.panel;

/** An element with attributes, listeners (on…) and children; texts never become markup. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child));
  return element;
}

const valueOf = (id) => lineage.values[id];
const parentsOf = (id) => valueOf(id).in ?? [];

/** Raw cells that a value was recorded from: its rows, the column, the cell's own text. */
const cellsOf = (id) =>
  (valueOf(id).src ?? []).map(([row, column, text]) => ({
    ...lineage.rows[row],
    column,
    text: text ?? valueOf(id).v ?? valueOf(id).txt,
  }));

/** Every value that `id` was made from, itself first. */
function ancestry(id) {
  const seen = new Set([id]);
  for (const one of seen) parentsOf(one).forEach((parent) => seen.add(parent));
  return [...seen];
}

/** The value as printed, with the words for its comparator and its unit. */
function printed(id) {
  const { txt, unit } = valueOf(id);
  const comparator = cellsOf(id)[0]?.comparator;
  const number = valueOf(id).name ? words.comparator[comparator] ?? "" : "";
  return `${number}${txt}${unit ? ` ${unit}` : ""}`;
}

/** What a figure or table is called where it stands; of other values their name. */
function titleOf(id) {
  const [, kind, name] = id.split(".");
  const whole = { figure: `figure:has(#fig-${name}) figcaption`, table: `#tab-${name} caption` }[kind];
  if (whole && id.startsWith("report.")) return document.querySelector(whole)?.textContent ?? id;
  if (valueOf(id).name) return valueOf(id).name;
  const [cell] = cellsOf(id);
  return cell ? `${lineage.tables[cell.table].title} ${cell.key}` : id;
}

/** Elements that print a value, in reading order; the contents only repeat headings. */
const placesOf = (id) =>
  [...document.querySelectorAll(`[data-fact="${id}"]`)].filter(
    (place) => !place.closest(".contents") && !place.matches(".graphic"),
  );
