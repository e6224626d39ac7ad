"""Check: the data contract and nothing else, for an analyst who is still editing."""

from __future__ import annotations

from suyuan import ingest, normalise, score
from suyuan.config import Config
from suyuan.layout import Layout
from suyuan.messages import catalogue, message, questions


def run(layout: Layout, config: Config) -> str:
    """Says that the edition is lawful, then its queries. Raises DataError with every problem."""
    tables = {name: ingest.ingested(table) for name, table in ingest.check(layout).items()}
    observations = normalise.check(layout, tables)
    score.compute(layout, config, tables, observations)
    rows = sum(len(table) for table in tables.values())
    words = catalogue(layout.templates)["lawful"]
    lawful = words.format(edition=layout.edition, tables=len(tables), rows=rows)
    found = normalise.queried(layout, tables, observations)
    asked = questions([message(query, layout.templates) for query in found], layout.templates)
    return "\n".join(filter(None, [lawful, asked]))
