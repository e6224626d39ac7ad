"""Check: the data contract and nothing else, for an analyst who is still editing."""

from __future__ import annotations

from suyuan.contract import edition, observations
from suyuan.contract.config import Config
from suyuan.contract.messages import catalogue, message, questions
from suyuan.core.layout import Layout
from suyuan.domain import values


def run(layout: Layout, config: Config) -> str:
    """Says that the edition is lawful, then its queries. Raises DataError with every problem."""
    tables = {name: edition.ingested(table) for name, table in edition.check(layout).items()}
    normalised = observations.check(layout, tables)
    values.compute(layout, config, tables, normalised)
    rows = sum(len(table) for table in tables.values())
    words = catalogue(layout.templates)["lawful"]
    lawful = words.format(edition=layout.edition, tables=len(tables), rows=rows)
    found = observations.queried(layout, tables, normalised)
    asked = questions([message(query, layout.templates) for query in found], layout.templates)
    return "\n".join(filter(None, [lawful, asked]))
