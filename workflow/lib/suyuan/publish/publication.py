"""Publication: an edition pinned, built apart, held to the gates, put in its place in one step.

Whatever ends it before that step leaves the published editions as they were, and a folder that the
next one clears. What follows the step (``latest``, the pages over all editions) is made from the
manifests alone, so the next one makes up for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from suyuan.contract.config import edition_layout
from suyuan.contract.messages import catalogue, message
from suyuan.contract.strays import opened, stray_problems
from suyuan.core import clock
from suyuan.core.errors import LookupFailed, Problem, ReportedError, reported, whole
from suyuan.core.layout import Layout
from suyuan.core.names import QUARTER
from suyuan.publish import pin, shelf, site, work
from suyuan.publish.assembly import assemble, settle
from suyuan.publish.candidate import Candidate
from suyuan.publish.gates import GATES, Found, Gate, passed
from suyuan.publish.lock import locked
from suyuan.publish.policy import read_policy
from suyuan.publish.shelf import EDITIONS, Published
from suyuan.publish.standing import ARGUMENT
from suyuan.publish.stopping import undisturbed

PUBLISHED, UNCHANGED, REFUSED, FAILED = "published", "unchanged", "refused", "failed"
# How a line ends that tells what the machine did not do: no room, no permission, a killed process.
MACHINE = re.compile(r"\(E4(0[1-4]|08|09|12|13)\)$")
LOG_LINES = 20  # of the log, for a notice
Say = Callable[[str], object]
Build = Callable[[Path, str, Path], work.Done]


@dataclass(frozen=True)
class Outcome:
    """How a publication ended.

    ``kind`` is published, unchanged, refused or failed, where the machine did not do its part;
    ``name`` that of the published folder, '' where
    there is none; ``reasons`` are lines for people, of a published one why ``latest`` or the pages
    over all editions are not yet what they should be; ``changes`` what the comparison with the last
    edition says on a screen, ``log`` the last lines of what build and gates said. ``untold``: it
    was published by a run that was killed before it could say so.
    """

    kind: str
    edition: str
    name: str = ""
    reasons: Sequence[str] = ()
    changes: str | None = None
    log: str = ""
    untold: bool = False


@dataclass(frozen=True)
class Publication:
    """One run: of which edition, why again, and to whom it speaks."""

    root: Path
    edition: str
    reason: str | None
    say: Say
    gates: Sequence[Gate]
    build: Build
    once: bool
    refused: list[str] = field(default_factory=list)

    def run(self) -> Outcome:
        layout = edition_layout(self.root, self.edition)
        read_policy(self.root)
        with ExitStack() as ending, locked(self.root) as dead:
            if dead:
                self._tell("took_over", host=dead.host, pid=dead.pid, since=dead.since)
            work.clear(self.root)
            editions = shelf.published(self.root)
            self._timed(editions)
            site.put(self.root, editions)  # what a run that was killed had left to do
            last = shelf.newest(editions, self.edition)
            if last is None and self.reason is not None:
                raise LookupFailed(whole("E604", ARGUMENT, value=self.edition))
            contents = pin.taken(layout)
            if last:
                changed = pin.changed(last.inputs, pin.digests(contents))
                if settled := self._settled(last, changed):
                    untold = dead is not None and last.moment >= dead.since.replace(" ", "T")
                    return replace(settled, untold=untold)
            return self._apart(contents, editions, last, ending)

    def _timed(self, editions: Sequence[Published]) -> None:
        """Say so where the clock has been set back behind what is published."""
        last = max(editions, key=lambda each: each.moment, default=None)
        now = clock.now().isoformat(timespec="seconds")
        if last and now < last.moment:
            self._tell("clock", name=last.name, now=_minute(now), then=_minute(last.moment))

    def _settled(self, last: Published, changed: Sequence[str]) -> Outcome | None:
        """The outcome for an edition that is published already, None where it is to be corrected.

        Refused where it was damaged since, or its inputs changed and nobody gives a reason.
        """
        if damage := list(last.damage()):
            return self._refusal(damage)
        if changed and self.reason is not None:
            return None
        if not changed or self.once:
            return Outcome(UNCHANGED, self.edition, last.name)
        about = {"name": last.name, "count": str(len(changed)), "files": pin.few(changed)}
        return self._refusal([whole("E603", ARGUMENT, value=self.edition, details=about)])

    def _apart(
        self,
        contents: pin.Contents,
        editions: Sequence[Published],
        last: Published | None,
        ending: ExitStack,
    ) -> Outcome:
        """Build, hold to the gates, put in place; from there on no signal ends it: ``ending``."""
        layout = Layout(self.root, self.edition)
        for problem in opened(layout):
            self.say(self._shown(problem))
        if beside := stray_problems(layout):  # they are in no copy, where a gate would see them
            return self._refusal(beside)
        name, base = shelf.next_name(last, self.edition), shelf.before(editions, self.edition)
        if base and base is not last and (damage := list(base.damage())):
            return self._refusal(damage)
        log, policy = self._log(), read_policy(self.root)
        with work.scratch(self.root) as folder:
            work.tried(self.root, folder)
            pinned = folder / "pinned"
            self._tell("pinned", count=len(contents))
            pin.lay(contents, pinned)
            built = Layout(pinned, self.edition)
            candidate = Candidate(self.root, built, name, base, policy, folder / "beside", log)
            results = self._held(candidate, early=True)
            if not self.refused and self._built(candidate):
                results |= self._held(candidate, early=False)
            changes = self._changes(candidate)
            if self.refused:
                kind = FAILED if any(map(MACHINE.search, self.refused)) else REFUSED
                return Outcome(kind, self.edition, "", self.refused, changes, _tail(log))
            manifest = assemble(
                candidate, contents, results, reason=self.reason, moment=clock.now()
            )
            new = Published(candidate.layout.report, manifest)
            site.stage(site.pages(self.root, [*editions, new]), folder / "pages")
            ending.enter_context(undisturbed())
            new.folder.rename(self.root / EDITIONS / name)  # the one step
            late = self._switched(folder / "pages")
        return Outcome(PUBLISHED, self.edition, name, late, changes, _tail(log))

    def _switched(self, pages: Path) -> Sequence[str]:
        """What kept the pages over all editions from being put in place: the next run does it."""
        try:
            site.switch(self.root, pages)
            settle(self.root / EDITIONS)
        except (OSError, ReportedError) as error:
            known = reported(error, self.root)
            return [self._shown(each) for each in known.problems]
        return ()

    def _built(self, candidate: Candidate) -> bool:
        """Whether the pinned project could be built; else why not is kept."""
        self._tell("building", log=candidate.told_log)
        done = self.build(candidate.layout.root, self.edition, candidate.log)
        self.refused.extend(self._shown(each) for each in done.reasons(candidate.told_log))
        return not done.code

    def _changes(self, candidate: Candidate) -> str | None:
        """What the comparison says, None where there is none."""
        if not candidate.html.is_file():
            return None
        try:
            shown = candidate.comparison
        except ReportedError:  # a gate has said so
            return None
        return shown.lines() if shown else None

    def _held(self, candidate: Candidate, *, early: bool) -> dict[str, Found]:
        """What the gates of before or after the build find; their refusals are kept."""
        results = {}
        for gate in (each for each in self.gates if each.early is early):
            found = results[gate.code] = passed(gate, candidate)
            self._tell(f"gate_{found.state}", gate=self._words[f"gate_{gate.code}"])
            for problem in found.unchecked:
                self.say(f"  {self._shown(problem)}")
            self.refused.extend(self._shown(each) for each in found.refused)
        return results

    def _log(self) -> Path:
        """An empty log."""
        log = self.root / "logs" / self.edition / "publication.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_bytes(b"")
        return log

    @property
    def _words(self) -> Mapping[str, str]:
        return catalogue(self.root / "templates")

    def _tell(self, word: str, /, **about: object) -> None:
        self.say(self._words[f"publish_{word}"].format(**about))

    def _shown(self, problem: Problem | str) -> str:
        return problem if isinstance(problem, str) else message(problem, self.root / "templates")

    def _refusal(self, problems: Iterable[Problem]) -> Outcome:
        return Outcome(REFUSED, self.edition, "", [self._shown(each) for each in problems])


def publish(
    root: Path,
    edition: str,
    *,
    reason: str | None = None,
    say: Say = lambda line: None,
    gates: Sequence[Gate] = GATES,
    build: Build = work.build,
    once: bool = False,
) -> Outcome:
    """Publish an edition, or a correction of a published one for a ``reason``.

    What is published already is refused where its inputs have changed since, unless it is wanted
    ``once`` whatever changes: so a schedule corrects nothing, and complains of no new code.

    Raises Locked E601, E602; LookupFailed E100, E604 for a correction of what is not published,
    E605 without a reason, E606 for the name of a correction; StaleBuild E607; BrokenFile E620;
    OSError where the machine does not do its part. Nothing is published then.
    """
    if not QUARTER.fullmatch(edition):
        raise LookupFailed(whole("E606", ARGUMENT, value=edition))
    if reason is not None:  # one line, of what can be printed
        reason = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
        if not reason:
            raise LookupFailed(whole("E605", ARGUMENT, value=edition))
    return Publication(root, edition, reason, say, gates, build, once).run()


def _minute(moment: str) -> str:
    """A moment as people write it."""
    return moment[:16].replace("T", " ")


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-LOG_LINES:])
