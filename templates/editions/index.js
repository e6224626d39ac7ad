"use strict";
(() => {
const FEW = 60; // hits that are listed
const say = JSON.parse(document.querySelector("#words").textContent);
const find = document.querySelector("#find");
const status = document.querySelector("#found");
const list = document.querySelector("#hits");

/** An element with attributes and children. */
function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const plain = (text) => text.toLowerCase().replace(/\s+/g, "");

/** A hit: what it is called, what is printed, and the editions that print it, newest first. */
function hit([id, name, text, places]) {
  const editions = places.map((place) => {
    const edition = window.SUYUAN.editions[place];
    return h("a", { href: `${edition}/report.html#fact=${id}` }, edition);
  });
  const about = id.startsWith("claim:") ? `${say.claim} ${name}` : name;
  return h("li", {}, h("span", { class: "name" }, about), text, h("span", { class: "in" }, say.in, ...editions));
}

function search() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length || !window.SUYUAN) {
    status.textContent = "";
    list.replaceChildren();
    return;
  }
  const hits = window.SUYUAN.entries.filter(([id, name, text]) => {
    const whole = plain(`${name}${text}`) + id.toLowerCase();
    return words.every((word) => whole.includes(word));
  });
  hits.sort((one, other) => one[1].length - other[1].length || one[2].length - other[2].length); // what says the least more
  const sentence = !hits.length ? say.none : hits.length > FEW ? say.more : say.results;
  status.textContent = sentence.replace("{count}", hits.length).replace("{shown}", FEW);
  list.replaceChildren(...hits.slice(0, FEW).map(hit));
}

/* What is looked for stands in the address, so that a search can be sent to somebody. */
find.addEventListener("input", () => {
  search();
  history.replaceState(null, "", find.value ? `#q=${encodeURIComponent(find.value)}` : location.pathname);
});
find.form.addEventListener("submit", (event) => event.preventDefault());
addEventListener("DOMContentLoaded", () => {
  const asked = location.hash.match(/^#q=(.*)$/);
  if (asked) find.value = decodeURIComponent(asked[1]);
  search();
});
})();
