"""Whatever is chosen: no order of rows, no range of scores and no unit of measurement decides."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from suyuan.index import command
from suyuan.index.aggregations import AGGREGATIONS
from suyuan.index.imputation import METHODS as IMPUTATIONS
from suyuan.index.scoring import METHODS as NORMALISERS
from suyuan.index.weights import WEIGHTINGS
from tests.code.index.test_provenance import of

LEAVES = ["a", "b", "c", "d", "e"]
POSTS = "low,high,target,optimum_low,optimum_high"
NODES = ["top,,,,,,,", "m,top,3,,,,,", "n,top,2,,,,,"]
NODES += [f"{leaf},{'m' if k < 3 else 'n'},{k + 1},1,90,70,30,60" for k, leaf in enumerate(LEAVES)]
RNG = np.random.default_rng(11)
VALUES = np.exp(RNG.normal(3, 0.4, (14, 5))).round(2)
GAPS = RNG.random(VALUES.shape) < 0.12
GAPS[3] = False  # who is the reference knows all
REST = "coverage: 0.4\nuncertainty: {draws: 40}\n"
CHOICES = [
    *(f"normalise: {{method: {name}, reference: u3}}\n" for name in NORMALISERS),
    *(f"normalise: {{method: maximum}}\naggregation: {name}\n" for name in AGGREGATIONS),
    "normalise: {method: maximum}\naggregation: {power: 3}\n",
    *(f"normalise: {{method: maximum}}\nweights: {name}\n" for name in WEIGHTINGS),
    *(
        f"normalise: {{method: minmax}}\ntreat: [{{step: impute, method: {name}}}]\n"
        for name, how in IMPUTATIONS.items()
        if not how.needs_years
    ),
    "normalise: {method: minmax}\ntreat: [{step: boxcox}, {step: impute, group: g}]\n",
    "normalise: {method: minmax}\ntreat: [{step: log}, {step: skew, skew: 0.3, kurtosis: 0.1}]\n",
    "normalise: {method: rank}\ntreat: [{step: screen, minimum: 0.7}]\nties: fractional\n",
]
# What means the same in another unit of the data, and in another range of scores.
METHOD = re.compile(r"method: (\w+)")
FREE = ("minmax", "zscore", "rank", "percentile", "share", "maximum", "vector", "reference")


def data(order=range(14), columns=range(5), unit=1.0):
    lines = [",".join(["u", "g", *(LEAVES[column] for column in columns)])]
    for row in order:
        cells = ("" if GAPS[row, c] else repr(float(VALUES[row, c] * unit)) for c in columns)
        lines.append(",".join([f"u{row}", "xyz"[row % 3], *cells]))
    return "\n".join(lines) + "\n"


def tree(order=range(8)):
    return "\n".join([f"node_id,parent_id,weight,{POSTS}", *(NODES[k] for k in order), ""])


def tables(folder, *given):
    found = command.made(of(folder, *given))
    return {output.name: table for output, table in found}


def in_order(table):
    """Rows and columns by their names; of a pair of nodes the first by name comes first."""
    table = table[sorted(table)].copy()
    if "second" in table:
        pairs = np.sort(table[["first", "second"]].astype(str).to_numpy(), axis=1)
        table["first"], table["second"] = pairs.T
    keys = [key for key in table if not pd.api.types.is_float_dtype(table[key])]
    return table.sort_values(keys, ignore_index=True)


@pytest.mark.parametrize("recipe", CHOICES)
def test_no_order_of_rows_or_columns_moves_a_digit(tmp_path, recipe):
    first = tables(tmp_path, data(), recipe + REST, tree())
    shuffled = np.random.default_rng(5)
    rows, columns, nodes = (shuffled.permutation(n) for n in (14, 5, 8))
    second = tables(tmp_path, data(rows, columns), recipe + REST, tree(nodes))
    assert first.keys() == second.keys()
    for name, table in first.items():
        both = (in_order(one) for one in (table, second[name]))
        pd.testing.assert_frame_equal(*both, check_exact=True)


@pytest.mark.parametrize("recipe", CHOICES)
def test_no_range_of_scores_changes_a_rank(tmp_path, recipe):
    one = tables(tmp_path, data(), recipe + REST, tree())
    narrow = recipe.replace("normalise: {", "normalise: {low: 0, high: 1, ")
    other = tables(tmp_path, data(), narrow + REST, tree())
    for name in ("ranks", "intervals"):
        columns = [c for c in one[name] if c in ("rank", "rank_low", "rank_high")]
        pd.testing.assert_frame_equal(other[name][columns], one[name][columns])


@pytest.mark.parametrize("unit", [1e-9, 1e9])
@pytest.mark.parametrize("recipe", [one for one in CHOICES if METHOD.search(one)[1] in FREE])
def test_no_unit_of_measurement_changes_a_score(tmp_path, recipe, unit):
    one = tables(tmp_path, data(), recipe + REST, tree())
    other = tables(tmp_path, data(unit=unit), recipe + REST, tree())
    for name in ("ranks", "bounds", "intervals", "contributions"):
        pd.testing.assert_frame_equal(other[name], one[name], rtol=1e-6, atol=1e-9)
