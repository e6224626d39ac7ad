/* Elements of the page: made, and looked for. */

/** An element with attributes, listeners (on…) and children; texts never become markup. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child));
  return element;
}

/** A button that is on or off; `set` is told which. */
export function toggle(name, set, attributes = {}) {
  const press = ({ currentTarget }) => {
    const on = currentTarget.getAttribute("aria-pressed") !== "true";
    currentTarget.setAttribute("aria-pressed", String(on));
    set(on);
  };
  return h("button", { type: "button", "aria-pressed": "false", ...attributes, onclick: press }, name);
}

/** Do something on Escape, unless it is for what lies in front: a dialog, or words in a box of search. */
export function onEscape(press) {
  document.addEventListener("keydown", ({ key, target }) => {
    const inFront = document.querySelector("dialog[open]") || (target.matches?.("input[type=search]") && target.value);
    if (key === "Escape" && !inFront) press();
  });
}

/** Where a key leads from one of several things that share a tab stop; undefined where nowhere. */
export const neighbour = (all, one, key) =>
  all[{ ArrowLeft: all.indexOf(one) - 1, ArrowRight: all.indexOf(one) + 1, Home: 0, End: all.length - 1 }[key]];

/** Things listed `size` at a time: a button at the end brings the next of them and gets the focus
 *  to the first of these, at what `stop` selects. `told` hears how many are listed. */
export function inPortions(list, things, made, { size, stop, said, told = () => {} }, from = 0) {
  list.append(...things.slice(from, from + size).map(made));
  const upTo = Math.min(from + size, things.length);
  told(upTo);
  if (upTo === things.length) return;
  const more = h("button", { type: "button", class: "more" }, `${said} ${things.length - upTo}`);
  const last = h("li", {}, more);
  more.addEventListener("click", () => {
    last.remove();
    inPortions(list, things, made, { size, stop, said, told }, upTo);
    list.children[upTo].querySelector(stop)?.focus();
  });
  list.append(last);
}
