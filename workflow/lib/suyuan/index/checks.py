"""What keeps a tree and a recipe from being applied to data, and what should be asked about.

Choices that mean nothing together are a table, ``COMBINATIONS``: docs/index.md prints it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from suyuan.core.errors import DataError, Problem
from suyuan.index import noise, panel, scoring
from suyuan.index.naming import NORMALISE, WEIGHTS, Method
from suyuan.index.recipe import DECLARED, YEARLY, Recipe
from suyuan.index.scoring import Normaliser, method_of
from suyuan.index.steps import Treatment
from suyuan.index.table import Data
from suyuan.index.transform import boxcox
from suyuan.index.tree import LOG, Tree
from suyuan.index.weighting import CONSISTENT

if TYPE_CHECKING:
    import pandas as pd

Found = Iterator[tuple[tuple[str, ...], str, str]]  # place in the recipe, value, method


@dataclass(frozen=True)
class Combination:
    """Choices that mean nothing together, or seldom what was meant: then they are ``refused``.

    ``where`` finds them, each at its place in the recipe; ``why`` is for people.
    """

    code: str
    refused: bool
    choices: str
    why: str
    where: Callable[[Tree, Recipe], Found]


def used(tree: Tree, recipe: Recipe) -> Tree:
    """The tree with the aggregations that the recipe chooses."""
    return tree if recipe.aggregation == DECLARED else tree.aggregated(recipe.aggregation)


def _methods(tree: Tree, recipe: Recipe) -> list[tuple[str, Normaliser]]:
    return [(leaf, method_of(tree.nodes[leaf], recipe.normaliser)) for leaf in tree.leaves]


def _weights(of: Callable[[Normaliser], bool]) -> Callable[..., Found]:
    """Weights by entropy or variation of scores by such a method."""

    def where(tree: Tree, recipe: Recipe) -> Found:
        if recipe.weights in ("entropy", "variation"):
            for how in dict.fromkeys(how for _, how in _methods(tree, recipe)):
                if of(how):
                    yield ("weights",), Method(recipe.weights, WEIGHTS), Method(how.name, NORMALISE)

    return where


def _negative(tree: Tree, recipe: Recipe) -> Found:
    tree = used(tree, recipe)
    for leaf, how in _methods(tree, recipe):
        node = tree.nodes[leaf].parent
        least, _ = scoring.score_range(tree.nodes[leaf], how.name, recipe.output, recipe.clip)
        while node:
            above = tree.nodes[node].how
            if above.positive and least < 0:
                yield ("normalise", "method"), how.name, how.name
                return
            least = recipe.output[0] if above.relative else least
            node = tree.nodes[node].parent


def _worst_is_zero(tree: Tree, recipe: Recipe) -> Found:
    tree = used(tree, recipe)
    for leaf, how in _methods(tree, recipe):
        above = tree.nodes[tree.nodes[leaf].parent].how
        stops = above.power is not None and above.power <= 0
        if stops and how.lowest and recipe.output[0] == 0:
            name = Method(how.name, NORMALISE)
            yield ("normalise", "method"), name, name
            return


def _rescaled(tree: Tree, recipe: Recipe) -> Found:
    for position, treatment in enumerate(recipe.treat):
        if not treatment.kind.rescales:
            continue
        for leaf in treatment.only or tree.leaves:
            how = method_of(tree.nodes[leaf], recipe.normaliser)
            if leaf in tree.leaves and not how.free:
                yield ("treat", str(position), "step"), treatment.name, how.name
                break


def _grouped(_: Tree, recipe: Recipe) -> Found:
    for position, treatment in enumerate(recipe.treat):
        how, group = treatment.imputation, treatment.parameters.get("group")
        if how and group and not how.grouped:
            yield ("treat", str(position), "group"), group, how.name


def _spread(tree: Tree, recipe: Recipe) -> Found:
    if recipe.uncertainty is None or not recipe.uncertainty.spread > 0:
        return
    for leaf, how in _methods(tree, recipe):
        node = tree.nodes[leaf]
        if scoring.score_range(node, how.name, recipe.output, recipe.clip) != recipe.output:
            yield ("uncertainty", "spread"), f"{recipe.uncertainty.spread:g}", how.name
            return


COMBINATIONS = (
    Combination(
        "E720",
        True,
        "a group for imputation by sibling or time",
        "they look at the unit alone",
        _grouped,
    ),
    Combination(
        "E517",
        True,
        "geometric, harmonic or power means of scores that may be negative",
        "there is no such mean",
        _negative,
    ),
    Combination(
        "E518",
        True,
        "skew, log or boxcox before goalposts, targets, references, shares or optima",
        "the parameters are in the unit of the data, which the step changes; scale log keeps both",
        _rescaled,
    ),
    Combination(
        "E522",
        True,
        "a spread of scores that leave the range",
        "there is no end at which the spread would be cut",
        _spread,
    ),
    Combination(
        "E701",
        True,
        "weights by entropy or variation of zscore or rank",
        "mean and deviation are the same for every indicator, so the weights say nothing",
        _weights(lambda how: how.standard),
    ),
    Combination(
        "E702",
        False,
        "weights by entropy or variation of scores that are not amounts",
        "they change with the zero of the scale; share, maximum, vector and reference keep it",
        _weights(lambda how: not how.standard and not how.ratios),
    ),
    Combination(
        "E703",
        False,
        "geometric or harmonic means of minmax, rank or distance_to_target from 0",
        "the worst unit of any one indicator gets 0 for all of the node; begin the range above 0",
        _worst_is_zero,
    ),
)


def problems(data: Data, tree: Tree, recipe: Recipe) -> Iterator[Problem]:
    """What keeps ``tree`` and ``recipe`` from being applied to ``data``."""
    yield from choices(tree, recipe)
    yield from cells(data, tree, recipe)


def choices(tree: Tree, recipe: Recipe) -> Iterator[Problem]:
    """What of it does not depend on the data.

    E507 a parameter missing, E548 one beyond reason, E516 goalpost, target or cap of a logarithm
    not positive, E704 a logarithm of what must be an amount, E705 an optimum outside its
    goalposts, E706 an optimum with a direction, E707 a percentile beyond 0 to 100, E708 no
    reference, and the refused ones of ``COMBINATIONS``.
    """
    for leaf in tree.leaves:
        yield from _parameters(tree, leaf, recipe)
    for path, leaf, limit in recipe.limits():
        node = tree.nodes[leaf]
        if limit <= 0 and (node.scale == LOG or method_of(node, recipe.normaliser).amounts):
            yield recipe.problem("E516", path, f"{limit:g}")
    yield from _combined(tree, recipe, refused=True)


def queries(tree: Tree, recipe: Recipe) -> Iterator[Problem]:
    """What is computed as asked, but may not be what was meant."""
    yield from _combined(tree, recipe, refused=False)
    for node, one in recipe.judged.items():
        if not one.consistent:
            details = {"method": "ahp", "node": node, "limit": f"{CONSISTENT:g}"}
            yield Problem("E713", one.file, 1, "weights", f"{one.ratio:.3f}", details)


def _combined(tree: Tree, recipe: Recipe, *, refused: bool) -> Iterator[Problem]:
    for one in COMBINATIONS:
        if one.refused == refused:
            for place, value, method in one.where(tree, recipe):
                yield recipe.problem(one.code, place, value, method=method)


def _given(tree: Tree, leaf: str, how: Normaliser) -> Iterator[Problem]:
    for column in how.needs:
        given = getattr(tree.nodes[leaf], column)
        if given is None:
            yield tree.problem("E507", leaf, column, leaf, method=how.name)
        elif tree.nodes[leaf].scale == LOG and given <= 0:
            yield tree.problem("E516", leaf, column, f"{given:g}")
        elif abs(given) > noise.LARGEST:
            yield tree.problem("E548", leaf, column, f"{given:g}")


def _parameters(tree: Tree, leaf: str, recipe: Recipe) -> Iterator[Problem]:
    node = tree.nodes[leaf]
    how = method_of(node, recipe.normaliser)
    yield from _given(tree, leaf, how)
    whole = all(getattr(node, column) is not None for column in how.needs)
    if node.scale == LOG and how.amounts:
        yield tree.problem("E704", leaf, "scale", LOG, method=how.name)
    if how.name == scoring.OPTIMUM and whole:
        ends = [node.low, node.optimum_low, node.optimum_high, node.high]
        if sorted(ends) != ends:  # type: ignore[type-var]
            yield tree.problem("E705", leaf, "optimum_low", f"{node.optimum_low:g}")
        if node.direction < 0:
            yield tree.problem("E706", leaf, "direction", "-1")
    if how.name == scoring.PERCENTILE:
        for column in ("low", "high"):
            given = getattr(node, column)
            if given is not None and not 0 <= given <= 100:
                yield tree.problem("E707", leaf, column, f"{given:g}")
        if not (node.low or 0.0) < (100.0 if node.high is None else node.high):
            yield tree.problem("E707", leaf, "high", f"{node.high:g}")
    if how.name == scoring.REFERENCE and recipe.reference is None and recipe.standard is None:
        yield recipe.problem("E708", ("normalise", "reference"), how.name)


def cells(data: Data, tree: Tree, recipe: Recipe) -> Iterator[Problem]:
    """What of it is in the cells.

    E521 a number that is not positive and must be, E548 one whose powers are no numbers, E709 no
    unit of the reference's name, E710 one that has no value, E719 a choice that needs years.
    """
    needs = amounts(tree, recipe)
    needs |= {column: False for _, column in recipe.numbers()}
    for treatment in recipe.treat:
        needs |= needed(treatment, tree)
        if treatment.name == "floor":  # before: what it raises is above 0 then
            for leaf, low in treatment.parameters["limits"].items():
                if low > 0:
                    needs.pop(leaf, None)
    for unit, column in _short(data.frame, needs):
        yield data.problem("E521", unit, column)
    for column in sorted({*tree.leaves, *(column for _, column in recipe.numbers())}):
        size = data.frame[column].abs()
        small = (size > 0) & (size < 1 / noise.LARGEST)
        for unit in data.frame.index[(size > noise.LARGEST) | small]:
            yield data.problem("E548", unit, column)
    if recipe.reference is not None:
        yield from _reference(data, tree, recipe, recipe.reference)
    if not data.years:
        if recipe.goalposts == YEARLY:
            yield recipe.problem("E719", ("normalise", "goalposts"), YEARLY)
        for position, treatment in enumerate(recipe.treat):
            how = treatment.imputation
            if how and how.needs_years:
                yield recipe.problem("E719", ("treat", str(position), "method"), how.name)


Needs = dict[str, bool]  # columns whose values must be positive, or where so told zero


def amounts(tree: Tree, recipe: Recipe) -> Needs:
    """What normalisation needs: nothing can be divided by zero, or has a logarithm there."""
    found = {}
    for leaf in tree.leaves:
        node = tree.nodes[leaf]
        if node.scale == LOG:
            found[leaf] = False
        elif method_of(node, recipe.normaliser).amounts:
            found[leaf] = node.direction > 0
    return found


def needed(treatment: Treatment, tree: Tree) -> Needs:
    """What a step needs."""
    own = set(treatment.only or tree.leaves) if treatment.kind.positive else set()
    return dict.fromkeys(own | set(treatment.parameters.get("by", {}).values()), False)


def still_positive(frame: pd.DataFrame, needs: Needs, data: Data) -> None:
    """Raise DataError E721 for cells that steps before have made less than ``needs``."""
    problems = [
        data.problem("E721", unit, column, now=f"{frame.at[unit, column]:g}")
        for unit, column in _short(frame, needs)
    ]
    if problems:
        raise DataError(problems)


def still_apart(frame: pd.DataFrame, treatment: Treatment, tree: Tree, data: Data) -> None:
    """Raise DataError E548 where a given power leaves no numbers, or no digit to tell them apart.

    The cell is the one that is furthest from 1.
    """
    exponent = treatment.parameters.get("exponent")
    if exponent is None:
        return
    for leaf in treatment.only or tree.leaves:
        values = frame[leaf].to_numpy(dtype=float)
        with np.errstate(over="ignore"):
            bent = boxcox(values, exponent)
        if np.isinf(bent).any() or (noise.constant(bent) and not noise.constant(values)):
            unit = frame.index[np.nanargmax(np.abs(np.log(values)))]
            raise DataError(data.problem("E548", unit, leaf))


def _short(frame: pd.DataFrame, needs: Needs) -> Iterator[tuple[str, str]]:
    for column, zero in sorted(needs.items()):
        values = frame[column]
        for unit in frame.index[(values < 0) if zero else (values <= 0)]:
            yield unit, column


def _reference(data: Data, tree: Tree, recipe: Recipe, name: str) -> Iterator[Problem]:
    place = ("normalise", "reference")
    labels = panel.same_year(data, name, data.frame.index)
    own = data.frame.reindex(dict.fromkeys(labels))
    if not own.index.isin(data.frame.index).all():
        yield recipe.problem("E709", place, name)
        return
    for leaf, how in _methods(tree, recipe):
        if how.name == scoring.REFERENCE and own[leaf].isna().any():
            yield recipe.problem("E710", place, name, indicator=leaf)
        elif how.name == scoring.REFERENCE and tree.nodes[leaf].direction > 0:
            for unit in own.index[own[leaf] == 0]:
                yield data.problem("E521", unit, leaf)
