"""The command line: stages for the workflow, the other commands for people."""

from __future__ import annotations

import argparse
import gc
import math
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from suyuan import __version__, editions, indices
from suyuan.contract.config import Config, edition_layout, read_config
from suyuan.core.errors import Locked, LookupFailed, ReportedError, unreadable
from suyuan.core.layout import Layout, project_root
from suyuan.core.names import spelt
from suyuan.core.resources import carried
from suyuan.core.streams import speak_utf8
from suyuan.stages.chain import STAGES

OUTSIDE = "heading_outside"  # of any project
Command = Callable[[Path, argparse.Namespace], int | None]
CHANGED = 3  # trace: answered, from data that changed since


ASKED = """walk a printed number back to its raw cells

WHAT is asked as the report prints it: a number with or without its unit or comparator, words, a
claim, a figure or table (with a row and a column), a page of the PDF, a section, a check or row of
the raw data (by key, or file:line), a document, a subject with a number, an id or a part of one.

exit codes: 0 found, 1 nothing found, 2 usage, 3 found, but data changed since the report was made
"""

COMPARED = """compare two reports: what changed, and which inputs moved it

BASE and HEAD are each an edition (2026Q1), an edition at a git revision (2026Q1@v0.1,
2026Q1@HEAD~3, 2026Q1@worktree), or a folder that holds a delivered or published report.

exit codes: 0 done; with --exit-code 0 nothing changed, 1 changed and explained, 3 a change that
no input explains; 2 usage
"""

REVIEWED = """what of a comparison was accepted or questioned

The record is data/review/<edition of HEAD>.csv. A verdict holds for what it saw; what changes
afterwards is open again. ITEM is a name that the command lists, as claim:nw.ai_share_over_60, and
may hold *. Numbers, figures and sentences whose numbers alone changed follow from their inputs once
these are accepted.
"""
SHOWN = (
    "unexplained", "claim", "rank", "text", "value", "new", "figure", "number", "quiet", "input",
)  # fmt: skip


def _of_edition(work: Callable[[Layout, Config, argparse.Namespace], int | None]) -> Command:
    """``work`` on the edition that is configured or asked for."""

    def run(root: Path, args: argparse.Namespace) -> int | None:
        config = read_config(root, args.edition)
        return work(edition_layout(root, config.edition), config, args)

    return run


def _stage(layout: Layout, config: Config, args: argparse.Namespace) -> None:
    from suyuan.stages import runner

    runner.run(args.stage, layout, config, runner.parsed(args.made_from))


def _check(layout: Layout, config: Config, args: argparse.Namespace) -> None:
    from suyuan.stages import check

    print(check.run(layout, config, answers=args.answers))
    if args.since is not None:
        from suyuan.diff import since

        print(since.run(layout, config, args.since))


def _verify(layout: Layout, config: Config, _args: argparse.Namespace) -> None:
    from suyuan.outputs.verification.delivered import not_ours
    from suyuan.outputs.verification.values import summary
    from suyuan.stages import delivered

    started = time.perf_counter()
    verdict = delivered.run(layout, config)
    said = [summary(verdict, layout, time.perf_counter() - started), not_ours(layout)]
    print("\n".join(filter(None, said)))


def _preview(layout: Layout, _config: Config, args: argparse.Namespace) -> None:
    from suyuan.preview import command

    say = partial(print, flush=True)
    command.run(layout, args.port, opening=not args.no_open, say=say)


def _trace(layout: Layout, _config: Config, args: argparse.Namespace) -> int:
    from suyuan.outputs.answers import answers

    said, changed = answers.said(layout, spelt(args.what), args.pick or args.number, _form_of(args))
    print(said)
    return CHANGED if changed else 0


def _form_of(args: argparse.Namespace) -> str:
    """How an answer is to be printed."""
    return args.form or ("whole" if args.all else "screen")


def _diff(root: Path, args: argparse.Namespace) -> int:
    from suyuan.diff import command

    folder, found = command.run(root, args.base, args.head)
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    asked = {"only": args.only, "tolerance": args.tolerance}
    print(found.lines(whole=args.all, width=width, **asked), end="")
    print(folder.relative_to(root))
    verdict = command.verdict(found)
    if verdict == command.UNEXPLAINED:
        print(found.word("unexplained", count=len(found.view.of("unexplained"))), file=sys.stderr)
    return verdict if args.exit_code else 0


def _review(root: Path, args: argparse.Namespace) -> int:
    from suyuan.diff import reviewing

    given = {"accepted": args.accept, "questioned": args.question}
    said, settled = reviewing.run(
        root, args.base, args.head, args.file, given, comment=args.comment, by=args.by
    )
    print(said)
    return 1 if args.require and not settled else 0


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share < math.inf:  # nor what is no number
        raise ValueError(text)
    return share


_share.__name__ = "share"  # as a refusal names it


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port < 1 << 16:
        raise ValueError(text)
    return port


_port.__name__ = "port"


def _comparisons(commands: Any) -> None:
    """The commands that speak of two reports."""
    diff = commands.add_parser(
        "diff",
        help="compare two reports: what changed, and which inputs moved it",
        description=COMPARED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    diff.add_argument("base", metavar="BASE")
    diff.add_argument("head", metavar="HEAD")
    diff.add_argument("--exit-code", action="store_true", help="say by the exit code what changed")
    diff.add_argument("--all", action="store_true", help="print all of it, however long")
    diff.add_argument("--only", action="append", default=[], metavar="KIND", choices=SHOWN,
                      help=f"print items of this kind: {', '.join(SHOWN)}")  # fmt: skip
    diff.add_argument("--tolerance", type=_share, default=0, metavar="SHARE",
                      help="leave out numbers that moved by less, as 0.01")  # fmt: skip
    diff.set_defaults(run=_diff, heading="heading_diff")
    review = commands.add_parser(
        "review",
        help="what of a comparison was accepted or questioned",
        description=REVIEWED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    review.add_argument("base", metavar="BASE")
    review.add_argument("head", metavar="HEAD")
    review.add_argument("file", metavar="FILE", nargs="?", type=Path, help="saved by index.html")
    review.add_argument("--accept", action="append", default=[], metavar="ITEM")
    review.add_argument("--question", action="append", default=[], metavar="ITEM")
    review.add_argument("--comment", default="", help="beside the verdicts given here")
    review.add_argument("--by", default="", help="who gives them")
    review.add_argument("--require", action="store_true", help="exit 1 while anything is unsettled")
    review.set_defaults(run=_review, heading="heading_diff")


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = argparse.ArgumentParser(prog="suyuan", description=__doc__)
    top.set_defaults(heading="heading", find=project_root, usage=1)
    top.add_argument("--version", action="version", version=f"suyuan {__version__}")
    commands = top.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check the raw data against its contract")
    check.add_argument("edition", nargs="?")
    check.add_argument(
        "--since", metavar="REVISION", help="say what each change since a git revision does"
    )
    check.add_argument(
        "--answers", action="store_true", help="print rows for answers.csv, one for each open query"
    )
    check.set_defaults(run=_of_edition(_check))
    preview = commands.add_parser(
        "preview", help="serve the report on this machine and make it again after each save"
    )
    preview.add_argument("edition", nargs="?")
    preview.add_argument("--port", type=_port, default=0, help="without: any that is free")
    preview.add_argument("--no-open", action="store_true", help="open no browser")
    preview.set_defaults(run=_of_edition(_preview), heading="heading_preview")
    verify = commands.add_parser("verify", help="hold the report against its raw rows")
    verify.add_argument("edition", nargs="?")
    verify.set_defaults(run=_of_edition(_verify), heading="heading_verify")
    trace = commands.add_parser(
        "trace",
        help="walk a printed number back to its raw cells",
        description=ASKED,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    trace.add_argument("what", metavar="WHAT", help="as printed, or an id: see above")
    trace.add_argument("number", nargs="?", type=int, help="of several answers, this one")
    trace.add_argument("--pick", type=int, metavar="NUMBER", help="the same")
    trace.add_argument("--edition")
    trace.add_argument("--all", action="store_true", help="every chain, however long")
    form = trace.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="as JSON")
    form.add_argument("--md", dest="form", action="store_const", const="md", help="as Markdown")
    trace.set_defaults(run=_of_edition(_trace), heading="heading_trace")
    _comparisons(commands)
    editions.added(commands)
    indices.added(commands)
    stage = commands.add_parser("stage", help="run one stage of the workflow")
    stage.add_argument("stage", choices=STAGES)
    stage.add_argument("--edition")
    stage.add_argument("--made-from", help="digests of its inputs, as the workflow took them")
    stage.set_defaults(run=_of_edition(_stage))
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Problems that a person can mend are printed without a traceback."""
    if arguments is None:  # a process of its own: Ctrl-C ends it without a traceback
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        speak_utf8()
        # It ends soon: looking for cycles would cost a fifth of its time (docs/decisions/0019).
        gc.disable()
    # Matrices here are small: threads cost more than they save, and would sum in another order.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = indices.merged(sys.argv[1:] if arguments is None else arguments)
    negative = re.compile(r"-\d")  # a number to look for, not an option
    args = parser().parse_args([f" {w}" if negative.match(w) else w for w in words])
    try:
        root = args.find()
    except (LookupFailed, OSError) as error:  # outside a project, or where nobody may look for one
        return _outside(error)
    try:
        code = args.run(root, args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe, as in ``| head``, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Locked as error:
        _report(error, root, args.heading)
        return editions.HELD
    except ReportedError as error:
        return _report(error, root, args.heading) and args.usage
    except OSError as error:
        return _report(unreadable(error, root), root, args.heading) and args.usage
    return code or 0


def _outside(error: LookupFailed | OSError) -> int:
    if isinstance(error, LookupFailed):
        return _report(error, carried(), OUTSIDE)
    above = Path(error.filename or os.sep).parent.parent
    return _report(unreadable(error, above), carried(), OUTSIDE)


def _report(error: ReportedError, root: Path, heading: str) -> int:
    from suyuan.contract.messages import report

    keep = heading != OUTSIDE
    print(report(error.problems, root / "templates", heading, keep=keep), file=sys.stderr)
    return 1
