/* The panel of a preview: what became of the last save, what differs from the delivered report, and
   the page loaded again at the same place. */
"use strict";
(() => {
  const say = JSON.parse(document.getElementById("preview-words").textContent);
  const own = Number(document.getElementById("preview-script").dataset.page);
  const PLACE = "suyuan-preview";
  const filled = (text, what) => text.replace("{}", () => what);

  function h(tag, attributes, ...parts) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else element.setAttribute(name, value);
    }
    element.append(...parts);
    return element;
  }

  /* The same place: the element that stands at the top of the window, and how far from it. */

  function remember() {
    let nearest = null;
    const within = document.elementFromPoint(innerWidth / 2, 1)?.closest("main section");
    for (const element of (within ?? document).querySelectorAll(within ? "[id]" : "main section")) {
      if (element.closest("svg") || !element.getClientRects().length) continue;
      const { top } = element.getBoundingClientRect();
      if (!nearest || Math.abs(top) < Math.abs(nearest.top)) nearest = { id: element.id, top };
    }
    const place = { ...nearest, y: scrollY, folded: panel.classList.contains("folded") };
    sessionStorage.setItem(PLACE, JSON.stringify(place));
  }

  function restore() {
    const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    if (!place) return;
    const element = document.getElementById(place.id ?? "");
    const by = element ? element.getBoundingClientRect().top - place.top : place.y - scrollY;
    scrollBy({ top: by, behavior: "instant" });
  }

  /* What differs. */

  const changed = [...document.querySelectorAll("[data-preview-changed]")].filter(
    (element) => !element.parentElement.closest("svg .narrow"),
  );
  let at = null;

  function jump(kind, by) {
    const all = changed.filter((e) => e.dataset.previewChanged === kind && e.getClientRects().length);
    if (!all.length) return;
    const now = all.indexOf(at);
    at?.removeAttribute("data-preview-at");
    at = all.at((now < 0 ? (by > 0 ? 0 : -1) : now + by) % all.length);
    at.setAttribute("data-preview-at", "");
    at.scrollIntoView({ block: "center", behavior: "instant" });
    const was = at.dataset.previewWas;
    told.textContent = was === undefined ? "" : was ? filled(say.was, was) : say.new;
  }

  const told = h("span", { class: "was" });
  const counts = Object.entries(say.kinds)
    .map(([kind, name]) => [kind, name, changed.filter((e) => e.dataset.previewChanged === kind).length])
    .filter(([, , count]) => count)
    .map(([kind, name, count]) =>
      h("span", { "data-kind": kind }, `${name} `, h("b", {}, String(count)), " ",
        h("button", { type: "button", title: say.previous, "aria-label": `${name} ${say.previous}`, onclick: () => jump(kind, -1) }, "‹"), " ",
        h("button", { type: "button", title: say.next, "aria-label": `${name} ${say.next}`, onclick: () => jump(kind, 1) }, "›")),
    );

  /* The panel. */

  const state = h("span", { class: "state", role: "status" });
  const more = h("div", { class: "more", role: "alert" });
  const fold = h("button", { type: "button", class: "fold", onclick: () => folded(!panel.classList.contains("folded")) });
  const bar = h("div", { class: "bar" }, state, ...(counts.length ? [h("span", {}, say.changed), ...counts, told] : []), fold);
  const panel = h("aside", { id: "preview", "aria-label": say.panel }, bar, more);

  function folded(wanted) {
    panel.classList.toggle("folded", wanted);
    fold.textContent = wanted ? say.show : say.hide;
  }

  function listed(problems) {
    const columns = Object.keys(say.columns);
    const cell = { place: (p) => p.file, rule: (p) => `${p.rule} (${p.code})` };
    return h("table", {},
      h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, say.columns[name])))),
      h("tbody", {}, ...problems.map((problem) =>
        h("tr", {}, ...columns.map((name) => h("td", { class: name }, cell[name]?.(problem) ?? problem[name]))))));
  }

  function show(news) {
    const { problems = [], count = 0, crash = "", note = "", aside = "", queries = [] } = news;
    panel.classList.toggle("wrong", Boolean(problems.length || crash));
    panel.toggleAttribute("data-busy", Boolean(news.busy));
    const good = own ? `${say.ready} ${filled(say.seconds, news.seconds ?? "")}` : say.title;
    state.textContent = news.busy ? say.busy : problems.length ? filled(say.problems, count) : crash ? say.crash : good;
    const parts = [];
    if (problems.length) parts.push(listed(problems));
    if (count > problems.length) parts.push(filled(say.more, count - problems.length));
    for (const text of [note, aside]) if (text) parts.push(h("p", {}, text));
    if (crash) parts.push(h("pre", {}, crash));
    if (queries.length) {
      const list = h("ul", {}, ...queries.map((query) => h("li", {}, query)));
      parts.push(h("details", {}, h("summary", {}, filled(say.queries, queries.length)), list));
    }
    more.replaceChildren(...parts);
    fold.hidden = !parts.length;
    document.body.style.paddingBottom = `${panel.offsetHeight}px`;
  }

  document.body.append(panel);
  folded(JSON.parse(sessionStorage.getItem(PLACE) ?? "{}").folded ?? false);
  history.scrollRestoration = "manual";
  /* Told to whoever measures: what has been painted. */
  const painted = (what) => requestAnimationFrame(() => setTimeout(() => performance.mark(what)));
  const arrived = () => {
    restore();
    painted("preview-shown");
  };
  addEventListener("load", () => document.fonts.ready.then(() => requestAnimationFrame(arrived)));
  addEventListener("pagehide", remember);

  /* Of many tabs those that were opened last are told of news, any other once it is looked at. */
  let source = null;

  function listen() {
    if (source) return;
    source = new EventSource("events");
    source.addEventListener("message", (event) => {
      const news = JSON.parse(event.data);
      if (news.away) {
        source.close();
        source = null;
        state.textContent = say.away;
      } else if (news.page !== own) location.reload();
      else {
        show(news);
        if (!news.busy) painted("preview-told");
      }
    });
    source.addEventListener("error", () => {
      state.textContent = say.lost;
    });
  }

  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) listen();
  });
  addEventListener("focus", listen);
  listen();
})();
