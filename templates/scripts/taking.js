/* Taking: what the page gives away, as a file or on the clipboard.
 *
 * A cell of a CSV file is a number or text, never a formula, as suyuan.core.formulas has it.
 */

import { h } from "./dom.js";

const FORMULA = /^[ \u00a0\u3000]*[=+\-@\t\r\n＝＋－＠\u2212]/;
const NUMBER = /^[-+\u2212]?(\d[\d,]*(\.\d+)?%?)?$/;
const neutral = (text) => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Rows of texts as CSV. The mark in front tells spreadsheet programs that this is UTF-8. */
export const csv = (rows) => `\ufeff${rows.map((row) => `${row.map(neutral).map(quoted).join(",")}\n`).join("")}`;

/** Save a file under a name. */
export function save(name, content, type) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  h("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

export const saveCsv = (name, rows) => save(`${name}.csv`, csv(rows), "text/csv;charset=utf-8");

/** Put a text on the clipboard; `beside` is where a page from disk, which may not, selects it. */
export async function toClipboard(text, beside) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h("textarea", {}, text);
    beside.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
