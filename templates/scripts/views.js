/* Views: a figure in its place as drawing, as data, or as its sources, in the room of the drawing. */

import { h } from "./dom.js";
import { captionOf } from "./drawing.js";
import { VIEWS, contentOf } from "./figures.js";
import { say } from "./lineage.js";
import { tabbed } from "./tabs.js";

const LOW = 160; // pixels that data have where a drawing is lower

const views = new Map(); // figure → how to choose one of its views

/** Tabs beside what enlarges a figure, and a sheet for what is no drawing. */
function switched(graphic, number) {
  const sheet = h("div", { class: "view", id: `view-${number}`, role: "tabpanel", tabindex: "0", "data-ordinal": true, hidden: true });
  const all = VIEWS.map((view, at) => ({ id: `view-${number}-${view}`, said: say.tabs[view], controls: at ? sheet.id : graphic.id }));
  const { list, choose } = tabbed(all, captionOf(graphic), (chosen, tab) => {
    if (chosen && !graphic.hidden) sheet.style.height = `${Math.max(LOW, graphic.offsetHeight)}px`;
    graphic.hidden = chosen > 0;
    sheet.hidden = !chosen;
    sheet.setAttribute("aria-labelledby", tab.id);
    sheet.replaceChildren(...(chosen ? contentOf(graphic, VIEWS[chosen]) : []));
  });
  choose(0);
  views.set(graphic, choose);
  graphic.after(sheet);
  sheet.nextElementSibling.prepend(list);
}

document.querySelectorAll("main figure .graphic").forEach(switched);
document.addEventListener("reveal", ({ target }) => views.get(target.closest(".graphic[hidden]"))?.(0));
