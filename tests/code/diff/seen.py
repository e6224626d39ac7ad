"""The miniature compared after some edits, with a page and a figure on either side."""

from __future__ import annotations

from pathlib import Path

from suyuan.diff import pages
from suyuan.diff.shown import Shown
from suyuan.diff.sides import Side
from tests.code.diff.pages import claim, fact, section
from tests.code.diff.sides import Edit, compared, side
from tests.code.miniature import fixed

LESS_AI = fixed("value", "T005", "5.0")  # alpha's AI compute, 20.0 before: 50 % becomes 35 %
MORE = fixed("value", "T002", "4.00")  # beta's total, 3.00 before, in 万P: 100 EFLOPS become 110
SHARE, OVER = "rg.ai_share", "rg.ai_share_over_40"


def page(own: Side, more: str = "") -> None:
    """A page that prints a share, a claim on it, a total and a figure."""
    share, total = own.values[SHARE], own.values["rg.compute_total"]
    said = own.lineage["claims"][OVER]["txt"]
    body = (
        f"<p>智算占比{claim(OVER, said)}。占比为 {fact(share['v'], SHARE, share['txt'])}。</p>"
        f"<p>合计 {fact(total['v'], 'rg.compute_total', total['txt'])} EFLOPS。{more}</p>"
        f'<figure><figcaption>图 一</figcaption><data class="graphic" value="1"'
        f' data-fact="report.figure.bars" id="fig-bars"></data></figure>'
    )
    html = f"<!DOCTYPE html>\n<html><head></head><body>{section(body)}</body></html>"
    own.html.write_text(html, encoding="utf-8")
    own.figures.mkdir(parents=True)
    row = f"{share['txt']},{SHARE},{share['v']}"
    (own.figures / "bars.csv").write_text(f"txt,value_id,v\n{row}\n", encoding="utf-8")
    mark = f'<svg><g data-fact="{SHARE}" id="m-1"><path d="M 0 {share["v"]}"/></g></svg>'
    (own.figures / "bars.svg").write_text(mark, encoding="utf-8")


def seen(tmp_path: Path, schemas: Path, *edits: Edit, more: str = "") -> Shown:
    """The miniature before and after ``edits``; ``more`` is what only the page after says."""
    base, head = side(tmp_path / "base", schemas), side(tmp_path / "head", schemas, edits)
    page(base)
    page(head, more)
    document = pages.complete(compared(base, head, tmp_path / "base"), pages.changes(base, head))
    return Shown.of(tmp_path / "base", document, base, head)
