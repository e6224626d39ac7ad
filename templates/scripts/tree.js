/* Tree: a value's way down to raw cells, as nested disclosures. */

import { again, formOf } from "./arithmetic.js";
import { h, inPortions } from "./dom.js";
import { effects } from "./effects.js";
import { ancestry, cellsOf, flagsOf, howMade, lineage, printed, say, titleOf, valueOf, words } from "./lineage.js";

export const FEW = 12; // so many raw cells are shown at once; a longer way is opened step by step
const MANY = 30; // so many branches are listed at once

export const term = (name, ...said) => h("div", {}, h("dt", {}, name), h("dd", {}, ...said));

export function flagList(id) {
  const own = valueOf(id).in.length ? say.inherited : "";
  const items = flagsOf(id).map((flag) => h("li", { class: "flag" }, own + words.flag[flag]));
  return items.length > 0 && h("ul", { class: "flags" }, items);
}

/** A document's title, as a link where it has an address. */
export function documentTitle(document) {
  const { code, title, url } = lineage.documents[document];
  const named = url ? h("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, title) : title;
  return h("span", {}, `[${code}] `, named);
}

/** One raw cell: where it is, what it says, what kind of statement it is, and who says so. */
function rawCell({ table, line, key, cells, column, text }) {
  const source = lineage.documents[cells.source_id];
  const number = lineage.numbers.includes(column);
  const comparator = [cells.comparator, words.comparator[cells.comparator]];
  return h(
    "div",
    { class: "cell", "data-row": key },
    h("p", { class: "place" }, `${table.path}:${line}`),
    h("p", { class: "original" }, number && cells.unit ? `${text} ${cells.unit}` : text),
    h(
      "dl",
      { class: "brief" },
      term(say.row, `${table.key} ${key}`),
      term(say.column, column),
      number && cells.comparator && term(say.comparator, comparator.filter(Boolean).join(" ")),
      cells.kind && term(say.kind, words.kind[cells.kind] ?? cells.kind),
      cells.as_of && term(say.as_of, cells.as_of),
      cells.evidence_grade && term(say.evidence_grade, cells.evidence_grade),
      cells.grade && !cells.evidence_grade && term(say.grade, words.confidence[cells.grade] ?? words.grade[cells.grade]),
      cells.locator && term(say.locator, cells.locator),
      cells.carried_from && term(say.carried_from, cells.carried_from),
    ),
    h(
      "dl",
      {},
      source && term(say.document, documentTitle(cells.source_id), ` ${source.publisher ?? ""}`),
      cells.note && term(say.note, cells.note),
      cells.rationale && term(say.rationale, cells.rationale),
      cells.evidence && term(say.evidence, cells.evidence),
    ),
  );
}

/** Branches in portions, so that a count of hundreds opens at once. */
function portions(ids, branch) {
  const list = h("ul", { class: "tree" });
  inPortions(list, ids, branch, { size: MANY, stop: "summary, a", said: say.more });
  return list;
}

/** How many more are counted, none of which the page prints. */
const unlisted = (count) => h("p", { class: "how" }, `${say.more} ${count} ${say.rest}`);

/** A value and what it was made from; the inside is made when it is first opened. */
function branch(id, open) {
  const value = valueOf(id);
  const node = h(
    "details",
    { class: "node", "data-value": id },
    h(
      "summary",
      {},
      h("span", { class: "name" }, titleOf(id)),
      " ",
      h("strong", {}, printed(id)),
    ),
  );
  const fill = () => {
    if (node.childElementCount > 1) return;
    node.append(
      h("p", { class: "how" }, made(id), " ", h("a", { href: `#fact=${id}` }, say.open)),
      ...[flagList(id), ...cellsOf(id).map(rawCell)].filter(Boolean),
    );
    if (value.in.length) node.append(portions(value.in, (one) => branch(one, open)));
    if (value.rest) node.append(unlisted(value.rest));
  };
  node.addEventListener("toggle", fill);
  if (open) {
    fill();
    node.open = true;
  }
  return h("li", {}, node);
}

/** The operation itself, where a line can show it: a conversion, or its form with numbers put in. */
function formula(id) {
  const { op, txt, unit = "", in: parents } = valueOf(id);
  const [cell] = cellsOf(id);
  if (op === "convert") return cell.text !== txt.replaceAll(",", "") && [`${cell.text} ${cell.cells.unit} → ${printed(id)}`];
  const form = formOf(id);
  if (!form) return false;
  const units = parents.map((one) => valueOf(one).unit);
  const alike = units.every((one) => one === units[0]) && ["", units[0]].includes(unit);
  const operand = (one, at) =>
    h("a", { href: `#fact=${one}`, title: titleOf(one) }, valueOf(one).txt + (alike || !units[at] ? "" : ` ${units[at]}`));
  return [form.map((part) => (typeof part === "number" ? operand(parents[part], part) : part)), ` = ${txt} ${unit}`];
}

/** How a value was made: in words, then the operation itself. */
function made(id) {
  const line = formula(id);
  return [howMade(id), line && h("span", { class: "formula" }, line)];
}

/** The way of a value: how it was made, and its parents or raw cells. */
export function way(id) {
  const { in: parents, rest } = valueOf(id);
  const cells = cellsOf(id);
  const few = ancestry(id).reduce((sum, one) => sum + cellsOf(one).length, 0) <= FEW;
  return [
    h("p", {}, made(id)),
    again(id),
    effects(id),
    parents.length > 0 && [h("h3", {}, say.parents), portions(parents, (one) => branch(one, few))],
    rest > 0 && unlisted(rest),
    cells.length > 0 && [h("h3", {}, say.cells), cells.map(rawCell)],
  ];
}
