/* Chain: a value with all it was made from, to take away as a table or as a sentence. */

import { addressOf } from "./address.js";
import { h } from "./dom.js";
import { exactOf } from "./grid.js";
import { ancestry, cellsOf, citedBy, howMade, lineage, printed, say, titleOf, valueOf } from "./lineage.js";
import { saveCsv, toClipboard } from "./taking.js";

const HEADS = ["value_id", "name", "printed", "exact", "unit", "operation", "inputs", "place", "raw", "source"];

/** A document in a few words: its code, who says so, what it is called, and when it was published. */
function documentIn(source) {
  const { code, title, publisher, published } = lineage.documents[source];
  return `[${code}] ${[publisher, title, published ?? say.undated].filter(Boolean).join(say.comma)}`;
}

const sourcesIn = (id) => [...new Set(cellsOf(id).map(({ cells }) => citedBy(cells)).filter(Boolean))].map(documentIn);

/** The value and its ancestry, one in a row, itself first. */
export function chainOf(id) {
  const row = (one) => {
    const { claim, in: parents } = valueOf(one);
    const cells = cellsOf(one);
    const [exact, unit] = claim ? [claim.outcome, ""] : exactOf(one);
    const places = cells.map(({ table, line, column }) => `${table.path}:${line} ${column}`);
    const raw = cells.map(({ text, cells: { unit: measure } }) => [text, measure].filter(Boolean).join(" "));
    return [one, titleOf(one), printed(one), exact, unit, howMade(one), parents.join("; "), places.join("; "), raw.join("; "), sourcesIn(one).join("; ")];
  };
  return [HEADS, ...ancestry(id).map(row)];
}

/** What one writes below a number: what it is, how it was made, whom it is from, and where it stands. */
export function citationOf(id) {
  const sources = [...new Set(ancestry(id).flatMap(sourcesIn))];
  const parts = [
    `${titleOf(id)} ${printed(id)}`,
    document.title,
    `${say.id} ${id}`,
    valueOf(id).in.length > 0 && `${say.made}${say.colon}${howMade(id)}`,
    sources.length > 0 && `${say.documents}${say.colon}${sources.join(say.and)}`,
  ];
  return `${parts.filter(Boolean).join(say.stop)}${say.stop}${addressOf(id)}`;
}

export function chainTools(id) {
  const told = h("span", { role: "status" });
  const cite = async (event) => {
    await toClipboard(citationOf(id), event.target.parentElement);
    told.textContent = say.cited;
  };
  return h("p", { class: "tools chain" },
    h("button", { type: "button", onclick: () => saveCsv(id.replaceAll(/[^\w.-]/g, "_"), chainOf(id)) }, say.chain),
    h("button", { type: "button", onclick: cite }, say.cite), told);
}
