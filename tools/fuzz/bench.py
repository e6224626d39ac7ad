"""What `suyuan check` says of mutants, in memory on a copy of the project.

The data are computed again only where a table has changed.
"""

from __future__ import annotations

import csv
import io
import shutil
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from suyuan.contract.config import edition_layout, read_config
from suyuan.contract.configured import read_document
from suyuan.contract.messages import MESSAGES, catalogue, report
from suyuan.contract.tables import read_raw
from suyuan.contract.unseen import unseen
from suyuan.core.errors import ReportedError, reported
from suyuan.stages import check
from tools.fuzz.mutants import EXACT, Mutant

ACCEPTED, AS_BEFORE, TOLD = "accepted", "accepted, and reads as before", "told"
TRACEBACK, UNSEEN = "traceback", "unseen character accepted"
ELSEWHERE, ROW = "told of another file", "told at another row"
WRONG = (TRACEBACK, UNSEEN, ELSEWHERE, ROW)
COPIED = ("config", "data/raw", "templates", "workflow", "profiles", "Snakefile",
          "requirements.lock")  # fmt: skip
MUTATED = ("config/*.csv", "config/*.yaml", "data/raw/{edition}/*.csv", "templates/*.yaml")


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
            if not path.exists():
                continue
            target = root / name
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if path.is_dir() else shutil.copy
            copy(path, target)  # type: ignore[operator]
        self.root, self.config = root, read_config(root)
        self.layout = edition_layout(root, self.config.edition)
        self.found = check.computed(self.layout, self.config)
        self.read = {name: _read(root / name) for name in self.files()}

    def files(self) -> dict[str, bytes]:
        """The files that are mutated, by name."""
        patterns = (pattern.format(edition=self.layout.edition) for pattern in MUTATED)
        paths = (path for pattern in patterns for path in self.root.glob(pattern))
        return {self.layout.name(path): path.read_bytes() for path in paths}

    @contextmanager
    def holding(self, *mutants: Mutant) -> Iterator[None]:
        """The project with mutants in it, each of another file."""
        before = {mutant.file: (self.root / mutant.file).read_bytes() for mutant in mutants}
        try:
            self._write({mutant.file: mutant.data for mutant in mutants})
            yield
        finally:
            self._write(before)

    def _write(self, contents: Mapping[str, bytes]) -> None:
        for file, data in contents.items():
            (self.root / file).write_bytes(data)
        if MESSAGES in contents:
            catalogue.cache_clear()

    def judge(self, mutant: Mutant) -> Verdict:
        """Check the project with a mutant in it."""
        with self.holding(mutant):
            try:
                self._check(mutant)
                same = _read(self.root / mutant.file) == self.read[mutant.file]
            except (ReportedError, OSError) as error:
                return self._told(mutant, reported(error, self.root))
            except Exception:  # what nobody foresaw is what is looked for
                return Verdict(mutant, TRACEBACK, last_lines())
        if _hides(mutant):
            return Verdict(mutant, UNSEEN)
        return Verdict(mutant, AS_BEFORE if same else ACCEPTED)

    def _check(self, mutant: Mutant) -> None:
        config = read_config(self.root)
        layout = edition_layout(self.root, config.edition)
        check.check_settings(layout)
        table = mutant.file.endswith(".csv") or config != self.config
        found = check.computed(layout, config) if table else self.found
        check.check_described(layout, config, found)
        check.told(layout, found, answers=True)

    def _told(self, mutant: Mutant, error: ReportedError) -> Verdict:
        said = report(error.problems, self.root / "templates")
        places = {(problem.file, problem.row) for problem in error.problems}
        if all(file != mutant.file for file, _ in places) and mutant.file not in said:
            return Verdict(mutant, ELSEWHERE, said)
        own = any(file == mutant.file for file, _ in places)  # else others miss what it was
        name = f"{PurePosixPath(mutant.file).name}:{mutant.line}“"
        exact = own and mutant.family in EXACT
        missed = exact and (mutant.file, mutant.line) not in places and name not in said
        return Verdict(mutant, ROW if missed else TOLD, said)


def last_lines() -> str:
    """The end of the traceback of what is being handled."""
    return "".join(traceback.format_exc().splitlines(True)[-3:])


def _read(path: Path) -> object:
    """What the readers of a file give of it."""
    if path.suffix == ".csv":
        table = read_raw(path, path.name)
        return table.header, [cells for _, cells in table.records]
    return read_document(path, path.name).content


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
