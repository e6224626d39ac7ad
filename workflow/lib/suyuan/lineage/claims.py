"""Claims: sentences that the data must bear out, from config/claims.yaml.

A claim names a typed statement over facts and the words for each outcome. When data moves, the
words change; where there are no words for what happened, the build stops and says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from math import isfinite
from typing import Any

from suyuan.contract.configured import Document, Place, read_document
from suyuan.contract.shapes import Choice, Either, Every, Keys, Number, Text, hold
from suyuan.core.errors import ConfigError, Problem, ProseError
from suyuan.core.layout import Layout
from suyuan.core.numbers import EXACT, number, plain
from suyuan.lineage.intervals import Interval
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import Members, expanded, placeholder
from suyuan.lineage.predicates import PREDICATES
from suyuan.lineage.rounding import interval
from suyuan.lineage.value import TEXT, indicator_of

CLAIMS = "config/claims.yaml"
PLACEHOLDER = re.compile(r"\{([\w.-]+)\}")
BRACE = re.compile("[{}]")
WORDS = ("holds", "fails", "uncertain")
DIGITS = 30  # as of the numbers of the data
SHOWN = 20  # characters of a long number that a message repeats


@dataclass(frozen=True)
class Claim:
    """One statement: its test, the facts it is about, and the words for each outcome.

    ``parameter`` is a number, or the id of the value that holds it, None where the test has none.
    ``line`` is that of claims.yaml. ``pattern`` is the name that the claim was made from, '' where
    it is its own.
    """

    id: str
    test: str
    facts: tuple[str, ...]
    parameter: Decimal | str | None
    wording: Mapping[bool, str]
    line: int
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
        """Whether it is shown that no rounding of the recorded digits turns the claim round.

        Where nothing is known of what a fact may be, as of what is drawn, it is not shown.
        """
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


def _parameter(given: Any) -> Decimal | str | None:
    return given if given is None or isinstance(given, str) else Decimal(str(given))


def read_claims(layout: Layout, members: Members) -> dict[str, Claim]:
    """The claims by id, with ``members`` in place of placeholders.

    Raises ConfigError with every problem, each at its line: E18x and E19x for what is no claim,
    E193 a claim that a pattern makes too, E322 a parameter that is missing, E323 one too many,
    E324 another number of facts than the test is about, E325 no words for any outcome, E328 a brace
    that holds no id.
    """
    document = read_document(layout.root / CLAIMS, CLAIMS)
    entries = hold(document, Keys({"claims": Every(_Entry())}))["claims"]
    claims: dict[str, Claim] = {}
    problems = []
    for pattern, described in entries.items():
        place = ("claims", pattern)
        for name, entry in _instances(pattern, described, members):
            claim = _claim(name, entry, pattern, document.line(place), members)
            if name in claims:
                first = str(claims[name].line)
                problems.append(document.problem("E193", place, name, first=first))
            claims[name] = claim
            if not PREDICATES[claim.test].takes(len(claim.facts)):
                count = str(len(claim.facts))
                facts = (*place, "facts")
                problems.append(document.problem("E324", facts, claim.test, count=count, name=name))
    if problems:
        raise ConfigError(problems)
    return claims


@dataclass(frozen=True)
class _Parameter:
    """A number, or the id of the value that holds it. E184, E128 more digits than data may have."""

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        given = document.at(place)
        if isinstance(given, float) and not isfinite(given):
            yield document.problem("E184", place, str(given))
        elif isinstance(given, int) and abs(given) >= 10**DIGITS:
            yield document.problem("E128", place, f"{str(given)[:SHOWN]}…", digits=str(DIGITS))
        elif not isinstance(given, str):
            yield from Number().problems(document, place)


@dataclass(frozen=True)
class _Entry:
    """A claim as claims.yaml describes it."""

    keys = Keys(
        {"test": Choice(PREDICATES), "facts": Either(Text())},
        {"parameter": _Parameter(), "holds": Text(), "fails": Text(), "uncertain": Text()},
    )

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        found = list(self.keys.problems(document, place))
        yield from found
        if found:
            return
        entry = document.at(place)
        test = entry["test"]
        if PREDICATES[test].parameter and "parameter" not in entry:
            yield document.problem("E322", place, test)
        if not PREDICATES[test].parameter and "parameter" in entry:
            yield document.problem("E323", (*place, "parameter"), test)
        if not entry.keys() & {"holds", "fails"}:
            yield document.problem("E325", place, str(place[-1]))
        for key in WORDS:
            if BRACE.search(PLACEHOLDER.sub("", entry.get(key, ""))):
                yield document.problem("E328", (*place, key), entry[key])


def _claim(name: str, entry: Any, pattern: str, line: int, members: Members) -> Claim:
    facts = entry["facts"] if isinstance(entry["facts"], list) else [entry["facts"]]
    outcomes = ((True, "holds"), (False, "fails"))
    return Claim(
        name,
        entry["test"],
        tuple(fact for text in facts for fact in expanded(text, members)),
        _parameter(entry.get("parameter")),
        {outcome: entry[key] for outcome, key in outcomes if key in entry},
        line,
        entry.get("uncertain", ""),
        pattern if name != pattern else "",
    )


def _named(claim: Claim) -> list[str]:
    """Ids of the values that a claim needs, those that its words print included."""
    needed = [*claim.facts, *([claim.parameter] if isinstance(claim.parameter, str) else [])]
    for words in (*claim.wording.values(), claim.uncertain):
        needed += PLACEHOLDER.findall(words)
    return needed


def judge(claim: Claim, ledger: Ledger) -> Judged:
    """Hold a claim against the data.

    Raises ConfigError: E161 for a value that does not exist, E326 for a text among what is
    compared, E327 for facts of several units.
    """
    for name in _named(claim):
        if name not in ledger:
            raise ConfigError(_problem("E161", claim, name))
    given, predicate = claim.parameter, PREDICATES[claim.test]
    for name in (*claim.facts, *([given] if isinstance(given, str) else [])):
        if ledger[name].unit == TEXT:
            raise ConfigError(_problem("E326", claim, name))
    if len(units := sorted({ledger[fact].unit for fact in claim.facts})) > 1:
        raise ConfigError(_problem("E327", claim, "、".join(unit or "1" for unit in units)))
    parameter = ledger[given].number if isinstance(given, str) else given
    with localcontext(EXACT):
        facts = [ledger[fact].number for fact in claim.facts]
        spans = [interval(ledger, fact) for fact in claim.facts]
        margin, span = predicate.judge(facts, spans, parameter)
    unit = ledger[claim.facts[0]].unit
    holds = predicate.holds(margin)
    if ledger.codebook.is_share(indicator_of(claim.facts[0])):
        hundred = Decimal(100)
        margin, span = margin * hundred, Interval(span.low * hundred, span.high * hundred)
        unit = "pp"
    return Judged(
        claim, holds, _rounded(margin), Interval(*map(_rounded, (span.low, span.high))), unit
    )


def _problem(code: str, claim: Claim, value: str) -> Problem:
    return Problem(code, CLAIMS, claim.line, claim.id, value)


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
        f"{fact}={ledger[fact].txt}（{'、'.join(_cells(ledger, fact))}）"
        for fact in judged.claim.facts
    )
    details = {"outcome": "holds" if judged.holds else "fails", "facts": facts}
    raise ProseError(Problem("E320", CLAIMS, judged.claim.line, judged.claim.id, other, details))


def _cells(ledger: Ledger, value_id: str) -> list[str]:
    """The rows that a value goes back to, as ``<table>:<key>``."""
    return sorted({f"{cell.source}:{cell.key}" for cell in ledger.roots(value_id)})
