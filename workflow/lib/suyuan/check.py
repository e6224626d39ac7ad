"""Check: the data contract and nothing else, for an analyst who is still editing."""

from __future__ import annotations

from suyuan import ingest, normalise
from suyuan.config import Config
from suyuan.layout import Layout
from suyuan.messages import catalogue


def run(layout: Layout, _config: Config) -> str:
    """One line that says the edition is lawful. Raises DataError with every problem."""
    tables = ingest.check(layout)
    observations, statements = (
        ingest.ingested(tables[name]) for name in (normalise.OBSERVATIONS, normalise.STATEMENTS)
    )
    normalise.check(layout, observations, statements)
    rows = sum(len(table.rows) for table in tables.values())
    words = catalogue(layout.templates)["lawful"]
    return words.format(edition=layout.edition, tables=len(tables), rows=rows)
