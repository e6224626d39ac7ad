"""Commands that speak of editions as folders: begun, asked of, published, made again."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path
from typing import Any

from suyuan.contract.config import read_config

RELEASED = """publish an edition: pinned, built apart, held to the gates, put in place in one step

exit codes: 0 published, or published already and unchanged; 1 refused by a gate; 2 usage, or the
machine does not do its part; 75 another publication is at work
"""
UNATTENDED = """publish the edition that is due by the clock, once; people are told how it went

SUYUAN_NOTICES holds addresses of apprise; SUYUAN_NOW a day to take for today, as 2026-07-07.

exit codes: 0 published, or nothing to do; 1 not published; 75 another publication is at work
"""
USAGE, HELD = 2, 75  # exit codes: what argparse uses, and EX_TEMPFAIL of sysexits.h


def _roll(root: Path, args: argparse.Namespace) -> None:
    from suyuan.publish.roll import roll
    from suyuan.publish.said import rolled

    print(rolled(*roll(root, args.new, args.old)))


def _due(root: Path, args: argparse.Namespace) -> None:
    from suyuan.publish import standing

    asked = standing.edition_due() if args.edition is None else args.edition
    found = standing.standing(root, asked)
    standing.held(found)
    print(standing.said(found))


def _publish(root: Path, args: argparse.Namespace) -> int:
    from suyuan.publish import said
    from suyuan.publish.publication import REFUSED, publish
    from suyuan.publish.stopping import stoppable

    edition = read_config(root).edition if args.edition is None else args.edition
    say = partial(print, flush=True)
    outcome = stoppable(lambda: publish(root, edition, reason=args.correct, say=say))
    print(said.published(root, outcome), file=sys.stderr if outcome.reasons else sys.stdout)
    if not outcome.reasons:
        return 0
    return 1 if outcome.kind == REFUSED else USAGE


def _quarterly(root: Path, _args: argparse.Namespace) -> int:
    from suyuan.publish import said
    from suyuan.publish.quarterly import quarterly

    outcome = quarterly(root, partial(print, flush=True))
    print(said.published(root, outcome), file=sys.stderr if outcome.reasons else sys.stdout)
    return 1 if outcome.reasons else 0


def _status(root: Path, args: argparse.Namespace) -> int:
    from suyuan.stages import status

    states = status.status(root, args.edition)
    print(status.said(root, states))
    return int(any(state.damaged for state in states))


def _unlock(root: Path, _args: argparse.Namespace) -> None:
    from suyuan.publish import said
    from suyuan.publish.lock import unlock

    print(said.unlocked(root, unlock(root)))


def _rebuild_check(root: Path, args: argparse.Namespace) -> None:
    from suyuan.publish import said
    from suyuan.publish.rebuilding import rebuild
    from suyuan.publish.stopping import stoppable

    print(said.rebuilt(root, args.name, stoppable(lambda: rebuild(root, args.name))))


def added(commands: Any) -> None:
    """The commands and their arguments."""
    roll = commands.add_parser(
        "roll", help="begin the next edition from the last: docs/operation.md"
    )
    roll.add_argument("new", metavar="NEW", help="a year and a quarter, as 2026Q2")
    roll.add_argument("--from", dest="old", metavar="OLD", required=True)
    roll.set_defaults(run=_roll, heading="heading_roll")
    due = commands.add_parser("due", help="what an edition lacks before it may be published")
    due.add_argument("edition", nargs="?", help="without: the one that is due by the clock")
    due.set_defaults(run=_due, heading="heading_due")
    publish = commands.add_parser(
        "publish",
        help="publish an edition that passes every gate: docs/operation.md",
        description=RELEASED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    publish.add_argument("edition", nargs="?", help="as 2026Q1; without it the configured one")
    publish.add_argument("--correct", metavar="REASON", help="publish it again, as 2026Q1-r1")
    publish.set_defaults(run=_publish, heading="heading_publish", usage=USAGE)
    quarterly = commands.add_parser(
        "quarterly",
        help="publish the edition that is due by the clock and tell people: docs/operation.md",
        description=UNATTENDED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    quarterly.set_defaults(run=_quarterly, heading="heading_publish")
    status = commands.add_parser("status", help="which editions are stale or damaged, and why")
    status.add_argument("edition", nargs="?")
    status.set_defaults(run=_status, heading="heading_outside")
    unlock = commands.add_parser(
        "unlock", help="let go of the lock that a publication of another host has left"
    )
    unlock.set_defaults(run=_unlock, heading="heading_publish")
    rebuild = commands.add_parser(
        "rebuild-check", help="make a published edition again and compare its bytes"
    )
    rebuild.add_argument("name", metavar="NAME", help="as 2026Q1 or 2026Q1-r1")
    rebuild.set_defaults(run=_rebuild_check, heading="heading_rebuilt")
