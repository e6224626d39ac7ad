"""What Matplotlib computes for each drawing though none of ours shows it, left out.

A quarter of the time of drawing, and not a byte of the drawings (docs/decisions/0044).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axis import Axis
from matplotlib.textpath import TextToPath

TICKS = ("majorTicks", "minorTicks")
_set_tick_params = Axis.set_tick_params
_size_of = lru_cache(maxsize=4096)(TextToPath().get_text_width_height_descent)


def _unclipped(*_: Any, **__: Any) -> None:
    """Nothing is cut off at the edge of axes: ``svg`` drops what would do it."""


def _of_ticks_there_are(axis: Axis, *args: Any, **params: Any) -> None:
    """How ticks look, without making the first of each axis: most axes show none."""
    unmade = [name for name in TICKS if name not in vars(axis)]
    vars(axis).update((name, []) for name in unmade)
    _set_tick_params(axis, *args, **params)
    for name in unmade:  # made as they should look when somebody asks for them
        vars(axis).pop(name, None)


def _measured(_: TextToPath, *words: Any) -> Any:
    """The size of words, whichever drawing asks: most stand in several."""
    return _size_of(*words)


OURS = (
    (Artist, "set_clip_path", _unclipped),
    (Axis, "set_clip_path", _unclipped),
    (Axis, "set_tick_params", _of_ticks_there_are),
    (TextToPath, "get_text_width_height_descent", _measured),
)
THEIRS = tuple(getattr(owner, name) for owner, name, _ in OURS)


def use() -> None:
    """Every later drawing of this process is made so."""
    for owner, name, ours in OURS:
        setattr(owner, name, ours)
