/* Lineage: what the page knows about its values, embedded by panel.py, and how to ask for it.
 *
 * A value goes by its id. A text is its cell, so its id is table.column.key; the id of a claim
 * begins with "claim:".
 */

/** Bytes that are written in base 85: five signs for four, "." for "<". */
function bytesOf(text) {
  const signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;.=>?@^_`{|}~";
  const worth = new Uint8Array(128);
  [...signs].forEach((sign, at) => (worth[sign.charCodeAt(0)] = at));
  const bytes = new DataView(new ArrayBuffer(Math.ceil(text.length / 5) * 4));
  for (let at = 0, to = 0; at < text.length; at += 5, to += 4) {
    let sum = 0;
    for (let one = at; one < at + 5; one += 1) sum = sum * 85 + (one < text.length ? worth[text.charCodeAt(one)] : 84);
    bytes.setUint32(to, sum);
  }
  return new Uint8Array(bytes.buffer, 0, Math.floor((text.length * 4) / 5));
}

/** What an element of the page carries: JSON, deflated. */
async function unpacked(id) {
  const bytes = bytesOf(document.getElementById(id).textContent);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return JSON.parse(await new Response(stream).text());
}

export const lineage = await unpacked("lineage");
let last = "";
lineage.ids = lineage.ids[1].map((rest, at) => (last = last.slice(0, lineage.ids[0][at]) + rest));
export const words = lineage.words;
export const say = words.panel;

/** Texts of the page by their ids: rows leave out what it prints, so they are looked up there. */
let texts = null;
function textOf(id) {
  texts ??= new Map([...document.querySelectorAll("data[data-fact]:not([data-claim])")].map((one) => [one.dataset.fact, one.value]));
  return texts.get(id);
}

/** A raw row: its table, line, key and cells by column. */
const rows = lineage.rows.map(([table, line, key, ...cells], number) => {
  const about = lineage.tables[table];
  let own = null;
  return {
    table: about,
    line,
    key,
    get cells() {
      own ??= Object.fromEntries(cells.map((text, at) => [about.columns[at], text === 0 ? textOf(`${about.name}.${about.columns[at]}.${key}`) : text]));
      return own;
    },
    flags: lineage.flags[number] ?? "",
  };
});
const rowNumbers = new Map(rows.map(({ table, key }, number) => [`${table.name} ${key}`, number]));

/** The id that a parent's number or cell stands for. */
export function idOf(parent) {
  if (typeof parent === "number") return lineage.ids[parent];
  const [row, column] = parent.split(".");
  return `${rows[row].table.name}.${column}.${rows[row].key}`;
}

/** Ids of parents, which are told by the distance from the one before: of ids, or of a cell's row. */
function parentsFrom(steps) {
  let [at, row] = [0, 0];
  return steps.map((step) => {
    if (typeof step === "number") return idOf((at += step));
    row += step[1];
    return idOf(`${row}.${rows[row].table.columns[step[0]]}`);
  });
}

/** A value, which lies in columns; what it has not is 0 there. */
const columns = Object.entries(lineage.values);
const valueAt = (at) => Object.fromEntries(columns.map(([name, said]) => [name, said[at]]).filter(([, said]) => said !== 0));

export const known = new Map(
  lineage.ids.map((id, at) => {
    const value = valueAt(at);
    const flags = value.src ? value.src.map(([row]) => rows[row].flags).join(" ") : value.flags;
    return [id, { src: [], ...value, in: parentsFrom(value.in ?? []), flags }];
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

/** The document that a raw row cites, "" for none: a row of the register may be all that is known of one. */
export const citedBy = ({ source_id: source }) => (source in lineage.documents ? source : "");

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

const ASKED = 2; // facts that name a claim

/** A claim by what it is about: the first facts that it compares. */
function nameOfClaim({ in: facts }) {
  const named = facts.slice(0, ASKED).map(titleOf).join(say.and);
  return `${say.claim}${say.colon}${named}${facts.length > ASKED ? "…" : ""}`;
}

/** What a figure or table is called where it stands; of other values their name. */
export function titleOf(id) {
  const [subject, kind, name] = id.split(".");
  const whole = subject === "report" && {
    figure: () => document.getElementById(`fig-${name}`)?.closest("figure").querySelector("figcaption"),
    table: () => document.querySelector(`#tab-${name} caption`),
  }[kind];
  if (whole) return whole()?.textContent ?? id;
  const value = valueOf(id);
  if (value.claim) return nameOfClaim(value);
  const [cell] = cellsOf(id);
  return value.name ?? (cell ? `${cell.table.title} ${say.line} ${cell.line}` : id);
}

/** The id that an element of the page speaks of. */
export const idAt = (place) => (place.dataset.claim ? `claim:${place.dataset.claim}` : place.dataset.fact);

/** Whether a place is in no drawing, or in the one of two that this screen shows, folded away or not. */
export function inSight(place) {
  const drawing = place.closest(".graphic > svg");
  return !drawing || getComputedStyle(drawing).display !== "none";
}

/** Elements that print a value, in reading order; the contents only repeat headings. */
export function placesOf(id) {
  const claim = id.startsWith("claim:");
  const found = claim ? `[data-claim="${id.slice(6)}"]` : `[data-fact="${id}"]:not([data-claim], .graphic)`;
  return [...document.querySelectorAll(found)].filter((place) => !place.closest(".contents") && inSight(place));
}
