"""lineage.json of a composed page: values, sources, claims and uses."""

from __future__ import annotations

from suyuan import __version__
from suyuan.contract.config import CONFIG
from suyuan.core import inputs
from suyuan.core.files import digest
from suyuan.core.layout import Layout
from suyuan.domain.cited import source_entries
from suyuan.lineage.file import dump_lineage
from suyuan.lineage.graph import deciding
from suyuan.page.page import Page

CODE = ("code", "messages", "templates")  # what computes the numbers and words them


def version(layout: Layout) -> dict[str, str]:
    """Version and digest of the code at hand."""
    code = [path for kind in CODE for path in inputs.files(layout, kind)]
    return {"version": __version__, "sha256": inputs.digest_of(layout.root, code)}


def lineage_text(layout: Layout, page: Page) -> str:
    """lineage.json: all numbers, the texts in use, and where each is printed."""
    ledger = page.ledger
    wanted = ledger.numbers() + [use.v for use in page.uses]
    kept = deciding(ledger, wanted)
    return dump_lineage(
        edition=layout.edition,
        code=version(layout),
        config_sha256=digest(layout.read(layout.root / CONFIG)),
        sources=source_entries(layout),
        ledger=ledger,
        kept=kept,
        claims={
            name: judged.to_json(page.ledger) | {"uses": page.claimed.get(name, [])}
            for name, judged in page.claims.items()
        },
        uses=page.uses,
    )
