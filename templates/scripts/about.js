/* About: what the panel says of a value. */

import { chainTools } from "./chain.js";
import { h } from "./dom.js";
import { ancestry, cellsOf, citedBy, isNumber, lineage, placesOf, printed, say, valueOf, words } from "./lineage.js";
import { FEW, documentTitle, flagList, term, way } from "./tree.js";

let anchors = 0; // so many places have been given an id

/** Where a place stands, for the list of uses: its figure, table or section. */
function spotOf(place) {
  const data = place.closest("details.data");
  const whole = place.closest("figure, .table:not(.data .table)") ?? data?.previousElementSibling;
  const caption = whole?.querySelector("figcaption, caption");
  if (caption) return caption.textContent;
  if (place.closest("header")) return say.cover;
  return place.closest(".section")?.querySelector("h2")?.textContent ?? "";
}

/** The id of a place; a mark of a narrow drawing is given one when it is needed. */
function anchorOf(place) {
  place.id ||= `place-${(anchors += 1)}`;
  return place.id;
}

function usesOf(id, reveal) {
  const spots = new Map();
  for (const place of placesOf(id)) {
    const spot = spotOf(place).trim();
    spots.set(spot, [...(spots.get(spot) ?? []), place]);
  }
  return [...spots].map(([spot, places]) =>
    h("li", {}, h("a", { href: `#${anchorOf(places[0])}`, onclick: () => reveal(places[0]) }, spot),
      places.length > 1 && ` × ${places.length}`),
  );
}

export function documentsOf(id) {
  const cited = new Map(); // document → locators
  for (const { cells } of ancestry(id).flatMap(cellsOf)) {
    const source = citedBy(cells);
    if (!source) continue;
    if (!cited.has(source)) cited.set(source, new Set());
    for (const one of cells.locator?.split(/[,;] */) ?? []) cited.get(source).add(one);
  }
  return [...cited].map(([source, locators]) => {
    const { publisher, published, grade } = lineage.documents[source];
    const about = [publisher, published ?? say.undated, `${say.document_grade} ${grade} ${words.grade[grade]}`];
    const at = [...locators].slice(0, FEW).join(", ") + (locators.size > FEW ? " …" : "");
    return h("li", {}, documentTitle(source), h("p", {}, about.filter(Boolean).join(" · ")),
      at && h("p", {}, `${say.locator} ${at}`));
  });
}

const part = (heading, list, items) => items.length > 0 && h("section", {}, h("h3", {}, heading), h(list, { class: "list" }, items));

/** What a claim concluded, and how near it is to the opposite. */
function outcomeOf({ outcome, robust, margin, margin_range: range, unit }) {
  const measure = unit === "pp" ? say.pp : unit;
  const bound = (text) => (text.endsWith("Infinity") ? say.infinite : text.replace("-", "−"));
  return [
    term(say.outcome, words.outcome[outcome] ?? outcome),
    term(say.margin, `${bound(margin)} ${measure}`),
    term(say.margin_range, `${bound(range[0])} ${say.to} ${bound(range[1])} ${measure}`),
    term(say.rounding, h("strong", { class: robust ? "" : "flag" }, robust ? say.robust : say.fragile)),
  ];
}

/** What the edition before printed, and what moved it since. */
function since(id) {
  const changed = lineage.before?.values[id];
  if (!changed) return false;
  const [txt, causes, more] = changed;
  const moved = causes.map(([name, share]) => h("li", {}, name, share && ` ${share}`));
  return h("section", { class: "since" }, h("h3", {}, `${say.before} · ${lineage.before.label}`),
    h("p", {}, txt || say.absent),
    causes.length > 0 && [h("p", {}, say.moved_by), h("ul", { class: "list" }, moved)],
    more > 0 && h("p", {}, `${say.others} × ${more}`));
}

/** The whole of it, but for the title. */
export function aboutValue(id, reveal) {
  const value = valueOf(id);
  const { v, u = "", half, claim } = value;
  return [
    h("p", { class: isNumber(value) ? "value" : "value words" }, printed(id)),
    flagList(id),
    h(
      "dl",
      {},
      claim && outcomeOf(claim),
      v && term(say.exact, `${v} ${u}`),
      half && term(say.half, `± ${half} ${u}`),
      term(say.id, h("a", { href: `#fact=${id}` }, id)),
    ),
    chainTools(id),
    since(id),
    h("section", {}, h("h3", {}, say.made), way(id)),
    part(say.documents, "ul", documentsOf(id)),
    part(say.uses, "ul", usesOf(id, reveal)),
  ].filter(Boolean);
}
