"""What can go wrong, drawn as a tree.

SuyuanError
├── ReportedError      problems a person can mend; shown without a traceback
│   ├── DataError          a raw row breaks the contract
│   ├── ConfigError        a configuration file does
│   ├── ProseError         a template prints what no fact backs
│   ├── IndexFault         what an index is computed from does not hold together
│   ├── LineageRefuted     a lineage file does not agree with the data
│   ├── LookupFailed       nothing by that name: edition, value, figure
│   ├── StaleBuild         a file changed while the report was being built
│   ├── BrokenFile         a file that a stage has written is not whole
│   ├── MachineError       no room, no permission, no such file
│   ├── Locked             another publication is at work, or may be
│   ├── BrokenFont         a font of the report is missing or not whole
│   └── PdfError           the document cannot become a PDF that keeps its promises (pdf.py)
├── LineageError       the code misuses values; mistaken code, or data that do not add up
│   ├── UnknownValue       no value has that id
│   ├── DuplicateValue     two computations claim one id
│   ├── CircularValue      a value is made from itself
│   ├── NotComputable      the parents give no value: a zero below a ratio
│   ├── OutOfBounds        the result cannot be what its indicator measures
│   ├── UnitMismatch       an operation mixes units
│   └── BasisMismatch      a sum mixes what must not be added
├── UnnotedRead        the code reads what nobody takes down
└── UnsupportedWeasyPrint  another version than the one justify.py was written for
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """One thing to mend: a message code, where it is, and the words the message needs.

    ``row`` is the line number an editor shows (the header is line 1); 0: the file as a whole.
    """

    code: str
    file: str
    row: int = 1
    column: str = ""
    value: str = ""
    details: dict[str, str] = field(default_factory=dict, hash=False)


def whole(code: str, file: str, value: str = "", details: dict[str, str] | None = None) -> Problem:
    """A problem of a file or folder as a whole: it names no row."""
    return Problem(code, file, 0, value=value, details=details or {})


class SuyuanError(Exception):
    """Everything this package raises on purpose; each can cross from one process to another."""


class ReportedError(SuyuanError):
    """Problems that a person can mend, each with its place and remedy."""

    def __init__(self, problems: Problem | Iterable[Problem]) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "; ".join(f"{p.code} {p.file}:{p.row}:{p.column}" for p in self.problems)


class DataError(ReportedError):
    """A raw row breaks the data contract."""


class ConfigError(ReportedError):
    """A configuration file does not say what it must."""


class ProseError(ReportedError):
    """A template prints something that no fact backs."""


class IndexFault(ReportedError):
    """The data, tree or recipe of an index does not say what it must: told in words of its own."""


class LineageRefuted(ReportedError):
    """A lineage file does not agree with the data or with itself."""


class LookupFailed(ReportedError):
    """Nothing has the name that was asked for."""


class StaleBuild(ReportedError):
    """A file is no longer the one that the report was made from."""


class BrokenFile(ReportedError):
    """A file that a stage has written is not whole."""


class BrokenFont(ReportedError):
    """A font of the report is missing, or not the one in the fonts' lock."""


class Locked(ReportedError):
    """Another publication is at work, or may be."""


class MachineError(ReportedError):
    """The machine does not do what was asked of it: no room, no permission, no such file."""


NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
ANOTHER_SORT = frozenset({errno.EISDIR, errno.ENOTDIR})


def unreadable(error: OSError, root: Path) -> MachineError:
    """What a person is told of an error of the file system: E401 to E404, E417, E418."""
    place = error.filename2 or error.filename  # of a renaming its target: the source is ours
    path = Path(os.fsdecode(place)) if place else root
    name = os.path.relpath(path, root)
    if error.errno in NO_ROOM:
        return MachineError(whole("E401", name))
    if error.errno in FORBIDDEN:
        return MachineError(whole("E402", name))
    if error.errno == errno.ENOENT:
        return MachineError(whole("E403", name))
    if error.errno in ANOTHER_SORT:
        return MachineError(whole("E417", name))
    if error.errno == errno.ELOOP:
        return MachineError(whole("E418", name))
    return MachineError(whole("E404", name, value=error.strerror or type(error).__name__))


def reported(error: ReportedError | OSError, root: Path) -> ReportedError:
    """What a person is told of either: problems."""
    return unreadable(error, root) if isinstance(error, OSError) else error


class UnnotedRead(SuyuanError):
    """Something is read outside a reading, so that nobody would know what it decides."""


class LineageError(SuyuanError):
    """Values do not go together. ``value_id`` is the one asked for, ``parents`` its inputs.

    ``mixed`` names the units or bases that met.
    """

    def __init__(
        self, value_id: str, parents: Iterable[str] = (), mixed: Iterable[str] = ()
    ) -> None:
        self.value_id, self.parents, self.mixed = value_id, tuple(parents), tuple(mixed)
        super().__init__(self.value_id, self.parents, self.mixed)

    def __str__(self) -> str:
        details = [", ".join(words) for words in (self.parents, self.mixed) if words]
        return ": ".join([self.value_id, *details])


class UnknownValue(LineageError):
    """No value has that id."""


class DuplicateValue(LineageError):
    """Two computations claim the same id."""


class CircularValue(LineageError):
    """A value is made from itself."""


class NotComputable(LineageError):
    """The parents give no value, as a zero below a ratio."""


class OutOfBounds(LineageError):
    """The result cannot be what its indicator measures, as a share above one."""


class UnitMismatch(LineageError):
    """An operation mixes units."""


class BasisMismatch(LineageError):
    """A sum mixes bases, such as infrastructure and device-side compute."""
