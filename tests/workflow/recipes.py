"""The recipes of CONTRIBUTING.md, read as a newcomer reads them: what to write into which file.

A fenced block names its file after the language. Rows of a table go to its end, below the header
that the block repeats. Lines of another file follow the line that the block begins with, where the
file has that line, and else go to its end. A file that is not there yet is the block. A block of
``sh`` is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RECIPE = re.compile(r"^## (Add .+)$", re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Misleading(Exception):
    """The recipe cannot be followed as it stands."""


@dataclass(frozen=True)
class Block:
    """What to write into a file, or with no file: what to run."""

    language: str
    file: str
    text: str

    def follow(self, root: Path) -> None:
        """Write it into the project. Raises Misleading where its beginning is not the file's."""
        path = root / self.file
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(self.text, encoding="utf-8")
            return
        old = path.read_text(encoding="utf-8")
        head, _, rest = self.text.partition("\n")
        places = [found.end() for found in re.finditer(f"^{re.escape(head)}\n", old, re.MULTILINE)]
        if path.suffix == ".csv":
            if places != [len(head) + 1]:
                raise Misleading(f"{self.file} does not begin with {head!r}")
            text = old + rest
        elif places:
            if len(places) > 1:
                raise Misleading(f"{self.file} has {len(places)} times {head!r}")
            text = old[: places[0]] + rest + old[places[0] :]
        else:
            text = old + self.text
        path.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Recipe:
    """A section of CONTRIBUTING.md."""

    title: str
    blocks: tuple[Block, ...]

    @property
    def files(self) -> set[str]:
        """The files that a newcomer touches."""
        return {block.file for block in self.blocks if block.file}


def recipes(text: str, edition: str) -> Iterator[Recipe]:
    """Every recipe, for an edition."""
    parts = RECIPE.split(text.replace("<edition>", edition))[1:]
    for title, body in zip(parts[::2], parts[1::2], strict=True):
        yield Recipe(title, tuple(Block(*found) for found in BLOCK.findall(body)))
