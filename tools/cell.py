"""The cell that benches change: the compute of Gansu, and how its source prints it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

ROW = ",{0},Eflops,=,,,medium,,总规模精度未注明。,{0}(Eflops),"
PRINTED = "114.5"


@dataclass(frozen=True)
class Cell:
    """It, in its file as that was."""

    path: Path
    text: str

    @classmethod
    def of(cls, folder: Path, edition: str) -> Cell:
        """That of an edition in a copy of the project; ends the bench where there is none."""
        path = folder / f"data/raw/{edition}/observations.csv"
        found = cls(path, path.read_text(encoding="utf-8"))
        if ROW.format(PRINTED) not in found.text:
            sys.exit(f"{path} has no cell {ROW.format(PRINTED)}")
        return found

    def put(self, other: str) -> None:
        """Let another number stand there."""
        text = self.text.replace(ROW.format(PRINTED), ROW.format(other), 1)
        self.path.write_text(text, encoding="utf-8")

    def restore(self) -> None:
        """Let the file be as it was."""
        self.path.write_text(self.text, encoding="utf-8")
