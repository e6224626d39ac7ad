"""Colours of drawings in two lights, and whether words can be read on them. No library is needed.

A drawing is made for white paper. On a dark screen each colour has a counterpart of its hue whose
contrast to the dark paper is what that of the colour to white is: then the contrast of any two
colours stays as it was, and so does what grey and colour-blind readers can tell apart.
"""

from __future__ import annotations

from colorsys import hls_to_rgb, rgb_to_hls
from functools import cache

INK, WINE, TEAL, AMBER, MIST = "#0B2E4F", "#9B2D3F", "#1F7A9C", "#E8923A", "#C3D3DC"
PALETTE = (INK, TEAL, AMBER, WINE, MIST)  # separable in grey and for colour-blind readers
MUTED, RULE, BAND, TEXT = "#5A6773", "#DDE3E8", "#F2F5F7", "#1B2733"
WHITE = "#FFFFFF"
NIGHT = "#17191B"  # the paper of a dark screen
READABLE = 4.5  # the least contrast of text
_FLARE = 0.05  # light that any screen reflects, as WCAG reckons


def _parts(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))


def _written(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(255 * part):02X}" for part in parts)


def tint(colour: str, share: float) -> str:
    """``colour`` mixed with white: ``share`` of it, from 0 to 1."""
    return _written(tuple(1 + share * (part - 1) for part in _parts(colour)))


def _bright(parts: tuple[float, ...]) -> float:
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def luminance(colour: str) -> float:
    """How bright ``colour`` is, from 0 to 1, as WCAG reckons contrast."""
    return _bright(_parts(colour))


def ratio(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + _FLARE) / (low + _FLARE)


@cache
def contrast(colour: str) -> str:
    """Dark or white text, whichever reads better on ``colour``."""
    return max((WHITE, TEXT), key=lambda ink: ratio(ink, colour))


@cache
def filled(colour: str, share: float) -> str:
    """``tint``, a little lighter or darker where no text would read on it."""
    steps = sorted((n / 100 for n in range(101)), key=lambda one: (abs(one - share), one))
    shades = (tint(colour, one) for one in (share, *steps))
    return next(shade for shade in shades if ratio(contrast(shade), shade) >= READABLE)


def at_night(colour: str) -> str:
    """The counterpart of ``colour`` on a dark screen."""
    day, night = luminance(WHITE) + _FLARE, luminance(NIGHT) + _FLARE
    wanted = day * night / (luminance(colour) + _FLARE) - _FLARE
    hue, _, saturation = rgb_to_hls(*_parts(colour))
    low, high = 0.0, 1.0
    for _ in range(16):
        middle = (low + high) / 2
        darker = _bright(hls_to_rgb(hue, middle, saturation)) < wanted
        low, high = (middle, high) if darker else (low, middle)
    return _written(hls_to_rgb(hue, high, saturation))
