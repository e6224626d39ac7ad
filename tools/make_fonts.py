# /// script
# requires-python = ">=3.11"
# dependencies = [
#   "fonttools==4.68.0",
#   "chws-tool==1.4.5",
#   "east-asian-spacing==1.4.5",
#   "uharfbuzz==0.57.0",
# ]
# ///
"""Make the vendored report fonts, or check them against their lock.

    uv run tools/make_fonts.py            # rebuild from npm, rewrite the lock
    python tools/make_fonts.py --check    # compare with the lock; no network

Each font is a static TTF from an npm package, verified by its integrity, given
contextual punctuation spacing (`chws`) where it has none, and cut down to the
characters of the report. The same sources, charset and tool versions give the same
bytes. The two indirect dependencies are pinned because they decide bytes too:
east-asian-spacing finds the pairs of `chws`, uharfbuzz packs the layout tables.
"""

# ruff: noqa: PLC0415  fontTools is imported where used, so that --check needs Python alone.

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FONT_DIR = ROOT / "templates" / "fonts"
LOCK = FONT_DIR / "fonts.lock.json"
LICENCE = FONT_DIR / "OFL.txt"
EXTRA = ROOT / "tools" / "charset_extra.txt"
# Everything whose text reaches the report.
TEXT_GLOBS = ("data/raw/**/*.csv", "config/*", "templates/**/*.jinja", "templates/*.yaml")

TOOLS = ("fonttools", "chws-tool", "east-asian-spacing", "uharfbuzz")
SUBSET_FLAGS = (
    "--layout-features=*",
    "--name-IDs=*",
    "--notdef-outline",
    "--glyph-names",
    "--no-recalc-timestamp",
)
# Whole Unicode blocks of signs: first and last code point, name.
SYMBOL_BLOCKS = (
    (0x0020, 0x007E, "ASCII"),
    (0x00A0, 0x00FF, "Latin-1"),
    (0x2000, 0x206F, "General Punctuation"),
    (0x2070, 0x209F, "Superscripts and Subscripts"),
    (0x20A0, 0x20CF, "Currency Symbols"),
    (0x2100, 0x214F, "Letterlike Symbols"),
    (0x2150, 0x218F, "Number Forms"),
    (0x2190, 0x21FF, "Arrows"),
    (0x2200, 0x22FF, "Mathematical Operators"),
    (0x2460, 0x24FF, "Enclosed Alphanumerics"),
    (0x2500, 0x257F, "Box Drawing"),
    (0x2580, 0x259F, "Block Elements"),
    (0x25A0, 0x25FF, "Geometric Shapes"),
    (0x2600, 0x26FF, "Miscellaneous Symbols"),
    (0x2700, 0x27BF, "Dingbats"),
    (0x3000, 0x303F, "CJK Symbols and Punctuation"),
    (0xFF00, 0xFFEF, "Halfwidth and Fullwidth Forms"),
)
# Categories that need no glyph: control, format, surrogate, private, unassigned, and
# variation selectors (Mn); checked only for the report of what is missing.
NO_GLYPH = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Mn"}


@dataclass(frozen=True)
class Package:
    """One release on npm; `integrity` is the sha512 that npm states for its tarball."""

    name: str
    version: str
    integrity: str


@dataclass(frozen=True)
class Source:
    """One font file inside a package, and the name it gets here."""

    output: str
    package: Package
    member: str


@dataclass(frozen=True)
class BuiltFont:
    """A subset on disk; `chws_from` is "source" or "chws-tool"."""

    source: Source
    path: Path
    chws_from: str
    glyphs: int
    characters: frozenset[str]
    copyright: str


SANS = Package(
    "@expo-google-fonts/noto-sans-sc",
    "0.4.3",
    "sha512-9rAwdFTFHbO/u6Cs0gj2jZbW74TGIiaFNQnXYH2s5wA1bzVkwbaviL4t8YUV642e"
    "GYjg86eH6DkAEQmfNHDncQ==",
)
SERIF = Package(
    "@expo-google-fonts/noto-serif-sc",
    "0.4.3",
    "sha512-fSmUpiSFtSeyHV45/2xUOy5SdfExklQwwMKN3cQjAZAujITHDmSbpMHCV"
    "dCMhRqMjQtu0ZRgc29u8A+CU3akfw==",
)
SOURCES = (
    Source("NotoSansSC-Regular.ttf", SANS, "package/400Regular/NotoSansSC_400Regular.ttf"),
    Source("NotoSansSC-Bold.ttf", SANS, "package/700Bold/NotoSansSC_700Bold.ttf"),
    Source("NotoSerifSC-Bold.ttf", SERIF, "package/700Bold/NotoSerifSC_700Bold.ttf"),
)


class FontError(Exception):
    """A font cannot be made, or does not match the lock."""


# Charset


def gb2312_characters() -> set[str]:
    """Return every character of GB2312: 6763 hanzi and 682 signs."""
    rows, cells = range(0xA1, 0xF8), range(0xA1, 0xFF)
    codes = (bytes([row, cell]) for row in rows for cell in cells)
    return set("".join(code.decode("gb2312", errors="ignore") for code in codes))


def symbol_characters() -> set[str]:
    """Return the characters of the symbol blocks, whether assigned or not."""
    return {chr(code) for first, last, _ in SYMBOL_BLOCKS for code in range(first, last + 1)}


def extra_characters(text: str) -> set[str]:
    """Return the characters before '#' on each line; white space does not count."""
    kept = "".join(line.partition("#")[0] for line in text.splitlines())
    # The ideographic space is white space to Python, and wanted.
    return {char for char in kept if char == "\u3000" or not char.isspace()}


def text_characters(root: Path) -> set[str]:
    """Return every character of the data, config and template files under `root`."""
    paths = (path for pattern in TEXT_GLOBS for path in root.glob(pattern))
    texts = (
        path.read_text(encoding="utf-8")
        for path in paths
        if path.is_file() and not path.name.startswith(".")
    )
    return set().union(*texts)


# Sources


def integrity_of(content: bytes) -> str:
    """Return the sha512 of a tarball as npm writes it."""
    digest = hashlib.sha512(content).digest()
    return "sha512-" + base64.b64encode(digest).decode("ascii")


def fetch_package(package: Package, folder: Path) -> Path:
    """Fetch a package with `npm pack` into `folder`; return the verified tarball.

    Raises FontError if npm fails or the tarball is not the pinned one.
    """
    folder.mkdir()
    spec = f"{package.name}@{package.version}"
    command = ["npm", "pack", spec, "--silent", "--ignore-scripts"]
    command += ["--pack-destination", str(folder)]
    if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:
        raise FontError(f"{spec}: npm pack failed; is the registry reachable?")
    (tarball,) = folder.glob("*.tgz")
    found = integrity_of(tarball.read_bytes())
    if found != package.integrity:
        raise FontError(f"{spec}: integrity is {found}, expected {package.integrity}")
    return tarball


def read_member(tarball: Path, member: str) -> bytes:
    """Return one file of a tarball. Raises FontError if it is not there."""
    with tarfile.open(tarball) as archive:
        try:
            stream = archive.extractfile(member)
        except KeyError:
            stream = None
        if stream is None:
            raise FontError(f"{tarball.name}: no file {member}")
        return stream.read()


# Fonts


def has_chws(font: TTFont) -> bool:
    """Tell whether the font has contextual half-width spacing."""
    records = font["GPOS"].table.FeatureList.FeatureRecord
    return any(record.FeatureTag == "chws" for record in records)


def add_chws(path: Path) -> None:
    """Add `chws` and `vchw` to the font file in place.

    Raises FontError if chws-tool finds nothing to add.
    """
    import chws_tool

    if chws_tool.add_chws(path) is None:
        raise FontError(f"{path.name}: chws-tool added nothing")


def subset_font(font: TTFont, characters: Iterable[str]) -> None:
    """Cut the font down to `characters` in place; those it lacks are skipped."""
    from fontTools import subset

    options = subset.Options()
    options.parse_opts(list(SUBSET_FLAGS))
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters))
    subsetter.subset(font)


def write_subset(original: Path, output: Path, characters: Iterable[str]) -> str:
    """Write the subset of `original` to `output`; tell where its `chws` comes from.

    `original` is changed if it has no `chws`. Raises FontError if there is none in the
    end.
    """
    from fontTools.ttLib import TTFont

    with TTFont(original) as font:
        modified = font["head"].modified
        native = has_chws(font)
    if not native:
        add_chws(original)
    with TTFont(original, recalcTimestamp=False) as font:
        # chws-tool stamps the current time; the bytes must not depend on it.
        font["head"].modified = modified
        subset_font(font, characters)
        if not has_chws(font):
            raise FontError(f"{output.name}: no chws after subsetting")
        font.save(output)
    return "source" if native else "chws-tool"


def read_built(source: Source, path: Path, chws_from: str) -> BuiltFont:
    """Return what the lock, the licence and the report say about a built font."""
    from fontTools.ttLib import TTFont

    with TTFont(path) as font:
        return BuiltFont(
            source=source,
            path=path,
            chws_from=chws_from,
            glyphs=font["maxp"].numGlyphs,
            characters=frozenset(map(chr, font.getBestCmap())),
            copyright=font["name"].getDebugName(0),
        )


# Lock


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def source_pin(source: Source) -> dict[str, str | int]:
    """Return the lock fields that say where a font comes from."""
    return {
        "package": source.package.name,
        "version": source.package.version,
        "integrity": source.package.integrity,
        "member": source.member,
    }


def lock_entry(font: BuiltFont) -> dict[str, str | int]:
    """Return what the lock says about one built font."""
    return source_pin(font.source) | {
        "chws_from": font.chws_from,
        "bytes": font.path.stat().st_size,
        "glyphs": font.glyphs,
        "characters": len(font.characters),
        "sha256": sha256_of(font.path),
    }


def check_pins(lock: dict[str, Any]) -> list[str]:
    """Return the fonts whose pinned source is not the one they were built from."""
    return [
        f"{source.output}: pinned source differs from {LOCK.name}"
        for source in SOURCES
        if not source_pin(source).items() <= lock["fonts"].get(source.output, {}).items()
    ]


def check_fonts(folder: Path, lock: dict[str, Any]) -> list[str]:
    """Return what is wrong with the vendored files: missing, changed or unlisted."""
    expected = {name: entry["sha256"] for name, entry in lock["fonts"].items()}
    expected |= {name: entry["sha256"] for name, entry in lock["licence"].items()}
    problems = []
    for name, digest in expected.items():
        path = folder / name
        if not path.is_file():
            problems.append(f"{name}: missing")
        elif sha256_of(path) != digest:
            problems.append(f"{name}: sha256 differs from {LOCK.name}")
    unlisted = {path.name for path in folder.glob("*.[to]tf")} - expected.keys()
    return problems + [f"{name}: not in {LOCK.name}" for name in sorted(unlisted)]


# Licence


def licence_text(fonts: list[BuiltFont], package_licences: dict[str, str]) -> str:
    """Return the OFL with the copyright lines of the fonts and of their packages.

    The package's own line is kept beside the font's, because they differ and the OFL
    asks for the notice to stay. The body is that of the first package.
    """
    notices = [f"{font.source.output}: {font.copyright}" for font in fonts]
    notices += [f"{name} (npm): {text.splitlines()[0]}" for name, text in package_licences.items()]
    body = next(iter(package_licences.values())).partition("\n")[2]
    changes = (
        "These are modified versions: subset to the characters of the report, with\n"
        f"contextual punctuation spacing (chws) added where {LOCK.name} says so."
    )
    return "\n".join(notices) + f"\n\n{changes}\n{body.rstrip()}\n"


# Commands


def describe(characters: Iterable[str]) -> str:
    """Return the characters in code point order, each with its number."""
    return " ".join(f"{char}(U+{ord(char):04X})" for char in sorted(characters))


def drawable(characters: Iterable[str]) -> set[str]:
    """Return the characters that need a glyph."""
    return {char for char in characters if unicodedata.category(char) not in NO_GLYPH}


def missing_report(named: set[str], covered: frozenset[str]) -> Iterator[str]:
    """Say which characters have no glyph.

    `named` characters (GB2312, texts, extra list) one by one, those of whole blocks
    as counts.
    """
    missing = drawable(named) - covered
    yield f"missing, named: {describe(missing) or 'none'}"
    for first, last, name in SYMBOL_BLOCKS:
        block = drawable(map(chr, range(first, last + 1)))
        if absent := len(block - covered):
            yield f"missing, block {name}: {absent} of {len(block)}"


def named_characters() -> set[str]:
    """Return the characters that are asked for by name, not as part of a block."""
    extra = extra_characters(EXTRA.read_text(encoding="utf-8"))
    return gb2312_characters() | text_characters(ROOT) | extra


def build_all(work: Path, characters: Iterable[str]) -> tuple[list[BuiltFont], str]:
    """Build every font in the folder `work`; return them and the licence text."""
    packages = dict.fromkeys(source.package for source in SOURCES)
    tarballs = {
        package: fetch_package(package, work / package.name.rpartition("/")[2])
        for package in packages
    }
    fonts = []
    for source in SOURCES:
        original = work / Path(source.member).name
        original.write_bytes(read_member(tarballs[source.package], source.member))
        output = work / source.output
        chws_from = write_subset(original, output, characters)
        fonts.append(read_built(source, output, chws_from))
    licences = {
        package.name: read_member(tarball, "package/LICENSE_FONT").decode("utf-8")
        for package, tarball in tarballs.items()
    }
    return fonts, licence_text(fonts, licences)


def vendor(fonts: list[BuiltFont], licence: str) -> None:
    """Put the fonts, the licence and the lock into the vendored folder."""
    FONT_DIR.mkdir(parents=True, exist_ok=True)
    for font in fonts:
        shutil.copyfile(font.path, FONT_DIR / font.source.output)
    LICENCE.write_text(licence, encoding="utf-8", newline="\n")
    lock = {
        "tools": {tool: version(tool) for tool in TOOLS},
        "subset_flags": list(SUBSET_FLAGS),
        "fonts": {font.source.output: lock_entry(font) for font in fonts},
        "licence": {LICENCE.name: {"sha256": sha256_of(LICENCE)}},
    }
    LOCK.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8", newline="\n")


def build() -> None:
    """Rebuild fonts, licence and lock from npm, and report what was made."""
    named = named_characters()
    with tempfile.TemporaryDirectory() as name:
        fonts, licence = build_all(Path(name), named | symbol_characters())
        vendor(fonts, licence)
    for font in fonts:
        size = (FONT_DIR / font.source.output).stat().st_size
        print(
            f"{font.source.output}: {size} bytes, {font.glyphs} glyphs, "
            f"{len(font.characters)} characters, chws from {font.chws_from}"
        )
    # A character counts as covered only if every font has it.
    covered = frozenset.intersection(*(font.characters for font in fonts))
    print(*missing_report(named, covered), sep="\n")


def check() -> None:
    """Compare the vendored files with the lock. Raises FontError if they differ."""
    if not LOCK.is_file():
        raise FontError(f"{LOCK.name}: missing; run tools/make_fonts.py")
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    if problems := check_pins(lock) + check_fonts(FONT_DIR, lock):
        raise FontError("\n".join(problems))
    print(f"{LOCK.name}: all files match")


def main() -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the lock")
    arguments = parser.parse_args()
    try:
        if arguments.check:
            check()
        else:
            build()
    except FontError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
