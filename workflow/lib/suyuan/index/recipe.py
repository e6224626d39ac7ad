"""How an index is computed: the choices of a recipe, a YAML file that is read strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any

from suyuan.core.errors import ConfigError, Problem
from suyuan.index import noise, ranking, scoring
from suyuan.index.aggregations import AGGREGATIONS, aggregation
from suyuan.index.imputation import METHODS as IMPUTATIONS
from suyuan.index.judgements import KINDS, Judged
from suyuan.index.reading import Declared, declared
from suyuan.index.section import Place, Section, line_of, read_top
from suyuan.index.steps import Treatment, read_step
from suyuan.index.weights import WEIGHTINGS

DECLARED = "declared"
SIMPLEX = "simplex"
COMMON, YEARLY = "common", "yearly"
WEIGHTS = (DECLARED, *WEIGHTINGS)
NO_IMPUTATION = "none"
FACTORS = {
    "normalise": tuple(scoring.METHODS),
    "aggregation": (DECLARED, *AGGREGATIONS),
    "weights": (DECLARED, *WEIGHTINGS),
    "missing": (NO_IMPUTATION, *IMPUTATIONS),
}


@dataclass(frozen=True)
class Uncertainty:
    """What is drawn: weights around the declared ones, and scores within ± ``spread``.

    ``concentration`` is that of the Dirichlet distribution at each node: large is sure.
    ``spread`` is in points of the output range; 0 takes the scores as exact. With ``rounding`` each
    cell lies within its printed digits. ``weights_region`` is that of possible ranks: how far, as a
    share of it, each weight may be off its nominal one; infinite is any weights at all.
    """

    draws: int
    seed: int
    concentration: float
    spread: float
    interval: float
    rounding: bool = False
    weights_region: float | None = None


@dataclass(frozen=True)
class Sensitivity:
    """Methods that an index is tried with, by factor, and the draws of each set of factors."""

    draws: int
    methods: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Recipe:
    """All choices. ``coverage`` is the least share of known weight with which a unit is ranked.

    Weights may be read ``weights_from`` a file or folder, beside the recipe; they are ``judged``.
    Ratios are to the value of the unit ``reference``, or to that in the column ``standard``.
    ``resolved`` has every key of the file, those that were left out with what they then are.
    """

    normaliser: str
    output: tuple[float, float]
    treat: tuple[Treatment, ...]
    weights: str
    aggregation: str
    coverage: float
    ties: str
    decimals: int | None
    uncertainty: Uncertainty | None
    weights_from: str | None = None
    judged: Judged = field(default_factory=dict)
    clip: bool | None = None
    reference: str | None = None
    standard: str | None = None
    goalposts: str = COMMON
    rank_decimals: int | None = None
    sensitivity: Sensitivity | None = None
    file: str = ""
    lines: Mapping[Place, int] = field(default_factory=dict)
    data: Declared = field(default_factory=Declared)
    resolved: Mapping[str, Any] = field(default_factory=dict, compare=False)

    def denominators(self) -> Iterator[tuple[Place, str, str]]:
        """Path, indicator and denominator of every division."""
        for position, treatment in enumerate(self.treat):
            for indicator, column in treatment.parameters.get("by", {}).items():
                yield ("treat", str(position), "by", indicator), indicator, column

    def limits(self) -> Iterator[tuple[Place, str, float]]:
        """Path, indicator and limit of every cap and floor."""
        for position, treatment in enumerate(self.treat):
            for indicator, limit in treatment.parameters.get("limits", {}).items():
                yield ("treat", str(position), "limits", indicator), indicator, limit

    def numbers(self) -> Iterator[tuple[Place, str]]:
        """Path and name of the columns of numbers that the recipe speaks of."""
        for path, _, column in self.denominators():
            yield path, column
        if self.standard is not None:
            yield ("normalise", "reference", "column"), self.standard

    def named(self) -> Iterator[tuple[Place, str]]:
        """Path and name of every indicator that a step speaks of."""
        for path, leaf, _ in [*self.denominators(), *self.limits()]:
            yield path, leaf
        for position, treatment in enumerate(self.treat):
            for place, leaf in enumerate(treatment.only):
                yield ("treat", str(position), "only", str(place)), leaf

    def groups(self) -> Iterator[tuple[Place, str]]:
        """Path and column of every grouping."""
        for position, treatment in enumerate(self.treat):
            if column := treatment.parameters.get("group"):
                yield ("treat", str(position), "group"), column

    def problem(self, code: str, path: Place, value: str, **details: str) -> Problem:
        """A problem with what stands at ``path``, as ("normalise", "method")."""
        return Problem(code, self.file, line_of(self.lines, path), path[-1], value, details)


def read_recipe(path: Path | None, name: str) -> Recipe:
    """The recipe of a YAML file; what it leaves out is as docs/index.md says.

    Raises ConfigError: E514 no such file, E187 to E194 not plain YAML, E531 unknown key, E532
    missing key, E533 another kind of value, E126 not among the choices, E131 and E132 out of
    bounds, E534 low score not below the high one. Without ``path`` nothing is chosen, and all is
    as left out.
    """
    top, problems = read_top(path, name)
    recipe = _recipe(top)
    if problems:
        raise ConfigError(sorted(problems, key=lambda problem: problem.row))
    return recipe


def declared_alone(path: Path | None, name: str) -> Declared | None:
    """How the data are to be read by a recipe that has faults; None where that has some itself."""
    try:
        top, problems = read_top(path, name)
    except ConfigError:
        return None
    found = declared(top.section("data"))
    return None if problems else found


def _recipe(top: Section) -> Recipe:
    scale = top.section("normalise")
    ends = (-noise.LARGEST, noise.LARGEST)
    output = (scale.number("low", 0.0, *ends), scale.number("high", 100.0, *ends))
    if not output[0] < output[1]:
        scale.report("E534", "high", output[1], low=f"{output[0]:g}")
    ranks, ties = top.section("ranks"), top.choice("ties", ranking.TIES)
    standard = None
    if by_column := scale.is_mapping("reference"):
        inner = scale.section("reference")
        standard = inner.text("column")
        inner.end()
    weights, weights_from = _weights(top)
    recipe = Recipe(
        normaliser=scale.choice("method", scoring.METHODS),
        output=output,
        treat=tuple(read_step(step) for step in top.sections("treat")),
        weights=weights,
        weights_from=weights_from,
        aggregation=_aggregation(top),
        coverage=top.number("coverage", 0.6, 0.0, 1.0),
        ties=ranks.choice("ties", ranking.TIES) if ranks.has("ties") else ties,
        decimals=top.whole("decimals", None, 0, 15),
        uncertainty=_uncertainty(top),
        clip=scale.flag("clip"),
        reference=None if by_column else scale.text("reference"),
        standard=standard,
        goalposts=scale.choice("goalposts", (COMMON, YEARLY)),
        rank_decimals=ranks.whole("decimals", None, 0, 15),
        sensitivity=_sensitivity(top),
        file=top.file,
        lines=top.lines,
        data=declared(top.section("data")),
        resolved=top.resolved,
    )
    scale.end()
    ranks.end()
    top.end()
    return recipe


def _weights(top: Section) -> tuple[str, str | None]:
    """A name; or how they are given and in which file or folder."""
    if not top.is_mapping("weights"):
        return top.choice("weights", WEIGHTS), None
    inner = top.section("weights")
    kind = next((name for name in KINDS if inner.has(name)), next(iter(KINDS)))
    path = inner.text(kind)
    if path is None:
        inner.report("E532", kind, "")
    inner.end()
    return kind, path


def _aggregation(top: Section) -> str:
    """A name, or a mapping with the exponent of a mean."""
    if not top.is_mapping("aggregation"):
        return top.choice("aggregation", (DECLARED, *AGGREGATIONS))
    inner = top.section("aggregation")
    power = inner.number("power", None, -100.0, 100.0)
    inner.end()
    return aggregation(f"power:{power:g}").name


def _uncertainty(top: Section) -> Uncertainty | None:
    if top.is_null("uncertainty"):
        return None
    drawn = top.section("uncertainty")
    uncertainty = Uncertainty(
        draws=drawn.whole("draws", 1000, 1, 1_000_000) or 0,
        seed=drawn.whole("seed", 1, 0, 2**63) or 0,
        concentration=drawn.number("concentration", 50.0, 1e-6),
        spread=drawn.number("spread", 0.0, 0.0),
        interval=drawn.number("interval", 0.9, 0.0, 1.0),
        rounding=drawn.settle("rounding", drawn.flag("rounding") or False),
        weights_region=_region(drawn),
    )
    drawn.end()
    return uncertainty


def _sensitivity(top: Section) -> Sensitivity | None:
    if not top.has("sensitivity"):
        return None
    section = top.section("sensitivity")
    draws = section.whole("draws", 512, 2, 1_000_000) or 0
    inner = section.section("methods")
    methods: dict[str, tuple[str, ...]] = {}
    for factor, allowed in FACTORS.items():
        given = inner.texts(factor)
        for value in given:
            if value not in allowed:
                inner.report("E126", factor, value, allowed=", ".join(allowed))
        if given:
            methods[factor] = tuple(dict.fromkeys(given))
    inner.end()
    section.end()
    return Sensitivity(draws, methods)


def _region(drawn: Section) -> float | None:
    """A share, infinite for the whole simplex, None where no region is declared."""
    if not drawn.has("weights_region"):
        return None
    if drawn.get("weights_region") == SIMPLEX:
        return inf
    return drawn.number("weights_region", None, 0.0)
