"""What rests on the documents of the register: the numbers that the page has printed so far."""

from __future__ import annotations

from collections.abc import Mapping

from suyuan.lineage.graph import gathered
from suyuan.lineage.value import TEXT
from suyuan.page.printer import Printer


def resting(printer: Printer) -> Mapping[str, list[str]]:
    """Ids of the numbers printed so far, by each document they go back to, in reading order.

    A count does not depend on what the counted say: it rests on none.
    """
    ledger, origins = printer.ledger, printer.origins
    known: dict[str, dict[str, None]] = {}

    def cited(value_id: str) -> list[str]:
        documents = (origins.document_of(cell) for cell in ledger.parent(value_id).src)
        return [document for document in documents if document]

    found: dict[str, list[str]] = {}
    for value_id in dict.fromkeys(use.v for use in printer.uses):
        value = ledger.parent(value_id)
        counts = bool(value.parents) and ledger.operations[value.op].counting
        if value.unit != TEXT and not counts:
            for document in gathered(ledger, value_id, known, cited):
                found.setdefault(document, []).append(value_id)
    return found
