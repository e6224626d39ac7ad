"""The chart kind ``flow``."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from suyuan.figures.kinds.flow import draw
from suyuan.figures.wrapping import width
from tests.code.figures.drawing import MARK, box, pieces


def steps(leads, signs=4, judged=()):
    """Steps n0, n1 … as a table, each leading to what ``leads`` says."""
    words = "接入枢纽级调度体系可供全国调用的产业应用底座"
    return pd.DataFrame(
        {
            "node": name,
            "leads": to,
            "label": words[:signs],
            "label_id": f"flows.name.{name}",
            "series": "流程",
            "txt": words[:signs],
            "value_id": f"flows.note.{name}",
            "judged": name in judged,
        }
        for name, to in leads.items()
    )


def chain(length):
    return {f"n{at}": f"n{at + 1}" if at + 1 < length else "" for at in range(length)}


SAMPLE = steps({"n0": "n1;n2", "n1": "n3", "n2": "n3", "n3": "n1"}, judged=["n2"])


def many(name, count):
    """So many steps in a chain with such names."""
    return steps(chain(count), len(name))


def boxes(figure, names):
    return [box(figure, f"flows.note.{name}") for name in names]


def test_a_step_stands_after_all_that_lead_to_it():
    figure = draw(SAMPLE)
    first, upper, lower, last = boxes(figure, ["n0", "n1", "n2", "n3"])
    assert first.get_x() < upper.get_x() == lower.get_x() < last.get_x()
    assert upper.get_y() + upper.get_height() < lower.get_y()
    assert first.get_y() == upper.get_y() == last.get_y()


def test_what_is_judged_has_a_dashed_edge():
    styles = [one.get_linestyle() for one in boxes(draw(SAMPLE), ["n0", "n2"])]
    assert styles[0] in ("-", "solid")
    assert styles[1] not in ("-", "solid")


@pytest.mark.parametrize("signs", [4, 8, 21])
@pytest.mark.parametrize("length", [1, 5, 12])
def test_boxes_hold_their_words_and_lie_apart(length, signs):
    given = steps(chain(length), signs)
    figure = draw(given)
    wide, high = figure.get_size_inches()
    found = boxes(figure, given["node"])
    for one in found:
        assert -0.01 <= one.get_x() <= one.get_x() + one.get_width() <= wide + 0.01
        assert 0 <= one.get_y() <= one.get_y() + one.get_height() <= high
    spots = [(round(one.get_x(), 3), round(one.get_y(), 3)) for one in found]
    assert len(set(spots)) == length
    for kind in ("label", "value"):
        for value_id in given[f"{kind}_id"]:
            parts = pieces(figure, value_id)
            (text,) = [one for one in parts if hasattr(one, "get_text")]
            (within,) = [one for one in parts if hasattr(one, "get_width")]
            lines = text.get_text().split("\n")
            assert max(map(width, lines)) * text.get_fontsize() / 72 <= within.get_width() - 0.1
            assert len(lines) * 1.2 * text.get_fontsize() / 72 <= within.get_height()


def test_a_long_chain_goes_on_in_the_next_row():
    found = boxes(draw(steps(chain(12))), [f"n{at}" for at in range(12)])
    assert len({one.get_y() for one in found}) == 3  # 12 steps, five at most in a row
    assert found[4].get_x() == found[0].get_x()


def test_what_cannot_be_laid_out_is_refused():
    with pytest.raises(ValueError, match="branches"):
        draw(steps(chain(6) | {"n0": "n1;m", "m": ""}))
    with pytest.raises(ValueError, match="passes over"):
        draw(steps({"n0": "n1;n2", "n1": "n2", "n2": ""}))


def test_arrows_end_at_the_step_they_lead_to():
    figure = draw(SAMPLE)
    tips = [tuple(patch.get_xy()[0]) for patch in figure.axes[0].patches if _is_tip(patch)]
    assert len(tips) == 5
    upper, lower, last = boxes(figure, ["n1", "n2", "n3"])
    ends = [
        round(tip[0] - one.get_x(), 2) for tip, one in zip(tips, (upper, lower, last), strict=False)
    ]
    assert ends == [-0.02, -0.02, -0.02]
    back = tips[-1]  # from n3 to n1: up into its lower edge
    assert upper.get_x() < back[0] < upper.get_x() + upper.get_width()
    assert back[1] > upper.get_y() + upper.get_height()


def _is_tip(patch):
    return not (patch.get_gid() or "").startswith(MARK)


def test_it_is_drawn_in_no_time():
    given, best = steps(chain(12), 21), 1.0
    for _ in range(3):
        start = time.process_time()
        draw(given)
        best = min(best, time.process_time() - start)
    assert best < 0.12
