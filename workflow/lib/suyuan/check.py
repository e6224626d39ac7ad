"""Check: the data contract and nothing else, for an analyst who is still editing."""

from __future__ import annotations

from suyuan import ingest, normalise, score
from suyuan.config import Config
from suyuan.layout import Layout
from suyuan.messages import catalogue


def run(layout: Layout, config: Config) -> str:
    """One line that says the edition is lawful. Raises DataError with every problem."""
    tables = {name: ingest.ingested(table) for name, table in ingest.check(layout).items()}
    score.compute(layout, config, tables, normalise.check(layout, tables))
    rows = sum(len(table) for table in tables.values())
    words = catalogue(layout.templates)["lawful"]
    return words.format(edition=layout.edition, tables=len(tables), rows=rows)
