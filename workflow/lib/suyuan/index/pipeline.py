"""From data, tree and recipe to an index: a pure function over tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from suyuan.core.errors import DataError
from suyuan.index import noise, panel, weighting
from suyuan.index.aggregate import Aggregates, Frame, Range, aggregate, contributions, scored
from suyuan.index.aggregations import ARITHMETIC
from suyuan.index.checks import amounts, needed, problems, still_apart, still_positive, used
from suyuan.index.imputation import Impute
from suyuan.index.ranking import Order
from suyuan.index.recipe import YEARLY, Recipe
from suyuan.index.scoring import REFERENCE, method_of, normalise, score_range
from suyuan.index.steps import Setting
from suyuan.index.table import Data
from suyuan.index.treatment import Step, Treated, treat
from suyuan.index.tree import Tree
from suyuan.index.weights import WEIGHTINGS, weights_of

RANKED, BELOW_COVERAGE, SCREENED = "ranked", "below_coverage", "screened"


@dataclass(frozen=True)
class Index:
    """An index as computed. Tables have a row per unit, in the order of the data.

    ``tree`` has the weights and aggregations that were used. ``ranks`` has a column per node that
    is not a leaf; NaN for units that are not ranked there. ``status`` says why, in the same shape:
    ranked, below_coverage or screened. A screened unit has no score anywhere. ``contributions``
    has a table of units × indicators per root. ``log`` is that of the treatment. ``imputed`` marks
    the indicators' scores that rest on imputed values; ``errors`` are those of the imputation at
    the observed scores of each indicator, sorted, in points. ``frame`` is what nodes were
    aggregated in. ``groups`` are the rows that are ranked with each other, one of each year in a
    panel, and ``order`` is how. ``ranges`` are the worst and the best score of each indicator.
    ``treated`` are the data as they were normalised, without the units that were screened out.
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
    groups: Sequence[np.ndarray]
    order: Order
    ranges: Mapping[str, Range]
    treated: pd.DataFrame


def build(data: Data, tree: Tree, recipe: Recipe) -> Index:
    """The index.

    Raises DataError with every problem that ``problems`` finds; E515, and E548, E710 and E721 for
    what steps have made of the data.
    """
    if found := [*problems(data, tree, recipe)]:
        raise DataError(found)
    tree = used(tree, recipe)
    steps, treated = _treated(data, tree, recipe)
    yearly = bool(data.years) and recipe.goalposts == YEARLY
    within = panel.by_year(data, treated.frame.index) if yearly else None
    scores = _scores(treated.frame, tree, recipe, data, within)
    tree = reweighted(tree, scores, recipe.weights, Frame(recipe.output, within))
    leaves = list(tree.leaves)
    units = scores.reindex(data.frame.index)
    groups = panel.by_year(data, units.index)
    frame = Frame(recipe.output, groups if yearly else None)
    ranges = {
        leaf: score_range(tree.nodes[leaf], recipe.normaliser, recipe.output, recipe.clip)
        for leaf in leaves
    }
    aggregates = aggregate(
        tree,
        units,
        ranges,
        observed=treated.observed[leaves],
        frame=frame,
    )
    order = Order(recipe.ties, noise.tied(noise.size(recipe.output)), recipe.rank_decimals)
    ranks, status = ranked(tree, aggregates, recipe.coverage, order, groups)
    screened = ~data.frame.index.isin(treated.frame.index)
    status.loc[screened] = SCREENED
    aggregates = _without(tree, aggregates, screened, treated.observed)
    added = {root: contributions(tree, aggregates.scores, root) for root in tree.roots}
    imputed = units.notna() & ~treated.observed[leaves]
    errors = _errors(steps, units.where(treated.observed[leaves]), treated.frame)
    return Index(
        tree,
        aggregates,
        ranks,
        status,
        added,
        treated.log,
        imputed,
        errors,
        frame,
        groups,
        order,
        ranges,
        treated.frame,
    )


def indicator_scores(data: Data, tree: Tree, recipe: Recipe) -> pd.DataFrame:
    """Scores of the indicators of all units, NaN of those that are left out."""
    treated = _treated(data, tree, recipe)[1].frame
    yearly = bool(data.years) and recipe.goalposts == YEARLY
    within = panel.by_year(data, treated.index) if yearly else None
    return _scores(treated, tree, recipe, data, within).reindex(data.frame.index)


def _treated(data: Data, tree: Tree, recipe: Recipe) -> tuple[list[Step], Treated]:
    """The steps of the recipe and what they make of the data; DataError as ``build``."""
    setting = Setting(tree, panel.units(data), panel.years(data))
    steps = [treatment.step(setting) for treatment in recipe.treat]

    def look(number: int, frame: pd.DataFrame) -> None:
        still_positive(frame, needed(recipe.treat[number], tree), data)

        still_apart(frame, recipe.treat[number], tree, data)

    found = treat(data.frame, steps, look)
    still_positive(found.frame, amounts(tree, recipe), data)
    return steps, found


def _scores(
    frame: pd.DataFrame,
    tree: Tree,
    recipe: Recipe,
    data: Data,
    groups: Sequence[np.ndarray] | None,
) -> pd.DataFrame:
    """Scores of the indicators of the units in ``frame``, compared within ``groups``."""
    standards = _standards(frame, tree, recipe, data)
    scores = {
        leaf: normalise(
            frame[leaf].to_numpy(dtype=float),
            tree.nodes[leaf],
            recipe.normaliser,
            recipe.output,
            clip=recipe.clip,
            standard=standards.get(leaf),
            groups=groups,
        )
        for leaf in tree.leaves
    }
    return pd.DataFrame(scores, index=frame.index)


def _standards(
    frame: pd.DataFrame, tree: Tree, recipe: Recipe, data: Data
) -> dict[str, np.ndarray]:
    """What every unit is held against, by indicator: the value of the unit of that name, or column.

    In a panel it is the value of the same year. A unit that was screened out still is a standard,
    after the steps that look at it alone. Raises DataError E710 where there is no value.
    """
    held = [k for k in tree.leaves if method_of(tree.nodes[k], recipe.normaliser).name == REFERENCE]
    if recipe.standard is not None:
        return dict.fromkeys(held, frame[recipe.standard].to_numpy(dtype=float))
    if recipe.reference is None:
        return {}
    out = data.frame.drop(frame.index)
    for treatment in recipe.treat:
        if treatment.kind.alone:
            out, _ = treatment.step(Setting(tree)).apply(out)
    every = pd.concat([frame[held], out[held]])
    own = every.reindex(panel.same_year(data, recipe.reference, frame.index))
    for leaf in (leaf for leaf in held if own[leaf].isna().any()):
        place = ("normalise", "reference")
        raise DataError(recipe.problem("E710", place, recipe.reference, indicator=leaf))
    return {leaf: own[leaf].to_numpy(dtype=float) for leaf in held}


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
    frame: Frame = Frame((0.0, 100.0)),  # noqa: B008  (frozen)
) -> Tree:
    """The tree with weights by ``method`` from the scores of the children of each node.

    Upwards from the leaves: a node is scored with its new weights before its parent is weighted.
    Declared weights, and those from files, stay as they are in the tree. Raises DataError E515
    where the data determine none.
    """
    if method not in WEIGHTINGS:
        return tree
    columns = {leaf: scores[leaf].to_numpy(dtype=float) for leaf in tree.leaves}
    weights: dict[str, float] = {}
    for node in tree.upward:
        children = sorted(tree.children(node))
        values = np.column_stack([columns[child] for child in children])
        try:
            own = weights_of(tree, node, values, method, frame)
        except weighting.UndefinedWeights as error:
            raise DataError(tree.problem("E515", node, "weight", node, method=method)) from error
        weights |= dict(zip(children, own.tolist(), strict=True))
        columns[node] = scored(tree.nodes[node], values, own, frame)
    return tree.reweighted(weights)


def ranked(
    tree: Tree,
    aggregates: Aggregates,
    coverage: float,
    order: Order,
    groups: Sequence[np.ndarray],
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Ranks and status of every unit at every node above the leaves, within each of ``groups``.

    A unit of which less than ``coverage`` of a node's weight is observed, or nothing, has no rank
    there and takes none. A node's own coverage goes before ``coverage``.
    """
    ranks, status = {}, {}
    for node in (node for node in tree.nodes if tree.children(node)):
        own = tree.nodes[node].coverage
        observed = aggregates.coverage[node].to_numpy()
        enough = noise.reaches(observed, coverage if own is None else own) & (observed > 0)
        comparable = aggregates.scores[node].where(enough).to_numpy(dtype=float)
        ranks[node] = np.full(comparable.shape, np.nan)
        for rows in groups:
            ranks[node][rows] = order.ranks(comparable[rows])
        status[node] = np.where(np.isnan(comparable), BELOW_COVERAGE, RANKED)
    index = aggregates.scores.index
    return pd.DataFrame(ranks, index=index), pd.DataFrame(status, index=index)


def ranked_rows(index: Index, root: str) -> list[np.ndarray]:
    """Rows that are ranked with each other at ``root``: in a panel, of each year."""
    ranked = (index.status[root] == RANKED).to_numpy()
    return [own for rows in index.groups if (own := rows[ranked[rows]]).size]


def by_rank(index: Index, root: str, rows: np.ndarray) -> np.ndarray:
    """``rows`` of ranked units from the first rank on; the tied by their names."""
    ranks = index.ranks[root].to_numpy()[rows]
    return rows[np.lexsort((index.ranks.index[rows].to_numpy(dtype=str), ranks))]
