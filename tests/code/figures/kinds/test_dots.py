"""The chart kind ``dots``."""

from __future__ import annotations

import pytest

from suyuan.figures.kinds.dots import draw
from tests.code.figures.drawing import bounded, labels, named, tagged, words

SCALES = ["供给体量", "平台能力"]


def profile(vendors, scales):
    """Every vendor on every scale."""
    pairs = [(vendor, scale) for vendor in range(len(vendors)) for scale in range(len(scales))]
    return bounded(
        v=[30.0 + 7 * vendor + 3 * scale for vendor, scale in pairs],
        series=[vendors[vendor] for vendor, _ in pairs],
        label=[scales[scale] for _, scale in pairs],
        txt=[f"{30 + 7 * vendor + 3 * scale}.0" for vendor, scale in pairs],
        value_id=[f"v{vendor}.score.d{scale}" for vendor, scale in pairs],
    )


SAMPLE = profile(["北云", "南云", "西云"], SCALES)


def many(name, count):
    """So many scales with such names, of two vendors."""
    return profile([f"{name}北", f"{name}南"], named(name, count))


def test_dot_and_interval_are_to_scale():
    figure = draw(SAMPLE)
    (dot,) = tagged(figure, "v0.score.d1")
    assert dot.get_xdata()[0] == 33
    (half,) = tagged(figure, "v0.score.d1_lower")
    assert list(half.get_xdata()) == pytest.approx([33, 29.7])  # 33 · 0.9


def test_only_the_one_spoken_of_has_its_values_printed():
    assert labels(draw(SAMPLE)) == {"v0.score.d0": "30.0", "v0.score.d1": "33.0"}


def test_the_others_lie_behind_it():
    figure = draw(SAMPLE)
    (own,), (other,) = tagged(figure, "v0.score.d0"), tagged(figure, "v1.score.d0")
    (band,) = tagged(figure, "v1.score.d0_upper")
    assert band.get_zorder() < other.get_zorder() < own.get_zorder()
    assert own.get_markerfacecolor() != other.get_markerfacecolor()


def test_the_key_names_all():
    assert {"北云", "南云、西云"} <= set(words(draw(SAMPLE)))
