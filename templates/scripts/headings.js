/* Headings: links to themselves, the section in the corner of a small screen, and a word for who
 * asks for what the page has not.
 */

import { asked } from "./address.js";
import { contents } from "./contents.js";
import { h } from "./dom.js";
import { say } from "./lineage.js";
import { wanted } from "./panel.js";

/** A link to a heading; one without a name of its own is called by its place in its section. */
function linked(head, at) {
  const named = head.id || (head.matches("h1") && head.parentElement.id);
  head.id ||= named ? "" : `${head.closest("section[id]")?.id ?? "part"}-${at}`;
  if (!head.id) head.removeAttribute("id");
  head.append(h("a", { class: "anchor", href: `#${named || head.id}`, "aria-label": say.anchor }));
}

const counted = new Map(); // section → headings so far
for (const head of document.querySelectorAll("main :is(h1, h2, h3)")) {
  if (head.closest(".explorer")) continue;
  const home = head.closest("section[id]");
  counted.set(home, (counted.get(home) ?? 0) + 1);
  linked(head, counted.get(home));
}

/** The link to the contents says which section is being read. */
function orient() {
  const link = document.querySelector(".corner a");
  link.parentElement.setAttribute("role", "navigation");
  link.parentElement.ariaLabel = say.here;
  const tell = () => {
    link.textContent = contents.querySelector("[aria-current]")?.textContent ?? say.contents;
  };
  new MutationObserver(tell).observe(contents, { subtree: true, attributeFilter: ["aria-current"] });
  tell();
}

const missing = h("p", { class: "missing", role: "status", "data-ordinal": true });
document.body.append(missing);
function notice() {
  const id = asked("fact");
  missing.textContent = id && !wanted() ? `${say.unknown} ${id}` : "";
}
addEventListener("hashchange", notice);
notice();
orient();
