"""Mutants: what slips, editors and strangers do to a file, seeded; nothing here judges.

A family is a pure function of a file's bytes and of a generator of chance. It gives other bytes and
the line that was changed, 0 where the file as a whole is.
"""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable
from dataclasses import dataclass

SEED = "2026"
NASTY = (
    "\0", "\x07", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u0301", "\u200b",
    "\u200e", "\u202e", "\u2028", "\u2066", "\u2800", "\u3164", "\ue000", "\ufeff",
    "\ufffd", "\ufffe", "\U000e0041", "\U0001f600", "#REF!", "#N/A", "N/A", "null", "-",
    "待补", "龘", "1,5", "1,234", "1 234", "1e400", "1e5", "½", "10³", "131.0①", "１３１",
    "−5", ".5", "007", "13O", "0x10", "NaN", "inf", "2026-03-31", "2026-02-30", "9999",
    "0000", "2026/2024", "=1+1", "@SUM(A1)", "$a_b$", "<b>x</b>", "<script>", "{{ x }}",
    "{% x %}", "&amp;", "javascript:alert(1)", "file:///etc/passwd", "../../x",
    "$(touch x)", "'", "\\", "%s", "{0}", "x" * 40_000, "9" * 31, "1" + "0" * 28, "",
    " ", "合计", "#", "*x", "!!python/name:os.system",
)  # fmt: skip
Change = tuple[bytes, int]
Family = Callable[[bytes, random.Random], Change]


@dataclass(frozen=True)
class Mutant:
    """A file of the project with other bytes in it; ``line`` is 0 where all of it is changed."""

    family: str
    number: int
    file: str
    data: bytes
    line: int


def _at(data: bytes, place: int) -> int:
    return data.count(b"\n", 0, place) + 1


def _byte(data: bytes, chance: random.Random) -> Change:
    place = chance.randrange(len(data))
    return data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :], _at(data, place)


def _byte_more(data: bytes, chance: random.Random) -> Change:
    place = chance.randrange(len(data))
    return data[:place] + bytes([chance.randrange(256)]) + data[place:], _at(data, place)


def _byte_less(data: bytes, chance: random.Random) -> Change:
    place = chance.randrange(len(data))
    return data[:place] + data[place + 1 :], _at(data, place)


def _cut(data: bytes, chance: random.Random) -> Change:
    return data[: chance.randrange(len(data))], 0


def _encoded(data: bytes, chance: random.Random) -> Change:
    names = ("utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "gb18030", "big5", "shift_jis",
             "cp949", "euc_jp", "latin-1", "cp1252", "utf-32")  # fmt: skip
    return data.decode("utf-8").encode(chance.choice(names), errors="replace"), 0


def _foreign(_data: bytes, chance: random.Random) -> Change:
    forms = (
        b"", b"\n", b"PK\x03\x04x", b"\xd0\xcf\x11\xe0x", b"<!DOCTYPE html><p>", b"%PDF-1.7",
        b"\0" * 100, b"{}", b"[]", b'{"a": 1}', bytes(range(256)), b"-", b"\xef\xbb\xbf",
    )  # fmt: skip
    return chance.choice(forms), 0


def _lined(change: Callable[[list[str], random.Random], int]) -> Family:
    """A family that changes the lines of a text, and says which."""

    def family(data: bytes, chance: random.Random) -> Change:
        lines = data.decode("utf-8").split("\n")
        line = change(lines, chance)
        return "\n".join(lines).encode("utf-8", errors="surrogatepass"), line

    return family


def _inserted(lines: list[str], chance: random.Random) -> int:
    place = chance.randrange(len(lines))
    at = chance.randrange(len(lines[place]) + 1)
    lines[place] = lines[place][:at] + chance.choice(NASTY) + lines[place][at:]
    return place + 1


def _line_more(lines: list[str], chance: random.Random) -> int:
    place = chance.randrange(len(lines))
    more = (
        "# x", "合计,,,1", "西北算力表", "<<<<<<< HEAD", "=======", ">>>>>>> x", "---", "\tx: 1",
        "a: &a [1]", "x: *a", "x: !!set {a}", lines[chance.randrange(len(lines))],
    )  # fmt: skip
    lines.insert(place, chance.choice(more))
    return place + 1


def _quoted(lines: list[str], chance: random.Random) -> int:
    place = chance.randrange(len(lines))
    at = chance.randrange(len(lines[place]) + 1)
    lines[place] = lines[place][:at] + chance.choice(('"', "'", '""', '"x"')) + lines[place][at:]
    return place + 1


def _tabled(change: Callable[[list[list[str]], random.Random], int]) -> Family:
    """A family that changes the cells of a table, and says in which line."""

    def family(data: bytes, chance: random.Random) -> Change:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8"))))
        line = change(rows, chance)
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        return text.getvalue().encode("utf-8", errors="surrogatepass"), line

    return family


def _cell(rows: list[list[str]], chance: random.Random) -> int:
    place = chance.randrange(1, len(rows))
    rows[place][chance.randrange(len(rows[place]))] = chance.choice(NASTY)
    return place + 1


def _cell_more(rows: list[list[str]], chance: random.Random) -> int:
    place = chance.randrange(1, len(rows))
    column = chance.randrange(len(rows[place]))
    text = rows[place][column]
    at = chance.randrange(len(text) + 1)
    rows[place][column] = text[:at] + chance.choice(NASTY) + text[at:]
    return place + 1


def _header(rows: list[list[str]], chance: random.Random) -> int:
    place = chance.randrange(len(rows[0]))
    name = rows[0][place]
    rows[0][place] = chance.choice(
        ("", name + " ", name.upper(), name[1:], "\ufeff" + name, name + "\u200b", rows[0][0], "x")
    )
    return 1


def _width(rows: list[list[str]], chance: random.Random) -> int:
    place = chance.randrange(len(rows))
    column = chance.randrange(len(rows[place]))
    rows[place][column : column + chance.randrange(2)] = chance.choice(([], ["x", "y"]))
    return place + 1


def _delimited(data: bytes, chance: random.Random) -> Change:
    text, rows = io.StringIO(newline=""), csv.reader(io.StringIO(data.decode("utf-8")))
    csv.writer(text, delimiter=chance.choice(";\t|"), lineterminator="\n").writerows(rows)
    return text.getvalue().encode(), 0


def _key(lines: list[str], chance: random.Random) -> int:
    places = [
        n for n, line in enumerate(lines) if ":" in line and not line.lstrip().startswith("#")
    ]
    place = chance.choice(places)
    key, _, rest = lines[place].partition(":")
    bare = key.lstrip(" -")
    indent = key[: len(key) - len(bare)]
    lines[place] = indent + chance.choice(
        (f"{bare}x:{rest}", f"{bare[1:]}:{rest}", f"2026:{rest}", f"no:{rest}", f"? [x]:{rest}",
         f"{bare}:", f"{bare}: []", f"{bare}: 3", f"{bare}: null", f"{bare}: true",
         f"{bare}: {{a: 1}}", f"{bare}: [[[[[[[[[[[[[[1]]]]]]]]]]]]]]", f"{bare}: *x",
         f"{bare}: 2026-13-45", f"{bare} {rest}", f"  {bare}:{rest}", f"{bare}: .nan",
         f"{bare}: 1e999", f"{bare}: {chance.choice(NASTY)}")
    )  # fmt: skip
    return place + 1


def _line_less(lines: list[str], chance: random.Random) -> int:
    place = chance.randrange(len(lines))
    del lines[place]
    return place + 1


ANY: dict[str, Family] = {
    "byte changed": _byte, "byte more": _byte_more, "byte less": _byte_less, "file cut": _cut,
    "another encoding": _encoded, "another form": _foreign, "text inserted": _lined(_inserted),
    "line inserted": _lined(_line_more), "quote inserted": _lined(_quoted),
}  # fmt: skip
TABLE: dict[str, Family] = {
    "cell replaced": _tabled(_cell), "text in a cell": _tabled(_cell_more),
    "header changed": _tabled(_header), "row of another width": _tabled(_width),
    "another delimiter": _delimited,
}  # fmt: skip
YAML: dict[str, Family] = {"key changed": _lined(_key), "line taken out": _lined(_line_less)}
EXACT = frozenset({"cell replaced", "text in a cell"})  # of which one cell is at fault


def mutants(files: dict[str, bytes], count: int, seed: str = SEED) -> list[Mutant]:
    """So many mutants of the files, the same for the same seed, families in turn."""
    tables = sorted(name for name in files if name.endswith(".csv"))
    yamls = sorted(name for name in files if not name.endswith(".csv"))
    families = [(name, family, [*tables, *yamls]) for name, family in ANY.items()]
    families += [(name, family, tables) for name, family in TABLE.items()]
    families += [(name, family, yamls) for name, family in YAML.items()]
    families = [each for each in families if each[2]]  # which have a file to change
    made = []
    for number in range(count):
        name, family, among = families[number % len(families)]
        chance = random.Random(f"{seed}:{name}:{number}")
        file = chance.choice(among)
        data, line = family(files[file], chance)
        made.append(Mutant(name, number, file, data, line))
    return made
