"""A side without a page: values and claims computed on the spot, in about a second."""

from __future__ import annotations

from pathlib import Path

from suyuan.contract import edition, observations
from suyuan.contract.config import Config
from suyuan.core.layout import Layout
from suyuan.diff.sides import LINEAGE, Side
from suyuan.domain import values
from suyuan.domain.cited import source_entries
from suyuan.lineage.claims import read_claims
from suyuan.lineage.file import dump_lineage
from suyuan.lineage.graph import deciding
from suyuan.lineage.judging import judge_all
from suyuan.lineage.members import members_of

CODE = {"version": "", "sha256": ""}  # both sides are computed by the code at hand


def computed(
    name: str,
    layout: Layout,
    config: Config,
    made: Path,
    *,
    texts: bool = False,
    code: dict[str, str] = CODE,
) -> Side:
    """The edition of ``layout``; its lineage is written to the folder ``made``.

    It has all numbers and what they rest on, with ``texts`` also the texts that nothing rests on.

    Raises ReportedError for what the contract or a computation refuses.
    """
    tables = {key: edition.ingested(table) for key, table in edition.check(layout).items()}
    ledger = values.compute(layout, config, tables, observations.check(layout, tables))
    claims = read_claims(layout, members_of(ledger, ledger.texts.rows, config.region))
    judged = judge_all(claims.values(), ledger)
    text = dump_lineage(
        edition=layout.edition,
        code=code,
        config_sha256="",
        sources=source_entries(layout),
        ledger=ledger,
        kept=deciding(ledger, [v.id for v in ledger] if texts else ledger.numbers()),
        claims={claim: each.to_json(ledger) for claim, each in judged.items()},
        uses=(),
    )
    made.mkdir(parents=True, exist_ok=True)
    (made / LINEAGE).write_text(text, encoding="utf-8")
    return Side.open(name, layout.root, made)
