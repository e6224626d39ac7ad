"""Quarterly: what a schedule runs, unattended. Whatever comes of it, people are told.

Which edition is due, whether it lacks anything, its publication, and a notice of how that ended.
Where there is nothing to do, nobody is told anything.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from suyuan.contract.messages import catalogue, message, report, worded
from suyuan.core.errors import (
    ConfigError,
    DataError,
    Locked,
    LookupFailed,
    Problem,
    ReportedError,
    reported,
    unreadable,
)
from suyuan.publish import building, notices, work
from suyuan.publish.publication import FAILED, PUBLISHED, REFUSED, UNCHANGED, Outcome, publish
from suyuan.publish.standing import edition_due, held, standing
from suyuan.publish.standing import said as stands
from suyuan.publish.stopping import stoppable

Say = Callable[[str], object]
STARTED = "started"
REFUSALS = (DataError, ConfigError, LookupFailed, Locked)  # a person has to do something first


@dataclass(frozen=True)
class Quarterly:
    """One run: in which project, and to whom it speaks."""

    root: Path
    say: Say
    addresses: Sequence[str]
    logs: list[Path] = field(default_factory=list)

    def run(self, publication: Callable[..., Outcome]) -> Outcome:
        """Publish what is due. A problem is told by a notice, and raised again."""
        edition = "?"
        try:
            edition = edition_due()
            outcome = stoppable(lambda: self._published(edition, publication))
        except (ReportedError, OSError) as error:
            known = reported(error, self.root)
            self._tell(_kind(known), edition, reasons=self._lines(known.problems), log=self._log())
            raise
        except BaseException as error:  # a fault of ours: the terminal has its traceback
            said = traceback.format_exception_only(error)
            self._tell(FAILED, edition, reasons="".join(said).splitlines(), log=self._log())
            raise
        if outcome.kind != UNCHANGED or outcome.untold:
            self._tell(
                PUBLISHED if outcome.untold else outcome.kind, outcome.name or edition,
                reasons=outcome.reasons, changes=outcome.changes, log=outcome.log,
            )  # fmt: skip
        return outcome

    def _published(self, edition: str, publication: Callable[..., Outcome]) -> Outcome:
        self._unlocked()
        found = standing(self.root, edition)
        held(found)
        self.say(stands(found))
        build = self._announced(edition)
        return publication(self.root, edition, say=self.say, build=build, once=True)

    def _unlocked(self) -> None:
        """Remove a lock that a dead Snakemake has left; one that may be held is only told of."""
        if found := building.unlock(self.root):
            if found.code == building.LEFT:
                self.say(self._words["unlocked_snakemake"].format(pid=found.value))
            else:  # the publication is built apart and needs no lock of this folder
                self.say(message(found, self.root / "templates"))

    def _announced(self, edition: str) -> Callable[[Path, str, Path], work.Done]:
        """The build of a publication, with a notice when it starts."""

        def build(folder: Path, name: str, log: Path) -> work.Done:
            self.logs.append(log)
            self._tell(STARTED, edition)
            return work.build(folder, name, log)

        return build

    def _log(self) -> str:
        """What a build that has begun has said."""
        found = (path for path in self.logs if path.is_file())
        return "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in found)

    def _tell(self, kind: str, edition: str, **parts: Any) -> None:
        about = {"edition": edition, "project": self.root.name}
        try:
            notice = notices.composed(self._words, kind, about, **parts)
        except (ReportedError, OSError):  # there are no words; what is wrong with them is a reason
            notice = notices.wordless(kind, about, parts.get("reasons", ()))
        for line in notices.sent(notice, self.addresses):
            self.say(worded(self.root / "templates", "notice_unsent", what=line) or line)

    def _lines(self, problems: Sequence[Problem]) -> list[str]:
        templates = self.root / "templates"
        return report(problems, templates, most=len(problems)).splitlines()[1:] or [
            str(ReportedError(problems))
        ]

    @property
    def _words(self) -> Mapping[str, str]:
        return catalogue(self.root / "templates")


def _kind(error: ReportedError) -> str:
    """What is not ready is refused; what the machine does not do has failed."""
    return REFUSED if isinstance(error, REFUSALS) else FAILED


def quarterly(root: Path, say: Say, publication: Callable[..., Outcome] = publish) -> Outcome:
    """Publish the edition that is due by the clock, and tell people.

    Raises what ``standing`` and ``publish`` raise, after a notice of it.
    """
    try:
        addresses = notices.addresses()
    except OSError as error:
        addresses = []
        say(message(unreadable(error, root).problems[0], root / "templates"))
    if not addresses:
        say(catalogue(root / "templates")["notice_nowhere"])
    return Quarterly(root, say, addresses).run(publication)
