"""Assessment: ratings up the indicator tree, the product F, shares, ranks, and how sure they are.

In: the tables tree, rubric, grades, model, comparisons, ratings, criterion_ratings and estimates.
Out: values. A vendor is ranked when enough of its weight is rated and T, P, A and C are
estimated; one that is not keeps its scores, bounds and coverage, and no rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from suyuan.core.errors import DataError, NotComputable, Problem
from suyuan.domain.assessment.analyses import results_of
from suyuan.domain.assessment.counts import (
    count_admission,
    count_evidence,
    count_nodes,
    count_ratings,
)
from suyuan.domain.assessment.leadership import largest_shift, leadership, main_uncertainties
from suyuan.domain.assessment.model import ENDS, FACTORS, REGION, SCORE, SUPPLY
from suyuan.domain.assessment.tree import SHAPE, TREE, IndicatorTree
from suyuan.domain.ids import ERROR
from suyuan.domain.recording import configured
from suyuan.index.weighting import UndefinedWeights
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.reads import Group, Shelf
from suyuan.lineage.value import Cell

MEANS = {"arithmetic": "mean", "geometric": "geometric"}
LADDER = ("S", "R", *FACTORS)
JUDGED = "judged"
# Parameters that are shares or odds, printed as such.
RATES = frozenset({"coverage_floor", "level", "tie", "resolution", "admission_tolerance"})


def record_inputs(ledger: Ledger, tables: Shelf) -> None:
    """Weights, parameters, spreads, comparisons, ratings and estimates, from their cells."""

    def judged(value_id: str, text: str, unit: str, cell: Cell) -> None:
        ledger.convert(value_id, text, unit, cell, kind=JUDGED)

    for cell, weight, _ in tables[TREE].recorded("weight"):
        judged(f"{cell.key}.weight", weight, "1", cell)
    for cell, value, _ in tables["model"].recorded("value"):
        judged(f"model.parameter.{cell.key}", value, "1", cell)
        if cell.key in RATES:
            ledger.derive(f"model.rate.{cell.key}", "same", [f"model.parameter.{cell.key}"])
    for cell, spread, _ in tables["grades"].recorded("spread"):
        judged(f"grade_{cell.key.lower()}.spread", spread, "分", cell)
    for cell, value, (one, other) in tables["comparisons"].recorded("value", "first", "second"):
        judged(f"{one}.comparison.{other}", value, "1", cell)
    ratings = tables["ratings"].recorded("score", "subject_id", "node_id")
    for cell, score, (subject, node) in ratings:
        judged(f"{subject}.rating.{node}", score, "分", cell)
    for end in ENDS:
        rows = tables["estimates"].recorded(end, "subject_id", "factor", "mode")
        for cell, share, (subject, factor, mode) in rows:
            if mode:
                name = f"{subject}.{factor}" + ("" if end == "mode" else f".{end}")
                judged(name, share, "1", cell)


def _pairs(ledger: Ledger, vendor: str, indicator: str, nodes: Iterable[str]) -> list[str]:
    """Value, weight, value, weight … of the nodes that the vendor has the value of."""
    return [
        part
        for node in nodes
        for name in ledger.known([node_id(vendor, indicator, node)])
        for part in (name, f"{node}.weight")
    ]


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
                for rating in ledger.known([f"{vendor}.rating.{node}"]):
                    for indicator in (SCORE, "score_low", "score_high"):
                        ledger.derive(f"{vendor}.{indicator}.{node}", "goalposts", [rating])
                    ledger.derive(f"{vendor}.coverage.{node}", "count", [rating])
                continue
            if (mean := MEANS.get(tree.aggregation[node])) is None:
                raise NotComputable(node_id(vendor, SCORE, node))
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
        for score in ledger.known([f"{vendor}.score.{node}"]):
            pair = [score, f"{node}.weight"]
            ledger.derive(f"{vendor}.contribution.{node}", "multiply", pair)


def admissions(ledger: Ledger, tables: Shelf, vendors: Iterable[str]) -> None:
    """Mean verdict of each vendor on the criteria of each term, unknown ones left out."""
    for vendor in vendors:
        with ledger.reading(f"admission:{vendor}", "its verdicts on the criteria of each term"):
            own = tables["criterion_ratings"].where(subject_id=vendor).without(verdict="unknown")
            for term, criteria in tables["criteria"].by("term_id").items():
                rows = own.where_in(criterion_id=criteria.row_keys())
                if verdicts := rows.cells("verdict"):
                    ledger.derive(f"{vendor}.admission.{term}", "admission", verdicts)


def ladder(ledger: Ledger, vendor: str, region: str) -> None:
    """S, R, their product S_nw, and where all four shares are estimated, theirs and F."""
    for score in ledger.known([f"{vendor}.score.{SUPPLY}"]):
        ledger.derive(f"{vendor}.S", "supply_index", [score])
    for fit in ledger.known([f"{vendor}.{REGION}"]):
        parents = [f"{region}.R0", fit, "model.parameter.kappa"]
        ledger.derive(f"{vendor}.R", "regional_share", parents)
    supply, shares = [f"{vendor}.S", f"{vendor}.R"], [f"{vendor}.{factor}" for factor in FACTORS]
    if ledger.known(supply) == supply:
        ledger.derive(f"{vendor}.S_nw", "multiply", supply)
    with ledger.reading(f"ladder:{vendor}", "S, R and all four shares are known"):
        if all(name in ledger for name in (*supply, *shares)):
            steps(ledger, vendor, shares)


def steps(ledger: Ledger, vendor: str, shares: Sequence[str]) -> None:
    """What the four shares leave of S_nw one after the other, and what they have in common."""
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
        for node in sorted(tree.nodes(root)):
            if node != root:
                found += [f"tree.parent_id.{node}", f"{node}.weight"]
            found += [f"tree.aggregation.{node}"] if tree.below[node] else []
    grades: dict[str, None] = {}
    for vendor in vendors:
        for leaf in sorted((*tree.leaves(SCORE), *tree.leaves(REGION))):
            for rating in ledger.known([f"{vendor}.rating.{leaf}"]):
                grade = f"ratings.grade.{vendor}_{leaf}"
                found += [rating, grade]
                grades[f"grade_{str(ledger.parent(grade).v).lower()}.spread"] = None
        for factor in FACTORS:
            found += [f"{vendor}.{factor}{end}" for end in ("", ".low", ".high")]
    parameters = ("kappa", "concentration", "level", "seed")
    found += [f"model.parameter.{name}" for name in parameters]
    return [*found, *grades, f"{region}.R0"]


def pick_all(ledger: Ledger, table: str) -> None:
    """A value for every result that the text of ``table`` holds."""
    for name in results_of(str(ledger.parent(table).v)):
        if not name.endswith(ERROR):
            ledger.derive(name, "pick", [table])


def simulations(ledger: Ledger, tree: IndicatorTree, vendors: list[str], region: str) -> None:
    """The three analyses of the ranked vendors, and every number picked from them.

    Raises DataError E315 where their scores determine no weights to compare with.
    """
    inputs = model_inputs(ledger, tree, vendors, region)
    own = [f"model.parameter.{name}" for name in ("draws", "tie", "resolution")]
    others = ["market.other", "market.other.low", "market.other.high"]
    pick_all(ledger, ledger.derive(f"{region}.simulation", "simulate", [*inputs, *own, *others]).id)
    own = [f"model.parameter.{name}" for name in ("sobol_draws", "sobol_resamples")]
    for vendor in vendors:
        inputs = model_inputs(ledger, tree, [vendor], region)
        pick_all(ledger, ledger.derive(f"{vendor}.sobol_analysis", "sobol", [*inputs, *own]).id)
    dimensions = sorted(tree.below[SCORE])
    parents = [f"{dimension}.weight" for dimension in dimensions]
    parents += ledger.known(f"{vendor}.score.{d}" for vendor in vendors for d in dimensions)
    parents += [value.id for value in ledger.made if ".comparison." in value.id]
    try:
        found = ledger.derive(f"{region}.robustness", "robustness", parents)
    except UndefinedWeights as error:
        raise DataError(Problem("E315", "ratings.csv", 1, "score", "、".join(vendors))) from error
    pick_all(ledger, found.id)


def assess(ledger: Ledger, tables: Shelf, region: str, nation: str) -> None:
    """Everything the model says of every supplier."""
    record_inputs(ledger, tables)
    count_admission(ledger, tables)
    count_ratings(ledger, tables["ratings"])
    with ledger.reading("tree", "children of each node, by level and order") as shape:
        tree = IndicatorTree.of(tables[TREE].take(*SHAPE))
    with ledger.reading("suppliers", "all suppliers, in the order of their table") as every:
        vendors = tables["suppliers"].row_keys()
    with ledger.given(shape):
        count_nodes(ledger, tree)
        global_weights(ledger, tree)
    with configured(ledger, "region", "nation"):
        ledger.derive(f"{region}.R0", "same", [f"{region}.gdp_share_{nation}"])
    with ledger.given(every):
        admissions(ledger, tables, vendors)
        count_evidence(ledger, tables, vendors)
    with ledger.given(every, shape):
        for vendor in vendors:
            score_vendor(ledger, tree, vendor)
            contributions(ledger, tree, vendor)
            ladder(ledger, vendor, region)
    with ledger.reading("ranked", "suppliers with F whose coverage reaches the floor") as chosen:
        ranked = [vendor for vendor in vendors if is_ranked(ledger, vendor)]
    if len(ranked) > 1:
        with ledger.given(every, chosen), configured(ledger, "region"):
            compare(ledger, tree, shape, ranked, region)


def compare(
    ledger: Ledger, tree: IndicatorTree, shape: Group, ranked: list[str], region: str
) -> None:
    """What the ranked suppliers are beside each other; ``shape`` is what the tree was read from."""
    standings(ledger, ranked, region)
    with ledger.given(shape):
        simulations(ledger, tree, ranked, region)
    leadership(ledger, ranked, region, LADDER)
    main_uncertainties(ledger, ranked, LADDER)
    largest_shift(ledger, region)
