/* Arithmetic: computing a value again, in the browser, from the numbers it was made from.
 *
 * The formulas are the forms that operations state of themselves (suyuan.lineage.forms): signs,
 * and the places of parents. What is printed as a formula is what is computed here.
 */

import { h } from "./dom.js";
import { cellsOf, lineage, say, valueOf } from "./lineage.js";
import { settled } from "./scenario.js";

const SIGN = /\d+(?:\.\d+)?|ln|max|min|[-+−×÷^(),]/g;
const BINARY = [
  { "+": (a, b) => a + b, "−": (a, b) => a - b },
  { "×": (a, b) => a * b, "÷": (a, b) => a / b },
  { "^": (a, b) => a ** b },
]; // weakest first
const NAMED = { ln: Math.log, max: Math.max, min: Math.min };
const CORNERS = 10; // so many uncertain parents are tried at both ends

/** The form of an operation on so many parents, undefined where it is told in words. */
export const formOf = (id) => lineage.forms[valueOf(id).op]?.[valueOf(id).in.length];

/** A form with numbers in its places, computed. */
export function computed(form, numbers) {
  const tokens = form.flatMap((part) => (typeof part === "number" ? [numbers[part]] : part.match(SIGN) ?? []));
  let at = 0;
  function level(strength) {
    if (strength === BINARY.length) return atom();
    let left = level(strength + 1);
    while (typeof tokens[at] === "string" && tokens[at] in BINARY[strength]) {
      left = BINARY[strength][tokens[at++]](left, level(strength + 1));
    }
    return left;
  }
  function atom() {
    const token = tokens[at++];
    if (typeof token === "number") return token;
    if (token in NAMED) return NAMED[token](...list());
    if (token === "(") {
      at -= 1;
      return list()[0];
    }
    return Number(token);
  }
  function list() {
    const found = [];
    do {
      at += 1; // "(" at first, then ","
      found.push(level(0));
    } while (tokens[at] === ",");
    at += 1; // ")"
    return found;
  }
  return level(0);
}

/** The exact number of a value, as the report recorded it. */
export const exactly = ({ v, txt }) => Number(v ?? txt.replaceAll(",", ""));

/** Every choice of one end from each pair; of all but the first CORNERS pairs their middle. */
function corners(spans) {
  let found = [[]];
  let wide = 0;
  for (const { number, low, high } of spans) {
    const ends = low === high || wide >= CORNERS ? [number] : [low, high];
    wide += ends.length - 1;
    found = found.flatMap((corner) => ends.map((end) => [...corner, end]));
  }
  return found;
}

const union = (parents, part) => new Set(parents.flatMap((one) => [...one[part]]));

/** A value computed again from its raw cells, and where it may lie while each of these keeps its
 *  digits: nowhere beyond. `steps` and `taken` tell which values were computed and which were taken as recorded,
 *  having parents and no form. A form moves one way with each parent: its ends are at theirs. */
export function recomputed(id, known = new Map()) {
  if (known.has(id)) return known.get(id);
  const value = valueOf(id);
  const form = formOf(id);
  const number = exactly(value);
  const half = Number(value.half ?? 0);
  let found = { number, low: number, high: number, cells: new Set(), steps: new Set(), taken: new Set() };
  if (form) {
    const parents = value.in.map((one) => recomputed(one, known));
    const ends = corners(parents).map((corner) => computed(form, corner));
    found = {
      number: computed(form, parents.map((one) => one.number)),
      low: Math.min(...ends),
      high: Math.max(...ends),
      cells: union(parents, "cells"),
      steps: union(parents, "steps").add(id),
      taken: union(parents, "taken"),
    };
  } else if (value.in.length) found.taken.add(id);
  else {
    found.low -= half;
    found.high += half;
    found.cells = new Set(cellsOf(id).map(({ table, key, column }) => `${table.name} ${key} ${column}`));
  }
  known.set(id, found);
  return found;
}

/** Whether two doubles are one number, but for what the machine adds. */
export const agree = (one, other) => Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(other));

/** A button that computes the value again here, and says what came of it; nothing without a form. */
export function again(id) {
  if (!formOf(id)) return false;
  const told = h("p", { role: "status", class: "again" });
  const test = () => {
    const value = valueOf(id);
    const { number, low, high, cells, steps, taken } = recomputed(id);
    const same = agree(number, exactly(value));
    const range = low < high && ` ${say.between} ${settled(low)} ${say.to} ${settled(high)}`;
    told.replaceChildren(
      h("strong", { class: same ? "" : "flag" }, same ? say.agrees : say.differs),
      ` ${settled(number)}`,
      ...[range, ` · ${say.from_cells} ${cells.size} · ${say.steps} ${steps.size}`,
        taken.size > 0 && ` · ${say.taken} ${taken.size}`].filter(Boolean),
    );
  };
  return h("div", {}, h("button", { type: "button", class: "test", onclick: test }, say.again), told);
}
