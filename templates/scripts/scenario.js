/* Scenario: scores, F, ranks and shares under a reader's own weights and shares.
 *
 * A setting holds, by value id, per cent for each weight, for T, P, A, C and for the other suppliers'
 * share. The formulas are those of assessment_operations.py; under the report's own setting every
 * result prints as in the report. Inputs come from explorer.py; without ranked vendors there are none.
 */

export const inputs = JSON.parse(document.getElementById("explorer-inputs")?.textContent ?? "null");
export const FACTORS = ["T", "P", "A", "C"];
const sum = (numbers) => numbers.reduce((total, one) => total + one, 0);
const product = (numbers) => numbers.reduce((total, one) => total * one, 1);
export const input = (id) => Number(inputs.values[id]);

/** Twelve digits of a double: what differs further right is the machine's, so that a tie is a tie. */
export const settled = (number) => Number(number.toPrecision(12));

/** A result as codebook.py prints it: in its display unit, rounded half up; null is a dash, and a
 *  share above nothing never 0%. */
export function asPrinted(indicator, number) {
  if (number === null) return inputs.words.none;
  const { decimals, factor, sign } = inputs.formats[indicator] ?? { decimals: 0, factor: 1, sign: "" };
  const scale = 10 ** decimals;
  const rounded = Math.floor(settled((number / factor) * scale) + 0.5) / scale;
  if (sign === "%" && number > 0 && rounded === 0) return `<${(1 / scale).toFixed(decimals)}${sign}`;
  return rounded.toFixed(decimals) + sign;
}

/** The report's own setting: every adjustable input, in per cent. */
export function declared() {
  const ids = [
    ...inputs.dimensions.map((dimension) => `${dimension}.weight`),
    inputs.other,
    ...inputs.vendors.flatMap((vendor) => FACTORS.map((factor) => `${vendor}.${factor}`)),
  ];
  return new Map(ids.map((id) => [id, settled(input(id) * 100)]));
}

/** A dimension's part of all weights, from 0 to 1; null where nothing weighs anything. */
export function normalised(setting, dimension) {
  const total = sum(inputs.dimensions.map((one) => setting.get(`${one}.weight`)));
  return total ? setting.get(`${dimension}.weight`) / total : null;
}

/** Weighted mean of a vendor's known dimensions, 0 to 100; null where these weigh nothing. */
function composite(setting, vendor) {
  const known = inputs.dimensions.filter((dimension) => `${vendor}.score.${dimension}` in inputs.values);
  const weights = known.map((dimension) => setting.get(`${dimension}.weight`));
  const scores = known.map((dimension) => input(`${vendor}.score.${dimension}`));
  const total = sum(weights);
  if (!total) return null;
  const mean = inputs.geometric
    ? product(scores.map((score, at) => score ** (weights[at] / total)))
    : sum(scores.map((score, at) => score * weights[at])) / total;
  return settled(mean);
}

/** Place of a number among all, largest first; equals share a place. */
const rankOf = (own, all) => own === null ? null : 1 + all.filter((one) => one > own).length;

/** Score, F, their ranks and the share of every ranked vendor, in the order of the inputs. */
export function outcomes(setting) {
  const scores = inputs.vendors.map((vendor) => composite(setting, vendor));
  const products = inputs.vendors.map((vendor) => {
    const shares = FACTORS.map((factor) => setting.get(`${vendor}.${factor}`) / 100);
    return settled(input(`${vendor}.S_nw`) * product(shares));
  });
  const total = sum(products);
  const ranked = 1 - setting.get(inputs.other) / 100; // what the others leave to the ranked
  return inputs.vendors.map((vendor, at) => ({
    vendor,
    score: scores[at],
    score_rank: rankOf(scores[at], scores),
    F: products[at],
    rank: rankOf(products[at], products),
    share: total ? (products[at] / total) * ranked : null,
  }));
}
