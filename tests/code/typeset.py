"""Helpers of the typesetting tests: the sample document, and rulers for what a PDF shows.

A justified line is found in WeasyPrint's layout tree, but where it ends is read from the PDF, so
that the code under test cannot vouch for itself.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
import pypdf
from weasyprint import HTML, Document
from weasyprint.formatting_structure import boxes

from suyuan.outputs.paper.justify import CLOSING

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "templates/fonts"
SAMPLE = ROOT / "tests/data/typeset/sample.html"
PX = 0.75  # points in a CSS pixel

FACES = "".join(
    f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url({file}) }}'
    for family, weight, file in (
        ("Noto Sans SC", 400, "NotoSansSC-Regular.ttf"),
        ("Noto Sans SC", 700, "NotoSansSC-Bold.ttf"),
        ("Noto Serif SC", 700, "NotoSerifSC-Bold.ttf"),
    )
)
STYLE = """
@page {
  size: WIDTHmm 210mm; margin: 20mm 18mm;
  @top-center { content: "排版样张" } @bottom-center { content: counter(page) }
  @footnote { border-top: 0.5pt solid #999 }
}
html { font: SIZEpt/1.75 "Noto Sans SC"; font-feature-settings: "chws" 1 }
h1, h2, caption, th { font-family: "Noto Serif SC"; font-weight: 700 }
p, li { text-align: justify; margin: 0 0 .4em }
p { text-indent: 2em }
.note { float: footnote; font-size: .8em; text-indent: 0 }
sup, sub { font-size: .65em; line-height: 1 }
em { font-style: normal; text-decoration: underline }
"""


class LineEnd(NamedTuple):
    """Where a justified line ends in the PDF, in points right of its container's edge."""

    beyond: float
    text: str


def sample(width_mm: float = 148, size_pt: float = 10.5) -> str:
    """The sample document, set on a page of this width in type of this size."""
    style = STYLE.replace("WIDTH", str(width_mm)).replace("SIZE", str(size_pt))
    html = SAMPLE.read_text(encoding="utf-8")
    return html.replace("</head>", f"<style>{style}</style></head>")


def page(body: str, width_px: float, style: str = "") -> str:
    """A page of this width without margins, in 10 px type: lines that can be worked by hand."""
    return f"""<html lang="zh-CN"><title>行</title><style>
        @page {{ size: {width_px}px 400px; margin: 0 }} body {{ margin: 0 }}
        html {{ font: 10px/2 "Noto Sans SC"; font-feature-settings: "chws" 1 }}
        p {{ text-align: justify; margin: 0 }} {style}</style><body>{body}"""


def lay_out(html: str) -> Document:
    return HTML(string=f"<style>{FACES}</style>{html}", base_url=FONTS.as_uri() + "/").render()


def characters(document: Document) -> list[list[dict[str, Any]]]:
    """The characters of each page, as the PDF places them, in points."""
    with pdfplumber.open(io.BytesIO(document.write_pdf())) as pdf:
        return [page.chars for page in pdf.pages]


def line_ends(document: Document) -> list[LineEnd]:
    """The ends of all lines that must be justified, which the last of a paragraph need not be.

    An end is the advance box of the last character, of a closing mark only its left half.
    """
    ends = []
    pages = characters(document)
    for number, container, line in _justified_lines(document):
        top, bottom = line.position_y * PX, (line.position_y + line.height) * PX
        on_line = [
            char
            for char in pages[number]
            if top <= (char["top"] + char["bottom"]) / 2 <= bottom and char["text"].strip()
        ]
        last = max(on_line, key=lambda char: char["x1"])
        trimmed = last["size"] / 2 if last["text"] in CLOSING else 0
        edge = (container.content_box_x() + container.width) * PX
        text = "".join(char["text"] for char in on_line)
        ends.append(LineEnd(last["x1"] - trimmed - edge, text))
    return ends


def share_within(ends: list[LineEnd], tolerance_pt: float) -> float:
    return sum(abs(end.beyond) <= tolerance_pt for end in ends) / len(ends)


def embedded_fonts(path: Path) -> set[str]:
    """The names of the fonts in a PDF, without their subset tags; every one must be embedded."""
    names = set()
    for item in _objects(path):
        if isinstance(item, dict) and item.get("/Type") == "/FontDescriptor":
            assert "/FontFile2" in item, f"{item['/FontName']} is not embedded as TrueType"
            names.add(str(item["/FontName"]).split("+")[-1])
    return names


def structure(path: Path, kind: str) -> list[Any]:
    """The structure elements of one kind, such as "/TH"."""
    return [
        item
        for item in _objects(path)
        if isinstance(item, dict) and item.get("/Type") == "/StructElem" and item.get("/S") == kind
    ]


def _objects(path: Path) -> Iterator[Any]:
    reader = pypdf.PdfReader(path)
    for number in range(1, int(reader.trailer["/Size"])):
        yield reader.get_object(number)


def _justified_lines(document: Document) -> Iterator[tuple[int, Any, Any]]:
    paragraphs = defaultdict(list)  # an element goes on over several pages
    for number, laid_out in enumerate(document.pages):
        for container, box in _descendants(laid_out._page_box):
            if isinstance(box, boxes.LineBox) and box.style["text_align_all"] == "justify":
                paragraphs[container.element, container.element_tag].append(
                    (number, container, box)
                )
    for lines in paragraphs.values():
        yield from lines[:-1]


def _descendants(box: Any) -> Iterator[tuple[Any, Any]]:
    for child in getattr(box, "children", ()):
        yield box, child
        yield from _descendants(child)
