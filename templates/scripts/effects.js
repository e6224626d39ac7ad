/* Effects: which inputs a value depends on most. What it changes by where one of them alone is a
 * hundredth larger follows from the forms of its operations, down to where these end.
 */

import { computed, exactly, formOf } from "./arithmetic.js";
import { h } from "./dom.js";
import { printed, say, titleOf, valueOf } from "./lineage.js";

const INPUTS = 4; // from so many on one asks which of them count
const LARGEST = 5; // that are listed
const STEP = 1e-5;

/** The relative change of a form's result for one of each of its numbers. */
function slopes(form, numbers) {
  const result = computed(form, numbers);
  const moved = (at, by) => computed(form, numbers.map((one, place) => (place === at ? one * (1 + by) : one)));
  return numbers.map((_, at) => (moved(at, STEP) - moved(at, -STEP)) / (2 * STEP * result));
}

/** By id, the relative change of a value for one of each input that no form leads beyond. */
export function effectsOn(id, known = new Map()) {
  if (known.has(id)) return known.get(id);
  const form = formOf(id);
  const found = new Map();
  if (form) {
    const parents = valueOf(id).in;
    const by = slopes(form, parents.map((one) => exactly(valueOf(one))));
    parents.forEach((parent, at) => {
      for (const [input, effect] of effectsOn(parent, known)) found.set(input, (found.get(input) ?? 0) + effect * by[at]);
    });
  } else found.set(id, 1);
  known.set(id, found);
  return found;
}

/** The largest of them, or a word that there is no form; nothing where the inputs are few. */
export function effects(id) {
  const { in: parents } = valueOf(id);
  if (!formOf(id)) return parents.length >= INPUTS && h("p", { class: "how" }, say.no_effects);
  const all = [...effectsOn(id)].filter(([, effect]) => Number.isFinite(effect) && effect !== 0);
  if (all.length < INPUTS) return false;
  const largest = all.sort(([, one], [, other]) => Math.abs(other) - Math.abs(one)).slice(0, LARGEST);
  const share = (effect) => `${effect < 0 ? "−" : "+"}${Math.abs(effect).toFixed(2)}%`;
  const items = largest.map(([input, effect]) =>
    h("li", {}, h("strong", {}, share(effect)), " ", h("a", { href: `#fact=${input}` }, titleOf(input)), ` ${printed(input)}`));
  return h("div", { class: "effects" }, h("h3", {}, say.effects), h("p", { class: "how" }, say.effects_of),
    h("ol", { class: "list" }, items), all.length > LARGEST && h("p", { class: "how" }, `${say.more} ${all.length - LARGEST}`));
}
