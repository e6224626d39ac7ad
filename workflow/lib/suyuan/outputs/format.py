"""Formats that a report is exported to, beside HTML, PDF and workbook: a file of ``formats`` each.

What its file is called in the research crate stands in templates/words.yaml, ``file``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from suyuan.outputs import formats

if TYPE_CHECKING:  # every command learns the formats' names, few write one
    from suyuan.contract.words import Words
    from suyuan.core.layout import Layout
    from suyuan.lineage.build import Build


@dataclass(frozen=True)
class Format:
    """A format: the name of its file, its media type, and what the file says of a build."""

    file: str
    media: str
    write: Callable[[Layout, Build, Words], str]


@cache
def all_formats() -> tuple[Format, ...]:
    """The formats that there are, by the names of their modules."""
    names = sorted(module.name for module in iter_modules(formats.__path__))
    return tuple(import_module(f"suyuan.outputs.formats.{name}").FORMAT for name in names)


def written(layout: Layout, build: Build, words: Words) -> dict[str, str]:
    """What each format says of a build, by the name of its file."""
    return {each.file: each.write(layout, build, words) for each in all_formats()}
