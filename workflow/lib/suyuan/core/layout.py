"""Where everything lies, relative to the project's root."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from suyuan.core.errors import LookupFailed, Problem
from suyuan.core.names import in_time, is_edition
from suyuan.core.settings import EDITION, own, settled

CONFIG = "config/config.yaml"
FIGURES = "config/figures.yaml"
TEXTS = Path("workflow/schemas/texts.yaml")


def find_root(start: Path | None = None) -> Path | None:
    """Nearest folder at or above ``start`` that holds a Snakefile and a configuration, if any."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "Snakefile").is_file() and (folder / CONFIG).is_file():
            return folder
    return None


def project_root(start: Path | None = None) -> Path:
    """The same; raises LookupFailed E199 outside a project, E190 in one without configuration."""
    root = find_root(start)
    if root is None:
        here = (start or Path.cwd()).resolve()
        ours = any(
            all((f / n).is_file() for n in ("Snakefile", TEXTS)) for f in (here, *here.parents)
        )
        raise LookupFailed(Problem("E190" if ours else "E199", CONFIG))
    return root


@dataclass(frozen=True)
class Layout:
    """The folders of one edition."""

    root: Path
    edition: str

    @property
    def config(self) -> Path:
        return self.root / "config"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def schemas(self) -> Path:
        return self.root / "workflow/schemas"

    @property
    def raw(self) -> Path:
        return self.root / "data/raw" / self.edition

    @property
    def before(self) -> Layout | None:
        """The newest of the older editions that lie beside this one, None where there is none."""
        beside = (path.name for path in self.raw.parent.glob("*") if path.is_dir())
        older = [n for n in beside if is_edition(n) and in_time(n) < in_time(self.edition)]
        return Layout(self.root, max(older, key=in_time)) if older else None

    @property
    def processed(self) -> Path:
        return self.root / "data/processed" / self.edition

    @property
    def tables(self) -> Path:
        return self.processed / "tables"

    @property
    def figures(self) -> Path:
        return self.root / "figures" / self.edition

    @property
    def build(self) -> Path:
        return self.root / "build" / self.edition

    @property
    def drawings(self) -> Path:
        """What was drawn, of all editions: see figures/store.py."""
        return self.root / "build/drawings"

    @property
    def report(self) -> Path:
        return self.root / "report" / self.edition

    def read(self, path: Path) -> bytes:
        """The content of a file as this edition reads it: the configuration is its own."""
        data = path.read_bytes()
        if path != self.root / CONFIG:
            return data
        return settled(data, {EDITION: self.edition} | own(self.root, self.edition))

    def name(self, path: Path) -> str:
        """``path`` as messages and lineage print it: relative to the root, with '/'."""
        return path.relative_to(self.root).as_posix()
