"""200 random matrices, through this engine and through pymcdm and scikit-criteria.

docs/index.md says where the libraries do otherwise, and why. Neither knows Copeland, powers or
missing values; these are held to formulas in other modules.
"""

from __future__ import annotations

import warnings

import numpy as np
import pytest

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pymcdm
    import skcriteria
    from pymcdm import normalizations as theirs
    from skcriteria.agg.simple import WeightedProductModel, WeightedSumModel
    from skcriteria.agg.topsis import TOPSIS
    from skcriteria.preprocessing import scalers, weighters

from suyuan.index import normalisers, weighting
from suyuan.index.aggregate import node_score
from suyuan.index.aggregations import topsis
from suyuan.index.ranking import rank

MATRICES = 200
UNIT = (0.0, 1.0)
CLOSE = 1e-12

pytestmark = [
    pytest.mark.filterwarnings("ignore:Alternatives with indices:UserWarning"),  # is so by chance
    pytest.mark.filterwarnings("ignore:Pairwise comparison matrix:UserWarning"),
]


class Problem:
    """Units × criteria, all positive, of sizes that differ; directions and weights of criteria."""

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        units, criteria = int(rng.integers(3, 40)), int(rng.integers(2, 12))
        size = 10.0 ** rng.integers(-3, 6, criteria)
        self.matrix = rng.uniform(0.05, 1, (units, criteria)) * size
        self.directions = rng.choice([1, -1], criteria)
        self.weights = rng.uniform(0.1, 1, criteria)
        self.weights /= self.weights.sum()

    def normalised(self, method) -> np.ndarray:
        pairs = zip(self.matrix.T, self.directions.tolist(), strict=True)
        return np.column_stack([method(column, direction, UNIT) for column, direction in pairs])

    def by_pymcdm(self, method) -> np.ndarray:
        pairs = zip(self.matrix.T, self.directions, strict=True)
        return np.column_stack([method(column, direction < 0) for column, direction in pairs])

    def by_skcriteria(self, matrix: np.ndarray):
        """A problem of theirs, of a matrix whose criteria all count up."""
        return skcriteria.mkdm(matrix, [max] * matrix.shape[1], weights=self.weights)


@pytest.fixture(params=[range(start, start + 20) for start in range(0, MATRICES, 20)], ids=str)
def problems(request):
    return [Problem(seed) for seed in request.param]


def close(ours, other):
    np.testing.assert_allclose(ours, other, rtol=CLOSE, atol=0)


def by_skcriteria(weighter, matrix):
    return weighter.transform(skcriteria.mkdm(matrix, [max] * matrix.shape[1])).weights.to_numpy()


def test_weights(problems):
    for problem in problems:
        matrix, scaled = problem.matrix, problem.normalised(normalisers.minmax)
        count = matrix.shape[1]
        close(weighting.equal(matrix), pymcdm.weights.equal_weights(matrix))
        close(weighting.equal(matrix), by_skcriteria(weighters.EqualWeighter(), matrix))
        close(weighting.entropy(matrix), pymcdm.weights.entropy_weights(matrix))
        close(weighting.entropy(matrix), by_skcriteria(weighters.EntropyWeighter(), matrix))
        critic = weighting.critic(scaled)
        if count > 2:  # of two criteria each conflicts as much as the other: see below
            close(critic, pymcdm.weights.critic_weights(scaled))
            close(critic, by_skcriteria(weighters.CRITIC(scale=False), scaled))
        # they weigh by the deviation alone; that of a criterion over its mean is the coefficient
        over_mean = matrix / matrix.mean(axis=0)
        close(weighting.variation(matrix), pymcdm.weights.standard_deviation_weights(over_mean))
        close(weighting.variation(matrix), by_skcriteria(weighters.StdWeighter(), over_mean))


def test_normalisations(problems):
    for problem in problems:
        close(problem.normalised(normalisers.share), problem.by_pymcdm(theirs.sum_normalization))
        for direction, column in zip(problem.directions.tolist(), problem.matrix.T, strict=True):
            ours = normalisers.minmax(column, direction, UNIT)
            scale = scalers.CenitDistanceMatrixScaler()
            goal = [max if direction > 0 else min]
            other = scale.transform(skcriteria.mkdm(column[:, None], goal)).matrix.to_numpy()[:, 0]
            np.testing.assert_allclose(ours, other, rtol=CLOSE, atol=CLOSE)
            np.testing.assert_allclose(
                ours, theirs.minmax_normalization(column, direction < 0), rtol=CLOSE, atol=CLOSE
            )


def test_shares_of_the_largest_and_of_the_norm(problems):
    for problem in problems:
        largest = problem.normalised(normalisers.maximum)
        close(largest, problem.by_pymcdm(theirs.linear_normalization))
        up = np.column_stack([normalisers.vector(c, 1, UNIT) for c in problem.matrix.T])
        scaled = scalers.VectorScaler(target="matrix")
        close(up, scaled.transform(problem.by_skcriteria(problem.matrix)).matrix.to_numpy())
        close(up, np.column_stack([theirs.vector_normalization(c) for c in problem.matrix.T]))
        # Less is better: all the same distance from each other, which is what TOPSIS asks
        ours = problem.normalised(normalisers.vector)
        found = topsis(ours, problem.weights, 1.0)
        method = pymcdm.methods.TOPSIS(normalization_function=theirs.vector_normalization)
        close(found, method(problem.matrix, problem.weights, problem.directions))


def test_zscores_but_for_the_deviation_that_theirs_divides_by(problems):
    for problem in problems:
        ours = np.column_stack([normalisers.zscore(c, 1, (-3.0, 3.0)) for c in problem.matrix.T])
        scale = scalers.StandarScaler(target="matrix")
        other = scale.transform(problem.by_skcriteria(problem.matrix)).matrix.to_numpy()
        units = len(problem.matrix)
        # theirs is that of a population, as in scikit-learn; ours, as COINr's and R's, of a sample
        np.testing.assert_allclose(
            ours, other * np.sqrt((units - 1) / units), rtol=CLOSE, atol=CLOSE * 10
        )


def test_sums_products_and_ranks(problems):
    for problem in problems:
        shares = problem.normalised(normalisers.share)
        total = node_score(shares, problem.weights, "arithmetic")
        close(total, pymcdm.methods.WSM()(problem.matrix, problem.weights, problem.directions))
        their_sum = WeightedSumModel().evaluate(problem.by_skcriteria(shares))
        close(total, their_sum.e_.score)
        product = node_score(shares, problem.weights, "geometric")
        close(product, pymcdm.methods.WPM()(problem.matrix, problem.weights, problem.directions))
        their_product = WeightedProductModel().evaluate(problem.by_skcriteria(shares))
        close(product, 10**their_product.e_.score)
        for scores, other in ((total, their_sum), (product, their_product)):
            np.testing.assert_array_equal(rank(scores), pymcdm.helpers.rrankdata(scores))
            np.testing.assert_array_equal(rank(scores), other.rank_)


def test_topsis(problems):
    for problem in problems:
        scores = problem.normalised(normalisers.minmax)
        ours = topsis(scores, problem.weights, 1.0)
        close(ours, pymcdm.methods.TOPSIS()(problem.matrix, problem.weights, problem.directions))
        close(ours, TOPSIS().evaluate(problem.by_skcriteria(scores)).e_.similarity)


def test_ahp(problems):
    for problem in problems:
        rng = np.random.default_rng(problem.matrix.shape[0])
        count = min(problem.matrix.shape[1], 9)
        above = np.triu(rng.choice([1, 2, 3, 5, 7, 9, 1 / 3, 1 / 5], (count, count)), 1)
        comparisons = np.eye(count) + above
        comparisons[np.tril_indices(count, -1)] = 1 / comparisons.T[np.tril_indices(count, -1)]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it finds them inconsistent, as they are
            other = pymcdm.weights.subjective.AHP(matrix=comparisons)()
        close(weighting.ahp(comparisons).weights, other)


def test_a_zero_has_no_part_in_entropy():
    matrix = np.array([[0, 1.0], [1, 2], [3, 4]])
    shares = matrix / matrix.sum(axis=0)
    logs = np.log(np.where(shares > 0, shares, 1))  # p · ln p is 0 in the limit
    divergence = 1 + (shares * logs).sum(axis=0) / np.log(3)
    close(weighting.entropy(matrix), divergence / divergence.sum())
    close(weighting.entropy(matrix), by_skcriteria(weighters.EntropyWeighter(), matrix))
    with pytest.raises(ValueError, match="positive"):
        pymcdm.weights.entropy_weights(matrix)


def test_two_criteria_in_critic_weigh_by_their_contrast():
    matrix = np.array([[0, 1.0], [0.5, 0], [1, 0.2], [0.1, 0.4]])
    spread = matrix.std(axis=0, ddof=1)
    close(weighting.critic(matrix), spread / spread.sum())
    close(weighting.critic(matrix), pymcdm.weights.critic_weights(matrix))


def test_tied_units_have_one_rank():
    scores = np.array([3.0, 1, 3, 2])
    np.testing.assert_array_equal(rank(scores, "fractional"), pymcdm.helpers.rrankdata(scores))
    tied = WeightedSumModel().evaluate(skcriteria.mkdm(scores[:, None], [max]))
    np.testing.assert_array_equal(rank(scores, "dense"), tied.rank_)


def test_a_constant_is_in_the_middle():
    constant = np.full(3, 7.0)
    np.testing.assert_array_equal(normalisers.minmax(constant, 1, UNIT), 0.5)
    np.testing.assert_array_equal(theirs.minmax_normalization(constant), 1)
