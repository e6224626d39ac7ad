/* Address: what follows # names the value that is traced and the scenario that is set.
 *
 * #fact=<value id>&scenario=<input id>:<per cent>,… with either part alone; a plain anchor has none.
 */

/** The fragment as it was written; as it stands where it is no such thing, as %E0%A4%A. */
function fragment() {
  try {
    return decodeURIComponent(location.hash);
  } catch {
    return location.hash;
  }
}

/** One part of the fragment, "" where the address has none. */
function asked(name) {
  const parts = fragment().slice(1).split("&");
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1) ?? "";
}

let scenario = asked("scenario"); // outlives a jump to a plain anchor
addEventListener("hashchange", () => {
  scenario = asked("scenario") || scenario;
});

/** Say in the address what the page shows: the traced value, and the scenario. */
function tell(fact) {
  const parts = [fact && `fact=${fact}`, scenario && `scenario=${scenario}`].filter(Boolean);
  const [page] = location.href.split("#");
  history.replaceState(null, "", parts.length ? `#${parts.join("&")}` : page);
}
