/* Tables: saved as CSV as they are printed, with the ids of the values beside each column. */

import { h } from "./dom.js";

// As suyuan.core.formulas has it: what a spreadsheet would compute is told to be text.
const FORMULA = /^[ \u00a0\u3000]*[=+\-@\t\r\n＝＋－＠\u2212]/;
const NUMBER = /^[-+\u2212]?(\d[\d,]*(\.\d+)?%?)?$/;
const neutral = (text) => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
const quoted = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const textOf = (cell) => (cell?.textContent ?? "").replace(/\s+/g, " ").trim();
const idsOf = (cell) => [...(cell?.querySelectorAll("[data-fact]") ?? [])].map((place) => place.dataset.fact).join(";");

function csvOf(table) {
  const rows = [...table.rows].map((row) => [...row.cells]);
  const traced = rows[0].map((_, column) => rows.slice(1).some((row) => idsOf(row[column])));
  const line = (row, head) =>
    rows[0].flatMap((_, column) => {
      const text = textOf(row[column]);
      if (!traced[column]) return [text];
      return [text, head ? `${text} value_id` : idsOf(row[column])];
    });
  const lines = rows.map((row, place) => line(row, place === 0).map(neutral).map(quoted).join(","));
  return `${lines.join("\n")}\n`;
}

for (const button of document.querySelectorAll("button[data-table]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const table = document.querySelector(`#${button.dataset.table} table`);
    // The mark in front tells spreadsheet programs that this is UTF-8.
    const file = new Blob(["\ufeff", csvOf(table)], { type: "text/csv;charset=utf-8" });
    const url = URL.createObjectURL(file);
    h("a", { href: url, download: `${button.dataset.table.replace("tab-", "")}.csv` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  });
}
