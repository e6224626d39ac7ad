"""Sources of marks: where a figure's marks come from. Each is one file of ``sources``.

A figure's description has ``marks``, ``rows`` or ``of``: the first two are names of sources, the
third holds the name of one that needs no more to be said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from suyuan.contract.shapes import Shape
from suyuan.figures import sources
from suyuan.figures.description import Spec

if TYPE_CHECKING:
    import pandas as pd

    from suyuan.figures.book import Book

DESCRIBED = ("marks", "rows")  # sources that stand in a description under their own name
OF = "of"


@dataclass(frozen=True)
class Source:
    """A source of marks.

    ``required`` and ``optional`` are what a description must and may say beside ``draw``.
    ``gives`` tells from the description which columns the table has beside ``series``, ``label``,
    ``value_id`` and ``txt``. ``table`` makes the marks, in drawing order.
    """

    required: Mapping[str, Shape]
    optional: Mapping[str, Shape]
    gives: Callable[[Spec], frozenset[str]]
    table: Callable[[Book, Spec], pd.DataFrame]


@cache
def source_names() -> tuple[str, ...]:
    """The sources that ``of`` may name."""
    found = sorted(module.name for module in iter_modules(sources.__path__))
    return tuple(name for name in found if name not in DESCRIBED)


def source_name(spec: Spec) -> str:
    """The source that a description chooses."""
    return next((name for name in DESCRIBED if name in spec), spec.get(OF, ""))


def source_of(name: str) -> Source:
    """The source of that name."""
    return import_module(f"suyuan.figures.sources.{name}").SOURCE
