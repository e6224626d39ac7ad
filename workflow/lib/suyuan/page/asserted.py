"""The claims that a page may print: read, held to their words and to the data."""

from __future__ import annotations

from suyuan.core.errors import ConfigError
from suyuan.core.layout import Layout
from suyuan.lineage.claims import read_claims, typed_numerals
from suyuan.lineage.judging import Judged, judge_all
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import Members
from suyuan.page import lint


def judged_claims(layout: Layout, ledger: Ledger, members: Members) -> dict[str, Judged]:
    """All claims held against the data, by id.

    Raises ConfigError with what is no claim, E319 for words with a number of their own, and what
    ``judge_all`` says.
    """
    claims = read_claims(layout, members).values()
    numerals = lint.Numerals.read(layout.root / lint.LINT)
    if problems := list(typed_numerals(claims, numerals.find)):
        raise ConfigError(problems)
    return judge_all(claims, ledger)
