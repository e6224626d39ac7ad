/* Panel: opens on a number, a cell or a mark, and says where it comes from. */

const title = h("h2", { id: "panel-title", tabindex: "-1" });
const inside = h("div", { class: "inside" });
const said = h("span", { role: "status" });
const take = h("button", { type: "button", class: "copy", onclick: copy }, say.copy);
const shut = h("button", { type: "button", class: "close", "aria-label": say.close, onclick: close }, "×");
// Its digits are those of the lineage: the whole panel is exempt from the rule for pages.
const panel = h(
  "div",
  { id: "panel", class: "panel", role: "dialog", "aria-labelledby": "panel-title", "data-ordinal": true, hidden: true },
  h("div", { class: "bar" }, title, h("div", {}, said, take, shut)),
  inside,
);
document.body.append(panel);

let opener = null;

/** Where a place stands, for the list of uses: its figure, table or section. */
function spotOf(place) {
  const data = place.closest("details.data");
  const whole = place.closest("figure, .table:not(.data .table)") ?? data?.previousElementSibling;
  const caption = whole?.querySelector("figcaption, caption");
  if (caption) return caption.textContent;
  if (place.closest("header")) return say.cover;
  return place.closest(".section")?.querySelector("h2")?.textContent ?? "";
}

function usesOf(id) {
  const spots = new Map();
  for (const place of placesOf(id)) {
    const spot = spotOf(place).trim();
    spots.set(spot, [...(spots.get(spot) ?? []), place]);
  }
  return [...spots].map(([spot, places]) =>
    h("li", {}, h("a", { href: `#${places[0].id}`, onclick: () => reveal(places[0]) }, spot),
      places.length > 1 && ` × ${places.length}`),
  );
}

function documentsOf(id) {
  const cited = new Map(); // document → locators
  for (const { cells } of ancestry(id).flatMap(cellsOf)) {
    const { source_id: source, locator } = cells;
    if (!source) continue;
    if (!cited.has(source)) cited.set(source, new Set());
    if (locator) cited.get(source).add(locator);
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

function fill(id) {
  const { v, u = "", half, name, claim } = valueOf(id);
  said.textContent = "";
  title.textContent = titleOf(id);
  inside.replaceChildren(
    ...[
      h("p", { class: name ? "value" : "value words" }, printed(id)),
      flagList(id),
      h(
        "dl",
        {},
        claim && outcomeOf(claim),
        v && term(say.exact, `${v} ${u}`),
        half && term(say.half, `± ${half} ${u}`),
        term(say.id, h("a", { href: `#fact=${id}` }, id)),
      ),
      since(id),
      h("section", {}, h("h3", {}, say.made), way(id)),
      part(say.documents, "ul", documentsOf(id)),
      part(say.uses, "ul", usesOf(id)),
    ].filter(Boolean),
  );
  inside.scrollTop = 0;
}

function show(id, from) {
  opener = from ?? opener;
  fill(id);
  panel.hidden = false;
  document.documentElement.classList.add("tracing");
  document.querySelectorAll(".traced").forEach((place) => place.classList.remove("traced"));
  placesOf(id).forEach((place) => place.classList.add("traced"));
  tell(id);
  title.focus({ preventScroll: true });
  const [at, over] = [opener?.getBoundingClientRect(), panel.getBoundingClientRect()];
  const covered = at && over.left < at.right && over.top < at.bottom;
  if (covered && over.top > 0) scrollBy(0, at.bottom - over.top + 2 * at.height);
}

function close() {
  panel.hidden = true;
  document.documentElement.classList.remove("tracing");
  document.querySelectorAll(".traced").forEach((place) => place.classList.remove("traced"));
  if (wanted()) tell("");
  opener?.focus({ preventScroll: true });
  opener = null;
}

/** The address of the value in the panel, for somebody else to open. */
async function copy() {
  const link = location.href.split("#")[0] + inside.querySelector("dl a").hash;
  try {
    await navigator.clipboard.writeText(link);
  } catch {
    const text = h("textarea", {}, link); // where a page from disk may not use the clipboard
    panel.append(text);
    text.select();
    document.execCommand("copy");
    text.remove();
  }
  said.textContent = say.copied;
}

/** Open what hides an element. */
function reveal(element) {
  for (let at = element.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
}

/** The value that the address asks for, if there is one. */
function wanted() {
  const id = asked("fact");
  return id && valueOf(id) ? id : "";
}

function follow() {
  const id = wanted();
  if (!id) return;
  const [first] = placesOf(id);
  if (panel.hidden && first) {
    reveal(first);
    first.scrollIntoView({ block: "center" });
  }
  show(id, panel.hidden && first ? stopOf(first) : undefined);
}

/** The mark of a drawing that was clicked beside it, by less than half a finger's width. */
function markNear(svg, { clientX: x, clientY: y }) {
  let [found, least] = [null, 12];
  for (const mark of svg?.querySelectorAll("[data-fact]") ?? []) {
    const box = mark.getBoundingClientRect();
    const [across, down] = [Math.max(box.left - x, x - box.right, 0), Math.max(box.top - y, y - box.bottom, 0)];
    const away = Math.hypot(across, down);
    if (away < least) [found, least] = [mark, away];
  }
  return found;
}

document.addEventListener("click", (event) => {
  const own = event.target.closest("[data-fact]");
  const place = (own?.matches(".graphic") && markNear(event.target.closest("svg"), event)) || own;
  if (!place || event.target.closest("a, summary, button") || String(getSelection())) return;
  show(idAt(place), stopOf(place));
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) close();
});
addEventListener("hashchange", follow);
