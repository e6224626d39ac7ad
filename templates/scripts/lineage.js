/* Lineage: what the page knows about its values, embedded by panel.py, and how to ask for it.
 *
 * A value goes by its id. A text is its cell, so its id is table.column.key; the id of a claim
 * begins with "claim:".
 */

/** What an element of the page carries: JSON, deflated and in base64. */
async function unpacked(id) {
  const bytes = Uint8Array.from(atob(document.getElementById(id).textContent), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

export const lineage = await unpacked("lineage");
export const words = lineage.words;
export const say = words.panel;

/** A raw row: its table, line, key and cells by column. */
const rows = lineage.rows.map(([table, line, key, ...cells], number) => ({
  table: lineage.tables[table],
  line,
  key,
  cells: Object.fromEntries(cells.map((text, at) => [lineage.tables[table].columns[at], text])),
  flags: lineage.flags[number] ?? "",
}));
const rowNumbers = new Map(rows.map(({ table, key }, number) => [`${table.name} ${key}`, number]));

/** The id that a parent's number or cell stands for. */
export function idOf(parent) {
  if (typeof parent === "number") return lineage.ids[parent];
  const [row, column] = parent.split(".");
  return `${rows[row].table.name}.${column}.${rows[row].key}`;
}

export const known = new Map(
  lineage.ids.map((id, at) => {
    const value = lineage.values[at];
    const flags = value.src ? value.src.map(([row]) => rows[row].flags).join(" ") : value.flags;
    return [id, { src: [], ...value, in: (value.in ?? []).map(idOf), flags }];
  }),
);
for (const [name, claim] of Object.entries(lineage.claims)) {
  const facts = claim.in.map(idOf);
  known.set(`claim:${name}`, { op: "claim", src: [], claim, txt: claim.txt, in: facts, flags: "" });
}

/** The value of an id, undefined where the page has none. */
export function valueOf(id) {
  if (!known.has(id)) {
    const [table, column, ...key] = id.split(".");
    const row = rowNumbers.get(`${table} ${key.join(".")}`);
    const txt = rows[row]?.cells[column];
    if (txt) known.set(id, { txt, op: "text", src: [[row, column]], in: [], flags: rows[row].flags });
  }
  return known.get(id);
}

/** What calls for caution about a value or its inputs. */
export function flagsOf(id) {
  const { claim, flags, in: parents } = valueOf(id);
  const own = claim ? parents.flatMap(flagsOf) : (flags ?? "").split(" ");
  return [...new Set(own)].filter(Boolean);
}

/** Flags that a number of the page raises. */
export const raised = Object.keys(words.flag).filter((flag) => document.querySelector(`main [data-sign*="${words.sign[flag]}"]`));

/** How a value was made, in words; of a claim, what it tests. */
export function howMade(id) {
  const { op, claim } = valueOf(id);
  return claim ? words.test[claim.test] ?? claim.test : words.op[op] ?? op;
}

/** Raw cells that a value was recorded from: their rows, the column and its text. */
export const cellsOf = (id) =>
  valueOf(id).src.map(([row, column]) => ({ ...rows[row], column, text: rows[row].cells[column] }));

/** Every value that `id` was made from, itself first. */
export function ancestry(id) {
  const seen = new Set([id]);
  for (const one of seen) valueOf(one).in.forEach((parent) => seen.add(parent));
  return [...seen];
}

/** Whether a value is a number, which may have a comparator. */
export const isNumber = ({ name, text }) => Boolean(name) && !text;

/** The value as printed: a number with the word for its comparator and its unit. */
export function printed(id) {
  const { txt, unit } = valueOf(id);
  const comparator = cellsOf(id)[0]?.cells.comparator;
  return `${(isNumber(valueOf(id)) && words.comparator[comparator]) || ""}${txt}${unit ? ` ${unit}` : ""}`;
}

/** What a figure or table is called where it stands; of other values their name. */
export function titleOf(id) {
  const [subject, kind, name] = id.split(".");
  const whole = { figure: `figure:has(#fig-${name}) figcaption`, table: `#tab-${name} caption` }[kind];
  if (whole && subject === "report") return document.querySelector(whole)?.textContent ?? id;
  const { claim, name: given } = valueOf(id);
  const [cell] = cellsOf(id);
  return given ?? (claim ? say.claim : cell ? `${cell.table.title} ${say.line} ${cell.line}` : id);
}

/** The id that an element of the page speaks of. */
export const idAt = (place) => (place.dataset.claim ? `claim:${place.dataset.claim}` : place.dataset.fact);

/** Whether a place is in no drawing, or in the one of two that is shown. */
const shown = (place) => place.closest(".graphic > svg")?.getClientRects().length !== 0;

/** Elements that print a value, in reading order; the contents only repeat headings. */
export function placesOf(id) {
  const claim = id.startsWith("claim:");
  const found = claim ? `[data-claim="${id.slice(6)}"]` : `[data-fact="${id}"]:not([data-claim], .graphic)`;
  return [...document.querySelectorAll(found)].filter((place) => !place.closest(".contents") && shown(place));
}
