"""A rule of plausibility: one object, which says what it compares and by which parameters.

Its words are the message of its code; its thresholds are rows of config/plausibility.csv, each with
a reason. A rule names no subject, indicator or source: what it holds for stands in these rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from suyuan.contract.queries.scopes import Scope
from suyuan.contract.queries.seen import Bounds, Seen
from suyuan.core.errors import Problem

Look = Callable[[Seen, Bounds], Iterator[Problem]]
LookBack = Callable[[Seen, Seen, Bounds], Iterator[Problem]]


@dataclass(frozen=True)
class Rule:
    """A question that may be asked of an edition."""

    code: str
    compares: str  # what with what
    parameters: Mapping[str, Scope]  # what it has in config/plausibility.csv, by name
    look: Look


@dataclass(frozen=True)
class RuleOfTwo:
    """A question about an edition beside the one before it: only a check asks it."""

    code: str
    compares: str
    parameters: Mapping[str, Scope]
    look: LookBack
