"""Claims: sentences that the data must bear out, from config/claims.yaml.

A claim names a typed statement over facts and the words for each outcome. When data moves, the
words change; where there are no words for what happened, the build stops and says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from suyuan.errors import ConfigError, Problem, ProseError
from suyuan.files import read_yaml
from suyuan.formats import EXACT, number, plain
from suyuan.intervals import Interval, interval
from suyuan.layout import Layout
from suyuan.members import Members, expanded
from suyuan.predicates import PREDICATES, margin_interval
from suyuan.values import Ledger, indicator_of

CLAIMS = "config/claims.yaml"
KEYS = {"test", "facts", "parameter", "holds", "fails", "uncertain"}
PLACEHOLDER = re.compile(r"\{([\w.-]+)\}")


@dataclass(frozen=True)
class Claim:
    """One statement: its test, the facts it is about, and the words for each outcome."""

    id: str
    test: str
    facts: tuple[str, ...]
    parameter: Decimal
    wording: Mapping[bool, str]
    uncertain: str = ""


@dataclass(frozen=True)
class Judged:
    """A claim held against the data. Margins are in canonical units, or pp for shares."""

    claim: Claim
    holds: bool
    margin: Decimal
    span: Interval
    unit: str

    @property
    def robust(self) -> bool:
        """Whether no rounding of the recorded digits could turn the claim round."""
        holds = PREDICATES[self.claim.test].holds
        return holds(self.span.low) == holds(self.span.high) == self.holds

    @property
    def words(self) -> str:
        """The words for what happened; '' where the claim has none."""
        outcome = self.claim.wording.get(self.holds, "")
        return outcome if self.robust else self.claim.uncertain or outcome

    def to_json(self, ledger: Ledger) -> dict[str, Any]:
        """The entry of lineage.json, with the facts that its words name filled in."""
        said = PLACEHOLDER.sub(lambda found: ledger[found[1]].txt, self.words)
        ends = [plain(self.span.low), plain(self.span.high)]
        return {
            "holds": self.holds, "margin": plain(self.margin), "unit": self.unit,
            "robust": self.robust, "margin_range": ends, "test": self.claim.test,
            "in": list(self.claim.facts), "txt": said,
        }  # fmt: skip


def _facts(entry: Any, members: Members) -> Iterator[str]:
    for text in entry if isinstance(entry, list) else [entry]:
        yield from expanded(text, members)


def read_claims(layout: Layout, members: Members) -> dict[str, Claim]:
    """The claims by id. Raises ConfigError E321 for an unknown test or key."""
    entries = read_yaml(layout.root / CLAIMS)["claims"]
    for name, entry in entries.items():
        if wrong := sorted(set(entry) - KEYS) or sorted({entry["test"]} - set(PREDICATES)):
            raise ConfigError(Problem("E321", CLAIMS, 1, name, wrong[0]))
    return {
        name: Claim(
            name,
            entry["test"],
            tuple(_facts(entry["facts"], members)),
            Decimal(str(entry.get("parameter", 1))),
            {
                outcome: entry[key]
                for outcome, key in ((True, "holds"), (False, "fails"))
                if key in entry
            },
            entry.get("uncertain", ""),
        )
        for name, entry in entries.items()
    }


def judge(claim: Claim, ledger: Ledger) -> Judged:
    """Hold a claim against the data. Raises ConfigError E161 for a fact that does not exist."""
    for fact in claim.facts:
        if fact not in ledger:
            raise ConfigError(Problem("E161", CLAIMS, 1, claim.id, fact))
    with localcontext(EXACT):
        facts = [ledger[fact].number for fact in claim.facts]
        margin = PREDICATES[claim.test].margin(facts, claim.parameter)
        spans = [interval(ledger, fact) for fact in claim.facts]
        span = margin_interval(claim.test, spans, claim.parameter)
    unit = ledger[claim.facts[0]].unit
    holds = PREDICATES[claim.test].holds(margin)
    if ledger.codebook.is_share(indicator_of(claim.facts[0])):
        hundred = Decimal(100)
        margin, span = margin * hundred, Interval(span.low * hundred, span.high * hundred)
        unit = "pp"
    return Judged(
        claim, holds, _rounded(margin), Interval(*map(_rounded, (span.low, span.high))), unit
    )


def _rounded(margin: Decimal) -> Decimal:
    """Two decimals, or as many as it takes to show that a margin is not zero."""
    if not margin.is_finite():
        return margin
    places = 2
    while margin and not round(margin, places) and places < 12:
        places += 1
    return Decimal(number(abs(margin), places)).copy_sign(margin)


def check_wording(judged: Judged, ledger: Ledger) -> None:
    """Raise ProseError E320 where a claim has no words for what the data say."""
    if judged.words:
        return
    other = judged.claim.wording.get(not judged.holds, "")
    facts = "；".join(
        f"{fact}={ledger[fact].txt}（{'、'.join(sorted(_cells(ledger, fact)))}）"
        for fact in judged.claim.facts
    )
    details = {"outcome": "holds" if judged.holds else "fails", "facts": facts}
    raise ProseError(Problem("E320", CLAIMS, 1, judged.claim.id, other, details))


def _cells(ledger: Ledger, value_id: str) -> set[str]:
    value = ledger[value_id]
    own = {f"{cell.source}:{cell.key}" for cell in value.src}
    return own.union(*(_cells(ledger, parent) for parent in value.parents))
