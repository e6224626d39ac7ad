"""Every method has a name in both languages, and no other name is there."""

from __future__ import annotations

import pytest

from suyuan.core.language import LANGUAGES
from suyuan.index import imputation, judgements, naming, recipe, scoring, steps
from suyuan.index.aggregations import AGGREGATIONS, POWER, aggregation
from suyuan.index.input_factors import SCORES, WEIGHTS
from suyuan.index.weights import WEIGHTINGS
from tests.code.index.tabled import computed

DECLARED = {
    naming.NORMALISE: {*scoring.METHODS},
    naming.AGGREGATION: {recipe.DECLARED, POWER, *AGGREGATIONS},
    naming.WEIGHTS: {recipe.DECLARED, *WEIGHTINGS, *judgements.KINDS},
    naming.TREAT: {*steps.STEPS, *(word for kind in steps.STEPS.values() for word in kind.writes)},
    naming.MISSING: {recipe.NO_IMPUTATION, *imputation.METHODS},
    naming.FACTOR: {*recipe.FACTORS, WEIGHTS, SCORES},
}


def test_the_kinds_are_all():
    assert set(naming.methods()) == set(DECLARED)


@pytest.mark.parametrize("kind", DECLARED)
def test_no_method_is_without_a_name(kind):
    named = naming.methods()[kind]
    assert set(named) == DECLARED[kind]
    for lang in LANGUAGES:
        words = [own[lang] for own in named.values()]
        assert all(words)
        assert len(set(words)) == len(words), "two methods are called the same"
    assert all(set(own) == set(LANGUAGES) for own in named.values())


def test_a_parameter_is_said_too():
    assert naming.called(naming.AGGREGATION, aggregation("power:2").name, "en") == "power mean (2)"
    assert naming.called(naming.TREAT, "boxcox:0.5", "en") == "Box–Cox 0.5"


def test_a_message_has_the_words_and_the_name():
    method = naming.Method("minmax", naming.NORMALISE)
    assert naming.with_name(method, "en") == "min–max (minmax)"
    assert naming.with_name(method, "zh") == "极差标准化（minmax）"


STEPS = """
- {step: denominate, by: {a: d}}
- {step: cap, limits: {a: 8}}
- {step: floor, limits: {a: 2}}
- {step: impute, only: [b]}
- {step: screen, minimum: 0.1}
- {step: boxcox, only: [b]}
- {step: log, only: [c]}
- {step: skew, points: POINTS, only: [a, e]}
"""


@pytest.mark.parametrize("points", [0, 2])
def test_what_steps_write_is_named(tmp_path, points):
    rows = [f"u{n},{n},{n * n or 1},{n + 1},1,{2**n}" for n in range(1, 12)]
    rows += ["v,4,,5,1,4", "w,,,,,"]
    tree = "node_id,parent_id,weight\ntop,,\n" + "".join(f"{leaf},top,1\n" for leaf in "abce")
    text = "normalise: {method: minmax}\nuncertainty: null\ntreat:"
    text += STEPS.replace("POINTS", str(points))
    log = computed(tmp_path, "unit,a,b,c,d,e\n" + "\n".join(rows) + "\n", tree, text).index.log
    seen = {what.partition(":")[0] for what in log["what"]}
    assert seen <= DECLARED[naming.TREAT]
    assert seen >= {"cap", "floor", "impute", "screen", "boxcox"}
    assert seen & {"winsorise", "log"}
