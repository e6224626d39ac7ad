"""Characters that the report's fonts can show, asked before anything is drawn or typeset."""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from suyuan.contract.configured import read_document
from suyuan.contract.table import Table
from suyuan.core.errors import BrokenFont, Problem
from suyuan.core.inputs import some

HEAD, MAPS = 12, b"cmap"  # bytes before the list of tables, and the table of characters
RANGES, SEGMENTS = 4, 12  # forms of a map of characters: of the first plane, and of all
END = 0xFFFF
ESCAPE = "\\u"  # how a text in quotes names a character


def characters(font: Path) -> frozenset[str]:
    """The characters that a TrueType font has a glyph for. Raises BrokenFont E407."""
    try:
        return _mapped(_table(font, MAPS))
    except (struct.error, StopIteration) as error:
        raise BrokenFont(Problem("E407", font.name)) from error


def _table(font: Path, name: bytes) -> bytes:
    """One of the tables that a font is made of: a few of its megabytes."""
    with font.open("rb") as file:
        (count,) = struct.unpack_from(">H", file.read(HEAD), 4)
        entries = struct.iter_unpack(">4sIII", file.read(16 * count))
        start, length = next(place for found, _, *place in entries if found == name)
        file.seek(start)
        return file.read(length)


@lru_cache(maxsize=8)  # tables of data and texts are held against the same fonts
def _mapped(data: bytes) -> frozenset[str]:
    """The characters that the maps of a font name."""
    (count,) = struct.unpack_from(">H", data, 2)
    places = [struct.unpack_from(">I", data, 8 + 8 * n)[0] for n in range(count)]
    return frozenset(chr(code) for place in places for code in _codes(data, place))


def _codes(data: bytes, place: int) -> Iterator[int]:
    """The code points of a map; none of a form that is not known."""
    (form,) = struct.unpack_from(">H", data, place)
    if form == SEGMENTS:
        (groups,) = struct.unpack_from(">I", data, place + 12)
        for group in range(groups):
            first, last, _ = struct.unpack_from(">III", data, place + 16 + 12 * group)
            yield from range(first, last + 1)
    elif form == RANGES:
        (double,) = struct.unpack_from(">H", data, place + 6)
        row = f">{double // 2}H"
        ends, starts, deltas, offsets = (
            struct.unpack_from(row, data, place + 14 + at)
            for at in (0, double + 2, 2 * double + 2, 3 * double + 2)
        )
        for n, (first, last, delta) in enumerate(zip(starts, ends, deltas, strict=True)):
            glyphs = place + 16 + 3 * double + 2 * n + offsets[n]
            for code in range(first, min(last, END - 1) + 1):
                near = code
                if offsets[n]:
                    (near,) = struct.unpack_from(">H", data, glyphs + 2 * (code - first))
                if (near + delta) & END and near:
                    yield code


def _known(fonts: Path) -> frozenset[str]:
    """The characters that all fonts have."""
    return frozenset.intersection(*map(characters, some(fonts, "*.ttf")))


def _lacking(character: str, known: Collection[str]) -> tuple[str, dict[str, str]]:
    """E824 for another form of characters that the fonts have, as a ligature, else E303."""
    codepoint = {"codepoint": f"U+{ord(character):04X}"}
    usual = unicodedata.normalize("NFKC", character)
    if usual != character and all(each in known or " " <= each <= "~" for each in usual):
        return "E824", {"usual": usual, **codepoint}
    return "E303", codepoint


def unprintable_words(root: Path, names: Iterable[str], fonts: Path) -> Iterator[Problem]:
    """E303, E824: the first line of each character of texts in YAML that one of the fonts lacks."""
    known = _known(fonts)
    for name in names:
        path = root / name
        said = path.read_bytes().decode(errors="replace") if path.is_file() else ESCAPE
        if not {c for c in said if c > "~"} - known and ESCAPE not in said:
            continue  # to read a file with its lines costs more than all else
        document, told = read_document(path, name), set[str]()
        texts = ((place, document.at(place)) for place in document.lines)
        for place, text in sorted(texts, key=lambda each: document.lines[each[0]]):
            for character in text if isinstance(text, str) else ():
                if character > "~" and character not in known | told:
                    told.add(character)
                    code, details = _lacking(character, known)
                    yield document.problem(code, place, character, **details)


def unprintable(tables: Mapping[str, Table], fonts: Path) -> Iterator[Problem]:
    """E303 and E824: the first cell of each character of the tables that one of the fonts lacks."""
    known = _known(fonts)
    told: set[str] = set()
    for table in tables.values():
        for column in table.schema.columns:
            cells = {row.cells[column] for row in table.rows}  # the same is said again and again
            lacking = {c for c in set[str]().union(*cells) - known - told if c > "~"}
            for row in table.rows if lacking else ():
                for character in dict.fromkeys(row.cells[column]):
                    if character in lacking and character not in told:
                        told.add(character)
                        code, details = _lacking(character, known)
                        yield Problem(code, table.file, row.line, column, character, details)
