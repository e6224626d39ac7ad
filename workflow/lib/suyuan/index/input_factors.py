"""Which choices an index depends on: Sobol indices with methods as factors, beside what is drawn.

Each method is a factor that takes one of its values, all alike probable, in every draw; weights
around those in use, and scores (their spread, rounding and imputation), are a factor each where the
recipe draws them. Looked at are the rank of each unit and, as the average over the units, how far
ranks are from those of the recipe [Saisana, Saltelli and Tarantola 2005,
doi:10.1111/j.1467-985X.2005.00350.x].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from importlib import import_module
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from suyuan.core.errors import DataError, IndexFault
from suyuan.index.imputation import METHODS as IMPUTATIONS
from suyuan.index.pipeline import Index, build, ranked_rows
from suyuan.index.recipe import NO_IMPUTATION, Recipe, Uncertainty
from suyuan.index.run import OutputTable, Run
from suyuan.index.steps import Treatment

IMPUTE, WEIGHTS, SCORES = "impute", "drawn weights", "drawn scores"
RESAMPLES = 200
EXACT = Uncertainty(1, 1, np.inf, 0.0, 0.9)  # nothing but methods is drawn
Groups = Mapping[str, np.ndarray]


def chosen(recipe: Recipe, choices: Mapping[str, str]) -> Recipe:
    """The recipe with other methods, by factor: normalise, aggregation, weights, missing."""
    fields = {"normalise": "normaliser", "aggregation": "aggregation", "weights": "weights"}
    other = {fields[factor]: value for factor, value in choices.items() if factor in fields}
    if "missing" in choices:
        other["treat"] = _imputed(recipe.treat, choices["missing"])  # type: ignore[assignment]
    return replace(recipe, **other)  # type: ignore[arg-type]


def _imputed(steps: tuple[Treatment, ...], method: str) -> tuple[Treatment, ...]:
    """The steps with that method in what imputation there is, or before all others.

    What is filled in, and within which groups where the method has any, stays the recipe's.
    """
    if method == NO_IMPUTATION:
        return tuple(step for step in steps if step.name != IMPUTE)
    if all(step.name != IMPUTE for step in steps):
        return Treatment(IMPUTE, {"method": method, "group": None}), *steps
    other = {"method": method} if IMPUTATIONS[method].grouped else {"method": method, "group": None}
    return tuple(
        replace(step, parameters={**step.parameters, **other}) if step.name == IMPUTE else step
        for step in steps
    )


@dataclass
class _Model:
    """Ranks of a root by factor: each combination of methods is computed once, then drawn."""

    run: Run
    root: str
    draws: int
    indices: dict[tuple[str, ...], Index] = field(default_factory=dict)
    drawn: dict[tuple[tuple[str, ...], int, int], np.ndarray] = field(default_factory=dict)

    @property
    def methods(self) -> Mapping[str, tuple[str, ...]]:
        assert self.run.recipe.sensitivity is not None
        return self.run.recipe.sensitivity.methods

    @property
    def uncertainty(self) -> Uncertainty:
        return replace(self.run.recipe.uncertainty or EXACT, draws=self.draws)

    def factors(self) -> list[str]:
        """Methods with more than one value, then what is drawn."""
        drawn = self.uncertainty
        names = [name for name, values in self.methods.items() if len(values) > 1]
        names += [WEIGHTS] if np.isfinite(drawn.concentration) else []
        imputed = any(index.imputed.to_numpy().any() for index in self.indices.values())
        spread = drawn.spread > 0 or drawn.rounding
        drawn_scores = spread or (self.run.recipe.uncertainty is not None and imputed)
        return [*names, *([SCORES] if drawn_scores else [])]

    def built(self) -> None:
        """Compute all combinations. Raises IndexFault with what keeps one from being computed."""
        for values in product(*self.methods.values()):
            recipe = self._recipe(values)
            try:
                self.indices[values] = build(self.run.data, self.run.tree, recipe)
            except DataError as error:
                raise IndexFault(error.problems) from error

    def _recipe(self, values: tuple[str, ...]) -> Recipe:
        return chosen(self.run.recipe, dict(zip(self.methods, values, strict=True)))

    def scores(self, groups: Groups) -> np.ndarray:
        """Scores of the root, (units × draws)."""
        each = [groups.get(name, np.zeros(self.draws, int)) for name in self.methods]
        places = np.stack(each) if each else np.zeros((1, self.draws), int)
        which = int(groups[WEIGHTS][0]) if WEIGHTS in groups else 0
        cells = int(groups[SCORES][0]) if SCORES in groups else 0
        found = np.empty((len(self.run.data.frame), self.draws))
        for combination in np.unique(places, axis=1).T:
            own = (places == combination[:, None]).all(axis=0)
            listed = zip(self.methods.values(), combination, strict=True) if each else ()
            values = tuple(names[place] for names, place in listed)
            found[:, own] = self._drawn(values, which, cells)[:, own]
        return found

    @cached_property
    def groups(self) -> list[np.ndarray]:
        """Rows that are ranked with each other, of units that have a score by all methods."""
        scores = [index.aggregates.scores[self.root] for index in self.indices.values()]
        known = np.all([own.notna().to_numpy() for own in scores], axis=0)
        rows = ranked_rows(self.run.index, self.root)
        return [own[known[own]] for own in rows if known[own].any()]

    def ranks(self, groups: Groups) -> np.ndarray:
        """How far ranks are from the recipe's on average, then the ranks: (1 + units) × draws."""
        order, scores = self.run.index.order, self.scores(groups)
        nominal = self.run.index.aggregates.scores[self.root].to_numpy()
        ranks = _late("standing").ranks
        parts = [ranks(order.seen(scores[own]), order.ties, order.apart) for own in self.groups]
        before = [order.ranks(nominal[own]) for own in self.groups]
        moved = np.abs(np.concatenate(parts) - np.concatenate(before)[:, None])
        return np.concatenate([moved.mean(axis=0, keepdims=True), *parts])

    def _drawn(self, values: tuple[str, ...], which: int, cells: int) -> np.ndarray:
        key = (values, which, cells)
        if key not in self.drawn:
            simulate = _late("simulate")
            index, recipe, drawn = self.indices[values], self._recipe(values), self.uncertainty
            filled = simulate.Filled(index.imputed, index.errors, index.ranges)
            within = simulate.Within(self.run.data, self.run.tree, recipe)
            sure = SCORES not in self.factors()
            self.drawn[key] = simulate.root_draws(
                index.tree,
                index.aggregates.scores,
                self.root,
                recipe.output,
                replace(drawn, seed=drawn.seed + which),
                None if sure else filled,
                index.frame,
                within if drawn.rounding else None,
                cells_seed=drawn.seed + cells,
            )
        return self.drawn[key]


def _rows(run: Run, draws: int, root: str) -> Iterator[pd.DataFrame]:
    """A table for each factor of ``root``."""
    sensitivity, streams = _late("sensitivity"), _late("streams")
    model = _Model(run, root, draws)
    model.built()
    names, seed = model.factors(), model.uncertainty.seed
    if not names or not model.groups:
        return
    found = sensitivity.sobol_indices(
        *sensitivity.pick_freeze(model.ranks, _drawn_factors(model, 0), _drawn_factors(model, 1)),
        resamples=RESAMPLES,
        level=model.uncertainty.interval,
        stream=streams.generator(seed, "choices", "resamples"),
    )
    labels = ["", *run.index.ranks.index[np.concatenate(model.groups)]]
    for place, name in enumerate(names):
        first, total = found.first_interval[place], found.total_interval[place]
        table = {
            "node": root,
            "unit": labels,
            "factor": name,
            "first_order": found.first[place],
            "first_low": first[:, 0],
            "first_high": first[:, 1],
            "total": found.total[place],
            "total_low": total[:, 0],
            "total_high": total[:, 1],
        }
        yield pd.DataFrame(table)


def _drawn_factors(model: _Model, side: int) -> dict[str, np.ndarray]:
    """One of two independent sets: places of methods, or which set of streams is drawn from."""
    drawn = {}
    for name in model.factors():
        values = len(model.methods.get(name, ()))
        stream = _late("streams").generator(model.uncertainty.seed, "choices", str(side), name)
        own = stream.integers(values, size=model.draws) if values else None
        drawn[name] = np.full(model.draws, side) if own is None else own
    return drawn


def _late(name: str) -> Any:
    """A module that only who asks for this pays for."""
    return import_module(f"suyuan.index.{name}")


def _sensitivity(run: Run) -> pd.DataFrame | None:
    if run.recipe.sensitivity is None:
        return None
    asked, roots = run.recipe.sensitivity, run.index.tree.roots
    parts = [part for root in roots for part in _rows(run, asked.draws, root)]
    if not parts:
        return pd.DataFrame(columns=[*SENSITIVITY.columns])
    return pd.concat(parts, ignore_index=True)


SENSITIVITY = OutputTable(
    "sensitivity",
    {
        "node": "every root",
        "unit": "whose rank is looked at; empty: how far the ranks of all are from the recipe's",
        "factor": "a choice of method, drawn weights or drawn scores",
        "first_order": "share of the variance that the factor explains alone; empty: none varies",
        "first_low": "lower end of its interval",
        "first_high": "upper end",
        "total": "share of the variance that the factor has a part in",
        "total_low": "lower end of its interval",
        "total_high": "upper end",
    },
    _sensitivity,
)
