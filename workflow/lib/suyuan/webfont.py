"""Fonts for one self-contained HTML file: only the glyphs it shows, as WOFF2 in data URLs."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FACES = (  # family, weight, file
    ("Noto Sans SC", 400, "NotoSansSC-Regular.ttf"),
    ("Noto Sans SC", 700, "NotoSansSC-Bold.ttf"),
    ("Noto Serif SC", 700, "NotoSerifSC-Bold.ttf"),
)
FACE = "@font-face{{font-family:'{}';font-weight:{};src:url({}) format('{}')}}"


def characters(font: Path) -> set[str]:
    """Every character the font has a glyph for."""
    with TTFont(font, lazy=True) as opened:
        return {chr(code) for code in opened.getBestCmap()}


def woff2(font: Path, text: str) -> bytes:
    """A WOFF2 subset of ``font`` for ``text``; equal input gives equal bytes."""
    options = Options(layout_features=["*"], notdef_outline=True, hinting=False)
    with TTFont(font, recalcTimestamp=False) as opened:
        subsetter = Subsetter(options)
        subsetter.populate(text=text)
        subsetter.subset(opened)
        opened.flavor = "woff2"
        buffer = io.BytesIO()
        opened.save(buffer, reorderTables=False)
    return buffer.getvalue()


def embedded_faces(fonts: Path, text: str) -> str:
    """``@font-face`` rules with the subsets inside, for the HTML file."""
    rules = []
    for family, weight, name in FACES:
        encoded = base64.b64encode(woff2(fonts / name, text)).decode("ascii")
        rules.append(FACE.format(family, weight, f"data:font/woff2;base64,{encoded}", "woff2"))
    return "\n".join(rules)
