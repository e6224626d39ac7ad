/* Address: what follows # names the value that is traced and the scenario that is set.
 *
 * #fact=<value id>&scenario=<input id>:<per cent>,… with either part alone; a plain anchor has none.
 */

/** The fragment as it was written; as it stands where it is no such thing, as %E0%A4%A. */
export function fragment() {
  try {
    return decodeURIComponent(location.hash);
  } catch {
    return location.hash;
  }
}

/** One part of the fragment, "" where the address has none. */
export function asked(name) {
  const parts = fragment().slice(1).split("&");
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

export let scenario = asked("scenario"); // outlives a jump to a plain anchor
addEventListener("hashchange", () => {
  scenario = asked("scenario") || scenario;
});

/** The page's address with a value, and with the scenario that is set. */
export function addressOf(fact) {
  const parts = [fact && `fact=${fact}`, scenario && `scenario=${scenario}`].filter(Boolean);
  return location.href.split("#")[0] + (parts.length ? `#${parts.join("&")}` : "");
}

/** Set the scenario; the address says so where it is told to. */
export function setScenario(text, told = false) {
  scenario = text;
  if (told) history.replaceState(history.state, "", addressOf(asked("fact")));
}
