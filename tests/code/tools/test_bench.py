"""What the bench concludes from what it measures."""

from __future__ import annotations

import pytest

from tools.bench import CPU_LIMITS, LIMITS, ratios, simulated
from tools.bench_preview import excesses


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
    assert found.keys() == LIMITS.keys()


def test_of_a_preview_what_passes_its_limit_is_named():
    measured = {
        "first_page": {"wall_seconds": 9.0}, "cell": {"wall_seconds": 3.0, "limit": 3.0},
        "template": {"wall_seconds": 1.6, "limit": 1.5},
    }  # fmt: skip
    assert excesses(measured) == ["template: 1.6 > 1.5"]


@pytest.mark.slow
@pytest.mark.parametrize("sizes", CPU_LIMITS, ids=str)
def test_an_index_is_drawn_within_its_limits(sizes):
    found = simulated(*sizes)
    limits = found.pop("limits")
    assert {name: found[name] for name, limit in limits.items() if found[name] > limit} == {}
