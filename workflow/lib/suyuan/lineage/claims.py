"""Claims: sentences that the data must bear out, from config/claims.yaml.

A claim names a typed statement over facts and the words for each outcome. When data moves, the
words change; where there are no words for what happened, the build stops and says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from typing import Any

from suyuan.core.errors import ConfigError, Problem, ProseError
from suyuan.core.files import read_yaml
from suyuan.core.layout import Layout
from suyuan.core.numbers import EXACT, number, plain
from suyuan.lineage.intervals import Interval, interval
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import Members, expanded, placeholder
from suyuan.lineage.predicates import PREDICATES, margin_interval
from suyuan.lineage.value import indicator_of

CLAIMS = "config/claims.yaml"
KEYS = {"test", "facts", "parameter", "holds", "fails", "uncertain"}
PLACEHOLDER = re.compile(r"\{([\w.-]+)\}")


@dataclass(frozen=True)
class Claim:
    """One statement: its test, the facts it is about, and the words for each outcome.

    ``parameter`` is a number, or the id of the value that holds it. ``pattern`` is the name that
    the claim was made from, '' where it is its own.
    """

    id: str
    test: str
    facts: tuple[str, ...]
    parameter: Decimal | str
    wording: Mapping[bool, str]
    uncertain: str = ""
    pattern: str = ""


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


def _instances(name: str, entry: Any, members: Members) -> Iterator[tuple[str, Any]]:
    """A claim's name and entry; where the name holds a placeholder, those of every member."""
    place = placeholder(name, members)
    if not place:
        yield name, entry
        return
    for subject in members[place[1:-1]]:
        facts = [fact.replace(place, subject) for fact in entry["facts"]]
        yield name.replace(place, subject), entry | {"facts": facts}


def _parameter(given: Any) -> Decimal | str:
    try:
        return Decimal(str(given))
    except InvalidOperation:
        return str(given)


def read_claims(layout: Layout, members: Members) -> dict[str, Claim]:
    """The claims by id, with ``members`` in place of placeholders.

    Raises ConfigError E321 for an unknown test or key.
    """
    entries = read_yaml(layout.root / CLAIMS)["claims"]
    claims = {}
    for pattern, described in entries.items():
        if wrong := sorted(set(described) - KEYS) or sorted({described["test"]} - set(PREDICATES)):
            raise ConfigError(Problem("E321", CLAIMS, 1, pattern, wrong[0]))
        for name, entry in _instances(pattern, described, members):
            facts = entry["facts"] if isinstance(entry["facts"], list) else [entry["facts"]]
            outcomes = ((True, "holds"), (False, "fails"))
            claims[name] = Claim(
                name,
                entry["test"],
                tuple(fact for text in facts for fact in expanded(text, members)),
                _parameter(entry.get("parameter", 1)),
                {outcome: entry[key] for outcome, key in outcomes if key in entry},
                entry.get("uncertain", ""),
                pattern if name != pattern else "",
            )
    return claims


def _named(claim: Claim) -> list[str]:
    """Ids of the values that a claim needs."""
    return [*claim.facts, *([claim.parameter] if isinstance(claim.parameter, str) else [])]


def judge(claim: Claim, ledger: Ledger) -> Judged:
    """Hold a claim against the data. Raises ConfigError E161 for a value that does not exist."""
    for name in _named(claim):
        if name not in ledger:
            raise ConfigError(Problem("E161", CLAIMS, 1, claim.id, name))
    given = claim.parameter
    parameter = ledger[given].number if isinstance(given, str) else given
    with localcontext(EXACT):
        facts = [ledger[fact].number for fact in claim.facts]
        margin = PREDICATES[claim.test].margin(facts, parameter)
        spans = [interval(ledger, fact) for fact in claim.facts]
        span = margin_interval(claim.test, spans, parameter)
    unit = ledger[claim.facts[0]].unit
    holds = PREDICATES[claim.test].holds(margin)
    if ledger.codebook.is_share(indicator_of(claim.facts[0])):
        hundred = Decimal(100)
        margin, span = margin * hundred, Interval(span.low * hundred, span.high * hundred)
        unit = "pp"
    return Judged(
        claim, holds, _rounded(margin), Interval(*map(_rounded, (span.low, span.high))), unit
    )


def judge_all(claims: Iterable[Claim], ledger: Ledger) -> dict[str, Judged]:
    """All claims held against the data, by id.

    One made from a pattern is left out where the subject lacks a fact. Raises ConfigError E161
    for a value that does not exist, and for a pattern that no subject has the facts of.
    """
    listed = list(claims)
    known = {claim.id for claim in listed if all(fact in ledger for fact in claim.facts)}
    used = {claim.pattern for claim in listed if claim.id in known}
    wanted = [c for c in listed if not c.pattern or c.id in known or c.pattern not in used]
    return {claim.id: judge(claim, ledger) for claim in wanted}


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
