/* Contents: where the reader is, the way to anything, and how the page is shown. */

import { h, toggle } from "./dom.js";
import { foldPart, unfoldAll } from "./fold.js";
import { say } from "./lineage.js";
import { open } from "./palette.js";

export const contents = document.querySelector("nav.contents");
const root = document.documentElement;

/** Show in the contents which section is being read. */
function follow() {
  const links = new Map([...contents.querySelectorAll("li a")].map((link) => [link.hash.slice(1), link]));
  const heads = [...document.querySelectorAll("main :is(h1, h2)")].map((head) => [head, links.get((head.closest("[id]") ?? head).id)]);
  const known = heads.filter(([, link]) => link);
  let now = null;
  const look = () => {
    const passed = known.filter(([head]) => head.getBoundingClientRect().top < innerHeight / 3);
    const link = passed.at(-1)?.[1] ?? null;
    if (link === now) return;
    now?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "true");
    now = link;
    // Only the contents scroll, and only where they have a place of their own.
    if (link && contents.scrollHeight > contents.clientHeight) {
      const [at, over] = [link.getBoundingClientRect(), contents.getBoundingClientRect()];
      if (at.top < over.top || at.bottom > over.bottom) contents.scrollTop += at.top - over.top - over.height / 3;
    }
  };
  let due = 0;
  addEventListener("scroll", () => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      look();
    });
  }, { passive: true });
  look();
}

/** Light, dark, or as the system has it: each press is the next. */
function theme() {
  const all = ["auto", "light", "dark"]; // the first leaves it to the system
  let at = 0;
  const button = h("button", { type: "button", class: "take theme", onclick: next }, say.themes[all[at]]);
  function next() {
    at = (at + 1) % all.length;
    root.style.colorScheme = at ? all[at] : "";
    button.textContent = say.themes[all[at]];
  }
  return button;
}

/** For who reads on: no marks, and numbers that are words of their sentence and no buttons. */
function reading(on) {
  root.classList.toggle("reading", on);
  for (const place of document.querySelectorAll(on ? "data[role=button]" : "data[data-was-button]")) {
    place.toggleAttribute("data-was-button", on);
    if (on) place.removeAttribute("role");
    else place.setAttribute("role", "button");
  }
}

export const tools = h("div", { class: "page-tools" },
  h("button", { type: "button", class: "take seek", onclick: open }, say.search, h("kbd", {}, "/")),
  toggle(say.reading, reading, { class: "take" }),
  theme(), unfoldAll);
contents.querySelector(".contents-title").after(tools);
document.body.append(
  h("div", { class: "corner", "data-ordinal": true },
    h("button", { type: "button", class: "seek", onclick: open }, say.search),
    h("a", { href: "#contents" }, say.contents)),
);

// On a phone chapters keep their sections for who asks.
for (const chapter of contents.querySelectorAll("li:has(> ol) > a")) {
  const head = h("div", {});
  chapter.replaceWith(head);
  head.append(chapter);
  foldPart(head);
}
follow();
