"""What the bench concludes from what it measures."""

from __future__ import annotations

import pytest

from tools.bench import CPU_LIMITS, RATIOS, ratios, simulated, simulation_limits
from tools.bench_preview import limits_of
from tools.limits import Limit, held, limits


def test_the_ratios_that_are_held_to_limits():
    def run(wall, cpu):
        return {"wall_seconds": wall, "cpu_seconds": cpu}

    found = ratios({
        "cold_build": run(16.0, 18.0), "pages_alone": run(8.0, 10.0),
        "one_cell_edit": run(9.0, 5.0), "no_op": run(1.5, 1.0), "version": run(0.5, 0.4),
    })  # fmt: skip
    assert found == {
        "cold_build_to_pages": 1.8,
        "one_cell_edit_to_pages_and_4_s": 0.75,
        "no_op_to_version": 3.0,
    }
    assert found.keys() == RATIOS.keys()


def test_of_a_preview_what_passes_its_limit_is_named():
    walls = {"first_page": 9.0, "cell": 3.0, "error": 0.2, "template": 1.6}
    found = limits_of({kind: {"wall_seconds": wall} for kind, wall in walls.items()})
    passed = [str(limit) for limit in found if not limit.kept]
    assert passed == ["preview template: 1.6 s > 1.5 s (1.07)"]  # 1.6 / 1.5


def test_a_limit_is_one_line_and_one_object():
    limit = Limit("a ratio", 0.93, 1.0)
    assert str(limit) == "a ratio: 0.93 ≤ 1 (0.93)"
    assert limit.json() == {
        "name": "a ratio", "measured": 0.93, "limit": 1.0, "unit": "", "ratio": 0.93, "kept": True,
    }  # fmt: skip


def test_one_limit_that_is_passed_is_the_exit_code_and_stands_last(capsys):
    found = [Limit("much", 3, 2, "s"), Limit("little", 1, 2, "s")]
    assert held(found) == 1
    assert capsys.readouterr().err == "little: 1 s ≤ 2 s (0.5)\nmuch: 3 s > 2 s (1.5)\n"
    assert held(found[1:]) == 0


def test_a_limit_of_what_was_not_measured_is_no_limit_kept():
    with pytest.raises(KeyError):
        limits("", {}, RATIOS)


@pytest.mark.slow
@pytest.mark.parametrize("sizes", CPU_LIMITS, ids=str)
def test_an_index_is_drawn_within_its_limits(sizes):
    found = simulated(*sizes)
    assert not held(simulation_limits(sizes, found))
