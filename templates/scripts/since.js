/* Since: a switch that marks every number and text that is another one than an edition ago. */

import { tools } from "./contents.js";
import { h } from "./dom.js";
import { lineage, say } from "./lineage.js";

if (lineage.before) {
  const marks = h(
    "button",
    {
      type: "button",
      class: "take since",
      "aria-pressed": "false",
      onclick: ({ currentTarget }) => {
        const shown = document.documentElement.classList.toggle("since-shown");
        currentTarget.setAttribute("aria-pressed", String(shown));
      },
    },
    say.since,
  );
  tools.append(marks);
}
