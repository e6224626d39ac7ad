"""Assessment: ratings up the indicator tree, the product F, shares, ranks, and how sure they are.

In: the tables tree, rubric, grades, model, comparisons, ratings, criterion_ratings and estimates.
Out: values. A vendor is ranked when enough of its weight is rated and T, P, A and C are
estimated; one that is not keeps its scores, bounds and coverage, and no rank.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import combinations

from suyuan.contract.tables import Tables
from suyuan.domain.assessment.counts import count_admission, count_nodes, count_ratings
from suyuan.domain.assessment.leadership import largest_shift, leadership, main_uncertainties
from suyuan.domain.assessment.model import FACTORS, REGION, SCORE, SUPPLY
from suyuan.domain.assessment.tree import TREE, IndicatorTree
from suyuan.domain.ids import ERROR
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.value import Cell

MEANS = {"arithmetic": "mean", "geometric": "geometric"}
LADDER = ("S", "R", *FACTORS)
JUDGED = "judged"


def record_inputs(ledger: Ledger, tables: Tables) -> None:
    """Weights, parameters, spreads, comparisons, ratings and estimates, from their cells."""
    for row in tables[TREE].itertuples():
        cell = Cell(TREE, "weight", row.node_id)
        ledger.convert(f"{row.node_id}.weight", row.weight, "1", cell, kind=JUDGED)
    for row in tables["model"].itertuples():
        cell = Cell("model", "value", row.parameter_id)
        ledger.convert(f"model.parameter.{row.parameter_id}", row.value, "1", cell, kind=JUDGED)
    for row in tables["grades"].itertuples():
        cell = Cell("grades", "spread", row.grade)
        ledger.convert(f"grade_{row.grade.lower()}.spread", row.spread, "分", cell, kind=JUDGED)
    for row in tables["comparisons"].itertuples():
        cell = Cell("comparisons", "value", row.comparison_id)
        name = f"{row.first}.comparison.{row.second}"
        ledger.convert(name, row.value, "1", cell, kind=JUDGED)
    for row in tables["ratings"].itertuples():
        if row.score:
            cell = Cell("ratings", "score", row.rating_id)
            name = f"{row.subject_id}.rating.{row.node_id}"
            ledger.convert(name, row.score, "分", cell, kind=JUDGED)
    for row in tables["estimates"].itertuples():
        for end in ("low", "mode", "high") if row.mode else ():
            cell = Cell("estimates", end, row.estimate_id)
            name = f"{row.subject_id}.{row.factor}" + ("" if end == "mode" else f".{end}")
            ledger.convert(name, getattr(row, end), "1", cell, kind=JUDGED)


def _pairs(ledger: Ledger, vendor: str, indicator: str, nodes: Iterable[str]) -> list[str]:
    """Value, weight, value, weight … of the nodes that the vendor has the value of."""
    found = []
    for node in nodes:
        name = node_id(vendor, indicator, node)
        found += [name, f"{node}.weight"] if name in ledger else []
    return found


def node_id(vendor: str, indicator: str, node: str) -> str:
    """Id of a vendor's value at a node; the roots lend theirs to the indicator."""
    if node == SCORE:
        return f"{vendor}.{indicator}"
    if node == REGION and indicator == SCORE:
        return f"{vendor}.{REGION}"
    return f"{vendor}.{indicator}.{node}"


def score_vendor(ledger: Ledger, tree: IndicatorTree, vendor: str) -> None:
    """Score and coverage of one vendor at every node of both trees, bounds of the composite's."""
    for root in (SCORE, REGION):
        for node in tree.nodes(root):
            if not tree.below[node]:
                rating = f"{vendor}.rating.{node}"
                if rating in ledger:
                    for indicator in (SCORE, "score_low", "score_high"):
                        ledger.derive(f"{vendor}.{indicator}.{node}", "goalposts", [rating])
                    ledger.derive(f"{vendor}.coverage.{node}", "count", [rating])
                continue
            mean = MEANS[tree.aggregation[node]]
            operations = {
                SCORE: mean, "score_low": f"{mean}_low", "score_high": f"{mean}_high",
                "coverage": "weighted_sum",
            }  # fmt: skip
            for indicator, operation in operations.items():
                if root == REGION and indicator in ("score_low", "score_high"):
                    continue
                if pairs := _pairs(ledger, vendor, indicator, tree.below[node]):
                    ledger.derive(node_id(vendor, indicator, node), operation, pairs)


def global_weights(ledger: Ledger, tree: IndicatorTree) -> None:
    """Weight of each leaf within the composite: the product of the weights on the way to it."""
    for path in tree.paths(SCORE):
        if not tree.below[path[-1]]:
            weights = [f"{node}.weight" for node in path]
            ledger.derive(f"{path[-1]}.global_weight", "multiply", weights)


def contributions(ledger: Ledger, tree: IndicatorTree, vendor: str) -> None:
    """What each dimension adds to the composite; they sum to it where all are known."""
    for node in tree.below[SCORE]:
        if f"{vendor}.score.{node}" in ledger:
            pair = [f"{vendor}.score.{node}", f"{node}.weight"]
            ledger.derive(f"{vendor}.contribution.{node}", "multiply", pair)


def admissions(ledger: Ledger, tables: Tables, vendors: Iterable[str]) -> None:
    """Mean verdict of each vendor on the criteria of each term, unknown ones left out."""
    rated, criteria = tables["criterion_ratings"], tables["criteria"]
    terms = dict(zip(criteria["criterion_id"], criteria["term_id"], strict=True))
    known = rated[rated["verdict"] != "unknown"]
    for vendor in vendors:
        own = known[known["subject_id"] == vendor]
        for term, rows in own.groupby(own["criterion_id"].map(terms), sort=False):
            verdicts = [f"criterion_ratings.verdict.{key}" for key in rows["criterion_rating_id"]]
            ledger.derive(f"{vendor}.admission.{term}", "admission", verdicts)


def ladder(ledger: Ledger, vendor: str, region: str) -> None:
    """S, R, their product S_nw, and where all four shares are estimated, theirs and F."""
    if f"{vendor}.score.{SUPPLY}" in ledger:
        ledger.derive(f"{vendor}.S", "supply_index", [f"{vendor}.score.{SUPPLY}"])
    if f"{vendor}.{REGION}" in ledger:
        parents = [f"{region}.R0", f"{vendor}.{REGION}", "model.parameter.kappa"]
        ledger.derive(f"{vendor}.R", "regional_share", parents)
    supply, shares = [f"{vendor}.S", f"{vendor}.R"], [f"{vendor}.{factor}" for factor in FACTORS]
    if all(name in ledger for name in supply):
        ledger.derive(f"{vendor}.S_nw", "multiply", supply)
    if not all(name in ledger for name in (*supply, *shares)):
        return
    ledger.derive(f"{vendor}.filter", "multiply", shares)
    ledger.derive(f"{vendor}.filter_low", "frechet_low", shares)
    ledger.derive(f"{vendor}.filter_high", "minimum", shares)
    left = f"{vendor}.S_nw"
    for factor in FACTORS[:-1]:  # what the last one leaves is F
        left = ledger.derive(
            f"{vendor}.remaining.{factor}", "multiply", [left, f"{vendor}.{factor}"]
        ).id
    ledger.derive(f"{vendor}.F", "multiply", [f"{vendor}.{factor}" for factor in LADDER])


def is_ranked(ledger: Ledger, vendor: str) -> bool:
    """Whether the vendor has an F and enough coverage."""
    floor = ledger["model.parameter.coverage_floor"].number
    return f"{vendor}.F" in ledger and ledger[f"{vendor}.coverage"].number >= floor


def standings(ledger: Ledger, vendors: list[str], region: str) -> None:
    """Shares, ranks and log ratios of the ranked vendors."""
    products = [f"{vendor}.F" for vendor in vendors]
    total = ledger.derive(f"{region}.F_total", "sum", products)
    ledger.derive(f"{region}.ranked_count", "count", products)
    names = [f"subjects.name.{vendor}" for vendor in vendors]
    ledger.derive(f"{region}.leader.F", "leader", [*products, *names])
    scores = [f"{vendor}.score" for vendor in vendors]
    ledger.derive(f"{region}.leader.score", "leader", [*scores, *names])
    for vendor, own, score in zip(vendors, products, scores, strict=True):
        ledger.derive(f"{vendor}.share", "market_share", [own, total.id, "market.other"])
        ledger.derive(f"{vendor}.rank", "rank", [own, *(p for p in products if p != own)])
        rest = [other for other in scores if other != score]
        ledger.derive(f"{vendor}.score_rank", "rank", [score, *rest])
    for first, second in combinations(vendors, 2):
        for factor in ("F", *LADDER):
            name = f"{first}.log_ratio.{second}" + ("" if factor == "F" else f"_{factor}")
            ledger.derive(name, "log_ratio", [f"{first}.{factor}", f"{second}.{factor}"])


def model_inputs(ledger: Ledger, tree: IndicatorTree, vendors: list[str], region: str) -> list[str]:
    """Ids of everything that a simulation of ``vendors`` rests on."""
    found = []
    for root in (SCORE, REGION):
        for node in reversed(tree.nodes(root)):
            if node != root:
                found += [f"tree.parent_id.{node}", f"{node}.weight"]
            found += [f"tree.aggregation.{node}"] if tree.below[node] else []
    grades: dict[str, None] = {}
    for vendor in vendors:
        for leaf in (*tree.leaves(SCORE), *tree.leaves(REGION)):
            if f"{vendor}.rating.{leaf}" in ledger:
                grade = f"ratings.grade.{vendor}_{leaf}"
                found += [f"{vendor}.rating.{leaf}", grade]
                grades[f"grade_{str(ledger[grade].v).lower()}.spread"] = None
        for factor in FACTORS:
            found += [f"{vendor}.{factor}{end}" for end in ("", ".low", ".high")]
    parameters = ("kappa", "concentration", "level", "seed")
    found += [f"model.parameter.{name}" for name in parameters]
    return [*found, *grades, f"{region}.R0"]


def pick_all(ledger: Ledger, table: str) -> None:
    """A value for every result that the text of ``table`` holds."""
    for name in json.loads(str(ledger[table].v)):
        if not name.endswith(ERROR):
            ledger.derive(name, "pick", [table])


def simulations(ledger: Ledger, tree: IndicatorTree, vendors: list[str], region: str) -> None:
    """The three analyses of the ranked vendors, and every number picked from them."""
    inputs = model_inputs(ledger, tree, vendors, region)
    own = [f"model.parameter.{name}" for name in ("draws", "tie", "resolution")]
    others = ["market.other", "market.other.low", "market.other.high"]
    pick_all(ledger, ledger.derive(f"{region}.simulation", "simulate", [*inputs, *own, *others]).id)
    own = [f"model.parameter.{name}" for name in ("sobol_draws", "sobol_resamples")]
    for vendor in vendors:
        inputs = model_inputs(ledger, tree, [vendor], region)
        pick_all(ledger, ledger.derive(f"{vendor}.sobol_analysis", "sobol", [*inputs, *own]).id)
    dimensions = tree.below[SCORE]
    parents = [f"{dimension}.weight" for dimension in dimensions]
    parents += [f"{vendor}.score.{d}" for vendor in vendors for d in dimensions
                if f"{vendor}.score.{d}" in ledger]  # fmt: skip
    parents += [value.id for value in ledger if ".comparison." in value.id]
    pick_all(ledger, ledger.derive(f"{region}.robustness", "robustness", parents).id)


def assess(ledger: Ledger, tables: Tables, region: str, nation: str) -> None:
    """Everything the model says of every supplier."""
    record_inputs(ledger, tables)
    tree = IndicatorTree.of(tables[TREE].to_dict("records"))
    vendors = list(tables["suppliers"]["supplier_id"])
    count_admission(ledger, tables)
    count_nodes(ledger, tree)
    count_ratings(ledger, tables["ratings"])
    global_weights(ledger, tree)
    ledger.derive(f"{region}.R0", "same", [f"{region}.gdp_share_{nation}"])
    admissions(ledger, tables, vendors)
    for vendor in vendors:
        score_vendor(ledger, tree, vendor)
        contributions(ledger, tree, vendor)
        ladder(ledger, vendor, region)
    ranked = [vendor for vendor in vendors if is_ranked(ledger, vendor)]
    if len(ranked) > 1:
        standings(ledger, ranked, region)
        simulations(ledger, tree, ranked, region)
        leadership(ledger, ranked, region, LADDER)
        main_uncertainties(ledger, ranked, LADDER)
        largest_shift(ledger, region)
