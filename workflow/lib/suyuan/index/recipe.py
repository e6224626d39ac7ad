"""How an index is computed: the choices of a recipe, a YAML file that is read strictly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import isnan
from pathlib import Path
from typing import Any

from suyuan.contract.configured import read_document
from suyuan.core.errors import ConfigError, Problem
from suyuan.index import normalisers, ranking, tree, weighting
from suyuan.index.treatment import Cap, Denominate, Impute, Screen, Step, TreatSkew

DECLARED = "declared"
AGGREGATIONS = (DECLARED, *tree.AGGREGATIONS)
WEIGHTS = (DECLARED, *weighting.METHODS)
STEPS = ("denominate", "cap", "impute", "screen", "skew")

Path_ = tuple[str, ...]


@dataclass(frozen=True)
class Uncertainty:
    """What is drawn: weights around the declared ones, and scores within ± ``spread``.

    ``concentration`` is that of the Dirichlet distribution at each node: large is sure.
    ``spread`` is in points of the output range; 0 takes the scores as exact.
    """

    draws: int
    seed: int
    concentration: float
    spread: float
    interval: float


@dataclass(frozen=True)
class Treatment:
    """A step of the recipe, by name, with its parameters."""

    name: str
    parameters: Mapping[str, Any]

    def step(self, leaves: tuple[str, ...]) -> Step:
        """The step, for the indicators ``leaves``."""
        makers: Mapping[str, Callable[..., Step]] = {
            "denominate": Denominate,
            "cap": Cap,
            "impute": lambda **given: Impute(leaves, **given),
            "screen": lambda **given: Screen(leaves, **given),
            "skew": lambda **given: TreatSkew(leaves, **given),
        }
        return makers[self.name](**self.parameters)


@dataclass(frozen=True)
class Recipe:
    """All choices. ``coverage`` is the least share of known weight with which a unit is ranked."""

    normaliser: str
    output: tuple[float, float]
    treat: tuple[Treatment, ...]
    weights: str
    aggregation: str
    coverage: float
    ties: str
    decimals: int | None
    uncertainty: Uncertainty | None
    file: str = ""
    lines: Mapping[Path_, int] = field(default_factory=dict)

    def denominators(self) -> Iterator[tuple[Path_, str, str]]:
        """Path, indicator and denominator of every division."""
        for position, treatment in enumerate(self.treat):
            for indicator, column in treatment.parameters.get("by", {}).items():
                yield ("treat", str(position), "by", indicator), indicator, column

    def limits(self) -> Iterator[tuple[Path_, str, float]]:
        """Path, indicator and limit of every cap."""
        for position, treatment in enumerate(self.treat):
            for indicator, limit in treatment.parameters.get("limits", {}).items():
                yield ("treat", str(position), "limits", indicator), indicator, limit

    def groups(self) -> Iterator[tuple[Path_, str]]:
        """Path and column of every grouping."""
        for position, treatment in enumerate(self.treat):
            if column := treatment.parameters.get("group"):
                yield ("treat", str(position), "group"), column

    def problem(self, code: str, path: Path_, value: str, **details: str) -> Problem:
        """A problem with what stands at ``path``, as ("normalise", "method")."""
        return Problem(code, self.file, _line(self.lines, path), path[-1], value, details)


def read_recipe(path: Path | None, name: str) -> Recipe:
    """The recipe of a YAML file; what it leaves out is as docs/index.md says.

    Raises ConfigError: E514 no such file, E187 to E194 not plain YAML, E531 unknown key, E532
    missing key, E533 another kind of value, E126 not among the choices, E131 and E132 out of
    bounds, E534 low score not below the high one. Without ``path`` nothing is chosen, and all is
    as left out.
    """
    if path is None:
        return _recipe(_Section({}, (), name, {}, []))
    if not path.is_file():
        raise ConfigError(Problem("E514", name))
    document = read_document(path, name)
    content = {} if document.content is None else document.content
    lines = {tuple(map(str, place)): line for place, line in document.lines.items()}
    problems: list[Problem] = []
    recipe = _recipe(_Section(content, (), name, lines, problems))
    if problems:
        raise ConfigError(sorted(problems, key=lambda problem: problem.row))
    return recipe


def _recipe(top: _Section) -> Recipe:
    scale = top.section("normalise")
    output = (scale.number("low", 0.0), scale.number("high", 100.0))
    if not output[0] < output[1]:
        scale.report("E534", "high", output[1], low=f"{output[0]:g}")
    recipe = Recipe(
        normaliser=scale.choice("method", normalisers.METHODS),
        output=output,
        treat=tuple(_treatment(step) for step in top.sections("treat")),
        weights=top.choice("weights", WEIGHTS),
        aggregation=top.choice("aggregation", AGGREGATIONS),
        coverage=top.number("coverage", 0.6, 0.0, 1.0),
        ties=top.choice("ties", ranking.TIES),
        decimals=top.whole("decimals", None, 0, 15),
        uncertainty=_uncertainty(top),
        file=top.file,
        lines=top.lines,
    )
    scale.end()
    top.end()
    return recipe


def _uncertainty(top: _Section) -> Uncertainty | None:
    if top.is_null("uncertainty"):
        return None
    drawn = top.section("uncertainty")
    uncertainty = Uncertainty(
        draws=drawn.whole("draws", 1000, 1, 1_000_000) or 0,
        seed=drawn.whole("seed", 1, 0, 2**63) or 0,
        concentration=drawn.number("concentration", 50.0, 1e-6),
        spread=drawn.number("spread", 0.0, 0.0),
        interval=drawn.number("interval", 0.9, 0.0, 1.0),
    )
    drawn.end()
    return uncertainty


def _treatment(step: _Section) -> Treatment:
    name = step.choice("step", STEPS, required=True)
    given: dict[str, Any] = {}
    if name == "denominate":
        given = {"by": step.mapping("by", str)}
    elif name == "cap":
        given = {"limits": step.mapping("limits", float)}
    elif name == "impute":
        given = {"group": step.text("group")}
    elif name == "screen":
        given = {"minimum": step.number("minimum", None, 0.0, 1.0)}
    else:
        given = {
            "skew": step.number("skew", 2.0, 0.0),
            "kurtosis": step.number("kurtosis", 3.5),
            "points": step.whole("points", 5, 0, 1_000_000),
        }
    step.end()
    return Treatment(name, given)


class _Section:
    """A mapping of the file: gives its values as what they must be, and notes what they are not."""

    def __init__(
        self,
        content: Any,
        path: Path_,
        file: str,
        lines: Mapping[Path_, int],
        problems: list[Problem],
    ) -> None:
        self.path, self.file, self.lines, self.problems = path, file, lines, problems
        self.asked: list[str] = []
        self.content: dict[str, Any] = {}
        if isinstance(content, dict):
            self.content = {str(key): value for key, value in content.items()}
        else:
            self.report("E533", "", content)

    def report(self, code: str, key: str, value: Any, **details: str) -> None:
        path = (*self.path, key) if key else self.path
        line = _line(self.lines, path)
        column = path[-1] if path else ""
        self.problems.append(Problem(code, self.file, line, column, str(value), details))

    def _get(self, key: str) -> Any:
        self.asked.append(key)
        return self.content.get(key)

    def is_null(self, key: str) -> bool:
        return key in self.content and self._get(key) is None

    def section(self, key: str) -> _Section:
        content = self._get(key)
        path = (*self.path, key)
        return _Section(
            {} if content is None else content, path, self.file, self.lines, self.problems
        )

    def sections(self, key: str) -> list[_Section]:
        content = self._get(key)
        if content is None:
            return []
        if not isinstance(content, list):
            self.report("E533", key, content)
            return []
        shared = (self.file, self.lines, self.problems)
        return [_Section(c, (*self.path, key, str(i)), *shared) for i, c in enumerate(content)]

    def choice(self, key: str, allowed: Iterable[str], required: bool = False) -> str:
        allowed = tuple(allowed)
        value = self._get(key)
        if value is None:
            if required:
                self.report("E532", key, "")
            return allowed[0]
        if value not in allowed:
            self.report("E126", key, value, allowed="、".join(allowed))
            return allowed[0]
        return str(value)

    def number(
        self,
        key: str,
        otherwise: float | None,
        low: float = float("-inf"),
        high: float = float("inf"),
    ) -> float:
        value = self._get(key)
        if value is None:
            if otherwise is None:
                self.report("E532", key, "")
            return otherwise or 0.0
        if isinstance(value, bool) or not isinstance(value, (int, float)) or isnan(value):
            self.report("E533", key, value)
            return low
        if value < low:
            self.report("E131", key, value, bound=f"{low:g}")
        if value > high:
            self.report("E132", key, value, bound=f"{high:g}")
        return float(value)

    def whole(self, key: str, otherwise: int | None, low: int, high: int) -> int | None:
        value = self._get(key)
        if value is None:
            return otherwise
        if isinstance(value, bool) or not isinstance(value, int):
            self.report("E124" if isinstance(value, float) else "E533", key, value)
            return otherwise
        self.number(key, None, low, high)
        return value

    def text(self, key: str) -> str | None:
        value = self._get(key)
        if value is not None and not isinstance(value, str):
            self.report("E533", key, value)
        return value

    def mapping(self, key: str, kind: type) -> dict[str, Any]:
        value = self._get(key)
        if value is None:
            self.report("E532", key, "")
            return {}
        if not isinstance(value, dict):
            self.report("E533", key, value)
            return {}
        inner = _Section(value, (*self.path, key), self.file, self.lines, self.problems)
        take = inner.text if kind is str else lambda k: inner.number(k, None)
        return {name: take(name) for name in inner.content}

    def end(self) -> None:
        """E531: report the keys that nothing asked for."""
        for key in self.content:
            if key not in self.asked:
                self.report("E531", key, key, allowed="、".join(dict.fromkeys(self.asked)))


def _line(lines: Mapping[Path_, int], path: Path_) -> int:
    """The line of ``path``, or of what encloses it when it does not stand in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)
