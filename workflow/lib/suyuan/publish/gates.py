"""Gates: what an edition must pass to be published, an object each, in one list.

A gate refuses with problems or with lines that a command has said, and tells what it could not
check. Its Chinese name stands under gate_<code> in templates/messages.yaml.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from suyuan.core.errors import Problem, ReportedError, whole
from suyuan.diff import review
from suyuan.diff.view import UNEXPLAINED
from suyuan.outputs import package
from suyuan.publish import standing, validators
from suyuan.publish.candidate import Candidate
from suyuan.publish.policy import REQUIRED
from suyuan.publish.shelf import EDITIONS

NO_BASE, NO_ROWS = "baseless", "rowless"  # no edition to compare with, nothing of that kind
CHECKS, VERDICT = "audit_checks", "audit.verdict."
SHOWN = 20  # items that a refusal names


@dataclass
class Found:
    """What a gate found: why it refuses, and what it did not look at.

    ``nothing``: why there was nothing to look at, a word of publish_gate_<nothing>.
    """

    refused: list[Problem | str] = field(default_factory=list)
    unchecked: list[Problem] = field(default_factory=list)
    nothing: str = ""

    @property
    def state(self) -> str:
        """refused, unchecked, what there was nothing of, or passed."""
        if self.refused:
            return "refused"
        return "unchecked" if self.unchecked else self.nothing or "passed"


@dataclass(frozen=True)
class Gate:
    """``code`` is its name in the manifest; ``early``: held before anything is built."""

    code: str
    check: Callable[[Candidate], Found]
    early: bool


def contract(candidate: Candidate) -> Found:
    """The raw data, configuration and prose, with the edition before: ``suyuan check``."""
    return Found([*candidate.ask("check", candidate.layout.edition)])


def due(candidate: Candidate) -> Found:
    """Nothing is missing that had to be there by the edition's cutoff: ``suyuan due``."""
    standing.held(standing.standing(candidate.layout.root, candidate.layout.edition))
    return Found()


def verified(candidate: Candidate) -> Found:
    """Everything computed again, every delivered file read back: ``suyuan verify``."""
    return Found([*candidate.ask("verify", candidate.layout.edition)])


def claims(candidate: Candidate) -> Found:
    """Each claim has an outcome, words for it, and a place where they are printed. E613."""
    told = candidate.lineage["claims"]
    found = Found(nothing="" if told else NO_ROWS)
    for name, entry in told.items():
        if not (entry.get("outcome") and entry.get("txt") and entry.get("uses")):
            found.refused.append(whole("E613", package.LINEAGE, value=name))
    return found


def audit(candidate: Candidate) -> Found:
    """Each check of the source has been decided. E614."""
    values, rows = candidate.lineage["values"], candidate.side.rows(CHECKS)
    found = Found(nothing="" if rows else NO_ROWS)
    for key in rows:
        if not values.get(f"{VERDICT}{key.lower()}", {}).get("txt"):
            found.refused.append(whole("E614", f"{CHECKS}.csv", value=key))
    return found


def explained(candidate: Candidate) -> Found:
    """No change since the last edition without an input that explains it. E617."""
    if candidate.comparison is None:
        return Found(nothing=NO_BASE)
    items = candidate.comparison.view.of(UNEXPLAINED)
    return Found([whole("E617", each.name, value=each.title) for each in items[:SHOWN]])


def reviewed(candidate: Candidate) -> Found:
    """Where the project asks for it, every difference is settled by a reviewer. E618, E619."""
    shown = candidate.comparison
    if shown is None:
        return Found(nothing=NO_BASE)
    left = review.unsettled(shown.view, shown.standings)
    base, head = f"{EDITIONS}/{shown.base.name}", candidate.layout.edition  # as one asks for them
    about = {"base": base, "head": head, "count": str(len(left))}
    place = shown.record.relative_to(candidate.root).as_posix()
    if left and candidate.policy.review == REQUIRED:
        return Found([whole("E618", place, details=about)])
    return Found(unchecked=[whole("E619", place, details=about)] if left else [])


def valid(name: str) -> Callable[[Candidate], Found]:
    """A validator of other people's making. E616, where it cannot be run E615."""

    def check(candidate: Candidate) -> Found:
        try:
            return Found(list(islice(validators.KNOWN[name](candidate), SHOWN)))
        except validators.Unavailable as missing:
            unchecked = whole("E615", name, value=str(missing))
            required = candidate.policy.requires(name)
            return Found([unchecked]) if required else Found(unchecked=[unchecked])
        except Exception as error:  # whatever a foreign program makes of a file that is not whole
            said = f"{type(error).__name__}: {error}"[: validators.LONGEST]
            return Found([whole("E616", name, value=said)])

    return check


GATES = (
    Gate("contract", contract, early=True),
    Gate("due", due, early=True),
    Gate("verify", verified, early=False),
    Gate("claims", claims, early=False),
    Gate("audit", audit, early=False),
    *(Gate(name, valid(name), early=False) for name in validators.KNOWN),
    Gate("explained", explained, early=False),
    Gate("review", reviewed, early=False),
)


def passed(gate: Gate, candidate: Candidate) -> Found:
    """What a gate found; an error that a person can mend is a refusal."""
    try:
        return gate.check(candidate)
    except ReportedError as error:
        return Found(list(error.problems))
