"""How charts look, all alike: vendored fonts and sizes. Colours are in ``paint``."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from suyuan.figures import mpl, paint
from suyuan.figures.description import WHOLE, WIDTHS

SANS = "Noto Sans SC"
BACKEND = "matplotlib.backends.backend_svg"
FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")

WIDTH_INCHES = WIDTHS[WHOLE]
# A drawing for a phone. Its letters of 8 points are 11 pixels high where it is 320 pixels wide.
NARROW_INCHES = 3.2
POINTS, SMALL = 8.0, 7.0


def small(width: float) -> float:
    """The size of small letters in a drawing so wide: on a phone no letter is smaller."""
    return POINTS if width == NARROW_INCHES else SMALL


RC: dict[Any, Any] = {
    "font.family": [SANS],
    "font.size": POINTS,
    "svg.fonttype": "none",  # real text in the vendored face; paths cost 40% more time
    "svg.hashsalt": "suyuan",
    "text.parse_math": False,  # a name may hold $…$, and is no formula
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": paint.MUTED,
    "axes.linewidth": 0.6,
    "axes.labelcolor": paint.MUTED,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "axes.unicode_minus": True,
    "text.color": paint.TEXT,
    "xtick.color": paint.MUTED,
    "ytick.color": paint.TEXT,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "lines.linewidth": 1.6,
    "lines.solid_capstyle": "round",
    "figure.dpi": 72,
}


def use(fonts: Path) -> None:
    """Make every later figure use the vendored fonts and this theme."""
    for home in (*mpl.HOMES, BACKEND):  # all that will be used, before processes part
        import_module(home)
    import_module("suyuan.figures.thrift").use()
    for name in FONT_FILES:
        mpl.fontManager.addfont(fonts / name)
    mpl.use("svg")
    mpl.rcdefaults()
    mpl.rcParams.update(RC)


def bare(axes: mpl.Axes, *, x: bool = False, y: bool = True) -> None:
    """Hide the ticks of an axis whose values are printed on the marks."""
    axes.xaxis.set_visible(x)
    axes.yaxis.set_visible(y)
    axes.spines["bottom"].set_visible(x)
