"""What the bench concludes from what it measures."""

from __future__ import annotations

from tools.bench import ratios


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
