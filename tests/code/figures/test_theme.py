"""Words of drawings are drawn as they are written."""

from __future__ import annotations

import io

import pytest
from matplotlib.figure import Figure


@pytest.mark.parametrize("words", ["$a_b$", "由$5至$9", r"$\alpha$", "$", r"\frac{1}{2}", "a^b_c"])
def test_no_word_is_read_as_mathematics(words):
    figure = Figure(figsize=(2, 1))
    figure.text(0.1, 0.5, words)
    axes = figure.add_subplot()
    axes.set_xticks([0.5], [words])
    axes.set_title(words)
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg")
    assert drawn.getvalue().count(f">{words}</text>") == 3
