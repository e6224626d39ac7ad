"use strict";
(() => {
const data = JSON.parse(document.querySelector("#data").textContent);
const { say, items, causes, kinds, titles, verdicts } = data;
const FEW = 40; // items of a kind that are listed at first
const byName = new Map(items.map((item) => [item.name, item]));
const valueOf = new Map(items.filter(({ kind }) => ["value", "new", "quiet", "rank"].includes(kind)).map((item) => [item.id, item]));
const own = new Map(); // verdicts given here, by item

/** An element with attributes and children; nothing for what is false or missing. */
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child || child === 0));
  return element;
}

const $ = (selector) => document.querySelector(selector);
const stateOf = ({ name }) => own.get(name)?.verdict ?? verdicts[name]?.state ?? "open";
const printed = (text) => text || data.nothing;

/* Filters: each a question that an item answers, with the answers that there are. */
const filters = [
  ["#by-kind", ({ kind }) => [kind], (kind) => say.kind[kind]],
  ["#by-section", ({ sections }) => sections, (section) => titles[section] ?? section],
  ["#by-cause", (item) => causesOf(item), (ref) => causes.find((cause) => cause.ref === ref)?.label ?? byName.get(`input:${ref}`)?.title ?? ref],
  ["#by-change", ({ change }) => [change], (change) => say.change[change]],
  ["#by-state", (item) => [stateOf(item)], (state) => say.state[state]],
];

/** Every input behind an item; an input is behind itself. */
function causesOf(item) {
  if (item.kind === "input") return [item.id];
  return item.causes.map(({ of }) => causes[of].ref);
}

function fillFilters() {
  for (const [selector, answers, word] of filters) {
    const counts = new Map();
    for (const item of items) for (const one of new Set(answers(item))) counts.set(one, (counts.get(one) ?? 0) + 1);
    const select = $(selector), chosen = select.value;
    const order = selector === "#by-section" ? Object.keys(titles) : selector === "#by-kind" ? kinds : null;
    const known = order ? order.filter((one) => counts.has(one)) : [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
    const options = known.map((one) => h("option", { value: one }, `${word(one)}（${counts.get(one)}）`));
    select.replaceChildren(select.options[0], ...options);
    select.value = known.includes(chosen) ? chosen : "";
  }
}

function wanted(item) {
  const text = $("#find").value.trim().toLowerCase();
  if (text && ![item.title, item.before, item.after, item.id].join(" ").toLowerCase().includes(text)) return false;
  return filters.every(([selector, answers]) => !$(selector).value || answers(item).includes($(selector).value));
}

let found = items;

function list() {
  found = items.filter(wanted);
  const groups = kinds.map((kind) => [kind, found.filter((item) => item.kind === kind)]).filter(([, those]) => those.length);
  $("#list").replaceChildren(...groups.map(([kind, those]) => group(kind, those)));
  if (!groups.length) $("#list").append(h("p", { class: "empty" }, items.length ? say.page.none : say.page.same));
  $("#found").textContent = say.page.found.replace("{}", found.length).replace("{}", items.length);
}

function group(kind, those) {
  const all = h("ul", { class: "items" }, those.slice(0, FEW).map(row));
  const more = those.length > FEW && h("button", { type: "button" }, say.page.more.replace("{}", those.length - FEW));
  if (more) more.addEventListener("click", () => {
    all.append(...those.slice(FEW).map(row));
    all.children[FEW].querySelector("summary").focus();
    more.remove();
  });
  return h("section", { id: `kind-${kind}`, "aria-labelledby": `title-${kind}` },
    h("h2", { id: `title-${kind}` }, say.kind[kind], h("small", {}, String(those.length))), all, more);
}

/** The line of an item, which opens on what is known of it. */
function row(item) {
  const why = item.causes.length > 0 && main(item);
  const state = stateOf(item);
  const named = !item.redline || item.title !== titles[item.sections[0]]; // else it is the section
  const body = h("div", { class: "inside" });
  const details = h("details", { "data-item": item.name, ontoggle: () => {
    if (details.open && !body.hasChildNodes()) body.append(...inside(item).flat().filter(Boolean));
  } },
    h("summary", {},
      h("span", { class: `tag ${item.kind === "unexplained" ? item.kind : item.change}` }, item.kinds ? item.kinds.map((one) => say.drawn[one]).join(" · ") : say.change[item.change]),
      state !== "open" && h("span", { class: `tag ${state}` }, say.state[state]),
      named && h("span", { class: "title" }, item.title),
      item.redline ? h("span", { class: "turn" }, redline(item.redline)) : turn(item),
      h("span", { class: "why" }, [!named && item.title, why && `${say.page.why}${why}`].filter(Boolean).join(" · "))),
    body);
  return h("li", {}, details);
}

function turn({ before, after, delta, kinds: drawn }) {
  if (drawn || (!before && !after)) return false;
  const long = (text) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
  const said = before === after ? printed(after) : [printed(long(before)), " → ", printed(long(after))];
  return h("span", { class: "turn" }, said, delta && `（${delta}）`);
}

/** The cause with the largest share, and how many others there are. */
function main(item) {
  const first = item.causes.reduce((most, one) => (Math.abs(one.number ?? 0) > Math.abs(most.number ?? 0) ? one : most));
  const more = item.causes.length > 1 ? say.page.others.replace("{}", item.causes.length) : "";
  return causes[first.of].label + more;
}

function redline(pieces) {
  return pieces.map(([mark, text]) => (mark === "=" ? text : h(mark === "-" ? "del" : "ins", {}, text)));
}

function inside(item) {
  return [
    item.redline && h("p", { class: "redline" }, redline(item.redline)),
    item.place?.length > 1 && item.redline && h("p", { class: "note" }, item.place.join(" · ")),
    item.exact && numbers(item),
    item.sides && claim(item),
    item.odds?.some(Boolean) && h("p", {}, say.page.odds.replace("{}", printed(item.odds[0])).replace("{}", printed(item.odds[1]))),
    item.reason && h("p", {}, item.reason),
    item.kind === "input" && inputOf(item),
    item.kinds && drawings(item),
    item.causes.length > 0 && shares(item),
    item.interactions?.length > 0 && [h("h3", {}, say.page.interactions), h("ul", {}, item.interactions.map(([one, other, amount]) => h("li", {}, `${one} × ${other}：${amount}`)))],
    related(item),
    places(item),
    review(item),
  ];
}

function numbers(item) {
  const line = (name, text, exact) => h("tr", {}, h("th", { scope: "row" }, name), h("td", { class: "n" }, printed(text)), h("td", { class: "exact" }, exact !== null && exact !== text && `${say.page.exact} ${exact}`));
  const relative = item.relative !== null && `${item.relative < 0 ? "−" : "+"}${(Math.abs(item.relative) * 100).toFixed(1)}%`;
  return h("div", { class: "table" }, h("table", { class: "facts" }, h("tbody", {},
    line(say.page.before, item.before, item.exact[0]), line(say.page.after, item.after, item.exact[1]),
    item.delta && h("tr", {}, h("th", { scope: "row" }, say.page.delta), h("td", { class: "n" }, item.delta), h("td", { class: "exact" }, relative)),
    item.unit && h("tr", {}, h("th", { scope: "row" }, say.page.unit), h("td", { class: "n" }, item.unit), h("td")))));
}

function claim({ sides }) {
  const cell = (side, text) => h("td", {}, side ? text(side) : data.nothing);
  const line = (name, text) => h("tr", {}, h("th", { scope: "row" }, name), sides.map((side) => cell(side, text)));
  return h("div", { class: "table" }, h("table", { class: "facts" },
    h("thead", {}, h("tr", {}, h("td"), h("th", { scope: "col" }, say.page.before), h("th", { scope: "col" }, say.page.after))),
    h("tbody", {}, line(say.page.outcome, ({ txt }) => txt),
      line(say.page.margin, ({ margin, unit }) => `${margin.replace("-", "−")} ${unit === "pp" ? say.page.pp : unit ?? ""}`),
      line(say.page.rounding, ({ robust }) => say.robust[robust ? "yes" : "no"]))));
}

/** What an input led to: how many items of each kind, and a way to see only these. */
function inputOf(item) {
  const led = items.filter((one) => one.kind !== "input" && causesOf(one).includes(item.id));
  const counted = kinds.map((kind) => [kind, led.filter((one) => one.kind === kind).length]).filter(([, n]) => n);
  const see = () => {
    $("#filters").reset();
    fillFilters();
    $("#by-cause").value = item.id;
    list();
    $("#list").focus();
  };
  return [
    h("p", {}, `${say.page.before}：`, h("del", {}, printed(item.before)), " ", `${say.page.after}：`, h("ins", {}, printed(item.after))),
    led.length > 0 && h("p", {}, `${say.page.led}${counted.map(([kind, n]) => `${say.kind[kind]} ${n}`).join(" · ")} `, h("button", { type: "button", onclick: see }, say.page.only)),
  ];
}

function shares(item) {
  const numbered = item.causes.filter(({ share }) => share);
  const most = Math.max(...numbered.map(({ number }) => Math.abs(number)), Number.MIN_VALUE);
  const negative = numbered.some(({ number }) => number < 0);
  const bar = (number) => {
    const width = (Math.abs(number) / most) * (negative ? 50 : 100);
    const fill = h("i", { class: number < 0 ? "less" : "" });
    fill.style.width = `${width}%`;
    fill.style.left = negative ? `${number < 0 ? 50 - width : 50}%` : "0";
    return h("span", { class: "bar", "aria-hidden": "true" }, fill);
  };
  const lines = item.causes.map(({ of, share, number, cells }) => {
    const { kind, label } = causes[of];
    return h("li", {}, h("span", { class: "label" }, h("span", { class: "cause-kind" }, say.cause[kind]), label,
      cells?.length > 0 && h("details", {}, h("summary", {}, say.page.cells.replace("{}", cells.length)), h("ul", {}, cells.map((cell) => h("li", {}, cell))))),
    share && bar(number), share && h("span", { class: "n" }, share));
  });
  const sum = numbered.length > 0 && item.delta && h("li", { class: "sum" }, h("span", { class: "label" }, say.page.sum), h("span"), h("span", { class: "n" }, item.delta));
  const how = numbered.length > 1 && say.rule[item.rule];
  return [h("h3", {}, say.page.causes), h("ul", { class: "shares" }, lines, sum), how && h("p", { class: "note" }, how)];
}

/* Charts: before and after beside each other, or one upon the other. */
function drawing(name, side, caption) {
  const text = data.drawings[name][side];
  if (!text) return h("figure", {}, h("figcaption", {}, caption), data.nothing);
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${byName.get(`figure:${name}`).title} ${caption}`);
  const holder = h("div", { class: "drawing", tabindex: "0", role: "group", "aria-label": caption });
  holder.append(document.importNode(svg, true));
  return h("figure", {}, h("figcaption", {}, caption), holder);
}

function drawings(item) {
  const both = () => [drawing(item.id, 0, say.page.before), drawing(item.id, 1, say.page.after)];
  const shown = h("div");
  const beside = () => shown.replaceChildren(h("div", { class: "pair" }, both()));
  const over = () => {
    const [before, after] = both();
    const slider = h("input", { type: "range", min: "0", max: "100", value: "50", oninput: () => {
      after.style.opacity = slider.value / 100;
      before.style.opacity = 1 - slider.value / 200;
    } });
    after.style.opacity = 0.5;
    shown.replaceChildren(h("div", { class: "over" }, h("div", { class: "stack" }, before, after), h("label", {}, say.page.slide, slider)));
  };
  const way = (name, does, checked) => h("label", {}, h("input", { type: "radio", name: `way-${item.id}`, checked, onchange: does }), ` ${name}`);
  beside();
  const marks = item.marks.length > 0 && h("div", { class: "table" }, h("table", { class: "facts" },
    h("thead", {}, h("tr", {}, [say.page.mark, say.page.column, say.page.before, say.page.after].map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", {}, item.marks.filter(({ column }) => column === "txt" || !item.marks.some((other) => other.column === "txt")).map(({ label, series, column, before, after, value }) =>
      h("tr", {}, h("th", { scope: "row" }, [series, label].filter(Boolean).join(" · ") || (valueOf.get(value)?.title ?? value)), h("td", {}, say.page.columns[column] ?? column), h("td", {}, printed(before)), h("td", {}, printed(after)))))));
  return [
    h("p", { class: "ways" }, item.drawn.every(Boolean) && [way(say.page.beside, beside, true), way(say.page.over, over, false)]),
    shown, marks,
  ];
}

/** The values that changed in a passage or a figure, as a way to them. */
function related(item) {
  const ids = item.facts ?? (item.redline ? item.values : item.marks?.map(({ value }) => value)) ?? [];
  const those = [...new Set(ids)].map((id) => valueOf.get(id)).filter(Boolean);
  return those.length > 0 && [h("h3", {}, say.page.related), h("p", { class: "places" }, those.map((one) => h("button", { type: "button", onclick: () => show(one.name) }, `${one.title} ${printed(one.before)} → ${printed(one.after)}`)))];
}

function places({ at }) {
  const names = [data.base.name, data.head.name];
  const links = at.map((anchor, side) => anchor && h("a", { href: `${data.pages[side]}#${anchor}` }, say.page.at.replace("{}", names[side])));
  return links.some(Boolean) && h("p", { class: "places" }, links);
}

/** Open an item, whatever is filtered. */
function show(name) {
  const at = () => document.querySelector(`details[data-item="${CSS.escape(name)}"]`);
  if (!at()) {
    $("#filters").reset();
    $("#find").value = byName.get(name).id;
    list();
  }
  const details = at();
  if (!details) return;
  details.open = true;
  details.querySelector("summary").focus();
  details.scrollIntoView();
}

function review(item) {
  const recorded = verdicts[item.name];
  const now = own.get(item.name) ?? { verdict: ["accepted", "questioned"].includes(recorded?.state) ? recorded.state : "", comment: recorded?.comment ?? "" };
  const give = () => {
    const chosen = box.querySelector("input:checked")?.value ?? "";
    own.set(item.name, { verdict: chosen || "open", comment: comment.value });
    tell();
  };
  const comment = h("textarea", { onchange: give });
  comment.value = now.comment;
  const choice = (value, name) => h("label", {}, h("input", { type: "radio", name: `verdict-${item.name}`, value, checked: now.verdict === value, onchange: give }), ` ${name}`);
  const box = h("fieldset", { class: "review" }, h("legend", {}, say.page.review),
    recorded && h("p", { class: "note" }, [say.state[recorded.state], recorded.by, recorded.on].filter(Boolean).join(" · ")),
    choice("accepted", say.page.accept), choice("questioned", say.page.question), choice("", say.page.undecided),
    h("label", {}, say.page.comment, comment));
  return box;
}

/** Say how many verdicts wait to be saved. */
function tell() {
  $("#saved").textContent = say.page.unsaved.replace("{}", own.size);
}

function save() {
  const given = [...own].filter(([, { verdict }]) => verdict !== "open").map(([item, { verdict, comment }]) => ({ item, digest: byName.get(item).digest, verdict, comment }));
  const record = { format: "review/1", base: data.base.name, head: data.head.name, by: $("#by").value.trim(), verdicts: given };
  const file = new Blob([`${JSON.stringify(record, null, 1)}\n`], { type: "application/json" });
  const clean = (name) => name.replace(/[^\w.-]+/g, "_");
  const name = data.file.replace("{base}", clean(data.base.name)).replace("{head}", clean(data.head.name));
  const link = h("a", { href: URL.createObjectURL(file), download: name });
  link.click();
  $("#saved").textContent = say.page.saved.replace("{}", given.length).replace("{}", name);
}

$("#filters").addEventListener("submit", (event) => event.preventDefault());
$("#find").addEventListener("input", list);
for (const [selector] of filters) $(selector).addEventListener("change", list);
$("#clear").addEventListener("click", () => setTimeout(list));
$("#save").addEventListener("click", save);
$("#accept-found").addEventListener("click", () => {
  for (const { name } of found) own.set(name, { verdict: "accepted", comment: own.get(name)?.comment ?? "" });
  fillFilters();
  list();
  tell();
});
fillFilters();
list();
})();
