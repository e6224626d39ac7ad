/* Views: a figure in its place as drawing, as data, or as its sources, in the room of the drawing. */

import { h, neighbour } from "./dom.js";
import { captionOf } from "./drawing.js";
import { VIEWS, contentOf } from "./figures.js";
import { say } from "./lineage.js";

const LOW = 160; // pixels that data have where a drawing is lower

const views = new Map(); // figure → how to choose one of its views

/** Tabs beside what enlarges a figure, and a sheet for what is no drawing. */
function tabbed(graphic, number) {
  const sheet = h("div", { class: "view", id: `view-${number}`, role: "tabpanel", tabindex: "0", "data-ordinal": true, hidden: true });
  const switches = VIEWS.map((view, at) =>
    h("button", { type: "button", role: "tab", id: `view-${number}-${view}`, "aria-controls": at ? sheet.id : graphic.id, onclick: () => choose(at) }, say.tabs[view]));
  function choose(chosen) {
    if (chosen && !graphic.hidden) sheet.style.height = `${Math.max(LOW, graphic.offsetHeight)}px`;
    graphic.hidden = chosen > 0;
    sheet.hidden = !chosen;
    sheet.setAttribute("aria-labelledby", switches[chosen].id);
    sheet.replaceChildren(...(chosen ? contentOf(graphic, VIEWS[chosen]) : []));
    switches.forEach((one, at) => {
      one.setAttribute("aria-selected", String(at === chosen));
      one.setAttribute("tabindex", at === chosen ? "0" : "-1");
    });
  }
  const list = h("span", { role: "tablist", "aria-label": captionOf(graphic) }, switches);
  list.addEventListener("keydown", (event) => {
    const next = neighbour(switches, event.target, event.key);
    if (!next) return;
    choose(switches.indexOf(next));
    next.focus();
    event.preventDefault();
  });
  choose(0);
  views.set(graphic, choose);
  graphic.after(sheet);
  sheet.nextElementSibling.prepend(list);
}

document.querySelectorAll("main figure .graphic").forEach(tabbed);
document.addEventListener("reveal", ({ target }) => views.get(target.closest(".graphic[hidden]"))?.(0));
