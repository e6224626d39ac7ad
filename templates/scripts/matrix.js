/* Matrix: F, on a logarithmic axis, against the composite score; the axes stay while sliders move. */

import { input, inputs, settled } from "./scenario.js";

const FRAME = { width: 400, height: 320, left: 34, right: 18, top: 30, bottom: 44 };
const DOT = 6; // radius
const LETTER = 12; // width of a Chinese character in a label
const LINE = 15; // height of a label
const GAP = 10; // from the middle of a dot to its label

function mark(tag, attributes, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}

/** Ends of both axes, which no setting but a smaller F can leave: F by powers of ten, score by tens. */
function limits(report) {
  const scores = Object.keys(inputs.values).filter((id) => id.includes(".score.")).map(input);
  const most = Math.max(...inputs.vendors.map((vendor) => input(`${vendor}.S_nw`)));
  const least = Math.min(most, ...report.map(({ F }) => F).filter((F) => F > 0));
  return {
    F: [Math.floor(Math.log10(least)) - 1, Math.ceil(Math.log10(most))],
    score: [Math.floor(Math.min(...scores) / 10) * 10, Math.ceil(Math.max(...scores) / 10) * 10],
  };
}

const between = (low, high, step) =>
  Array.from({ length: Math.round((high - low) / step) + 1 }, (_, at) => low + at * step);

/** Where results lie in the drawing; an F beyond the axis lies on its left end. */
function scales({ F: [first, last], score: [low, high] }) {
  const { width, height, left, right, top, bottom } = FRAME;
  const across = (power) => left + ((power - first) / (last - first)) * (width - left - right);
  return {
    power: across,
    x: (F) => across(F > 0 ? Math.max(Math.log10(F), first) : first),
    y: (score) => height - bottom - ((score - low) / (high - low)) * (height - top - bottom),
  };
}

function axes({ F: [first, last], score: [low, high] }, { power, y }) {
  const { width, height, left, right, top, bottom } = FRAME;
  const base = height - bottom;
  return [
    ...between(first, last, 1).flatMap((at) => [
      mark("line", { class: "grid", x1: power(at), x2: power(at), y1: top, y2: base }),
      mark("text", { x: power(at), y: base + 16, "text-anchor": "middle" }, String(settled(10 ** at))),
    ]),
    ...between(low, high, 10).flatMap((at) => [
      mark("line", { class: "grid", x1: left, x2: width - right, y1: y(at), y2: y(at) }),
      mark("text", { x: left - 6, y: y(at) + 4, "text-anchor": "end" }, String(at)),
    ]),
    mark("text", { class: "axis", x: 2, y: 14 }, inputs.words.axis_score),
    mark("text", { class: "axis", x: width - right, y: height - 8, "text-anchor": "end" }, inputs.words.axis_F),
  ];
}

/** A name beside its dot: on the right, or on the left where the drawing ends. */
function labelled(name, x, y) {
  const long = name.length * LETTER;
  const right = x + GAP + long <= FRAME.width;
  return { name, y, from: right ? x + GAP : x - GAP - long, long };
}

/** The labels, lowered where two would lie on each other. */
function apart(labels) {
  const set = [];
  for (const label of [...labels].sort((one, other) => one.y - other.y)) {
    for (const above of set) {
      const beside = label.from + label.long <= above.from || above.from + above.long <= label.from;
      if (!beside && label.y < above.y + LINE) label.y = above.y + LINE;
    }
    set.push(label);
  }
  return set;
}

/** The results as dots with names; a ring shows where the report has a dot that moved. */
export function drawn(now, report) {
  const ends = limits(report);
  const { power, x, y } = scales(ends);
  const placed = now.filter(({ score }) => score !== null);
  const { width, height } = FRAME;
  const svg = mark("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": inputs.words.matrix });
  svg.append(...axes(ends, { power, y }));
  for (const { vendor, score, F } of placed) {
    const was = report.find((one) => one.vendor === vendor);
    const [from, to] = [[x(was.F), y(was.score)], [x(F), y(score)]];
    if (String(from) !== String(to)) {
      svg.append(
        mark("line", { class: "way", x1: from[0], y1: from[1], x2: to[0], y2: to[1] }),
        mark("circle", { class: "was", cx: from[0], cy: from[1], r: DOT }),
      );
    }
    svg.append(mark("circle", { class: "dot", "data-vendor": vendor, cx: to[0], cy: to[1], r: DOT }));
  }
  const labels = placed.map(({ vendor, score, F }) => labelled(inputs.names[vendor], x(F), y(score)));
  svg.append(...apart(labels).map(({ name, from, y: at }) => mark("text", { class: "name", x: from, y: at + 4 }, name)));
  return svg;
}
