"""Random streams by name: the same numbers on every platform, in every process and any order.

SHA-256 of the seed and the names feeds numpy's ``SeedSequence`` and that its PCG64, so that
streams of different names are independent. A simulation has a stream for each rating of each unit,
which is often 100,000 and more; one by one, numpy would take longer to set them up than to draw
from them. ``unit_uniforms`` does for many at once what ``generator`` does for one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from suyuan.index.levels import Array

FEW = 256  # draws; so few are kept, since who asks in small asks again and again
AT_ONCE = 8192  # streams

Words = NDArray[np.uint32]


def generator(seed: int, *names: str) -> np.random.Generator:
    """The random stream of that name."""
    digest = hashlib.sha256(json.dumps([seed, *names]).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "big")))


def unit_uniforms(
    seed: int, stream: str, units: Sequence[str], inputs: Sequence[str], draws: int, skip: int = 0
) -> Iterator[Array]:
    """For each unit uniform numbers in [0, 1), (inputs × draws), each input from its own stream.

    Those are the streams ``generator(seed, stream, unit, input)``, without their first ``skip``.
    Raises ValueError if a unit or an input is named twice: both would get the same numbers.
    """
    if len(set(units)) < len(units) or len(set(inputs)) < len(inputs):
        raise ValueError("each unit and each input needs a key of its own")
    if skip + draws > FEW:
        return _uniforms(seed, stream, units, inputs, draws, skip)
    return (
        np.array(
            [_few_uniforms(seed, (stream, unit, name), skip + draws)[skip:] for name in inputs]
        )
        for unit in units
    )


@lru_cache(maxsize=4096)
def _few_uniforms(seed: int, names: tuple[str, ...], draws: int) -> Array:
    return generator(seed, *names).random(draws)


def _uniforms(
    seed: int, stream: str, units: Sequence[str], inputs: Sequence[str], draws: int, skip: int
) -> Iterator[Array]:
    bits = np.random.PCG64(0)
    own: Any = bits.state
    random = np.random.Generator(bits).random
    tails = [json.dumps(name) + "]" for name in inputs]  # the key, in two parts
    together = max(1, AT_ONCE // max(1, len(inputs)))
    for start in range(0, len(units), together):
        block = units[start : start + together]
        heads = [json.dumps([seed, stream, unit])[:-1] + ", " for unit in block]
        digests = [
            hashlib.sha256((head + tail).encode()).digest() for head in heads for tail in tails
        ]
        states = iter(_states(b"".join(digests)))
        for _ in block:
            uniform = np.empty((len(inputs), draws))
            for row in uniform:
                state, increment = next(states)
                own["state"] = {"state": state, "inc": increment}
                bits.state = own
                if skip:
                    bits.advance(skip)
                random(out=row)
            yield uniform


# What numpy does with a seed: numpy/random/bit_generator.pyx and src/pcg64/pcg64.c, whose results
# NEP 19 keeps as they are. Words are 32 bits and overflow.

POOL = 4
INIT_A, MULT_A = 0x43B0D7E5, 0x931E8875
INIT_B, MULT_B = 0x8B51F9DD, 0x58F38DED
MIX_LEFT, MIX_RIGHT = np.uint32(0xCA01F9DD), np.uint32(0x4973F715)
HALF = np.uint32(16)
PCG_MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645


class _Hash:
    """SeedSequence's hash of words, whose constant moves on with every call."""

    def __init__(self, constant: int, multiplier: int) -> None:
        self.constant, self.multiplier = constant, multiplier

    def __call__(self, words: Words) -> Words:
        mixed = words ^ np.uint32(self.constant)
        self.constant = self.constant * self.multiplier & 0xFFFFFFFF
        mixed *= np.uint32(self.constant)
        mixed ^= mixed >> HALF
        return mixed


def _mixed(left: Words, right: Words) -> Words:
    mixed = MIX_LEFT * left - MIX_RIGHT * right
    mixed ^= mixed >> HALF
    return mixed


def _states(digests: bytes) -> list[tuple[int, int]]:
    """State and increment of ``PCG64(int.from_bytes(digest, "big"))`` for each of 32 bytes."""
    entropy = np.frombuffer(digests, ">u4").reshape(-1, 8).T[::-1].astype(np.uint32)
    hashed = _Hash(INIT_A, MULT_A)
    pool = [hashed(words) for words in entropy[:POOL]]
    for source in range(POOL):
        for target in range(POOL):
            if source != target:
                pool[target] = _mixed(pool[target], hashed(pool[source]))
    for words in entropy[POOL:]:
        for target in range(POOL):
            pool[target] = _mixed(pool[target], hashed(words))
    hashed = _Hash(INIT_B, MULT_B)
    made = [hashed(pool[place % POOL]).astype(np.uint64) for place in range(2 * POOL)]
    longs = [made[place] | made[place + 1] << np.uint64(32) for place in range(0, 2 * POOL, 2)]
    whole = 1 << 128
    states = []
    for high, low, stream_high, stream_low in zip(*(word.tolist() for word in longs), strict=True):
        increment = ((stream_high << 64 | stream_low) << 1 | 1) % whole
        first = increment + (high << 64 | low)
        states.append(((first * PCG_MULTIPLIER + increment) % whole, increment))
    for short in np.flatnonzero(entropy[-1] == 0).tolist():  # numpy drops leading words of 0
        seed = int.from_bytes(digests[32 * short : 32 * short + 32], "big")
        state: Any = np.random.PCG64(seed).state["state"]
        states[short] = (state["state"], state["inc"])
    return states
