"""Fonts for one self-contained HTML file: only the glyphs it shows, as WOFF in data URLs."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont

FACES = (  # family, weight, file
    ("Noto Sans SC", 400, "NotoSansSC-Regular.ttf"),
    ("Noto Sans SC", 700, "NotoSansSC-Bold.ttf"),
    ("Noto Serif SC", 700, "NotoSerifSC-Bold.ttf"),
)
HEADINGS = "Noto Serif SC"
UPRIGHT = frozenset(
    {"vert", "vrt2", "vchw", "vhal", "vkrn", "vpal", "palt"}
)  # and what no style asks
UNUSED = frozenset({"vhea", "vmtx", "VORG", "BASE", "STAT", "gasp"})  # tables of no use on screen
FACE = (
    "@font-face{{font-family:'{}';font-weight:{};src:url(data:font/woff;base64,{}) format('woff')}}"
)


def characters(font: Path) -> set[str]:
    """Every character the font has a glyph for."""
    return set(map(chr, _face(font).unicodes))


def _face(font: Path) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font)))


def _tags(names: Iterable[str]) -> uharfbuzz.Set:
    """Names of tables or features as HarfBuzz has them."""
    return uharfbuzz.Set({int.from_bytes(name.encode()) for name in names})


def subset(font: Path, text: str) -> bytes:
    """A TTF with the glyphs of ``text``, for lines that run across; chws and kern are kept."""
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, text))
    wanted.layout_feature_tag_set.difference_update(_tags(UPRIGHT))
    wanted.drop_table_tag_set.update(_tags(UNUSED))
    wanted.flags = uharfbuzz.SubsetFlags.NOTDEF_OUTLINE | uharfbuzz.SubsetFlags.NO_HINTING
    return bytes(uharfbuzz.subset(_face(font), wanted).blob.data)


def woff(font: Path, text: str) -> bytes:
    """``subset`` as WOFF; equal input gives equal bytes.

    Not WOFF2: Brotli makes the report 1% smaller and the build two seconds longer.
    """
    return _woff(font, font.stat().st_mtime_ns, text)


@lru_cache(maxsize=2 * len(FACES))
def _woff(font: Path, _age: int, text: str) -> bytes:
    with TTFont(io.BytesIO(subset(font, text)), recalcTimestamp=False) as opened:
        opened.flavor = "woff"
        buffer = io.BytesIO()
        opened.save(buffer, reorderTables=False)
    return buffer.getvalue()


def embedded_faces(fonts: Path, text: str, headings: str) -> str:
    """``@font-face`` rules with the subsets inside, for the HTML file.

    The serif face sets headings only, so it holds the glyphs of ``headings``, the others those of
    ``text``.
    """
    rules = []
    for family, weight, name in FACES:
        font = woff(fonts / name, headings if family == HEADINGS else text)
        rules.append(FACE.format(family, weight, base64.b64encode(font).decode("ascii")))
    return "\n".join(rules)
