"use strict";
(() => {
const FEW = 60; // hits that are listed
const NEWEST = 8; // editions of a hit that are
const REGISTER = "sources."; // what documents are called and where they are, which many words are in
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
  const editions = places.slice(0, NEWEST).flatMap((place) => {
    const edition = window.SUYUAN.editions[place];
    return [h("a", { href: `${edition}/report.html#fact=${id}` }, edition), " "];
  });
  if (places.length > NEWEST) editions.push(say.editions.replace("{count}", places.length));
  const about = id.startsWith("claim:") ? `${say.claim} ${name}` : name;
  return h("li", {}, h("span", { class: "name" }, about), " ", text, h("span", { class: "in" }, say.in, ...editions));
}

/** What a hit is about comes before what it says, the register of sources last. */
function rank([id, name], words) {
  const called = plain(name);
  return words.every((word) => called.includes(word)) ? 0 : id.startsWith(REGISTER) ? 2 : 1;
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
  hits.sort((one, other) => rank(one, words) - rank(other, words)
    || one[1].length - other[1].length || one[2].length - other[2].length); // what says the least more
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
function asked() {
  const [, words] = location.hash.match(/^#q=(.*)$/) || [];
  if (words === undefined) return;
  try {
    find.value = decodeURIComponent(words);
  } catch { // an address that was cut short
    find.value = words;
  }
  search();
}
addEventListener("hashchange", asked);
addEventListener("DOMContentLoaded", asked);
})();
