/* Grid: a table as rows of values, where each column holds one thing.
 *
 * What a cell prints stays its text. Beside it stand the exact number, its unit and the id of each
 * value in it; a cell that spans columns says so in the first of them alone.
 */

import { idAt, valueOf } from "./lineage.js";

const PARTS = ["exact", "unit", "value_id"];

/** The values of a cell: of one inside another, the inner. */
export const valuesIn = (cell) =>
  [...(cell?.querySelectorAll("[data-fact]") ?? [])].filter((place) => !place.querySelector("[data-fact]"));

/** A cell's words in one line, with a space between values that follow each other. */
export function textIn(cell) {
  if (!cell) return "";
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const { data } = walk.currentNode;
    if (/[\d%]$/.test(found.at(-1) ?? "") && /^[\d<>−-]/.test(data)) found.push(" ");
    found.push(data);
  }
  return found.join("").replace(/\s+/g, " ").trim();
}

/** The exact value, its unit and its id, as the report recorded them. */
export function exactOf(id) {
  const { v, txt = "", u, unit } = valueOf(id) ?? {};
  return [v ?? (/^[−-]?[\d,.]+$/.test(txt) ? txt.replaceAll(",", "").replace("−", "-") : txt), (v ? u : unit) ?? "", id];
}

/** A row's cells by column; what a span covers is empty. */
function byColumn(row, width) {
  const found = [...row.cells].flatMap((cell) => [cell, ...Array(cell.colSpan - 1).fill(null)]);
  return Array.from({ length: width }, (_, column) => found[column] ?? null);
}

/** Names of columns, each another one: of two alike each takes the name before that is alone. */
export function named(heads) {
  const count = (name, names) => names.filter((one) => one === name).length;
  let group = "";
  const told = heads.map((name) => {
    if (count(name, heads) === 1) group = name;
    else if (group) return `${group} ${name}`;
    return name;
  });
  return told.map((name, at) => (count(name, told) > 1 ? `${name} ${count(name, told.slice(0, at + 1))}` : name));
}

/** Whether a row only names those below it. */
export const isGroup = (row) => row.cells.length === 1 && row.cells[0].colSpan > 1;

/** The table as rows of texts, its names first; `rows` are those of its body, in their order. */
export function gridOf(table, rows, group) {
  const heads = [...table.tHead.rows[0].cells];
  const names = named(heads.map(textIn));
  const plainRows = rows.filter((row) => !isGroup(row)).map((row) => byColumn(row, heads.length));
  const counts = heads.map((_, column) => Math.max(0, ...plainRows.map((row) => valuesIn(row[column]).length)));
  const groups = [];
  let now = "";
  for (const row of rows) {
    if (isGroup(row)) now = textIn(row.cells[0]);
    else groups.push(now);
  }
  const grouped = groups.some(Boolean);
  const columns = (name, count) => {
    if (count < 2) return [name, ...(count ? PARTS.map((part) => `${name} ${part}`) : [])];
    const each = Array.from({ length: count }, (_, at) => `${name} ${at + 1}`);
    return [name, ...each.flatMap((one) => [one, ...PARTS.map((part) => `${one} ${part}`)])];
  };
  const cellsFor = (cell, count) => {
    const places = valuesIn(cell);
    const said = Array.from({ length: count }, (_, at) => places[at]);
    const told = said.map((place) => (place ? [textIn(place), ...exactOf(idAt(place))] : ["", "", "", ""]));
    return [textIn(cell), ...told.flatMap((parts) => (count < 2 ? parts.slice(1) : parts))];
  };
  const first = [...(grouped ? [group] : []), ...names.flatMap((name, column) => columns(name, counts[column]))];
  const body = plainRows.map((row, at) => [...(grouped ? [groups[at]] : []), ...row.flatMap((cell, column) => cellsFor(cell, counts[column]))]);
  return [first, ...body];
}
