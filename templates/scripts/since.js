/* Since: a switch that marks every number and text that is another one than an edition ago. */

import { tools } from "./contents.js";
import { toggle } from "./dom.js";
import { lineage, say } from "./lineage.js";

if (lineage.before) {
  const mark = (on) => document.documentElement.classList.toggle("since-shown", on);
  tools.append(toggle(say.since, mark, { class: "take since" }));
}
