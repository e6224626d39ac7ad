"""Analyses as operations: one value holds all results, and each is read from it.

Drawn numbers hang on the seed; a comparison of methods draws nothing. numpy is loaded by those who
compute, not by those who ask what an operation is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from types import ModuleType

from suyuan.core.numbers import trimmed
from suyuan.domain.assessment.parts import of_vendors
from suyuan.domain.ids import ERROR
from suyuan.lineage.operation import (
    DRAWN,
    NONE,
    PURE,
    UNKNOWN,
    Operand,
    Result,
    analysis,
    in_parts,
)  # fmt: skip

FEW = "an input that the results do not hang on, or too little to show"
ANALYSES = 8  # texts that are held as read: whoever picks picks all of one


@lru_cache(maxsize=ANALYSES)
def results_of(text: str) -> dict[str, str]:
    """What the text of an analysis holds, read once for all that is picked from it."""
    found: dict[str, str] = json.loads(text)
    return found


def _results_with(parents: Sequence[Operand], value_id: str) -> dict[str, str]:
    """Those of the one parent. Raises ValueError where the value is none of them."""
    (analysis,) = parents
    found = results_of(str(analysis.v))
    if value_id not in found:
        raise ValueError(f"the analysis has no {value_id}")
    return found


@analysis(bounds=DRAWN, sample=list, idle=NONE)
def pick(parents: Sequence[Operand], value_id: str) -> Result:
    """The result that an analysis holds under the value's own id, with its standard error."""
    found = _results_with(parents, value_id)
    error = found.get(f"{value_id}{ERROR}")
    se = None if error is None else trimmed(Decimal(error))
    return Result(trimmed(Decimal(found[value_id])), se=se)


def _simulation() -> ModuleType:
    return import_module("suyuan.domain.assessment.simulation")


def _sobol() -> ModuleType:
    return import_module("suyuan.domain.assessment.sobol")


@in_parts(lambda parents: of_vendors(parents, "rating"))
@analysis(bounds=UNKNOWN, sample=lambda parents: _simulation().sample(parents), idle=FEW)
def simulate(parents: Sequence[Operand], value_id: str) -> Result:
    """All results of one joint simulation: simulation.py."""
    result: Result = _simulation().simulate(parents, value_id)
    return result


@analysis(bounds=UNKNOWN, sample=lambda parents: _sobol().sample(parents), idle=FEW)
def sobol(parents: Sequence[Operand], value_id: str) -> Result:
    """What the variance of a vendor's result comes from: sobol.py."""
    result: Result = _sobol().sobol(parents, value_id)
    return result


@in_parts(lambda parents: of_vendors(parents, "score"))
@analysis(bounds=PURE, sample=list, idle=FEW)
def robustness(parents: Sequence[Operand], value_id: str) -> Result:
    """Ranks by other methods: robustness.py."""
    module = import_module("suyuan.domain.assessment.robustness")
    result: Result = module.robustness(parents, value_id)
    return result


@analysis(bounds=PURE, sample=list, idle=NONE)
def band(parents: Sequence[Operand], value_id: str) -> Result:
    """The band of one, among those of all."""
    return Result(Decimal(_results_with(parents, value_id)[value_id]))
