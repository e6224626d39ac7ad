"""The steps of treatment that a recipe may name: an object each, with what it reads and makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any

import pandas as pd

from suyuan.index import imputation
from suyuan.index.imputation import Context, Imputation, Impute
from suyuan.index.section import Section
from suyuan.index.transform import BoxCox, Log
from suyuan.index.treatment import CAP, FLOOR, Denominate, Limit, Screen, Step, TreatSkew
from suyuan.index.tree import Tree

Given = dict[str, Any]
OBSERVED, KNOWN = "observed", "known"


@dataclass(frozen=True)
class Setting:
    """What a step is made for: the tree, and in a panel the unit and the year of each row."""

    tree: Tree
    units: pd.Series | None = None
    years: pd.Series | None = None

    def context(self) -> Context:
        tree = self.tree
        siblings = {
            leaf: tuple(
                other
                for other in tree.children(tree.nodes[leaf].parent)
                if other != leaf and not tree.children(other)
            )
            for leaf in tree.leaves
        }
        directions = {leaf: tree.nodes[leaf].direction for leaf in tree.leaves}
        return Context(None, self.units, self.years, siblings, directions)


@dataclass(frozen=True)
class StepKind:
    """A step by name: what it reads from its section, and the step it makes for indicators.

    ``keyed`` tells that its parameters name the indicators, which else the section may name;
    ``rescales`` that goalposts mean nothing after it, ``positive`` that it needs positive values,
    ``alone`` that it looks at one row at a time. ``writes`` are the words of its log.
    """

    name: str
    read: Callable[[Section], Given]
    made: Callable[[tuple[str, ...], Given, Setting], Step]
    _: KW_ONLY
    keyed: bool
    rescales: bool
    positive: bool
    alone: bool
    writes: tuple[str, ...]


@dataclass(frozen=True)
class Treatment:
    """A step of the recipe, by name, with its parameters; ``only`` these indicators, if any."""

    name: str
    parameters: Mapping[str, Any]
    only: tuple[str, ...] = ()

    @property
    def kind(self) -> StepKind:
        return STEPS[self.name]

    @property
    def imputation(self) -> Imputation | None:
        """The method by which it fills in, where it does."""
        method = self.parameters.get("method")
        return None if method is None else imputation.METHODS[method]

    def step(self, setting: Setting) -> Step:
        """The step, for its indicators of the tree."""
        leaves = self.only or setting.tree.leaves
        return self.kind.made(leaves, dict(self.parameters), setting)


def read_step(section: Section) -> Treatment:
    """A step of the list ``treat``."""
    kind = STEPS[section.choice("step", STEPS, required=True)]
    given = kind.read(section)
    only = () if kind.keyed else section.texts("only")
    section.end()
    return Treatment(kind.name, given, only)


def _impute(leaves: tuple[str, ...], given: Given, setting: Setting) -> Step:
    return Impute(leaves, **given, context=setting.context(), known_by=setting.tree.leaves)


def _limit(what: str) -> StepKind:
    return StepKind(
        what,
        lambda section: {"limits": section.mapping("limits", float)},
        lambda _, given, __: Limit(what, **given),
        keyed=True, rescales=False, positive=False, alone=True, writes=(what,),
    )  # fmt: skip


STEPS = {
    each.name: each
    for each in (
        StepKind(
            "denominate",
            lambda section: {"by": section.mapping("by", str)},
            lambda _, given, __: Denominate(**given),
            keyed=True, rescales=False, positive=False, alone=True, writes=("denominate",),
        ),
        _limit(CAP),
        StepKind(
            "impute",
            lambda section: {
                "group": section.text("group"),
                "method": section.choice("method", imputation.METHODS),
            },
            _impute,
            keyed=False, rescales=False, positive=False, alone=False, writes=("impute",),
        ),
        StepKind(
            "screen",
            lambda section: {
                "minimum": section.number("minimum", None, 0.0, 1.0),
                "observed": section.choice("count", (OBSERVED, KNOWN)) == OBSERVED,
            },
            lambda leaves, given, _: Screen(leaves, **given),
            keyed=False, rescales=False, positive=False, alone=False, writes=("screen",),
        ),
        _limit(FLOOR),
        StepKind(
            "log",
            lambda _: {},
            lambda leaves, _, __: Log(leaves),
            keyed=False, rescales=True, positive=True, alone=True, writes=("log",),
        ),
        StepKind(
            "boxcox",
            lambda section: {"exponent": section.optional("exponent", -5.0, 5.0)},
            lambda leaves, given, _: BoxCox(leaves, **given),
            keyed=False, rescales=True, positive=True, alone=False, writes=("boxcox",),
        ),
        StepKind(
            "skew",
            lambda section: {
                "skew": section.number("skew", 2.0, 0.0),
                "kurtosis": section.number("kurtosis", 3.5),
                "points": section.whole("points", 5, 0, 1_000_000),
            },
            lambda leaves, given, _: TreatSkew(leaves, **given),
            keyed=False, rescales=True, positive=False, alone=False, writes=("winsorise", "log"),
        ),
    )
}  # fmt: skip
