"""Typed tests of the claims: what each wants, computes and asks stands in one file of ``checks``.

A check names a test, its inputs in the order that the test wants, and what the source printed. The
figure computed beside the printed one and the facts of the rule are ids of values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeAlias

from suyuan.domain.audit import checks
from suyuan.domain.audit.rule import Rule
from suyuan.lineage.operation import Operation
from suyuan.lineage.value import indicator_of

Ids: TypeAlias = Sequence[str]


@dataclass(frozen=True)
class Derived:
    """A value to be made for a check: its indicator, operation and parents."""

    indicator: str
    op: str
    parents: Ids


@dataclass(frozen=True)
class Case:
    """A check with its printed figures, its inputs, and what its test computed from them."""

    printed: Ids
    inputs: Ids
    computed: Ids = ()


@dataclass(frozen=True)
class SourceTest:
    """A typed test.

    ``wants`` says in words which inputs, in which order. ``computed`` gives from them, for each
    figure to show beside the printed one, the id of a value or what is to be made. ``facts`` are
    what the ``rule`` sees. ``more`` are values that only the text uses, by their suffix.
    """

    wants: str
    computed: Callable[[Ids], Sequence[str | Derived]]
    facts: Callable[[Case], Ids]
    rule: Rule
    more: Callable[[Case], Mapping[str, Derived]]


def names() -> list[str]:
    """The tests that there are."""
    return list(_in(tuple(checks.__path__)))


@cache  # every check of a source asks for them
def _in(folders: tuple[str, ...]) -> list[str]:
    return sorted(module.name for module in iter_modules(folders))


def source_test(name: str) -> SourceTest:
    """The test of that name, one of ``names``."""
    return import_module(f"suyuan.domain.audit.checks.{name}").TEST


def rules() -> dict[str, Rule]:
    """Every rule that a test has, by name."""
    return {rule.name: rule for rule in (source_test(name).rule for name in names())}


def verdict_operations() -> dict[str, Operation]:
    """The rules as operations, by name."""
    return {each.name: each for each in (rule.operation for rule in rules().values())}


# --- what is computed -------------------------------------------------------------------------


def nothing(inputs: Ids) -> Ids:
    """No figure."""
    return ()


def first(inputs: Ids) -> Ids:
    """The first input is the figure."""
    return inputs[:1]


def everything(inputs: Ids) -> Ids:
    """Each input is a figure."""
    return inputs


def summed(inputs: Ids) -> Sequence[str | Derived]:
    """One input is the figure itself; several are added up."""
    return inputs if len(inputs) == 1 else [Derived(indicator_of(inputs[0]), "sum", inputs)]


def made(
    indicator: str, op: str, start: int = 0, stop: int | None = None
) -> Callable[[Ids], Sequence[Derived]]:
    """One figure from a slice of the inputs."""
    return lambda inputs: [Derived(indicator, op, inputs[start:stop])]


def half(inputs: Ids) -> int:
    """Where the second half begins."""
    return len(inputs) // 2


def no_more(case: Case) -> Mapping[str, Derived]:
    """Nothing beside the figures."""
    return {}


# --- which facts the rule sees ----------------------------------------------------------------


def inputs(case: Case) -> Ids:
    """The inputs alone."""
    return case.inputs


def printed_and_inputs(case: Case) -> Ids:
    """What was printed, then the inputs."""
    return [*case.printed, *case.inputs]


def printed_and_computed(case: Case) -> Ids:
    """What was printed, then what was computed."""
    return [*case.printed, *case.computed]
