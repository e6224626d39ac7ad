/* Explorer: sliders for weights and shares, and what the model says of them at once.
 *
 * What it prints is the reader's own and no value of the report, so none of it leads to a trace.
 */

import { asked, scenario, setScenario } from "./address.js";
import { h } from "./dom.js";
import { foldPart, unfold } from "./fold.js";
import { drawn } from "./matrix.js";
import { FACTORS, asPrinted, declared, input, inputs, normalised, outcomes, settled } from "./scenario.js";

const COLUMNS = ["score", "score_rank", "F", "rank", "share"];
const WEIGHT_DECIMALS = 3; // of a weight that is not the report's

/** Digits after the point of an exact decimal. */
const digits = (text) => (text.split(".")[1] ?? "").length;

/** Builds the explorer into its place; nothing of the page depends on it. */
function explore(home) {
  const { words, names } = inputs;
  const report = outcomes(declared());
  const setting = declared();
  const sliders = new Map(); // by input id

  /** What a slider stands for: the normalised weight, or per cent. */
  function meaning(id) {
    const [subject, indicator] = id.split(".");
    if (indicator !== "weight") return `${setting.get(id)}%`;
    const weight = normalised(setting, subject);
    if (weight === null) return words.none;
    const unchanged = settled(weight) === input(id);
    return weight.toFixed(unchanged ? digits(inputs.values[id]) : WEIGHT_DECIMALS);
  }

  function slider(id, name) {
    const now = h("span", { class: "now", "aria-hidden": "true" });
    const range = h("input", {
      type: "range",
      id: `set-${id.replace(".", "-")}`,
      min: 0,
      max: 100,
      step: 10 ** Math.min(0, 2 - digits(inputs.values[id])),
      value: setting.get(id),
      oninput: () => move(id),
      onchange: () => setScenario(scenario, true), // at the end of a drag: browsers limit how often
    });
    sliders.set(id, { range, now });
    return h("div", { class: "slider", "data-input": id }, h("label", { for: range.id }, name), range, now);
  }

  const status = h("p", { role: "status", class: "scenario" });
  const matrix = h("div", { class: "matrix" });
  const body = h("tbody");

  function row(result, at) {
    const cells = COLUMNS.map((indicator) => {
      const [own, was] = [result, report[at]].map((one) => asPrinted(indicator, one[indicator]));
      const moved = own !== was;
      return h("td", { class: moved ? "n moved" : "n", "data-result": `${result.vendor}.${indicator}` },
        h("span", {}, own), moved && h("small", {}, `${words.report} ${was}`));
    });
    return h("tr", {}, h("th", { scope: "row" }, names[result.vendor]), cells);
  }

  const unranked = inputs.unranked.map((vendor) =>
    h("tr", {}, h("th", { scope: "row" }, names[vendor]),
      h("td", { colspan: COLUMNS.length }, words.unranked)));

  /** The scenario as the address has it: what differs from the report. */
  const written = () => {
    const own = declared();
    return [...setting].filter(([id, at]) => at !== own.get(id)).map(([id, at]) => `${id}:${at}`).join(",");
  };

  function refresh() {
    for (const [id, { range, now }] of sliders) {
      now.textContent = meaning(id);
      range.setAttribute("aria-valuetext", meaning(id));
    }
    const now = outcomes(setting);
    body.replaceChildren(...now.map(row), ...unranked);
    matrix.replaceChildren(drawn(now, report));
    setScenario(written());
    const said = scenario ? words.changed : words.unchanged;
    if (status.textContent !== said) status.textContent = said; // told once, not at every step
    home.classList.toggle("changed", Boolean(scenario));
  }

  function move(id) {
    setting.set(id, Number(sliders.get(id).range.value));
    refresh();
  }

  /** Set what a scenario says, all else as in the report; a slider holds no number off its scale. */
  function restore(text) {
    const said = new Map(text.split(",").map((part) => part.split(":")));
    for (const [id, own] of declared()) {
      const { range } = sliders.get(id);
      range.value = /^\d+(\.\d+)?$/.test(said.get(id)) ? said.get(id) : own;
      setting.set(id, Number(range.value));
    }
    refresh();
  }

  function reset() {
    restore("");
    setScenario("", true);
  }

  const group = (className, legend, ...inside) =>
    h("fieldset", { class: className }, h("legend", {}, legend), inside);
  const heads = [words.vendor, ...COLUMNS.map((indicator) => words[indicator])];
  home.append(
    h("div", { class: "explorer-body", "data-ordinal": true },
      status,
      h("p", {}, h("button", { type: "button", class: "take reset", onclick: reset }, words.reset)),
      h("table", { class: "outcome" }, h("caption", {}, words.outcome),
        h("thead", {}, h("tr", {}, heads.map((name) => h("th", { scope: "col" }, name)))), body),
      h("div", { class: "pair" },
        h("div", {},
          group("weights", words.weights, inputs.dimensions.map((one) => slider(`${one}.weight`, names[one]))),
          group("other", words.market, slider(inputs.other, names.other))),
        matrix),
      h("p", { class: "shares-title" }, words.shares),
      h("div", { class: "shares" }, inputs.vendors.map((vendor) =>
        group("vendor", names[vendor],
          FACTORS.map((factor) => slider(`${vendor}.${factor}`, `${factor} ${names[factor]}`)))))),
  );
  home.hidden = false;
  foldPart(home.querySelector("h3"));
  const follow = () => {
    restore(scenario);
    if (asked("scenario")) unfold(home.lastElementChild);
  };
  follow();
  addEventListener("hashchange", follow);
  if (scenario && !asked("fact")) home.scrollIntoView();
}

if (inputs) explore(document.getElementById("explorer"));
