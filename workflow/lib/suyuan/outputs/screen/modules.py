"""Modules: the report's script, made of ES modules that stand in templates/scripts.

A module names what it takes from which other, and what it gives. In the page they are one script
in one scope, each after those that it takes from, as browsers run them; so a name of a module's top
stands for one thing in all of them, and a module may wait.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from suyuan.contract.configured import read_text
from suyuan.core.errors import Problem, ProseError

ENTRY = "main.js"
IMPORT = re.compile(
    r'^import (?:\{ (?P<names>[\w, ]+) \} from )?"\./(?P<file>[\w-]+\.js)";\n', re.M
)
EXPORT = re.compile(
    r"^export (?=(?:async )?(?:function\*?|const|let|class) (?P<name>\w+))", re.MULTILINE
)
COMMENT = re.compile(r"^[ \t]*/\*.*?\*/\n", re.MULTILINE | re.DOTALL)
TOP = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (?P<name>\w+)", re.M)


@dataclass(frozen=True)
class Module:
    """The text of a file, with its lines of import."""

    path: Path
    file: str  # as messages name it
    text: str

    def imports(self) -> Iterator[tuple[str, list[str], int]]:
        """File, names and line of each."""
        for found in IMPORT.finditer(self.text):
            names = [name for name in (found["names"] or "").split(", ") if name]
            yield found["file"], names, self.line(found.start())

    def exports(self) -> set[str]:
        return {found["name"] for found in EXPORT.finditer(self.text)}

    def top(self) -> Iterator[tuple[str, int]]:
        """Names of the module's own and their lines."""
        for found in TOP.finditer(self.text):
            yield found["name"], self.line(found.start())

    def body(self) -> str:
        """What browsers need of it: comments that have lines of their own stay behind."""
        return COMMENT.sub("", EXPORT.sub("", IMPORT.sub("", self.text)))

    def line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1


def bundled(folder: Path, name: str) -> str:
    """The script of ``folder``; ``name`` is what messages call that.

    Raises ConfigError E192 for what is not UTF-8; ProseError E307 for a file or name that nobody
    gives, E308 for a name given twice, and E309 for a module that is taken by none.
    """
    modules = {
        path.name: Module(path, f"{name}/{path.name}", read_text(path, f"{name}/{path.name}"))
        for path in sorted(folder.glob("*.js"))
    }
    ordered = list(in_order(modules))
    problems = [*missing(modules), *doubled(ordered)]
    problems += [
        Problem("E309", module.file, 1, "", path)
        for path, module in modules.items()
        if module not in ordered
    ]
    if problems:
        raise ProseError(problems)
    parts = [module.body() for module in ordered]
    return "\n".join(['"use strict";', "(async () => {", *parts, "})();"])


def in_order(modules: dict[str, Module]) -> Iterator[Module]:
    """Modules that the entry leads to, each after those that it takes from."""
    begun: set[str] = set()

    def reached(file: str) -> Iterator[Module]:
        if file in begun or file not in modules:
            return
        begun.add(file)
        for other, _, _ in modules[file].imports():
            yield from reached(other)
        yield modules[file]

    return reached(ENTRY)


def missing(modules: dict[str, Module]) -> Iterator[Problem]:
    """Files and names that are taken, and given by nobody."""
    for module in modules.values():
        for file, names, line in module.imports():
            given = modules[file].exports() if file in modules else set()
            if file not in modules:
                yield Problem("E307", module.file, line, "", file)
            for name in names:
                if name not in given:
                    yield Problem("E307", module.file, line, "", name)


def doubled(ordered: list[Module]) -> Iterator[Problem]:
    """Names that two modules give to something of their own."""
    first: dict[str, Module] = {}
    for module in ordered:
        for name, line in module.top():
            if first.setdefault(name, module) is not module:
                yield Problem("E308", module.file, line, "", name, {"other": first[name].file})
