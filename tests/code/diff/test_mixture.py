"""Mixtures against whole builds: each set of inputs is put into the files and built.

Of every value that moved, the shares must be those that the builds give.
"""

from decimal import Decimal, localcontext
from itertools import chain, combinations
from math import factorial

import pytest

from suyuan.core.numbers import EXACT
from suyuan.diff.sides import Side
from tests.code.diff.sides import by_id, compared, side
from tests.code.miniature import fixed

NEAR = Decimal("1e-9")


def cell(column, key, value, table="observations"):
    return f"{table}.{column}.{key}", fixed(column, key, value, table)


CASES = {
    "digits alone": [cell("value", "T005", "20.00")],
    "digits of two addends": [cell("value", "T005", "20.00"), cell("value", "T007", "6.00")],
    "digits and a figure": [cell("value", "T005", "20.00"), cell("value", "T007", "5.0")],
    "a target": [cell("kind", "T005", "target")],
    "a target and its figure": [cell("kind", "T005", "target"), cell("value", "T005", "22.0")],
    "a bound": [cell("comparator", "T005", ">")],
    "a unit that is exact": [cell("rounded", "万P", "no", "units")],
    "a figure and a factor that cancel": [
        cell("value", "T002", "6.00"), cell("factor", "万P", "5", "units"),
    ],
    "who leads": [
        cell("value", "T002", "2.50"), cell("value", "T006", "1.0"), cell("value", "T007", "8.0"),
    ],
    "a limit that clips": [cell("maximum", "ai_share", "0.668", "indicators")],
    "a limit that clips and a figure": [
        cell("maximum", "ai_share", "0.668", "indicators"), cell("value", "T006", "1.9"),
    ],
    "a limit that clips, and digits": [
        cell("maximum", "ai_share", "0.668", "indicators"), cell("value", "T006", "2.00"),
        cell("value", "T002", "3.00000"),
    ],
    "the floors of classes": [
        cell("minimum", "first", "60", "tiers"), cell("minimum", "second", "1", "tiers"),
    ],
}  # fmt: skip
# They are not shared out: how many values there are, and those that come or go.
COUNTED = {"report.value_count"}


@pytest.fixture(scope="module")
def base(tmp_path_factory, schemas):
    return side(tmp_path_factory.mktemp("base") / "project", schemas)


def number(entry):
    return entry["v"] if entry["u"] == "text" else Decimal(entry["v"])


def seen(built, value_id):
    entry = built.values[value_id]
    return number(entry), entry["txt"], entry.get("comparator")


def share(value_id, own, builds, players):
    """The Shapley value of one input, by the builds."""
    total = Decimal(0)
    for chosen, built in builds.items():
        if own not in chosen:
            size = len(chosen)
            weight = Decimal(factorial(size) * factorial(players - size - 1))
            step = number(builds[chosen | {own}].values[value_id]) - number(built.values[value_id])
            total += weight * step
    return total / factorial(players)


@pytest.mark.parametrize("case", CASES)
def test_shares_are_those_of_whole_builds(case, base, tmp_path, schemas):
    edits = CASES[case]
    every = range(len(edits))
    builds = {
        frozenset(chosen): side(tmp_path / f"p{''.join(map(str, chosen))}", schemas,
                                [edits[place][1] for place in chosen])
        for chosen in chain.from_iterable(combinations(every, n) for n in range(1, len(edits) + 1))
    }  # fmt: skip
    builds[frozenset()] = base
    head = builds[frozenset(every)]
    document = compared(base, head, head.folder)
    values = by_id(document["values"])
    assert document["unexplained"] == []
    known = set.intersection(*(set(built.values) for built in builds.values())) - COUNTED
    moved = {value_id for value_id in known if seen(base, value_id) != seen(head, value_id)}
    assert moved
    assert moved == values.keys() & known
    with localcontext(EXACT):
        for value_id in moved:
            entry = values[value_id]
            found = {
                tuple(cause.get("cells", [cause["ref"]])): cause["contribution"]
                for cause in entry["causes"]
            }
            assert found, value_id
            assert set(chain(*found)) <= {ref for ref, _ in edits}, value_id
            if "delta" not in entry:
                continue
            for place, (ref, _) in enumerate(edits):
                truth = share(value_id, place, builds, len(edits))
                if not any(ref in cells for cells in found):
                    assert abs(truth) < NEAR, value_id
            for cells, contribution in found.items():
                together = sum(
                    share(value_id, place, builds, len(edits))
                    for place, (ref, _) in enumerate(edits)
                    if ref in cells
                )
                assert abs(Decimal(contribution) - together) < NEAR, value_id


def test_a_zero_more_is_no_other_number(base, tmp_path, schemas):
    head = side(tmp_path / "head", schemas, [fixed("value", "T009", "1000.0")])
    values = by_id(compared(base, head, head.folder)["values"])
    assert "rg.gdp.2029" not in {k for k, v in values.items() if "delta" in v}
    assert {c["ref"] for v in values.values() for c in v["causes"]} == {"observations.value.T009"}


def test_a_text_names_only_what_moved_it(base, tmp_path, schemas):
    """Who leads in AI share is moved by one province's parts, not by another's too."""
    edits = [fixed("value", "T002", "3.01"), fixed("value", "T006", "1.0")]
    head = side(tmp_path / "head", schemas, edits)
    values = by_id(compared(base, head, head.folder)["values"])
    causes = values["rg.leader.ai_share"]["causes"]
    assert {cause["ref"] for cause in causes} == {"observations.value.T006"}


def test_a_figure_said_in_another_unit_moves_nothing(base, tmp_path, schemas):
    edits = [
        fixed("value", "T002", "30.0"), fixed("unit", "T002", "EFLOPS"),
        fixed("value", "T006", "1.8"),
    ]  # fmt: skip
    head = side(tmp_path / "head", schemas, edits)
    causes = by_id(compared(base, head, head.folder)["values"])["beta.ai_share"]["causes"]
    assert [cause["ref"] for cause in causes] == ["observations.value.T006"]


def test_decimals_are_named_where_only_they_change_what_is_printed(base, tmp_path, schemas):
    """That the region's members were selected by a cell that changed too did not print it anew."""
    edits = [
        fixed("decimals", "compute_per_gdp", "3", "indicators"),
        fixed("parent_id", "b1", "alpha", "subjects"),
    ]
    head = side(tmp_path / "head", schemas, edits)
    causes = by_id(compared(base, head, head.folder)["values"])["beta.compute_per_gdp"]["causes"]
    assert [cause["ref"] for cause in causes] == ["indicators.decimals.compute_per_gdp"]


TAMPERED = ["alpha.compute_total", "alpha.ai_share", "rg.compute_total", "rg.leader.ai_share"]


@pytest.mark.parametrize("edits", [(), (fixed("value", "T005", "22.0"),)], ids=["alone", "beside"])
@pytest.mark.parametrize("value_id", TAMPERED)
def test_a_number_that_was_written_by_hand_is_not_explained(
    value_id, edits, base, tmp_path, schemas
):
    """Neither alone, nor beside an input that moves it or what it is made of."""
    head = side(tmp_path / "head", schemas, edits)
    entry = head.lineage["values"][value_id]
    written = "丁" if entry["u"] == "text" else str(Decimal(entry["v"]) + Decimal("0.0625"))
    line = head.values.line(value_id)
    changed = line.replace(f'"v":"{entry["v"]}"', f'"v":"{written}"')
    assert line in (head.made / "lineage.json").read_text(encoding="utf-8")
    assert line != changed
    file = head.made / "lineage.json"
    file.write_text(file.read_text(encoding="utf-8").replace(line, changed), encoding="utf-8")
    tampered = Side.open(head.name, head.folder, head.made)
    document = compared(base, tampered, head.folder)
    assert value_id in {entry["id"] for entry in document["unexplained"]}


def test_decimals_are_named_beside_what_moves_how_far_it_may_be_off(base, tmp_path, schemas):
    edits = [
        fixed("kind", "T003", "target"), fixed("decimals", "ai_share", "0", "indicators"),
    ]  # fmt: skip
    head = side(tmp_path / "head", schemas, edits)
    causes = by_id(compared(base, head, head.folder)["values"])["gamma.ai_share"]["causes"]
    assert [cause["ref"] for cause in causes] == ["indicators.decimals.ai_share"]


def test_the_text_of_a_cell_is_moved_by_the_cell(base, tmp_path, schemas):
    """Not by what decides beside it what the number is."""
    edits = [fixed("value", "T005", "22.0"), fixed("kind", "T005", "target")]
    head = side(tmp_path / "head", schemas, edits)
    values = by_id(compared(base, head, head.folder)["values"])
    for column in ("value", "kind"):
        causes = values[f"observations.{column}.T005"]["causes"]
        assert [cause["ref"] for cause in causes] == [f"observations.{column}.T005"]
