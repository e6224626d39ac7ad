"""Queries: lawful rows that look wrong. The analyst is asked; the build goes on.

Official statistics tell hard edits, which stop, from soft edits, which query. The contract is of
the first sort; this is the second: a number far from its kind, two rows that describe one fact
differently. Codes start with W.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path

from suyuan.contract.codebook import Codebook
from suyuan.contract.messages import message
from suyuan.contract.queries import answers, consistency, plausibility, rules
from suyuan.contract.queries.answers import Asked
from suyuan.contract.queries.seen import OBSERVATIONS, Seen
from suyuan.contract.tables import Records, Rowwise, columns
from suyuan.core.errors import Problem

KEY = "obs_id"
COLUMNS = ["query_id", "code", "file", "row", "column", "value", "message"]


def queries(
    tables: Rowwise,
    observations: Records,
    codebook: Codebook,
    file: str,
    before: Seen | None = None,
) -> Asked:
    """What looks wrong in the normalised ``observations``; ``file`` is their raw file.

    ``before`` is the edition before, which only a check looks at.
    """
    seen = Seen(tables, codebook, file.rpartition("/")[0])
    recorded, observations = (  # which of two is asked about does not hang on where they stand
        sorted(rows, key=itemgetter(KEY)) for rows in (tables[OBSERVATIONS], observations)
    )
    found = [
        *consistency.problems({**tables, OBSERVATIONS: recorded}, file),
        *plausibility.problems(tables, observations, codebook, file),
        *rules.problems(seen, before),
    ]
    unasked = {rule.code for rule in rules.OF_TWO} if before is None else ()
    return answers.asked(seen, found, unasked)


def query_table(found: Sequence[Problem], templates: Path) -> dict[str, list[str]]:
    """One row per query, with the words that an analyst reads; by column."""
    rows = [
        {
            "query_id": str(number),
            "code": query.code,
            "file": query.file,
            "row": str(query.row),
            "column": query.column,
            "value": query.value,
            "message": message(query, templates),
        }
        for number, query in enumerate(found, start=1)
    ]
    return columns(COLUMNS, rows)
