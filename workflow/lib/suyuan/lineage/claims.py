"""Claims: sentences that the data must bear out, from config/claims.yaml.

A claim names a comparison of facts, the outcomes that it asserts, and the words for each outcome.
What is no claim, and what its words may not say, is told with its line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from math import isfinite
from typing import Any

from suyuan.contract.configured import Document, Place, read_document
from suyuan.contract.shapes import (
    Choice,
    Either,
    Every,
    Keys,
    Number,
    Text,
    hold,
    unknown_word,
)
from suyuan.core.errors import ConfigError, Problem
from suyuan.core.layout import Layout
from suyuan.lineage.members import SERIES, Members, expanded, placeholder, placeholders
from suyuan.lineage.outcomes import listed
from suyuan.lineage.predicates import PREDICATES
from suyuan.lineage.relations import Relations, read_relations
from suyuan.lineage.wording import UNCERTAIN, misstated, typed, unknown_forms

CLAIMS = "config/claims.yaml"
DIGITS = 30  # as of the numbers of the data
SHOWN = 20  # characters of a long number that a message repeats
WORDS, UNITS, OF, COMPLEMENT = "words", "printed_units", "of", "complement"


@dataclass(frozen=True)
class Parameter:
    """What the facts are held against: a number, or what the value ``of`` says.

    With ``number`` and ``of``: so many units of the last place that ``of`` is printed with.
    ``complement``: 1 less what ``of`` says.
    """

    number: Decimal | None
    of: str = ""
    complement: bool = False


@dataclass(frozen=True)
class Claim:
    """One statement: its test, the facts it is about, and the words for each outcome.

    ``facts`` are value ids, or series of them. ``asserts``: the outcomes that its name means.
    ``line`` is that of claims.yaml. ``pattern`` is the name that the claim was made from, '' where
    it is its own; ``placeholders`` are those in its entry.
    """

    id: str
    test: str
    facts: tuple[str, ...]
    parameter: Parameter | None
    asserts: frozenset[str]
    wording: Mapping[str, str]
    line: int
    uncertain: str = ""
    pattern: str = ""
    placeholders: tuple[str, ...] = ()
    document: Document | None = field(default=None, compare=False, repr=False)

    def line_of(self, value: str) -> int:
        """The line of its entry that says ``value``, its first where none does."""
        entry = ("claims", self.pattern or self.id)
        return self.document.line_of(entry, value) if self.document else self.line


def read_claims(layout: Layout, members: Members) -> dict[str, Claim]:
    """The claims by id, with ``members`` in place of placeholders.

    Raises ConfigError with every problem, each at its line: E18x and E19x for what is no claim,
    E193 one that a pattern makes too, E322 a parameter that is missing, E323 one too many, E324
    another number of facts than the test is about, E325 no words for any outcome, E326 words that
    state no relation, E327 another one than their outcome, E328 facts listed by hand that a pattern
    would find, E329 a placeholder that prints nothing.
    """
    document = read_document(layout.root / CLAIMS, CLAIMS)
    shape = _Entry(read_relations(layout))
    entries = hold(document, Keys({"claims": Every(shape)}))["claims"]
    claims: dict[str, Claim] = {}
    problems = []
    for pattern, described in entries.items():
        place = ("claims", pattern)
        for name, entry in _instances(pattern, described, members):
            claim = _claim(name, entry, pattern, document, members)
            if name in claims:
                first = str(claims[name].line)
                problems.append(document.problem("E193", place, name, first=first))
            claims[name] = claim
            series = any(SERIES in fact for fact in claim.facts)  # as many as there are
            if not series and not PREDICATES[claim.test].takes(len(claim.facts)):
                count = str(len(claim.facts))
                facts = (*place, "facts")
                problems.append(document.problem("E324", facts, claim.test, count=count, name=name))
    if problems:
        raise ConfigError(problems)
    return claims


def typed_numerals(
    claims: Iterable[Claim], find: Callable[[str], Iterable[str]]
) -> Iterator[Problem]:
    """E319 for words with a number of their own, which ``find`` sees: it would not follow."""
    seen = set()
    for claim in claims:
        for words in (*claim.wording.values(), claim.uncertain):
            for numeral in find(typed(words)):
                if (claim.line, words, numeral) not in seen:
                    seen.add((claim.line, words, numeral))
                    name, details = claim.pattern or claim.id, {"words": words}
                    yield Problem("E319", CLAIMS, claim.line, name, numeral, details)


def unused(claims: Iterable[Claim], used: Iterable[str]) -> Iterator[Problem]:
    """E321 for a claim that no section prints; of a pattern it is enough to print one."""
    printed = set(used)
    names = {claim.pattern or claim.id for claim in claims if claim.id in printed}
    told = {claim.pattern or claim.id: claim.line for claim in claims}
    for name, line in told.items():
        if name not in names:
            yield Problem("E321", CLAIMS, line, name, name)


def _instances(name: str, entry: Any, members: Members) -> Iterator[tuple[str, Any]]:
    """A claim's name and entry; where the name holds a placeholder, those of every member."""
    place = placeholder(name, members)
    if not place:
        yield name, entry
        return
    for subject in members[place[1:-1]]:
        facts = [fact.replace(place, subject) for fact in _facts(entry)]
        yield name.replace(place, subject), entry | {"facts": facts}


def _facts(entry: Any) -> list[str]:
    return entry["facts"] if isinstance(entry["facts"], list) else [entry["facts"]]


def _parameter(given: Any) -> Parameter | None:
    if given is None:
        return None
    if isinstance(given, dict) and COMPLEMENT in given:
        return Parameter(None, given[COMPLEMENT], complement=True)
    if isinstance(given, dict):
        return Parameter(Decimal(str(given[UNITS])), given[OF])
    return Parameter(None, given) if isinstance(given, str) else Parameter(Decimal(str(given)))


def _by_outcome(words: Mapping[str, str]) -> dict[str, str]:
    return {outcome: text for key, text in words.items() for outcome in listed(key)}


def _claim(name: str, entry: Any, pattern: str, document: Document, members: Members) -> Claim:
    return Claim(
        name,
        entry["test"],
        tuple(fact for text in _facts(entry) for fact in expanded(text, members)),
        _parameter(entry.get("parameter")),
        frozenset(listed(entry["asserts"])),
        _by_outcome(entry[WORDS]),
        document.line(("claims", pattern)),
        entry.get(UNCERTAIN, ""),
        pattern if name != pattern else "",
        placeholders([pattern, _facts(entry)], members),
        document,
    )


@dataclass(frozen=True)
class _Parameter:
    """A number, the id of the value that holds it, or what is made from a value. E184, E128."""

    units = Keys({UNITS: Number(), OF: Text()})
    complement = Keys({COMPLEMENT: Text()})

    def problems(self, document: Document, place: Place) -> Iterator[Problem]:
        given = document.at(place)
        if isinstance(given, dict):
            shape = self.complement if COMPLEMENT in given else self.units
            yield from shape.problems(document, place)
        elif isinstance(given, float) and not isfinite(given):
            yield document.problem("E184", place, str(given))
        elif isinstance(given, int) and abs(given) >= 10**DIGITS:
            yield document.problem("E128", place, f"{str(given)[:SHOWN]}…", digits=str(DIGITS))
        elif not isinstance(given, str) or given[:1].isdigit():  # 60%, 1e3: no id begins so
            yield from Number().problems(document, place)


@dataclass(frozen=True)
class _Entry:
    """A claim as claims.yaml describes it."""

    relations: Relations
    keys = Keys(
        {
            "test": Choice(PREDICATES), "facts": Either(Text()), "asserts": Text(),
            WORDS: Every(Text()),
        },
        {"parameter": _Parameter(), UNCERTAIN: Text()},
    )  # fmt: skip

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
        if not entry[WORDS]:
            yield document.problem("E325", (*place, WORDS), str(place[-1]))
        yield from _strangers(document, (*place, "asserts"), entry["asserts"], test)
        yield from _handmade(document, (*place, "facts"), entry)
        yield from self._worded(document, place, entry)

    def _worded(self, document: Document, place: Place, entry: Any) -> Iterator[Problem]:
        """What the words may not say: of each outcome, and of none where it is uncertain."""
        texts = [((*place, WORDS, key), key, text) for key, text in entry[WORDS].items()]
        if UNCERTAIN in entry:
            texts.append(((*place, UNCERTAIN), "", entry[UNCERTAIN]))
        for here, key, text in texts:
            if strangers := list(_strangers(document, here, key, entry["test"])) if key else []:
                yield from strangers
                continue
            for unknown in unknown_forms(text, "parameter" in entry):
                yield document.problem("E329", here, unknown)
            outcomes = frozenset(listed(key) if key else ())
            word = misstated(text, outcomes, self.relations)
            if word == "":
                yield document.problem("E326", here, text)
            elif word is not None:
                yield document.problem("E327", here, word, outcome=key or UNCERTAIN, words=text)


def _strangers(document: Document, place: Place, key: str, test: str) -> Iterator[Problem]:
    """E185 and E186 for names that are no outcomes of the test."""
    names = PREDICATES[test].outcomes.names
    for name in listed(key):
        if name not in names:
            yield unknown_word(document, place, name, names)


def _handmade(document: Document, place: Place, entry: Any) -> Iterator[Problem]:
    """E328: siblings written one by one, which a new row would escape, in a test of any number."""
    predicate, facts = PREDICATES[entry["test"]], _facts(entry)
    if predicate.most is not None:
        return
    for one, other in combinations(facts[: len(facts) - predicate.against], 2):
        parts = list(zip(one.split("."), other.split("."), strict=False))
        if one.count(".") == other.count(".") and sum(a != b for a, b in parts) == 1:
            yield document.problem("E328", place, f"{one}, {other}")
            return
