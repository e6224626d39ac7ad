"""A result is the same bytes on any number of processors."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np

from tests.code.index.published import write

UNITS, PARTS, EACH = 900, 4, 12  # so large that BLAS would share its products out


def test_tables_on_one_and_on_eight_threads(tmp_path):
    rng = np.random.default_rng(11)
    values = rng.uniform(0, 100, (UNITS, PARTS * EACH)).round(3).astype(object)
    values[rng.random(values.shape) < 0.1] = ""
    names = [f"i{number}" for number in range(PARTS * EACH)]
    data = ([f"u{number}", *row] for number, row in enumerate(values.tolist()))
    write(tmp_path / "data.csv", ["unit", *names], data)
    nodes = [["top", "", 1, "geometric", "", ""]]
    nodes += [[f"p{part}", "top", 1 + part / 3, "", "", ""] for part in range(PARTS)]
    nodes += [[name, f"p{at % PARTS}", 1 + at / 7, "", 0, 100] for at, name in enumerate(names)]
    write(
        tmp_path / "tree.csv",
        ["node_id", "parent_id", "weight", "aggregation", "low", "high"],
        nodes,
    )
    recipe = "weights: pca\nuncertainty: {draws: 300, spread: 5}\n"
    (tmp_path / "recipe.yaml").write_text(recipe, encoding="utf-8")
    found = []
    for threads in ("1", "8"):
        out = tmp_path / threads
        variables = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), threads)
        command = [sys.executable, "-m", "suyuan", "index", "data.csv", "--tree", "tree.csv"]
        command += ["--config", "recipe.yaml", "--out", str(out)]
        subprocess.run(
            command, cwd=tmp_path, env=os.environ | variables, check=True, capture_output=True
        )
        found.append({path.name: path.read_bytes() for path in sorted(out.glob("*.csv"))})
    assert found[0].keys() == found[1].keys()
    assert [name for name in found[0] if found[0][name] != found[1][name]] == []
