"""What WeasyPrint 70.0 leaves undone: a PDF/A-3a file that is PDF/UA-1 as well.

WeasyPrint writes one PDF variant per call. ``finish`` goes in as its ``finisher``, runs on the
finished objects just before they are written, and changes them in place. Each step names the
rule it serves; ``tests/code/outputs/paper/test_pdf.py`` has a validator check them all.
"""

from __future__ import annotations

import zlib
from functools import partial
from typing import Any

import pydyf

# Says "PDF/UA-1", and explains these very words, which PDF/A does not know (ISO 19005-3, 6.6.2.3).
_PDFUA = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>"""


def finish(document: object, pdf: pydyf.PDF) -> None:
    """Complete ``pdf`` in place; WeasyPrint calls this with its document, which is not needed."""
    _declare_pdfua(pdf)
    _scope_headers(pdf)
    _mark_running_heads(pdf)
    if "AF" in pdf.catalog:  # WeasyPrint lists every attachment twice
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and "Interpolate" in item.extra:
            item.extra["Interpolate"] = "false"  # no smoothed images (ISO 19005-3, 6.2.8)
        _pack(item)
    pdf.add_object = partial(_add_packed, pdf.add_object)  # two more streams come while writing


def _declare_pdfua(pdf: pydyf.PDF) -> None:
    metadata = _object(pdf, pdf.catalog["Metadata"])
    metadata.stream = [b"".join(metadata.stream).replace(b"</rdf:RDF>", _PDFUA)]
    metadata.compress = False  # an archive reads the metadata without unpacking anything


def _scope_headers(pdf: pydyf.PDF) -> None:
    """Say of each header cell whether it heads a column or a row (ISO 14289-1, 7.5)."""
    for item in pdf.objects:
        if isinstance(item, dict) and item.get("S") == "/TH":
            section = _object(pdf, _object(pdf, item["P"])["P"])
            item["A"]["Scope"] = "/Column" if section["S"] == "/THead" else "/Row"


def _mark_running_heads(pdf: pydyf.PDF) -> None:
    """Turn text outside the structure tree into pagination artifacts (ISO 14289-1, 7.8).

    WeasyPrint tags the margin boxes of a page as content, but leaves them out of the tree.
    """
    root = _object(pdf, pdf.catalog["StructTreeRoot"])
    reached: set[bytes] = set()
    waiting = list(root["K"])
    while waiting:
        reference = waiting.pop()
        if isinstance(reference, bytes) and reference not in reached:  # a number is a mark
            reached.add(reference)
            waiting.extend(_object(pdf, reference).get("K", ()))
    owners = _object(pdf, root["ParentTree"])["Nums"][1::2]  # of each page, then of each link
    for page, elements in zip(pdf.page_references, owners, strict=False):
        stream = _object(pdf, _object(pdf, page)["Contents"]).stream
        for mark, element in enumerate(elements):
            if element not in reached:
                place = stream.index({"MCID": mark})
                stream[place - 1 : place + 1] = ["/Artifact", "<</Type /Pagination>>"]
                elements[mark] = "null"


def _pack(item: Any) -> None:
    """Compress a stream for good, unless it then ended in a carriage return.

    pydyf would compress it anew for each look at its data, three times in all. A carriage return
    before "endstream" looks like half of the line end, and strict readers then miscount the length
    (ISO 19005-3, 6.1.7.1): one stream in 256, by chance, and one report in thirty or so.
    """
    if not isinstance(item, pydyf.Stream) or not item.compress:
        return
    item.compress = False
    packed = zlib.compress(_plain(item))
    if not packed.endswith(b"\r"):
        item.stream, item.extra["Filter"] = [packed], "/FlateDecode"


def _plain(item: pydyf.Stream) -> bytes:
    """What a stream says; of one piece it is that piece: attached data are large."""
    if len(item.stream) == 1 and isinstance(item.stream[0], bytes):
        return item.stream[0]
    return bytes(item.data.partition(b"\nstream\n")[2].removesuffix(b"\nendstream"))


def _add_packed(add_object: Any, item: Any) -> None:
    add_object(item)
    _pack(item)


def _object(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
