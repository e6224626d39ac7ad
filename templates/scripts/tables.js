/* Tables: taken away, sorted by a column, and narrowed to the rows that say something. */

import { h, neighbour } from "./dom.js";
import { fold } from "./fold.js";
import { gridOf, isGroup, textIn, valuesIn } from "./grid.js";
import { say } from "./lineage.js";
import { plain } from "./palette.js";
import { groups } from "./stops.js";
import { saveCsv } from "./taking.js";

const LONG = 12; // rows that one looks through without help
const SHORT = 7; // characters of a head that stay in one line
const ORDERS = ["none", "descending", "ascending"]; // of numbers; of words from the first on

const original = new Map(); // body of a table → its rows as the report has them
const rowsIn = (body) => original.get(body) ?? [...body.rows];
const rowsOf = (table) => [...table.tBodies].flatMap(rowsIn);

for (const button of document.querySelectorAll("button[data-table]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const table = document.querySelector(`#${button.dataset.table} table`);
    saveCsv(button.dataset.table.replace("tab-", ""), gridOf(table, rowsOf(table), say.group));
  });
}

/** What a row is sorted by: a number, a text, or nothing where it has no cell of its own there. */
function keyOf(row, column) {
  const cell = row.cells[column];
  if (!cell || cell.colSpan > 1) return null;
  const place = valuesIn(cell)[0];
  const text = textIn(cell);
  const number = place ? Number(place.getAttribute("value")) : Number(text.replaceAll(",", "").replace("−", "-") || NaN);
  return Number.isNaN(number) ? text || null : number;
}

const collator = new Intl.Collator("zh");
const compared = (one, other) =>
  typeof one === "number" && typeof other === "number" ? one - other : collator.compare(String(one), String(other));

/** Rows in runs that stay where they are: groups, sums, and rows whose cells span are apart. */
function sorted(rows, column, sign) {
  const moves = (row) => !isGroup(row) && !row.matches(".total");
  const found = [];
  let run = [];
  const close = () => {
    const keyed = run.map((row, at) => [keyOf(row, column), at, row]);
    const last = (key) => (key === null ? 1 : 0);
    keyed.sort(([a, i], [b, j]) => last(a) - last(b) || (a === null ? 0 : sign * compared(a, b)) || i - j);
    found.push(...keyed.map(([, , row]) => row));
    run = [];
  };
  for (const row of rows) {
    if (moves(row)) run.push(row);
    else {
      close();
      found.push(row);
    }
  }
  close();
  return found;
}

/** Put the rows of a body in an order, and keep the breaks between them where they are. */
function refill(body, column, order) {
  if (!original.has(body)) original.set(body, rowsIn(body));
  const rows = original.get(body);
  const breaks = [...body.rows].map((row) => row.nextSibling).filter((next) => next?.nodeType === Node.TEXT_NODE);
  const now = order === "none" ? rows : sorted(rows, column, order === "ascending" ? 1 : -1);
  now.forEach((row, at) => body.append(row, ...(breaks[at] ? [breaks[at]] : [])));
}

function arrange(table, column, order) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, at) => {
    head.ariaSort = at === column ? order : "none";
  });
  for (const body of table.tBodies) refill(body, column, order);
  const stops = groups.get(table.closest(".table")) ?? groups.get(table.closest("details.data"));
  stops?.sort((one, other) => (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
}

/** The order that a press on a head leads to: numbers from the largest, words from the first. */
function nextOrder(table, column, now) {
  const numbers = rowsOf(table).some((row) => typeof keyOf(row, column) === "number");
  const orders = numbers ? ORDERS : [ORDERS[0], ORDERS[2], ORDERS[1]];
  return orders[(orders.indexOf(now) + 1) % orders.length];
}

/** Heads that sort: one tab stop for all of a table, arrow keys between them. */
function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  const buttons = heads.map((head, column) => {
    const sort = () => arrange(table, column, nextOrder(table, column, head.ariaSort));
    const own = head.querySelector("[data-fact]"); // a value there is a button already
    const name = textIn(head);
    const button = h("button", { type: "button", class: "sort", tabindex: column ? "-1" : "0", title: `${say.sort} ${name}`, "aria-label": own ? `${say.sort} ${name}` : false, onclick: sort });
    if (!own) button.append(...head.childNodes);
    head.append(button);
    head.classList.toggle("wraps", name.length > SHORT);
    head.ariaSort = "none";
    return button;
  });
  table.tHead.addEventListener("keydown", (event) => {
    const next = buttons.includes(event.target) && neighbour(buttons, event.target, event.key);
    if (!next) return;
    buttons.forEach((button) => button.setAttribute("tabindex", button === next ? "0" : "-1"));
    next.focus();
    event.preventDefault();
  });
}

/** A box that leaves the rows which say what is written in it; a group's name leaves its rows. */
function filterable(table) {
  const status = h("span", { role: "status", "data-ordinal": true });
  const narrow = () => {
    const parts = box.value.split(/\s+/).map(plain).filter(Boolean);
    const fits = (row) => parts.every((part) => plain(row.textContent).includes(part));
    fold(table.closest(".table"), !parts.length); // all that fit
    let group = null;
    let count = 0;
    for (const row of rowsOf(table)) {
      if (isGroup(row)) group = row;
      const kept = fits(row) || (group && group !== row && fits(group));
      row.hidden = !kept;
      if (kept && !isGroup(row)) count += 1;
      if (kept && group) group.hidden = false;
    }
    status.textContent = parts.length ? `${count} / ${rowsOf(table).filter((row) => !isGroup(row)).length}` : "";
  };
  const box = h("input", { type: "search", "aria-label": say.narrow, placeholder: say.narrow, autocomplete: "off", oninput: narrow });
  table.closest(".table").before(h("p", { class: "narrowing tools" }, box, status));
}

/** At once, or when what folds it away is opened: browsers lay out a folded part that holds a box to write in. */
function whenOpen(table, act) {
  const folded = table.closest("details:not([open])");
  if (folded) folded.addEventListener("toggle", () => act(table), { once: true });
  else act(table);
}

for (const table of document.querySelectorAll("main .table > table")) {
  if (!table.tHead) continue;
  const count = rowsOf(table).length;
  if (count > 2) sortable(table);
  if (count > LONG) whenOpen(table, filterable);
}
