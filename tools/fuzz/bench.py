"""What `suyuan check` says of mutants, in memory on a copy of the project.

The data are computed again only where a table has changed.
"""

from __future__ import annotations

import csv
import io
import shutil
import traceback
from dataclasses import dataclass
from pathlib import Path

from suyuan.contract.config import edition_layout, read_config
from suyuan.contract.messages import catalogue, report
from suyuan.contract.unseen import unseen
from suyuan.core.errors import ReportedError, unreadable
from suyuan.stages import check
from tools.fuzz.mutants import EXACT, Mutant

ACCEPTED, TOLD = "accepted", "told"
TRACEBACK, UNSEEN = "traceback", "unseen character accepted"
ELSEWHERE, ROW = "told of another file", "told at another row"
WRONG = (TRACEBACK, UNSEEN, ELSEWHERE, ROW)
COPIED = ("config", "data/raw", "templates", "workflow/schemas", "Snakefile")
MUTATED = ("config/*.csv", "config/*.yaml", "data/raw/{edition}/*.csv", "templates/*.yaml")
NOT_CHECKED = frozenset(
    {"config/editions.csv", "config/publication.yaml"}
)  # read by other commands


@dataclass(frozen=True)
class Verdict:
    """What became of a mutant, and what was said."""

    mutant: Mutant
    outcome: str
    said: str = ""


class Bench:
    """A copy of a project in which one file at a time is another."""

    def __init__(self, source: Path, root: Path) -> None:
        for name in COPIED:
            path = source / name
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, target)  # type: ignore[operator]
        self.root, self.config = root, read_config(root)
        self.layout = edition_layout(root, self.config.edition)
        self.found = check.computed(self.layout, self.config)

    def files(self) -> dict[str, bytes]:
        """The files that are mutated, by name."""
        patterns = (pattern.format(edition=self.layout.edition) for pattern in MUTATED)
        paths = (path for pattern in patterns for path in self.root.glob(pattern))
        names = {self.layout.name(path): path for path in paths}
        return {name: p.read_bytes() for name, p in names.items() if name not in NOT_CHECKED}

    def judge(self, mutant: Mutant) -> Verdict:
        """Check the project with a mutant in it."""
        path = self.root / mutant.file
        before = path.read_bytes()
        path.write_bytes(mutant.data)
        catalogue.cache_clear()
        try:
            self._check(mutant)
        except (ReportedError, OSError) as error:
            told = error if isinstance(error, ReportedError) else unreadable(error, self.root)
            return self._told(mutant, told)
        except Exception:  # what nobody foresaw is what is looked for
            return Verdict(mutant, TRACEBACK, "".join(traceback.format_exc().splitlines(True)[-3:]))
        finally:
            path.write_bytes(before)
            catalogue.cache_clear()
        return Verdict(mutant, UNSEEN if _hides(mutant) else ACCEPTED)

    def _check(self, mutant: Mutant) -> None:
        config = read_config(self.root)
        layout = edition_layout(self.root, config.edition)
        table = mutant.file.endswith(".csv") or config != self.config
        found = check.computed(layout, config) if table else self.found
        check.check_described(layout, config, found)
        report((), layout.templates)

    def _told(self, mutant: Mutant, error: ReportedError) -> Verdict:
        said = report(error.problems, self.root / "templates")
        places = {(problem.file, problem.row) for problem in error.problems}
        if all(file != mutant.file for file, _ in places) and mutant.file not in said:
            return Verdict(mutant, ELSEWHERE, said)
        exact = mutant.family in EXACT and (mutant.file, mutant.line) not in places
        return Verdict(mutant, ROW if exact else TOLD, said)


def _hides(mutant: Mutant) -> bool:
    """Whether a cell of a table that was accepted holds what people do not see."""
    if not mutant.file.endswith(".csv"):
        return False
    try:
        text = mutant.data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = mutant.data.decode("gb18030")
    rows = csv.reader(io.StringIO(text))
    return any(unseen(cell.strip()) for row in rows for cell in row)
