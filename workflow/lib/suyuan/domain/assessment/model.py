"""The assessment model as arrays, from the values that a simulation cites and nothing else.

What a value is, its id says: ``aliyun.rating.chip_diversity``, ``chip_diversity.weight``,
``tree.parent_id.chip_diversity``, ``aliyun.T.low``, ``model.parameter.seed``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Any, Protocol, TypeAlias

import numpy as np

from suyuan.index.levels import Level
from suyuan.lineage.operation import Operand, number_of

SCORE, REGION = "score", "region_fit"  # the two roots of the tree
SUPPLY = "supply"  # the dimension that S is made from
FACTORS = ("T", "P", "A", "C")
ENDS = ("low", "mode", "high")
FEW = 3  # values that differ from one model to the next
TREE, WEIGHT = "tree", "weight"
MISSING = -1.0  # a rating; unlike NaN it equals itself
Shape = tuple[tuple[tuple[str, ...], tuple[int, ...], tuple[float, ...], tuple[bool, ...]], ...]


class Named(Operand, Protocol):
    """A parent value with its id."""

    @property
    def id(self) -> str: ...

    def _replace(self, *, v: Decimal) -> Any: ...


@dataclass
class Model:
    """Everything a simulation needs, by name."""

    parent: dict[str, str] = field(default_factory=dict)
    geometric: dict[str, bool] = field(default_factory=dict)
    weight: dict[str, float] = field(default_factory=dict)
    ratings: dict[str, dict[str, float]] = field(default_factory=dict)  # by vendor and leaf
    grades: dict[str, str] = field(default_factory=dict)  # by rating
    spreads: dict[str, float] = field(default_factory=dict)  # by grade
    estimates: dict[tuple[str, str, str], float] = field(default_factory=dict)
    other: dict[str, float] = field(default_factory=dict)
    bases: dict[str, float] = field(default_factory=dict)  # the region's R0
    parameters: dict[str, float] = field(default_factory=dict)
    _depths: dict[str, list[list[str]]] = field(default_factory=dict)
    _shapes: dict[str, Shape] = field(default_factory=dict)

    def changed(self, parents: Sequence[Named]) -> Model:
        """Another one, in which these values are others."""
        parts = {each.name: dict(getattr(self, each.name)) for each in fields(self)}
        parts["ratings"] = {vendor: dict(own) for vendor, own in self.ratings.items()}
        found = Model(**parts)
        said = {part for parent in parents for part in parent.id.split(".")[:2]}
        if TREE in said:
            found._depths = {}
        else:
            found.below = self.below
        if said & {TREE, WEIGHT}:
            found._shapes = {}
        found.read(parents)
        return found

    def read(self, parents: Sequence[Named]) -> None:
        """Put values in their places. Raises ValueError for one that has none."""
        for parent in parents:
            part, key, read = _place(parent.id)
            part(self)[key] = read(parent)

    @property
    def vendors(self) -> list[str]:
        return sorted(self.ratings)

    @property
    def base(self) -> float:
        return next(iter(self.bases.values()), 0.0)

    @property
    def seed(self) -> int:
        return int(self.parameters["seed"])

    @cached_property
    def below(self) -> dict[str, list[str]]:
        """Children by node, by name: in whatever order a person wants them shown."""
        found: dict[str, list[str]] = {}
        for child, parent in sorted(self.parent.items()):
            found.setdefault(parent, []).append(child)
        return found

    def children(self, node: str) -> list[str]:
        return self.below.get(node, [])

    def depths(self, root: str) -> list[list[str]]:
        """Nodes below ``root``, deepest first; every leaf is equally deep."""
        if root not in self._depths:
            self._depths[root] = self._levels(root)
        return self._depths[root]

    def _levels(self, root: str) -> list[list[str]]:
        depths = [[root]]
        while below := [child for node in depths[-1] for child in self.children(node)]:
            depths.append(below)
        if any(not self.children(node) for depth in depths[:-1] for node in depth):
            raise ValueError("all leaves of a simulated tree lie equally deep")
        return depths[:0:-1]

    def leaves(self, root: str) -> list[str]:
        return self.depths(root)[0]

    def shape(self, root: str) -> Shape:
        """Names, parents, weights and kinds of mean of each level, from the leaves up."""
        if root not in self._shapes:
            self._shapes[root] = self._shape(root)
        return self._shapes[root]

    def _shape(self, root: str) -> Shape:
        depths = [*self.depths(root), [root]]
        return tuple(
            (
                tuple(below),
                tuple(above.index(self.parent[node]) for node in below),
                tuple(self.weight[node] for node in below),
                tuple(self.geometric[node] for node in above),
            )
            for below, above in pairwise(depths)
        )

    def rated(self, vendor: str, root: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Ratings and spreads of a vendor by leaf; -1 and 0 where missing."""
        own, leaves = self.ratings[vendor], self.leaves(root)
        spreads = (
            self.spreads[self.grades[f"{vendor}_{leaf}"]] if leaf in own else 0.0 for leaf in leaves
        )
        return tuple(own.get(leaf, MISSING) for leaf in leaves), tuple(spreads)

    def shares(self, vendor: str) -> tuple[tuple[float, ...], ...]:
        """Low, mode and high of T, P, A and C."""
        return tuple(tuple(self.estimates[vendor, f, e] for e in ENDS) for f in FACTORS)


@lru_cache
def levels_of(shape: Shape) -> tuple[Level, ...]:
    """A tree for ``suyuan.index``."""
    return tuple(Level(*(np.array(part) for part in level)) for _, *level in shape)


# A part of the model, the key of a value in it, and how the value is read.
Place: TypeAlias = tuple[Callable[[Model], dict[Any, Any]], Any, Callable[[Operand], Any]]


@dataclass
class Last:
    """The model that was made last, and of what."""

    parents: tuple[Named, ...] = ()
    model: Model = field(default_factory=Model)


LAST = Last()


def model_of(parents: Sequence[Named]) -> Model:
    """The model that ``parents`` make up. Raises ValueError for one that has no place in it.

    Verification changes one parent after the other: the last model is taken with that one changed.
    """
    others = _others(parents, LAST.parents)
    if others is not None:
        return LAST.model.changed(others)
    model = Model()
    model.read(parents)
    LAST.parents, LAST.model = tuple(parents), model
    return model


def _others(parents: Sequence[Named], before: Sequence[Named]) -> list[Named] | None:
    """Values that are others than before; None where these are many, or have other ids."""
    if len(parents) != len(before):
        return None
    found = [(now, then) for now, then in zip(parents, before, strict=True) if now is not then]
    alike = len(found) <= FEW and all(now.id == then.id for now, then in found)
    return [now for now, _ in found] if alike else None


@cache  # verification asks for the same ids hundreds of times
def _place(value_id: str) -> Place:
    """Where a value of that id stands; an estimate without a qualifier is its mode."""
    subject, indicator, *rest = value_id.split(".")
    qualifier = rest[0] if rest else "mode"
    match subject, indicator:
        case "tree", "parent_id":
            found: Place = lambda model: model.parent, qualifier, _text
        case "tree", "aggregation":
            found = lambda model: model.geometric, qualifier, _is_geometric
        case "ratings", "grade":
            found = lambda model: model.grades, qualifier, _text
        case "model", "parameter":
            found = lambda model: model.parameters, qualifier, _float
        case _, "rating":
            found = lambda model: model.ratings.setdefault(subject, {}), qualifier, _float
        case _, "weight":
            found = lambda model: model.weight, subject, _float
        case _, "spread":
            grade = subject.removeprefix("grade_").upper()
            found = lambda model: model.spreads, grade, _float
        case _, "other":
            found = lambda model: model.other, qualifier, _float
        case _, "R0":
            found = lambda model: model.bases, subject, _float
        case _ if indicator in FACTORS:
            found = lambda model: model.estimates, (subject, indicator, qualifier), _float
        case _:
            raise ValueError(f"{value_id} has no place in the model")
    return found


def _text(parent: Operand) -> str:
    return str(parent.v)


def _is_geometric(parent: Operand) -> bool:
    return {"arithmetic": False, "geometric": True}[str(parent.v)]


def _float(parent: Operand) -> float:
    return float(number_of(parent))


def fewer(parents: Sequence[Named], parameter: str, number: int) -> list[Named]:
    """The parents with a sample of another size: the same computation in small."""
    wanted = f"model.parameter.{parameter}"
    return [p._replace(v=Decimal(number)) if p.id == wanted else p for p in parents]


def rounded(results: Mapping[str, float]) -> dict[str, str]:
    """Results with six decimals, as text: what differs further right is the machine's."""
    return {key: f"{number + 0.0:.6f}" for key, number in results.items()}
