"""Streams that are set up together are those that are set up one by one."""

from __future__ import annotations

import os

import numpy as np
import pytest

from suyuan.index import streams
from suyuan.index.streams import FEW, generator, unit_uniforms

UNITS = ["a", 'with "quotes"', "中国", "line\nbreak"]
INPUTS = ["x", "y, z", "é"]


@pytest.mark.parametrize("together", [1, 7, 8192])
@pytest.mark.parametrize("draws", [3, FEW, FEW + 1, 1000])
def test_each_input_has_the_stream_of_its_name(monkeypatch, together, draws):
    monkeypatch.setattr(streams, "AT_ONCE", together)
    found = list(unit_uniforms(7, "ratings", UNITS, INPUTS, draws))
    expected = [
        [generator(7, "ratings", unit, name).random(draws) for name in INPUTS] for unit in UNITS
    ]
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("draws", [3, FEW + 1])
def test_a_stream_goes_on_where_it_was_left(draws):
    whole = list(unit_uniforms(7, "ratings", UNITS, INPUTS, 5 + draws))
    rest = list(unit_uniforms(7, "ratings", UNITS, INPUTS, draws, skip=5))
    np.testing.assert_array_equal(rest, [uniform[:, 5:] for uniform in whole])


def test_states_are_those_of_numpy():
    chance = [generator(1, str(number)).bytes(32) for number in range(300)]
    # numpy takes a number without its leading words of zero for a shorter one
    short = [bytes(4) + os.urandom(28), bytes(9) + os.urandom(23), bytes(31) + b"\1", bytes(32)]
    digests = chance + short
    found = streams._states(b"".join(digests))
    for digest, (state, increment) in zip(digests, found, strict=True):
        expected = np.random.PCG64(int.from_bytes(digest, "big")).state["state"]
        assert expected == {"state": state, "inc": increment}
