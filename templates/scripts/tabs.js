/* Tabs: one of several things is shown, chosen by pointer or arrow keys; they share a tab stop. */

import { h, neighbour } from "./dom.js";

/** The list of tabs, and how to choose one by its place; `all` says of each its id, its words and the
 *  id of what it shows, `shown` is told the chosen place and its tab. Nothing is chosen yet. */
export function tabbed(all, label, shown) {
  const tabs = all.map(({ id, said, controls }, at) =>
    h("button", { type: "button", role: "tab", id, "aria-controls": controls, onclick: () => choose(at) }, said));
  function choose(chosen) {
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === chosen));
      tab.setAttribute("tabindex", at === chosen ? "0" : "-1");
    });
    shown(chosen, tabs[chosen]);
  }
  const list = h("div", { role: "tablist", "aria-label": label }, tabs);
  list.addEventListener("keydown", (event) => {
    const next = neighbour(tabs, event.target, event.key);
    if (!next) return;
    choose(tabs.indexOf(next));
    next.focus();
    event.preventDefault();
  });
  return { list, choose };
}
