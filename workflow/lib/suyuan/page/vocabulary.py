"""Words for what the library names: a word for each, and none for what does not exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from suyuan.contract.configured import Document, read_document
from suyuan.contract.shapes import Keys, Text, missing
from suyuan.contract.words import WORDS
from suyuan.core.errors import ConfigError, Problem
from suyuan.core.layout import Layout
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.predicates import PREDICATES
from suyuan.lineage.value import RECORDED

NAMED: Mapping[str, Collection[str]] = {"op": [*RECORDED, *OPERATIONS], "test": [*PREDICATES]}


def check_words(layout: Layout) -> None:
    """Raise ConfigError for words of operations and tests.

    E197 one is missing, E195 and E196 one names nothing, E181 one is empty.
    """
    document = read_document(layout.root / WORDS, WORDS)
    problems = [
        problem for group, names in NAMED.items() for problem in _group(document, group, names)
    ]
    if problems:
        raise ConfigError(problems)


def _group(document: Document, group: str, names: Collection[str]) -> Iterator[Problem]:
    if group not in document.content:
        return missing(document, (), [group])
    return Keys({name: Text() for name in names}).problems(document, (group,))
