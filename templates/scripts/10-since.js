/* Since: a switch that marks every number and text that is another one than an edition ago. */

if (lineage.before) {
  const marks = h(
    "button",
    {
      type: "button",
      class: "since",
      "aria-pressed": "false",
      onclick: ({ currentTarget }) => {
        const shown = document.documentElement.classList.toggle("since-shown");
        currentTarget.setAttribute("aria-pressed", String(shown));
      },
    },
    say.since,
  );
  box.before(marks);
}
