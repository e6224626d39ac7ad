"""Where everything lies, relative to the project's root."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


def find_root(start: Path | None = None) -> Path:
    """Nearest folder at or above ``start`` that holds a Snakefile and config/config.yaml."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "Snakefile").is_file() and (folder / "config/config.yaml").is_file():
            return folder
    return here


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
    def report(self) -> Path:
        return self.root / "report" / self.edition

    def name(self, path: Path) -> str:
        """``path`` as messages and lineage print it: relative to the root, with '/'."""
        return path.relative_to(self.root).as_posix()
