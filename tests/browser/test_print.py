"""Printed to PDF from the browser: no word is lost, and figures stay with their captions."""

from __future__ import annotations

import base64
import re
import unicodedata

import pytest
from pypdfium2 import PdfDocument

from tests.browser.reader import PHONE, WIDE

PAPER = {"paperWidth": 8.27, "paperHeight": 11.69, "printBackground": True}
SAID = """
const said = (part) => {
  const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    if (!walk.currentNode.parentElement.closest("style, script, title, desc, .sort:empty")) {
      found.push(walk.currentNode.data);
    }
  }
  return found;
};
const tables = [...document.querySelectorAll("main .table:not(.data .table)")];
const figures = [...document.querySelectorAll("main figure")];
return [
  tables.map((home) => [home.id, said(home.querySelector("table"))]),
  figures.map((one) => [said(one.querySelector("figcaption")),
    said(one.querySelector("svg.wide"))]),
  said(document.querySelector("#tab-sources thead")).join(""),
];
"""


def plain(text: str) -> str:
    """Letters and digits: a hyphen at a line's end is none to readers of PDFs."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_is_lost_on_paper(reader, size):
    reader.surroundings(size)
    reader.open()
    tables, figures, head = reader.script(SAID)
    printed = reader.driver.execute_cdp_cmd("Page.printToPDF", PAPER)["data"]
    with PdfDocument(base64.b64decode(printed)) as document:
        pages = [plain(page.get_textpage().get_text_bounded()) for page in document]
        for page in document:
            width, _ = page.get_size()
            text = page.get_textpage()
            assert all(text.get_charbox(at)[2] <= width for at in range(text.count_chars()))
    whole = "".join(pages)
    assert len(tables) > 40
    lost = [(name, one) for name, said in tables for one in said if plain(one) not in whole]
    assert lost == []
    assert sum(plain(head) in page for page in pages) > 3  # on each page of a long table
    assert len(figures) > 30
    together = [
        any(all(plain(one) in page for one in [*caption, *letters]) for page in pages)
        for caption, letters in figures
    ]
    assert [caption for (caption, _), near in zip(figures, together, strict=True) if not near] == []
