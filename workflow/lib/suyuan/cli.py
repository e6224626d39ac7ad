"""The command line: stages for the workflow, the other commands for people."""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from suyuan import __version__
from suyuan.contract.config import Config, edition_layout, read_config
from suyuan.core.errors import LookupFailed, ReportedError, unreadable
from suyuan.core.layout import Layout, project_root
from suyuan.core.resources import resources
from suyuan.stages.chain import STAGES

Command = Callable[[Path, argparse.Namespace], None]


def _of_edition(work: Callable[[Layout, Config, argparse.Namespace], None]) -> Command:
    """``work`` on the edition that is configured or asked for."""

    def run(root: Path, args: argparse.Namespace) -> None:
        config = read_config(root, args.edition)
        work(edition_layout(root, config.edition), config, args)

    return run


def _stage(layout: Layout, config: Config, args: argparse.Namespace) -> None:
    from suyuan.stages import runner

    runner.run(args.stage, layout, config, runner.parsed(args.made_from))


def _check(layout: Layout, config: Config, _args: argparse.Namespace) -> None:
    from suyuan.stages import check

    print(check.run(layout, config))


def _verify(layout: Layout, config: Config, _args: argparse.Namespace) -> None:
    from suyuan.outputs import verification

    verdict = verification.check(layout, config, layout.report / "lineage.json")
    print(verification.summary(verdict, layout))


def _trace(layout: Layout, _config: Config, args: argparse.Namespace) -> None:
    from suyuan.domain.operations import OPERATIONS
    from suyuan.lineage.trace import Tracer, lines

    tracer = Tracer.open(layout, OPERATIONS)
    trees = [tracer.tree(found) for found in tracer.find(args.what)]
    if args.json:
        print(json.dumps(trees, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join("\n".join(lines(tree)) for tree in trees))


def _index(root: Path, args: argparse.Namespace) -> None:
    from suyuan.contract.messages import catalogue
    from suyuan.index import command

    written = command.run(args.data, args.tree, args.config, args.out)
    words = catalogue(root / "templates")["indexed"]
    print(words.format(count=len(written), folder=args.out))


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = argparse.ArgumentParser(prog="suyuan", description=__doc__)
    top.set_defaults(heading="heading", find=project_root)
    top.add_argument("--version", action="version", version=f"suyuan {__version__}")
    commands = top.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check the raw data against its contract")
    check.add_argument("edition", nargs="?")
    check.set_defaults(run=_of_edition(_check))
    verify = commands.add_parser("verify", help="test the lineage of the report")
    verify.add_argument("edition", nargs="?")
    verify.set_defaults(run=_of_edition(_verify))
    trace = commands.add_parser("trace", help="walk a printed number back to its raw cells")
    trace.add_argument("what", metavar="ID-or-TEXT", help="a value id, or a number as printed")
    trace.add_argument("--edition")
    trace.add_argument("--json", action="store_true", help="print the tree as JSON")
    trace.set_defaults(run=_of_edition(_trace))
    index = commands.add_parser("index", help="compute a composite index: docs/index.md")
    index.add_argument("data", metavar="DATA.csv", type=Path, help="units × indicators")
    index.add_argument("--tree", metavar="TREE.csv", type=Path, required=True)
    index.add_argument("--config", metavar="FILE.yaml", type=Path)
    index.add_argument("--out", metavar="DIR", type=Path, required=True)
    index.set_defaults(run=_index, heading="heading_index", find=resources)  # in any folder
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
    # Matrices here are small: threads cost more than they save, and would sum in another order.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    words = sys.argv[1:] if arguments is None else arguments
    negative = re.compile(r"-\d")  # a number to look for, not an option
    args = parser().parse_args([f" {w}" if negative.match(w) else w for w in words])
    try:
        root = args.find()
    except LookupFailed as error:  # outside a project
        return _report(error, resources(), "heading_outside")
    try:
        args.run(root, args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe, as in ``| head``, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except ReportedError as error:
        return _report(error, root, args.heading)
    except OSError as error:
        return _report(unreadable(error, root), root, args.heading)
    return 0


def _report(error: ReportedError, root: Path, heading: str) -> int:
    from suyuan.contract.messages import report

    print(report(error.problems, root / "templates", heading), file=sys.stderr)
    return 1
