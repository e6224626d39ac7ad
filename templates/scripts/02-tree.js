/* Tree: a value's way down to raw cells, as nested disclosures. */

const FEW = 12; // so many raw cells are shown at once; a longer way is opened step by step
const MANY = 30; // so many branches are listed at once

const term = (name, ...said) => h("div", {}, h("dt", {}, name), h("dd", {}, ...said));

function flagsOf(id) {
  const derived = parentsOf(id).length > 0;
  return (valueOf(id).flags ?? []).map((flag) =>
    h("li", { class: `flag ${flag}` }, derived ? `${say.inherited}${words.flag[flag]}` : words.flag[flag]),
  );
}

/** A document's title, as a link where it has an address. */
function documentTitle(document) {
  const { title, url } = lineage.documents[document];
  return url ? h("a", { href: url, rel: "noreferrer noopener", target: "_blank" }, title) : title;
}

/** One raw cell: where it is, what it says, what kind of statement it is, and who says so. */
function rawCell(cell) {
  const { path, key } = lineage.tables[cell.table];
  const source = lineage.documents[cell.document];
  const comparator = [cell.comparator, words.comparator[cell.comparator]];
  return h(
    "div",
    { class: "cell", "data-row": cell.key },
    h("p", { class: "place" }, `${path}:${cell.line}`),
    h("p", { class: "original" }, [cell.text, cell.unit].filter(Boolean).join(" ")),
    h(
      "dl",
      { class: "brief" },
      term(say.row, `${key} ${cell.key}`),
      term(say.column, cell.column),
      cell.comparator && term(say.comparator, comparator.filter(Boolean).join(" ")),
      cell.kind && term(say.kind, words.kind[cell.kind] ?? cell.kind),
      cell.as_of && term(say.as_of, cell.as_of),
      cell.grade && term(say.grade, words.confidence[cell.grade] ?? words.grade[cell.grade]),
      cell.locator && term(say.locator, cell.locator),
      cell.carried_from && term(say.carried_from, cell.carried_from),
    ),
    h(
      "dl",
      {},
      source && term(say.document, documentTitle(cell.document), ` ${source.publisher ?? ""}`),
      cell.note && term(say.note, cell.note),
    ),
  );
}

/** Branches in portions, so that a count of hundreds opens at once. */
function portions(ids, branch) {
  const list = h("ul", { class: "tree" });
  const add = (from) => {
    list.append(...ids.slice(from, from + MANY).map(branch));
    const rest = ids.length - from - MANY;
    if (rest <= 0) return;
    const more = h("button", { type: "button" }, `${say.more} ${rest}`);
    const item = h("li", {}, more);
    more.addEventListener("click", () => {
      item.remove();
      add(from + MANY);
      list.children[from + MANY].querySelector("summary, a")?.focus();
    });
    list.append(item);
  };
  add(0);
  return list;
}

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
      h("strong", {}, value.name ? printed(id) : value.txt),
    ),
  );
  const fill = () => {
    if (node.childElementCount > 1) return;
    node.append(
      h("p", { class: "how" }, made(id), " ", h("a", { href: `#fact=${id}` }, say.open)),
      h("ul", { class: "flags" }, flagsOf(id)),
      ...cellsOf(id).map(rawCell),
    );
    if (parentsOf(id).length) node.append(portions(parentsOf(id), (one) => branch(one, open)));
  };
  node.addEventListener("toggle", fill);
  if (open) {
    fill();
    node.open = true;
  }
  return h("li", {}, node);
}

/** The operation itself, where a line can show it: a sum, a ratio, a conversion. */
function formula(id) {
  const { op, txt, unit = "" } = valueOf(id);
  const [cell] = cellsOf(id);
  if (op === "convert") return cell.text === txt ? "" : `${cell.text} ${cell.unit} → ${printed(id)}`;
  const sign = words.operator[op];
  const parents = parentsOf(id).map(valueOf);
  if (!sign || parents.length > FEW) return "";
  const alike = parents.every((one) => one.unit === parents[0].unit) && ["", parents[0].unit].includes(unit);
  const terms = parents.map((one) => (alike || !one.unit ? one.txt : `${one.txt} ${one.unit}`));
  return `${terms.join(` ${sign} `)} = ${txt} ${unit}`;
}

/** How a value was made: the operation in words, then itself. */
function made(id) {
  const { op } = valueOf(id);
  const line = formula(id);
  return [words.op[op] ?? op, line && h("span", { class: "formula" }, line)];
}

/** How a value was made: words, the sum or ratio itself, and its parents or raw cells. */
function way(id) {
  const value = valueOf(id);
  const parents = parentsOf(id);
  const few = ancestry(id).reduce((sum, one) => sum + cellsOf(one).length, 0) <= FEW;
  return [
    h("p", {}, made(id)),
    parents.length > 0 && h("h3", {}, say.parents),
    parents.length > 0 && portions(parents, (one) => branch(one, few)),
    value.src && h("h3", {}, say.cells),
    value.src && cellsOf(id).map(rawCell),
  ];
}
