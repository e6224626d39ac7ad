/* Contents: a search over headings and values, and what the signs beside numbers mean. */

const SHOWN = 12; // so many values are listed
const contents = document.querySelector("nav.contents");
const plain = (text) => text.toLowerCase().replace(/\s+|(?<=\d),(?=\d{3})/g, "");

/** Every value that the page prints, with the text it is found by; made when first needed. */
let index = null;
function printedValues() {
  index ??= [...new Set([...document.querySelectorAll("main [data-fact], header [data-fact]")].map(idAt))]
    .map((id) => ({ id, txt: plain(valueOf(id).txt), text: plain(`${titleOf(id)}${printed(id)} ${id}`) }));
  return index;
}

/** Values that match, those printed just so first. */
function matching(query) {
  const rank = ({ txt }) => (txt === query ? 0 : txt.startsWith(query) ? 1 : 2);
  return printedValues().filter(({ text }) => text.includes(query)).sort((one, other) => rank(one) - rank(other));
}

/** Hide headings that do not match; a chapter stays with any of its sections. */
function sift(query) {
  const items = [...contents.querySelectorAll("ol > li")];
  for (const item of items.reverse()) {
    const own = plain(item.querySelector("a").textContent).includes(query);
    const within = [...item.querySelectorAll("li")].some((inner) => !inner.hidden);
    const above = item.parentElement.closest("li")?.querySelector("a");
    item.hidden = !(own || within || (above && plain(above.textContent).includes(query)));
  }
  return items.some((item) => !item.hidden);
}

const box = h("input", { type: "search", id: "search", placeholder: say.search, autocomplete: "off", "aria-label": say.search });
const results = h("ul", { class: "results", "data-ordinal": true });
const status = h("p", { role: "status", class: "results-status", "data-ordinal": true });

function jump(id) {
  const [first] = placesOf(id);
  if (first) {
    reveal(first);
    first.scrollIntoView({ block: "center" });
  }
  show(id, first && stopOf(first));
}

box.addEventListener("input", () => {
  const query = plain(box.value);
  const headings = sift(query);
  const values = query ? matching(query) : [];
  results.replaceChildren(
    ...values.slice(0, SHOWN).map(({ id }) =>
      h("li", {}, h("button", { type: "button", onclick: () => jump(id) }, h("span", {}, titleOf(id)), " ",
        h("strong", {}, printed(id))))),
  );
  status.textContent = values.length ? `${say.found} ${values.length}` : query && !headings ? say.none : "";
});
contents.querySelector(".contents-title").after(h("div", { role: "search", class: "search" }, box, status, results));

const raised = Object.keys(words.flag).filter((flag) => document.querySelector(`main [data-flags~="${flag}"]`));
if (raised.length) {
  contents.append(
    h("div", { class: "legend" }, h("p", {}, say.legend),
      h("dl", {}, raised.map((flag) => h("div", {}, h("dt", {}, h("span", { class: "sign" }, words.sign[flag])), h("dd", {}, words.flag[flag]))))),
  );
}
follow();
