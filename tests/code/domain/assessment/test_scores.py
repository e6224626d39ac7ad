"""The assessment of the edition, recomputed in plain floats and by the index engine."""

from __future__ import annotations

import json
import math
import re
from collections import defaultdict

import numpy as np
import pandas as pd
import pytest

from suyuan.contract import edition, observations
from suyuan.contract.config import edition_layout, read_config
from suyuan.core.errors import DataError
from suyuan.domain import values
from suyuan.domain.assessment.simulation import ties
from suyuan.index.aggregate import aggregate
from suyuan.index.tree import Node, Tree
from suyuan.lineage.graph import ancestry
from tests.code.miniature import ROOT

FACTORS = "TPAC"
DIMENSIONS = ("supply", "platform", "inclusive_ecosystem", "business", "trust")
RANKED = ["aliyun", "huaweicloud", "baiducloud", "alayanew", "coreshub"]
UNRANKED = ["volcengine", "sensetime"]
CONFIG = read_config(ROOT)
LAYOUT = edition_layout(ROOT, CONFIG.edition)


@pytest.fixture(scope="module")
def tables():
    return {name: edition.ingested(table) for name, table in edition.check(LAYOUT).items()}


def computed(tables):
    return values.compute(LAYOUT, CONFIG, tables, observations.check(LAYOUT, tables))


@pytest.fixture(scope="module")
def ledger(tables):
    return computed(tables)


def changed(tables, name, **cells):
    """The tables with columns of one set to other texts; a callable gets the column."""
    table = tables[name].copy()
    for column, text in cells.items():
        table[column] = text(table) if callable(text) else text
    return tables | {name: table}


def number(ledger, value_id):
    return float(ledger[value_id].number)


# --- scores -----------------------------------------------------------------------------------


@pytest.mark.parametrize("root", ["score", "region_fit"])
def test_scores_coverage_and_bounds_are_those_of_the_index_engine(tables, ledger, root):
    rows = {row.node_id: row for row in tables["tree"].itertuples()}
    below = defaultdict(list)
    for row in rows.values():
        below[row.parent_id].append(row.node_id)
    wanted, todo = [], [root]
    while todo:
        wanted.append(todo.pop())
        todo += below[wanted[-1]]
    nodes = [
        Node(
            id=node,
            parent=rows[node].parent_id,
            weight=float(rows[node].weight),
            aggregation=rows[node].aggregation or "arithmetic",
        )
        for node in wanted
    ]
    ratings = tables["ratings"]
    scores = ratings.pivot_table(
        index="subject_id",
        columns="node_id",
        values="score",
        aggfunc=lambda s: float(s.iloc[0]) * 20 if s.iloc[0] else np.nan,
        dropna=False,
    )
    tree = Tree(tuple(nodes), "tree.csv")
    found = aggregate(tree, scores[list(tree.leaves)], (0.0, 100.0))
    for vendor in scores.index:
        for node in wanted:
            if not below[node]:
                continue
            own = f"{vendor}.{root}" if node == root else f"{vendor}.score.{node}"
            if found.coverage.loc[vendor, node] == 0:
                assert own not in ledger
                continue
            assert number(ledger, own) == pytest.approx(found.scores.loc[vendor, node], abs=1e-9)
            coverage = f"{vendor}.coverage" + ("" if node == "score" else f".{node}")
            assert number(ledger, coverage) == pytest.approx(found.coverage.loc[vendor, node])
            if root == "score":
                for side, table in (("score_low", found.low), ("score_high", found.high)):
                    bound = f"{vendor}.{side}" + ("" if node == root else f".{node}")
                    assert number(ledger, bound) == pytest.approx(table.loc[vendor, node], abs=1e-9)


def test_contributions_add_up_to_the_score(ledger):
    for vendor in RANKED:
        parts = ledger.matching(f"{vendor}.contribution.*")
        total = float(sum(part.number for part in parts))
        assert total == pytest.approx(number(ledger, f"{vendor}.score"))


# --- the ladder -------------------------------------------------------------------------------


def test_the_ladder_is_what_the_formulas_say(ledger):
    base, kappa = number(ledger, "nw.gdp_share_cn"), 0.4
    products = {}
    for vendor in RANKED:
        supply = number(ledger, f"{vendor}.score.supply")
        assert number(ledger, f"{vendor}.S") == pytest.approx(1 + 99 * supply / 100)
        fit = number(ledger, f"{vendor}.region_fit") / 100
        assert number(ledger, f"{vendor}.R") == pytest.approx(base * (1 + kappa * (fit - 0.5)))
        shares = [number(ledger, f"{vendor}.{factor}") for factor in FACTORS]
        products[vendor] = math.prod(
            [number(ledger, f"{vendor}.S"), number(ledger, f"{vendor}.R"), *shares]
        )
        assert number(ledger, f"{vendor}.F") == pytest.approx(products[vendor])
        low, high = (number(ledger, f"{vendor}.filter_{end}") for end in ("low", "high"))
        assert (low, high) == pytest.approx((max(0, sum(shares) - 3), min(shares)))
        assert low <= number(ledger, f"{vendor}.filter") <= high
    total, other = sum(products.values()), number(ledger, "market.other")
    order = sorted(RANKED, key=products.__getitem__, reverse=True)
    for vendor in RANKED:
        share = products[vendor] / total * (1 - other)
        assert number(ledger, f"{vendor}.share") == pytest.approx(share)
        assert number(ledger, f"{vendor}.rank") == order.index(vendor) + 1
    assert ledger["nw.leader.F"].v == ledger[f"subjects.name.{order[0]}"].v


def test_log_ratios_of_the_factors_add_up(ledger):
    for first, second in (("aliyun", "alayanew"), ("alayanew", "coreshub")):
        parts = [number(ledger, f"{first}.log_ratio.{second}_{f}") for f in ("S", "R", *FACTORS)]
        whole = math.log(number(ledger, f"{first}.F") / number(ledger, f"{second}.F"))
        assert sum(parts) == pytest.approx(number(ledger, f"{first}.log_ratio.{second}"))
        assert sum(parts) == pytest.approx(whole)


def test_who_lacks_evidence_is_not_ranked(ledger):
    for vendor in UNRANKED:
        assert f"{vendor}.score" in ledger
        assert number(ledger, f"{vendor}.score_low") < number(ledger, f"{vendor}.score_high")
        for indicator in ("F", "share", "rank", "p_rank.1"):
            assert f"{vendor}.{indicator}" not in ledger


def test_a_vendor_without_ratings_on_a_dimension_keeps_bounds_and_coverage(tables, ledger):
    leaves = {"training_performance", "inference_efficiency", "chip_diversity",
              "unified_scheduling", "elastic_orchestration", "development_toolchain",
              "model_services", "lifecycle_operations"}  # fmt: skip
    gone = (tables["ratings"]["subject_id"] == "baiducloud") & tables["ratings"]["node_id"].isin(
        leaves
    )
    stricter = changed(
        tables,
        "model",
        value=lambda t: t["value"].mask(t["parameter_id"] == "coverage_floor", "0.7"),
    )
    without = computed(changed(stricter, "ratings", score=lambda t: t["score"].mask(gone, "")))
    assert "baiducloud.score.platform" not in without
    # 25 points of weight are gone: at worst 0, at best all of them.
    low, high = (number(without, f"baiducloud.score_{end}") for end in ("low", "high"))
    assert high - low == pytest.approx(
        25 + number(ledger, "baiducloud.score_high") - number(ledger, "baiducloud.score_low")
        - 0.25 * (number(ledger, "baiducloud.score_high.platform")
                  - number(ledger, "baiducloud.score_low.platform"))
    )  # fmt: skip
    assert number(without, "baiducloud.coverage") < 0.7 < number(ledger, "baiducloud.coverage")
    assert "baiducloud.rank" not in without
    assert number(without, "nw.ranked_count") == len(RANKED) - 1


def test_two_ranked_vendors_are_too_few_to_weigh_by(tables):
    two = sorted(RANKED)[:2]
    gone = ~tables["ratings"]["subject_id"].isin(two)
    with pytest.raises(DataError) as stopped:
        computed(changed(tables, "ratings", score=lambda t: t["score"].mask(gone, "")))
    (problem,) = stopped.value.problems
    assert problem.code == "E315"
    assert set(problem.value.split("、")) == set(two)


# --- uncertainty ------------------------------------------------------------------------------


def test_probabilities_of_ranks_sum_to_one_both_ways(ledger):
    table = [[number(ledger, f"{v}.p_rank.{r}") for r in range(1, 6)] for v in RANKED]
    np.testing.assert_allclose(np.sum(table, axis=0), 1, atol=5e-6)  # six decimals each
    np.testing.assert_allclose(np.sum(table, axis=1), 1, atol=5e-6)
    for first in RANKED:
        for second in RANKED:
            if first != second:
                pair = number(ledger, f"{first}.p_beats.{second}")
                assert pair + number(ledger, f"{second}.p_beats.{first}") == pytest.approx(1)


def test_without_uncertainty_the_simulation_gives_the_declared_values(tables, ledger):
    certain = changed(tables, "grades", spread="0")
    certain = changed(certain, "estimates", low=lambda t: t["mode"], high=lambda t: t["mode"])
    certain = changed(
        certain,
        "model",
        value=lambda t: t["value"].mask(t["parameter_id"] == "concentration", "1000000000000"),
    )
    found = computed(certain)
    for vendor in RANKED:
        place = int(number(ledger, f"{vendor}.rank"))
        assert number(found, f"{vendor}.p_rank.{place}") == 1
        for indicator in ("S", "R", "F", "share", "score"):
            for end in ("lower", "upper"):
                drawn = number(found, f"{vendor}.{indicator}.{end}")
                declared = number(ledger, f"{vendor}.{indicator}")
                assert drawn == pytest.approx(declared, rel=1e-4, abs=1e-6)  # six decimals kept
        for end in ("lower", "upper"):
            assert number(found, f"{vendor}.rank.{end}") == place
            for dimension in DIMENSIONS:
                drawn = number(found, f"{vendor}.score.{dimension}_{end}")
                declared = number(ledger, f"{vendor}.score.{dimension}")
                assert drawn == pytest.approx(declared, rel=1e-4)


def test_intervals_hold_the_declared_values(ledger):
    for vendor in RANKED:
        for indicator in ("F", "share"):
            low, high = (number(ledger, f"{vendor}.{indicator}.{e}") for e in ("lower", "upper"))
            assert low < number(ledger, f"{vendor}.{indicator}") < high
        for dimension in DIMENSIONS:
            ends = (number(ledger, f"{vendor}.score.{dimension}_{e}") for e in ("lower", "upper"))
            low, high = ends
            assert 0 <= low < high <= 100


def test_the_band_of_a_rank_holds_the_level(ledger):
    level = number(ledger, "model.parameter.level")
    for vendor in RANKED:
        best, worst = (int(number(ledger, f"{vendor}.rank.{end}")) for end in ("lower", "upper"))
        assert 1 <= best <= worst <= len(RANKED)
        odds = [number(ledger, f"{vendor}.p_rank.{n}") for n in range(best, worst + 1)]
        assert sum(odds) >= level - 1e-5


def test_sobol_indices_of_the_product_are_near_their_sum(ledger):
    for vendor in RANKED:
        first = [number(ledger, f"{vendor}.sobol.{f}") for f in ("S", "R", *FACTORS)]
        total = [number(ledger, f"{vendor}.sobol_total.{f}") for f in ("S", "R", *FACTORS)]
        assert 0.8 < sum(first) < 1.05
        assert all(t > f - 0.05 for f, t in zip(first, total, strict=True))


def test_a_simulated_number_goes_back_to_ratings_evidence_and_seed(ledger):
    found = ancestry(ledger, ["alayanew.p_rank.1"])
    assert found >= {
        "model.parameter.seed",
        "model.parameter.draws",
        "aliyun.rating.chip_diversity",
        "ratings.grade.aliyun_chip_diversity",
        "coreshub.T.low",
        "market.other",
    }
    analysis = json.loads(str(ledger["nw.simulation"].v))
    assert float(analysis["alayanew.p_rank.1"]) == number(ledger, "alayanew.p_rank.1")


# --- another vendor ---------------------------------------------------------------------------


def test_another_vendor_changes_no_other(tables, ledger):
    def doubled(name, key, old, new):
        table = tables[name]
        rows = table[table[key].str.startswith(old)].copy()
        for column in rows.columns:
            rows[column] = rows[column].str.replace(old, new, regex=False)
        return pd.concat([table, rows], ignore_index=True)

    more = dict(tables)
    for name, key in (
        ("subjects", "subject_id"), ("suppliers", "supplier_id"), ("ratings", "rating_id"),
        ("criterion_ratings", "criterion_rating_id"), ("estimates", "estimate_id"),
    ):  # fmt: skip
        more[name] = doubled(name, key, "coreshub", "newcomer")
    found = computed(more)
    assert number(found, "newcomer.F") == number(ledger, "coreshub.F")
    for vendor in RANKED:
        for indicator in ("S", "R", *FACTORS, "F", "score", "F.lower", "F.upper", "sobol.T"):
            assert found[f"{vendor}.{indicator}"].v == ledger[f"{vendor}.{indicator}"].v
    assert number(found, "nw.ranked_count") == len(RANKED) + 1
    assert "newcomer.p_rank.6" in found


def test_odds_are_printed_with_the_digits_of_their_error_and_never_as_certain(ledger):
    odds = [v for v in ledger if v.op == "pick" and ".p_" in v.id.replace("score_p", "p")]
    assert len(odds) == 2 * (25 + 20)  # five vendors by five places, and each against four
    for value in odds:
        share = float(value.v)
        # 10,000 draws: √(p(1 − p)/n)
        assert float(value.se) == pytest.approx((share * (1 - share) / 10_000) ** 0.5, abs=1.1e-4)
        assert re.fullmatch(r"(<1|>99|[1-9]\d?)%", value.txt), value.id


def test_pairs_within_two_errors_of_the_threshold_are_counted():
    def beats(odds):
        return np.array([[np.nan, odds], [1 - odds, np.nan]])

    # 10.1 % of 10,000 draws is 0.3 points sure: from 10 % it is a third of an error away
    assert ties(beats(0.899), 0.1, 10_000) == (1, 1)
    assert ties(beats(0.8), 0.1, 10_000) == (1, 0)
    assert ties(beats(0.901), 0.1, 10_000) == (0, 1)
    assert ties(beats(0.95), 0.1, 10_000) == (0, 0)
