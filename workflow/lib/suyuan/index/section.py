"""A part of a recipe, read strictly: its values as what they must be, and what they are not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import isnan
from pathlib import Path
from typing import Any, TypeVar

from suyuan.contract.configured import read_document
from suyuan.core.errors import ConfigError, Problem
from suyuan.index.cells import NUMBER

Place = tuple[str, ...]
T = TypeVar("T")


def read_top(path: Path | None, name: str) -> tuple[Section, list[Problem]]:
    """The whole of a recipe as a section, and the list that its faults will get into.

    Raises ConfigError: E514 no such file, E187 to E194 not plain YAML.
    """
    problems: list[Problem] = []
    if path is None:
        return Section({}, (), name, {}, problems), problems
    if not path.is_file():
        raise ConfigError(Problem("E514", name))
    document = read_document(path, name, foreign=True)
    content = {} if document.content is None else document.content
    lines = {tuple(map(str, place)): line for place, line in document.lines.items()}
    return Section(content, (), name, lines, problems), problems


class Section:
    """A mapping of the file: gives its values as what they must be, and notes what they are not."""

    def __init__(
        self,
        content: Any,
        path: Place,
        file: str,
        lines: Mapping[Place, int],
        problems: list[Problem],
    ) -> None:
        self.path, self.file, self.lines, self.problems = path, file, lines, problems
        self.asked: list[str] = []
        self.resolved: dict[str, Any] = {}  # what was asked for, with what it is if left out
        self.content: dict[str, Any] = {}
        if isinstance(content, dict):
            self.content = {str(key): value for key, value in content.items()}
        else:
            self.report("E533", "", content)

    def report(self, code: str, key: str, value: Any, **details: str) -> None:
        path = (*self.path, key) if key else self.path
        line = line_of(self.lines, path)
        column = path[-1] if path else ""
        self.problems.append(Problem(code, self.file, line, column, str(value), details))

    def get(self, key: str) -> Any:
        """What stands there, None where nothing does."""
        self.asked.append(key)
        return self.settle(key, self.content.get(key))

    def settle(self, key: str, value: T) -> T:
        """``value``, noted as what the key says."""
        self.resolved[key] = value
        return value

    def is_null(self, key: str) -> bool:
        return key in self.content and self.get(key) is None

    def has(self, key: str) -> bool:
        """Whether a value is given for ``key``."""
        return self.get(key) is not None

    def is_mapping(self, key: str) -> bool:
        """Whether a mapping is given for ``key``."""
        return isinstance(self.get(key), dict)

    def flag(self, key: str) -> bool | None:
        """Yes or no, None where it is left out."""
        value = {"yes": True, "no": False}.get(str(self.get(key)), self.get(key))
        if value is not None and not isinstance(value, bool):
            self.report("E533", key, value)
            return None
        return self.settle(key, value)

    def section(self, key: str) -> Section:
        content = self.get(key)
        path = (*self.path, key)
        inner = Section(
            {} if content is None else content, path, self.file, self.lines, self.problems
        )
        self.resolved[key] = inner.resolved
        return inner

    def sections(self, key: str) -> list[Section]:
        content = self.get(key)
        if content is None:
            return self.settle(key, [])
        if not isinstance(content, list):
            self.report("E533", key, content)
            return []
        shared = (self.file, self.lines, self.problems)
        inner = [Section(c, (*self.path, key, str(i)), *shared) for i, c in enumerate(content)]
        self.resolved[key] = [each.resolved for each in inner]
        return inner

    def choice(self, key: str, allowed: Iterable[str], required: bool = False) -> str:
        allowed = tuple(allowed)
        value = self.get(key)
        if value is None:
            if required:
                self.report("E532", key, "")
            return self.settle(key, allowed[0])
        if value not in allowed:
            self.report("E126", key, value, allowed=", ".join(allowed))
            return allowed[0]
        return str(value)

    def number(
        self,
        key: str,
        otherwise: float | None,
        low: float = float("-inf"),
        high: float = float("inf"),
    ) -> float:
        value = self.get(key)
        if value is None:
            if otherwise is None:
                self.report("E532", key, "")
            return self.settle(key, otherwise or 0.0)
        if isinstance(value, str) and NUMBER.fullmatch(value):
            value = float(value)  # 1e-7 is a text to YAML
        if isinstance(value, bool) or not isinstance(value, (int, float)) or isnan(value):
            self.report("E533", key, value)
            return low
        if value < low:
            self.report("E131", key, value, bound=f"{low:g}")
        if value > high:
            self.report("E132", key, value, bound=f"{high:g}")
        return self.settle(key, float(value))

    def optional(self, key: str, low: float, high: float) -> float | None:
        """A number, None where it is left out."""
        return self.number(key, None, low, high) if self.has(key) else None

    def whole(self, key: str, otherwise: int | None, low: int, high: int) -> int | None:
        value = self.get(key)
        if value is None:
            return self.settle(key, otherwise)
        if isinstance(value, bool) or not isinstance(value, int):
            self.report("E124" if isinstance(value, float) else "E533", key, value)
            return otherwise
        self.number(key, None, low, high)
        return self.settle(key, value)

    def text(self, key: str) -> str | None:
        value = self.get(key)
        if value is not None and not isinstance(value, str):
            self.report("E533", key, value)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, () where it is left out."""
        value = self.get(key)
        if value is None:
            return self.settle(key, ())
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            self.report("E533", key, value)
            return ()
        return tuple(value)

    def mapping(self, key: str, kind: type) -> dict[str, Any]:
        value = self.get(key)
        if value is None:
            self.report("E532", key, "")
            return {}
        if not isinstance(value, dict):
            self.report("E533", key, value)
            return {}
        inner = Section(value, (*self.path, key), self.file, self.lines, self.problems)
        take = inner.text if kind is str else lambda k: inner.number(k, None)
        return self.settle(key, {name: take(name) for name in inner.content})

    def end(self) -> None:
        """E531: report the keys that nothing asked for."""
        for key in self.content:
            if key not in self.asked:
                self.report("E531", key, key, allowed=", ".join(dict.fromkeys(self.asked)))


def line_of(lines: Mapping[Place, int], path: Place) -> int:
    """The line of ``path``, or of what encloses it when it does not stand in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)
