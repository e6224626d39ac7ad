"""On which page something stands, as the PDF itself says."""

from __future__ import annotations

import zlib

import pytest

from suyuan.outputs.answers.paper import Paper

OBJECTS = {
    1: "<</Type /Pages/Kids [5 0 R 3 0 R]/Count 2>>",
    2: "<</Type /Catalog/Pages 1 0 R/Names <</Dests <</Names [(sec-a) [5 0 R /XYZ 1 2 0] "
    "(tab-t) [3 0 R /XYZ 1 2 0]]>>>>>>",
    3: "<</Type /Page/Parent 1 0 R/Annots [6 0 R 7 0 R]>>",
    5: "<</Type /Page/Parent 1 0 R/Annots [8 0 R]>>",
    6: "<</Type /Annot/Subtype /Link/Dest (t-rg-share)>>",
    7: "<</Type /Annot/Subtype /Link/Dest (t-rg-share)>>",
    8: "<</Type /Annot/Subtype /Link/Dest (tab-t)>>",
}


def pdf(objects):
    """A file with the objects in one compressed stream, as WeasyPrint writes them."""
    starts, body = [], ""
    for number, text in objects.items():
        starts.append(f"{number} {len(body)}")
        body += f"{text}\n"
    head = " ".join(starts)
    stream = zlib.compress(f"{head}\n{body}".encode())
    about = f"<</Type /ObjStm/N {len(objects)}/First {len(head) + 1}/Filter /FlateDecode>>\n"
    return b"%PDF-1.7\n9 0 obj\n" + about.encode() + b"stream\n" + stream + b"\nendstream\nendobj\n"


@pytest.fixture
def paper(tmp_path):
    (tmp_path / "report.pdf").write_bytes(pdf(OBJECTS))
    return Paper.read(tmp_path / "report.pdf")


def test_pages_count_in_the_order_of_the_document(paper):
    assert (paper.of("sec-a"), paper.of("tab-t"), paper.of("fig-f")) == (1, 2, 0)


def test_a_page_knows_what_it_links_to(paper):
    assert paper.links == {1: ("tab-t",), 2: ("t-rg-share",)}
    assert paper.printing("t-rg-share") == [2]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4\n", pdf(OBJECTS)[:120]])
def test_what_is_no_pdf_of_ours_has_no_pages(tmp_path, content):
    path = tmp_path / "report.pdf"
    path.write_bytes(content)
    assert Paper.read(path) == Paper()
    assert Paper.read(tmp_path / "missing.pdf") == Paper()
