"""Words of a claim: what they print of its parameter, and whether they say what is the case.

``{parameter|chengs}`` prints the number that decides, so that no word carries a constant of its
own; ``{id}`` prints a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from suyuan.core.numbers import EXACT, chinese_numeral
from suyuan.lineage.outcomes import relation_of
from suyuan.lineage.relations import Relations

PLACEHOLDER = re.compile(r"\{([\w.-]+)\}")
SAID = re.compile(r"\{parameter\|(\w*)\}")
ANY = re.compile(r"\{[^{}]*\}")
STRAY = re.compile("[{}]")
UNCERTAIN = "uncertain"


def _whole(number: Decimal) -> int:
    if number != number.to_integral_value():
        raise ValueError(f"{number} is not whole")
    return int(number)


def chengs(number: Decimal) -> str:
    """Tenths as they are said: 0.6 is 六成, 0.65 六成五. Raises ValueError for other places."""
    tenths, rest = divmod(_whole(EXACT.multiply(number, Decimal(100))), 10)
    said = "二" if tenths == 2 else chinese_numeral(tenths)
    return f"{said}成" + ("二" if rest == 2 else chinese_numeral(rest) if rest else "")


def times(number: Decimal) -> str:
    """A multiple: 2 is 两倍, 2.5 is 两倍半. Raises ValueError for others: digits need a value."""
    whole, rest = divmod(number, 1)
    if rest not in (0, Decimal("0.5")):
        raise ValueError(f"{number} is not said in halves")
    return f"{chinese_numeral(int(whole))}倍" + ("半" if rest else "")


def count(number: Decimal) -> str:
    """A whole number before a measure word: 1 is 一, 2 is 两. Raises ValueError for others."""
    return chinese_numeral(_whole(number))


FORMS: Mapping[str, Callable[[Decimal], str]] = {
    form.__name__: form for form in (chengs, times, count)
}


def said(words: str, parameter: Decimal | None) -> str:
    """The words with the parameter in them. Raises ValueError for a form that cannot say it."""

    def put(found: re.Match[str]) -> str:
        if parameter is None:
            raise ValueError("no parameter")
        return FORMS[found[1]](parameter)

    return SAID.sub(put, words)


def unknown_forms(words: str, parameter: bool) -> Iterator[str]:
    """Placeholders that name neither a value nor a way to say the parameter; a brace alone."""
    for found in ANY.finditer(words):
        saying = SAID.fullmatch(found[0])
        known = parameter and saying[1] in FORMS if saying else PLACEHOLDER.fullmatch(found[0])
        if not known:
            yield found[0]
    if STRAY.search(ANY.sub("", words)):
        yield words


def typed(words: str) -> str:
    """What the words say by themselves: without what they print of values and parameter."""
    return ANY.sub("\ufffc", words)


def misstated(words: str, outcomes: frozenset[str], relations: Relations) -> str | None:
    """The word that is not true of all ``outcomes``, '' where none states a relation, else None.

    Of no outcome at all, as where it is uncertain, every word that states a relation is untrue.
    """
    stated = relations.stated(typed(words))
    if not outcomes:
        return stated[0].word if stated else None
    if not stated:
        return ""
    wanted = {relation_of(outcome) for outcome in outcomes}
    return next((found.word for found in stated if not wanted <= found.relations), None)
