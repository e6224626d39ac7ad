"""Operations state everything that is true of them, each under a name of its own."""

from dataclasses import MISSING, fields, replace
from types import ModuleType

import pytest

from suyuan.domain.operations import OPERATIONS
from suyuan.lineage.forms import IN_WORDS
from suyuan.lineage.operation import (
    EXACT,
    NONE,
    PURE,
    Operation,
    counting,
    declared_in,
    in_words,
    merged,
    operation,
    plain,
)


def nothing(_parents):
    """Computes nothing."""


@pytest.mark.parametrize("missing", ["bounds", "form", "alike", "keeps", "signs", "idle"])
def test_no_fact_of_an_operation_has_a_default(missing):
    facts = {"bounds": PURE, "form": IN_WORDS, "alike": True, "keeps": True, "signs": NONE,
             "idle": NONE}  # fmt: skip
    assert operation(**facts)(nothing).name == "nothing"
    del facts[missing]
    with pytest.raises(TypeError, match=missing):
        operation(**facts)
    assert all(each.default is MISSING is each.default_factory for each in fields(Operation))


def test_the_name_of_an_operation_is_its_functions():
    def sum_(_parents):
        """Named so because of the built-in."""

    assert in_words(idle=NONE)(sum_).name == "sum"
    assert all(each.name == name for name, each in OPERATIONS.items())


def test_what_counts_is_exact_and_moved_by_every_parent():
    many = counting("many", nothing)
    assert (many.counting, many.bounds, many.idle) == (True, EXACT, NONE)
    assert {name for name, each in OPERATIONS.items() if each.counting} == {
        "count", "figure", "table"
    }  # fmt: skip


def test_a_name_means_one_operation():
    one = plain(bounds=PURE, form=IN_WORDS, idle=NONE)(nothing)
    assert merged([{"nothing": one}, {"nothing": one}]) == {"nothing": one}
    with pytest.raises(ValueError, match="nothing"):
        merged([{"nothing": one}, {"nothing": replace(one, idle="another")}])


def test_a_module_is_asked_for_its_operations():
    module = ModuleType("some")
    module.one, module.two = counting("one", nothing), 2
    assert list(declared_in(module)) == ["one"]
