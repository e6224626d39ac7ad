"""``suyuan review BASE HEAD``: verdicts taken down, and what is still open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from suyuan.core import clock
from suyuan.core.errors import LookupFailed, Problem
from suyuan.diff import command, review
from suyuan.diff.shown import Shown
from suyuan.diff.view import Item

MOST = 40  # items that are listed
STATES = (review.ACCEPTED, review.FOLLOWS, review.QUESTIONED, review.REOPENED, review.OPEN)


def run(
    root: Path, base: str, head: str, file: Path | None,
    given: Mapping[str, Sequence[str]], *, comment: str = "", by: str = "",
) -> tuple[str, bool]:  # fmt: skip
    """What to print, and whether all is settled. ``given`` are patterns of items by verdict.

    Raises LookupFailed E397 to E399, and E389 for verdicts that nobody signs.
    """
    found = command.shown(root, base, head)
    new = taken(found, file, given, comment, by)
    lines = []
    if new:
        review.write(found.record, [*review.read(found.record), *new])
        path = found.record.relative_to(root).as_posix()
        lines.append(found.word("taken", count=len(new), path=path))
    standings = found.standings
    left = review.unsettled(found.view, standings)
    counts = Counter(standing.state for standing in standings.values())
    lines.append(found.word("counted", **{state: counts[state] for state in STATES}))
    lines += [_line(found, item, standings[item.name]) for item in left[:MOST]]
    if len(left) > MOST:
        lines.append(found.word("more", count=len(left) - MOST))
    return "\n".join([*lines, found.word("open" if left else "settled")]), not left


def taken(
    found: Shown, file: Path | None, given: Mapping[str, Sequence[str]], comment: str, by: str
) -> list[review.Verdict]:
    """The verdicts of a saved file and of the command."""
    today = clock.today().isoformat()
    new = review.saved(file, found.view, by, today) if file else []
    for verdict, patterns in given.items():
        new += review.judged(found.view, patterns, verdict, comment, by, today)
    if any(not one.reviewer.strip() for one in new):
        raise LookupFailed(Problem("E389", file.name if file else review.FOLDER))
    return new


def _line(found: Shown, item: Item, standing: review.Standing) -> str:
    state = found.words["state"][standing.state]
    turn = " → ".join(filter(None, (item.before, item.after)))
    said = standing.verdict.comment if standing.verdict else ""
    return found.word("item", state=state, name=item.name, title=item.title, turn=turn, said=said)
