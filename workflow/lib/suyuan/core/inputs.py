"""Which files the report is made from: kinds of files, by folder.

What stands here is tracked, attested and read; any other file beside them (an editor's backup,
a lock, a copy made by hand) is no input. A kind is a folder, a pattern, and for tables the
schemas that name them.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from suyuan.core.files import read_yaml, there
from suyuan.core.layout import Layout
from suyuan.core.libraries import LOCK, described

PLAIN = re.compile(
    r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
)  # no ~$x, .~lock, "x (1)", "x 副本" or ".DS_Store"
LIBRARIES = "libraries"  # the one kind that is no file: what is installed
SETTINGS = "settings"  # the one kind whose content is not what the file has: Layout.read
DIGITS = 16
ANYWHERE = "**"  # in a pattern: in any folder below


def matching(folder: Path, pattern: str) -> list[Path]:
    """Files below a folder that match a pattern and bear plain names, sorted; none without it.

    Raises OSError for a folder that nobody may list, and for what bears such a name and is no file:
    ``there``.
    """
    if not os.path.lexists(folder):
        return []
    for _ in os.walk(folder, onerror=_raised) if ANYWHERE in pattern else os.scandir(folder):
        pass  # a pattern passes over what may not be listed
    depth = len(folder.parts)
    found = (path for path in folder.glob(pattern) if all(map(PLAIN.fullmatch, path.parts[depth:])))
    return sorted(filter(there, found), key=os.fspath)


def some(folder: Path, pattern: str) -> list[Path]:
    """The same where there must be one. Raises FileNotFoundError that names the folder."""
    found = matching(folder, pattern)
    if not found:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    return found


def _raised(error: OSError) -> None:
    raise error


@lru_cache
def _optional(schema: Path, _content: bytes) -> bool:
    """Whether a table may be missing; read once for each content, since many editions ask."""
    return bool(read_yaml(schema).get("optional"))


@dataclass(frozen=True)
class Files:
    """Files below ``folder`` that match one of ``patterns``; ``{edition}`` is the edition.

    With ``schemas`` exactly the tables that have a schema there, be they present or not; those that
    their schema calls optional only where they are present.
    """

    folder: str
    patterns: tuple[str, ...] = ()
    schemas: str = ""

    def of(self, layout: Layout) -> Iterator[Path]:
        """The files, in no order."""
        folder = layout.root / self.folder.format(edition=layout.edition)
        if self.schemas:
            named = Files(f"workflow/schemas/{self.schemas}", ("*.yaml",)).of(layout)
            for schema in named:
                path = folder / f"{schema.stem}.csv"
                if path.is_file() or not _optional(schema, schema.read_bytes()) or there(path):
                    yield path
        for pattern in self.patterns:
            yield from matching(folder, pattern)


@dataclass(frozen=True)
class Before:
    """The same files of the edition before, where there is one: what changed since is shown."""

    files: Files

    @property
    def folder(self) -> str:
        return self.files.folder

    def of(self, layout: Layout) -> Iterator[Path]:
        """The files, in no order."""
        if layout.before:
            yield from self.files.of(layout.before)


RAW = Files("data/raw/{edition}", schemas="raw")
KINDS: dict[str, tuple[Files | Before, ...]] = {
    "raw": (RAW,),
    "before": (Before(RAW),),
    SETTINGS: (Files("config", ("config.yaml",)),),
    "config": (Files("config", schemas="config"),),
    "claims": (Files("config", ("claims.yaml",)),),
    "marks": (Files("config", ("trace.yaml",)),),
    "plots": (Files("config", ("figures.yaml",)),),
    "schemas": (Files("workflow/schemas", ("*.yaml", "*/*.yaml")),),
    "messages": (Files("templates", ("messages.yaml",)),),
    "templates": (
        Files("templates", ("**/*.html.jinja", "words.yaml", "lint.yaml", "relations.yaml")),
        Files("templates/diff", ("words.yaml",)),  # of what changed since the edition before
        Files("templates/styles", ("*.css",)),
        Files("templates/scripts", ("*.js",)),
    ),
    "fonts": (Files("templates/fonts", ("*.ttf", "fonts.lock.json", "OFL.txt")),),
    "code": (Files("workflow/lib/suyuan", ("**/*.py",)),),
    "workflow": (
        Files("", ("Snakefile", LOCK)),
        Files("workflow/rules", ("*.smk",)),
        Files("workflow/envs", ("*.yml",)),
        Files("profiles", ("*/config.yaml", "*/*.sh")),
    ),
}  # fmt: skip
OF_EDITION = "{edition}"  # in the folder of a kind of which each edition has its own
SHARED = frozenset(
    kind for kind, parts in KINDS.items() if not any(OF_EDITION in part.folder for part in parts)
) - {SETTINGS} | {LIBRARIES}


def files(layout: Layout, kind: str) -> list[Path]:
    """The files of a kind by name. Raises KeyError for a kind that is none."""
    found = {path for part in KINDS[kind] for path in part.of(layout)}
    return sorted(found, key=os.fspath)


def folder(layout: Layout, kind: str) -> str:
    """Where a person looks for a kind's files, as messages name it."""
    first = KINDS[kind][0] if kind in KINDS else Files("", (LOCK,))
    named = first.folder or next(iter(getattr(first, "patterns", ())))  # of the root: a file
    return named.format(edition=layout.edition)


def _content(file: str) -> bytes:
    with open(file, "rb", buffering=0) as opened:  # noqa: PTH123  hundreds, in milliseconds
        return opened.read()


def digest_of(root: Path, paths: Iterable[Path], read: Callable[[str], bytes] = _content) -> str:
    """One hex digest over the names and contents of ``paths``, whatever their order and age.

    Names count relative to ``root``, so that two clones agree.
    """
    total, above = hashlib.sha256(), "" if root == Path() else f"{root}/"
    for file in sorted(map(os.fspath, paths)):
        try:
            content = hashlib.sha256(read(file)).hexdigest()
        except FileNotFoundError:
            content = "missing"
        total.update(f"{file.removeprefix(above)}\0{content}\n".encode())
    return total.hexdigest()


def _reader(layout: Layout, kind: str) -> Callable[[str], bytes]:
    return (lambda file: layout.read(Path(file))) if kind == SETTINGS else _content


def digests(layout: Layout, kinds: Iterable[str]) -> dict[str, str]:
    """A short digest of each kind's files, and of the installed libraries where asked for."""
    return {
        kind: (
            hashlib.sha256(described(layout.root).encode()).hexdigest()
            if kind == LIBRARIES
            else digest_of(layout.root, files(layout, kind), _reader(layout, kind))
        )[:DIGITS]
        for kind in kinds
    }
