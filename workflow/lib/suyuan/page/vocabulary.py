"""Words for what the library names: a word for each, and none for what does not exist."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from suyuan.contract.configured import Document
from suyuan.contract.shapes import Keys, Text
from suyuan.core.errors import ConfigError, Problem
from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.outcomes import NAMES
from suyuan.lineage.predicates import PREDICATES
from suyuan.lineage.value import RECORDED

NAMED: Mapping[str, Collection[str]] = {
    "op": [*RECORDED, *OPERATIONS], "test": [*PREDICATES], "outcome": NAMES,
}  # fmt: skip


def check_words(words: Document) -> None:
    """Raise ConfigError for words of operations, tests and outcomes.

    E197 one is missing, E195 and E196 one names nothing, E181 one is empty.
    """
    problems: list[Problem] = []
    for group, names in NAMED.items():
        if group in words.content:
            each = Keys({name: Text() for name in names})
            problems += each.problems(words, (group,))
        else:
            problems.append(words.problem("E197", (), group))
    if problems:
        raise ConfigError(sorted(problems, key=lambda problem: problem.row))
