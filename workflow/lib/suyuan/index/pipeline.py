"""From data, tree and recipe to an index: a pure function over tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from suyuan.core.errors import DataError, Problem
from suyuan.index import noise, weighting
from suyuan.index.aggregate import Aggregates, Frame, aggregate, contributions, node_score
from suyuan.index.data import Data
from suyuan.index.imputation import Impute
from suyuan.index.normalisers import (
    GOALPOST,
    MINMAX,
    RANK,
    SHARE,
    TARGET,
    ZSCORE,
    normalise,
    score_range,
)
from suyuan.index.ranking import rank
from suyuan.index.recipe import DECLARED, Recipe
from suyuan.index.steps import Setting
from suyuan.index.treatment import Step, treat
from suyuan.index.tree import ARITHMETIC, LOG, Tree

RANKED, BELOW_COVERAGE, SCREENED = "ranked", "below_coverage", "screened"
PARAMETERS = {GOALPOST: ("low", "high"), TARGET: ("target",)}


@dataclass(frozen=True)
class Index:
    """An index as computed. Tables have a row per unit, in the order of the data.

    ``tree`` has the weights and aggregations that were used. ``ranks`` has a column per node that
    is not a leaf; NaN for units that are not ranked there. ``status`` says why, in the same shape:
    ranked, below_coverage or screened. A screened unit has no score anywhere. ``contributions``
    has a table of units × indicators per root. ``log`` is that of the treatment. ``imputed`` marks
    the indicators' scores that rest on imputed values; ``errors`` are those of the imputation at
    the observed scores of each indicator, sorted, in points. ``frame`` is what nodes were
    aggregated in.
    """

    tree: Tree
    aggregates: Aggregates
    ranks: pd.DataFrame
    status: pd.DataFrame
    contributions: dict[str, pd.DataFrame]
    log: pd.DataFrame
    imputed: pd.DataFrame
    errors: dict[str, np.ndarray]
    frame: Frame


def build(data: Data, tree: Tree, recipe: Recipe) -> Index:
    """The index. Raises DataError with every problem that ``problems`` finds, and E515."""
    if found := [*problems(data, tree, recipe)]:
        raise DataError(found)
    if recipe.aggregation != DECLARED:
        tree = tree.aggregated(recipe.aggregation)
    steps = [treatment.step(Setting(tree)) for treatment in recipe.treat]
    treated = treat(data.frame, steps)
    scores = pd.DataFrame(
        {
            leaf: normalise(
                treated.frame[leaf].to_numpy(dtype=float),
                tree.nodes[leaf],
                recipe.normaliser,
                recipe.output,
            )
            for leaf in tree.leaves
        },
        index=treated.frame.index,
    )
    tree = reweighted(tree, scores, recipe.weights, recipe.output)
    leaves = list(tree.leaves)
    units = scores.reindex(data.frame.index)
    frame = Frame(recipe.output)
    aggregates = aggregate(
        tree,
        units,
        score_range(recipe.normaliser, recipe.output),
        observed=treated.observed[leaves],
        frame=frame,
    )
    ranks, status = ranked(tree, aggregates, recipe.coverage, recipe.ties, recipe.output)
    screened = ~data.frame.index.isin(treated.frame.index)
    status.loc[screened] = SCREENED
    aggregates = _without(tree, aggregates, screened, treated.observed)
    added = {root: contributions(tree, aggregates.scores, root) for root in tree.roots}
    imputed = units.notna() & ~treated.observed[leaves]
    errors = _errors(steps, units.where(treated.observed[leaves]), treated.frame)
    return Index(tree, aggregates, ranks, status, added, treated.log, imputed, errors, frame)


def _without(
    tree: Tree, found: Aggregates, screened: np.ndarray, observed: pd.DataFrame
) -> Aggregates:
    """The same, where a unit that was left out has no bounds, and the coverage of its data."""
    if not screened.any():
        return found
    low, high = found.low.copy(), found.high.copy()
    low.loc[screened], high.loc[screened] = np.nan, np.nan
    coverage = found.coverage.copy()
    marks = observed.loc[screened, list(tree.leaves)].astype(float).replace(0.0, np.nan)
    every = tree.aggregated(ARITHMETIC)
    coverage.loc[screened] = aggregate(every, marks, (0.0, 1.0)).coverage
    return replace(found, coverage=coverage, low=low, high=high)


def _errors(
    steps: Iterable[Step], observed: pd.DataFrame, frame: pd.DataFrame
) -> dict[str, np.ndarray]:
    """Errors of the imputations at what is observed; those of the first step for each indicator."""
    found: dict[str, np.ndarray] = {}
    for step in steps:
        if isinstance(step, Impute):
            for leaf, errors in step.errors(observed.loc[frame.index], frame).items():
                found.setdefault(leaf, errors)
    return found


def reweighted(
    tree: Tree,
    scores: pd.DataFrame,
    method: str,
    output: tuple[float, float] = (0.0, 100.0),
) -> Tree:
    """The tree with weights by ``method`` from the scores of the children of each node.

    Upwards from the leaves: a node is scored with its new weights before its parent is weighted.
    ``declared`` leaves the tree as it is. Raises DataError E515 where the data determine none.
    """
    if method == DECLARED:
        return tree
    columns = {leaf: scores[leaf].to_numpy(dtype=float) for leaf in tree.leaves}
    weights: dict[str, float] = {}
    for node in tree.upward:
        children = sorted(tree.children(node))
        values = np.column_stack([columns[child] for child in children])
        try:
            own = weighting.METHODS[method](values, noise.size(output))
        except weighting.UndefinedWeights as error:
            raise DataError(tree.problem("E515", node, "weight", node, method=method)) from error
        weights |= dict(zip(children, own.tolist(), strict=True))
        columns[node] = node_score(values, own, tree.nodes[node].aggregation, Frame(output))
    return tree.reweighted(weights)


def ranked(
    tree: Tree,
    aggregates: Aggregates,
    coverage: float,
    ties: str,
    output: tuple[float, float] = (0.0, 100.0),
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ranks and status of every unit at every node above the leaves.

    A unit of which less than ``coverage`` of a node's weight is observed, or nothing, has no rank
    there and takes none. A node's own coverage goes before ``coverage``.
    """
    ranks, status = {}, {}
    for node in (node for node in tree.nodes if tree.children(node)):
        own = tree.nodes[node].coverage
        observed = aggregates.coverage[node].to_numpy()
        enough = noise.reaches(observed, coverage if own is None else own) & (observed > 0)
        comparable = aggregates.scores[node].where(enough).to_numpy(dtype=float)
        ranks[node] = rank(comparable, ties, noise.tied(noise.size(output)))
        status[node] = np.where(np.isnan(comparable), BELOW_COVERAGE, RANKED)
    index = aggregates.scores.index
    return pd.DataFrame(ranks, index=index), pd.DataFrame(status, index=index)


def problems(data: Data, tree: Tree, recipe: Recipe) -> Iterator[Problem]:
    """What keeps ``tree`` and ``recipe`` from being applied to ``data``."""
    yield from choices(tree, recipe)
    yield from cells(data, tree, recipe)


def choices(tree: Tree, recipe: Recipe) -> Iterator[Problem]:
    """What of it does not depend on the data.

    E507 goalpost or target missing, E516 goalpost, target or cap of a logarithm not positive,
    E517 geometric means of scores that may be negative, E518 a transformation after which
    goalposts mean nothing, E522 a spread of scores that have no bounds.
    """
    yield from _tree_problems(tree, recipe)
    yield from _recipe_problems(tree, recipe)


def cells(data: Data, tree: Tree, recipe: Recipe) -> Iterator[Problem]:
    """What of it is in the cells: E521 a number that is not positive and must be."""
    denominators = {column for _, _, column in recipe.denominators()}
    positive = {
        leaf for leaf in tree.leaves if tree.nodes[leaf].scale == LOG or recipe.normaliser == SHARE
    }
    for column in sorted(denominators | positive):
        for unit in data.frame.index[data.frame[column] <= 0]:
            yield data.problem("E521", unit, column)


def _tree_problems(tree: Tree, recipe: Recipe) -> Iterator[Problem]:
    for leaf in tree.leaves:
        node = tree.nodes[leaf]
        for column in PARAMETERS.get(recipe.normaliser, ()):
            given = getattr(node, column)
            if given is None:
                yield tree.problem("E507", leaf, column, leaf, method=recipe.normaliser)
            elif node.scale == LOG and given <= 0:
                yield tree.problem("E516", leaf, column, f"{given:g}")


def _recipe_problems(tree: Tree, recipe: Recipe) -> Iterator[Problem]:
    used = tree if recipe.aggregation == DECLARED else tree.aggregated(recipe.aggregation)
    positive = any(used.nodes[node].how.positive for node in used.upward)
    if positive and score_range(recipe.normaliser, recipe.output)[0] < 0:
        yield recipe.problem("E517", ("normalise", "method"), recipe.normaliser)
    if recipe.uncertainty and recipe.uncertainty.spread > 0 and recipe.normaliser == ZSCORE:
        yield recipe.problem("E522", ("uncertainty", "spread"), f"{recipe.uncertainty.spread:g}")
    if recipe.normaliser not in {MINMAX, ZSCORE, RANK}:
        for position, treatment in enumerate(recipe.treat):
            if treatment.kind.rescales:
                place = ("treat", str(position), "step")
                yield recipe.problem("E518", place, treatment.name, method=recipe.normaliser)
    for path, leaf, limit in recipe.limits():
        if limit <= 0 and (tree.nodes[leaf].scale == LOG or recipe.normaliser == SHARE):
            yield recipe.problem("E516", path, f"{limit:g}")
