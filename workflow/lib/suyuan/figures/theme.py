"""How charts look: vendored fonts, palette, sizes. One place, so that all figures agree."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes

SANS = "Noto Sans SC"
FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")

INK, WINE, TEAL, AMBER, MIST = "#0B2E4F", "#9B2D3F", "#1F7A9C", "#E8923A", "#C3D3DC"
PALETTE = (INK, TEAL, AMBER, WINE, MIST)  # separable in grey and for colour-blind readers
MUTED, RULE, BAND, TEXT = "#5A6773", "#DDE3E8", "#F2F5F7", "#1B2733"
WIDTH_INCHES = 6.54  # the text width of an A4 page with 22 mm margins
POINTS = 8.0

RC: dict[Any, Any] = {
    "font.family": [SANS],
    "font.size": POINTS,
    "svg.fonttype": "none",  # real text in the vendored face; paths cost 40% more time
    "svg.hashsalt": "suyuan",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.6,
    "axes.labelcolor": MUTED,
    "axes.unicode_minus": True,
    "text.color": TEXT,
    "xtick.color": MUTED,
    "ytick.color": TEXT,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "lines.linewidth": 1.6,
    "lines.solid_capstyle": "round",
    "figure.dpi": 72,
}


def use(fonts: Path) -> None:
    """Make every later figure use the vendored fonts and this theme."""
    for name in FONT_FILES:
        font_manager.fontManager.addfont(fonts / name)
    mpl.use("svg")
    mpl.rcdefaults()
    mpl.rcParams.update(RC)


def bare(axes: Axes, *, x: bool = False, y: bool = True) -> None:
    """Hide the ticks of an axis whose values are printed on the marks."""
    axes.xaxis.set_visible(x)
    axes.yaxis.set_visible(y)
    axes.spines["bottom"].set_visible(x)


def tint(colour: str, share: float) -> str:
    """``colour`` mixed with white: ``share`` of it, from 0 to 1."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 + share * (part - 255)):02X}" for part in parts)


def contrast(colour: str) -> str:
    """Black or white text, whichever reads better on ``colour``."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return "#FFFFFF" if 0.3 * red + 0.59 * green + 0.11 * blue < 0.55 else TEXT
