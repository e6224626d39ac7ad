"""Claims held against the data: which outcome is the case, how sure it is, and its words.

When data moves, the words change; where there are no words for what happened, the build stops and
says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from typing import Any

from suyuan.core.errors import ConfigError, Problem, ProseError
from suyuan.core.numbers import EXACT, number, plain
from suyuan.lineage.claims import CLAIMS, Claim
from suyuan.lineage.homes import home
from suyuan.lineage.intervals import Interval
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import SERIES, claiming, series
from suyuan.lineage.predicates import PREDICATES
from suyuan.lineage.rounding import interval
from suyuan.lineage.value import TEXT, indicator_of
from suyuan.lineage.wording import PLACEHOLDER, said


@dataclass(frozen=True)
class Judged:
    """A claim held against the data. Margins are in canonical units, or pp for shares.

    The margin is positive or zero where the claim holds. ``possible``: the outcomes that rounding,
    bounds and sampling allow. ``parameter``: the number that the words print. ``via``: groups of
    what was read to judge it.
    """

    claim: Claim
    outcome: str
    possible: frozenset[str]
    margin: Decimal
    span: Interval
    unit: str
    parameter: Decimal | None
    via: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether what is the case is what the claim asserts."""
        return self.outcome in self.claim.asserts

    @property
    def robust(self) -> bool:
        """Whether it is shown that no rounding of the recorded digits gives other words.

        Where nothing is known of what a fact may be, it is not shown.
        """
        claim = self.claim
        said_of = {(o in claim.asserts, claim.wording.get(o, o)) for o in self.possible}
        return len(said_of) == 1

    @property
    def words(self) -> str:
        """The words for what happened; '' where the claim has none."""
        worded = self.claim.wording.get(self.outcome, "")
        return said(worded if self.robust else self.claim.uncertain or worded, self.parameter)

    def to_json(self, ledger: Ledger) -> dict[str, Any]:
        """The entry of lineage.json, with the facts that its words name filled in."""
        text = PLACEHOLDER.sub(lambda found: ledger[found[1]].txt, self.words)
        ends = [plain(self.span.low), plain(self.span.high)]
        return {
            "holds": self.holds, "outcome": self.outcome, "margin": plain(self.margin),
            "unit": self.unit, "robust": self.robust, "margin_range": ends,
            "test": self.claim.test, "in": list(self.claim.facts), "via": list(self.via),
            "txt": text,
        }  # fmt: skip


def resolved(claim: Claim, ledger: Ledger) -> Claim:
    """The claim with the members of its series for facts. Raises ConfigError E161 and E324.

    E161 names a series without a member, E324 one with another number of facts than the test takes.
    """
    if not any(SERIES in fact for fact in claim.facts):
        return claim
    facts: list[str] = []
    for fact in claim.facts:
        found = [value.id for value in series(ledger, fact)] if SERIES in fact else [fact]
        if not found:
            raise ConfigError(_problem("E161", claim, fact, target=home(ledger, fact)))
        facts += found
    if not PREDICATES[claim.test].takes(len(facts)):
        details = {"count": str(len(facts)), "name": claim.id}
        raise ConfigError(Problem("E324", CLAIMS, claim.line, "facts", claim.test, details))
    return replace(claim, facts=tuple(facts))


def _named(claim: Claim) -> list[str]:
    """Ids of the values that a claim needs, those that its words print included."""
    needed = [*claim.facts]
    if claim.parameter and claim.parameter.of:
        needed.append(claim.parameter.of)
    for words in (*claim.wording.values(), claim.uncertain):
        needed += PLACEHOLDER.findall(words)
    return needed


def _parameter(claim: Claim, ledger: Ledger) -> tuple[Decimal | None, Decimal | None]:
    """The number that words print, and the one that the facts are held against."""
    given = claim.parameter
    if given is None:
        return None, None
    if not given.of:
        return given.number, given.number
    value = ledger[given.of]
    if given.number is None:
        number = 1 - value.number if given.complement else value.number
        return number, number
    unit = 2 * ledger.codebook.half_width(value.printed, value.printed_unit)
    return given.number, given.number * unit


def judge(described: Claim, ledger: Ledger) -> Judged:
    """Hold a claim against the data.

    Raises ConfigError: E131 and E132 for a threshold that the fact cannot have, E161 for a value
    that does not exist, E316 for a multiple of what is not above zero, E317 for a text among what
    is compared, E318 for facts of several units, E329 for a parameter that cannot be said as the
    words have it.
    """
    named = described.pattern or described.id
    with claiming(ledger, described.id, named, described.placeholders):
        return _judge(described, ledger)


def _judge(described: Claim, ledger: Ledger) -> Judged:
    claim = resolved(described, ledger)
    _check_values(claim, ledger)
    predicate = PREDICATES[claim.test]
    with localcontext(EXACT):
        printed, parameter = _parameter(claim, ledger)
        facts = [ledger[fact].number for fact in claim.facts]
        spans = [interval(ledger, fact) for fact in claim.facts]
        if predicate.multiple and facts[-1] <= 0:  # twice -5 % is below it
            raise ConfigError(_problem("E316", claim, ledger[claim.facts[-1]].txt))
        margin, span = predicate.judge(facts, spans, parameter)
    unit = ledger[claim.facts[0]].unit
    outcome = predicate.outcomes.of(margin, facts)
    possible = predicate.outcomes.among(span, spans)
    turns = [Decimal(0)] if span.low < 0 < span.high else []  # where equality is asserted
    ends = [predicate.outcomes.toward(claim.asserts, end) for end in (span.low, span.high, *turns)]
    margin = predicate.outcomes.toward(claim.asserts, margin)
    span = Interval(min(ends), max(ends))
    if ledger.codebook.is_share(indicator_of(claim.facts[0])):
        hundred = Decimal(100)
        margin, span = margin * hundred, Interval(span.low * hundred, span.high * hundred)
        unit = "pp"
    for words in (*claim.wording.values(), claim.uncertain):
        try:
            said(words, printed)
        except ValueError as error:
            raise ConfigError(_problem("E329", claim, words)) from error
    span = Interval(*map(_rounded, (span.low, span.high)))
    return Judged(claim, outcome, possible, _rounded(margin), span, unit, printed, ledger.here)


def _check_values(claim: Claim, ledger: Ledger) -> None:
    for name in _named(claim):
        if name not in ledger:
            raise ConfigError(_problem("E161", claim, name, target=home(ledger, name)))
    compared = [*claim.facts, *([claim.parameter.of] if claim.parameter else [])]
    for name in filter(None, compared):
        if ledger[name].unit == TEXT:
            raise ConfigError(_problem("E317", claim, name))
    if PREDICATES[claim.test].takes(1) and claim.parameter and not claim.parameter.of:
        _check_threshold(claim, ledger)
    if len(units := sorted({ledger[fact].unit for fact in claim.facts})) > 1:
        raise ConfigError(_problem("E318", claim, "、".join(units)))


def _check_threshold(claim: Claim, ledger: Ledger) -> None:
    """Raise ConfigError where no such fact can be at the threshold: no share is 60."""
    number = claim.parameter.number if claim.parameter else None
    indicator = ledger.codebook.indicators[indicator_of(claim.facts[0])]
    low, high = indicator.minimum, indicator.maximum
    if number is None or ledger.codebook.allows(indicator.id, number):
        return
    below = low is not None and number < low
    place = ("claims", claim.pattern or claim.id, "parameter")
    column, bound = ".".join(place), str(low if below else high)
    line = claim.document.line(place) if claim.document else claim.line
    code = "E131" if below else "E132"
    raise ConfigError(Problem(code, CLAIMS, line, column, plain(number), {"bound": bound}))


def _problem(code: str, claim: Claim, value: str, **details: str) -> Problem:
    return Problem(code, CLAIMS, claim.line_of(value), claim.id, value, details)


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
    claim = judged.claim
    facts = "；".join(
        f"{fact}={ledger[fact].txt}（{'、'.join(_cells(ledger, fact))}）" for fact in claim.facts
    )
    others = "；".join(f"{outcome}: {words}" for outcome, words in claim.wording.items())
    details = {"outcome": judged.outcome, "facts": facts}
    raise ProseError(Problem("E320", CLAIMS, claim.line, claim.id, others, details))


def _cells(ledger: Ledger, value_id: str) -> list[str]:
    """The rows that a value goes back to, as ``<table>:<key>``."""
    return sorted({f"{cell.source}:{cell.key}" for cell in ledger.roots(value_id)})
