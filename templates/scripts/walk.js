/* Walk: a reviewer's first minute. A bar above the page says why one looks at a number, whose panel
 * opens, and leads to the next. Where it leads and what it says was found when the page was made.
 */

import { asked } from "./address.js";
import { tools } from "./contents.js";
import { h, onEscape } from "./dom.js";
import { lineage, say } from "./lineage.js";
import { addCommand } from "./palette.js";
import { jump } from "./panel.js";
import { nearestStop } from "./stops.js";

const stages = lineage.walk; // ids, each with a sentence
let stage = -1; // where one is; before the first while nobody walks

const told = h("p", { role: "status" });
const pressed = (name, press) => h("button", { type: "button", class: "take", onclick: press }, name);
const onward = pressed(say.on, () => lead(stage + 1));
const backward = pressed(say.back, () => lead(stage - 1));
const guide = h("section", { class: "walk", "aria-label": say.walk, "data-ordinal": true, hidden: true },
  told, h("div", { class: "tools" }, backward, onward, pressed(say.end, endWalk)));
document.body.append(guide);

/** Show the bar or not. The page knows by a name: asked by `:has`, it would restyle itself at every change. */
function walking(on) {
  guide.hidden = !on;
  document.documentElement.classList.toggle("walking", on);
}

/** Say at which stop one is. */
function tell(at) {
  stage = at;
  const [, why] = stages[stage];
  told.replaceChildren(h("small", {}, `${stage + 1} / ${stages.length}`), ` ${why}`);
  backward.disabled = stage === 0;
  onward.disabled = stage === stages.length - 1;
}

/** Go to a stop; the focus stays in the bar, on what leads further. */
function lead(to) {
  walking(true);
  tell(to);
  jump(stages[to][0]);
  (onward.disabled ? backward : onward).focus({ preventScroll: true });
}

function hideWalk() {
  stage = -1;
  walking(false);
}

function endWalk() {
  hideWalk();
  (nearestStop() ?? document.querySelector("main")).focus({ preventScroll: true });
}

/** The bar goes along where a step in the history, or a link, leads to another stop or to before the first. */
function goAlong() {
  if (guide.hidden) return;
  const at = stages.findIndex(([id]) => id === asked("fact"));
  if (at >= 0) tell(at);
  else if (history.state?.traced === "") hideWalk();
}

if (stages.length) {
  const begin = () => lead(0);
  tools.append(pressed(say.walk, begin));
  addCommand(say.walk, begin);
  onEscape(() => guide.hidden || endWalk());
  addEventListener("hashchange", goAlong);
}
