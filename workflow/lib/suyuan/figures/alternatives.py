"""Alternative texts of figures, by chart kind, in templates/words.yaml: all there, none idle."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from string import Formatter

from suyuan.contract.configured import Document
from suyuan.contract.shapes import Anything, Every, Text, unknown_key
from suyuan.core.errors import ConfigError, Problem
from suyuan.figures.kind import kind_names

ALT = "alt"


def problems(words: Document, used: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """What is wrong with the texts for kinds in use, each given with the facts that it has.

    E183 and E181 what is no words, E341 a kind without a text, E342 a text that names no fact or is
    not well formed, E195 and E196 a text for no kind.
    """
    wrong = list(Every(Anything()).problems(words, ()))
    if not wrong and ALT in words.content:
        wrong = list(Every(Text()).problems(words, (ALT,)))
    if wrong:
        yield from wrong
        return
    texts = words.content.get(ALT, {})
    for kind in texts.keys() - set(kind_names()):
        yield unknown_key(words, (ALT, kind), kind, kind_names())
    for kind, facts in used.items():
        if kind not in texts:
            yield words.problem("E341", (ALT,), kind)
            continue
        try:
            named = {name for _, name, _, _ in Formatter().parse(texts[kind]) if name is not None}
        except ValueError:  # a brace that is not closed
            named = {texts[kind]}
        for name in sorted(named - set(facts)):
            yield words.problem("E342", (ALT, kind), name, allowed="、".join(facts))


def check(words: Document, used: Mapping[str, Collection[str]]) -> None:
    """Raises ConfigError with every problem of the alternative texts."""
    if found := list(problems(words, used)):
        raise ConfigError(sorted(found, key=lambda problem: problem.row))
