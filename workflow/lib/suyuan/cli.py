"""The command line: stages for the workflow, check and trace for people."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from suyuan import __version__
from suyuan.config import CONFIG, Config, edition_layout, read_config
from suyuan.errors import ReportedError
from suyuan.layout import Layout, find_root

STAGES = ("ingest", "normalise", "score", "chart", "render", "export", "deliver")


def _stage(name: str) -> Callable[[Layout, Config, argparse.Namespace], None]:
    def run(layout: Layout, config: Config, _args: argparse.Namespace) -> None:
        import_module(f"suyuan.{name}").run(layout, config)  # only this stage's imports are paid

    return run


def _check(layout: Layout, config: Config, _args: argparse.Namespace) -> None:
    from suyuan import check

    print(check.run(layout, config))


def _verify(layout: Layout, config: Config, args: argparse.Namespace) -> None:
    from suyuan import verify

    if args.build:
        verify.run(layout, config)
    else:
        verdict = verify.check(layout, config, layout.report / "lineage.json")
        print(verify.summary(verdict, layout))


def _trace(layout: Layout, _config: Config, args: argparse.Namespace) -> None:
    from suyuan.trace import Tracer, lines

    tracer = Tracer.open(layout)
    trees = [tracer.tree(found) for found in tracer.find(args.what)]
    if args.json:
        print(json.dumps(trees, ensure_ascii=False, indent=2))
    else:
        print("\n\n".join("\n".join(lines(tree)) for tree in trees))


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = argparse.ArgumentParser(prog="suyuan", description=__doc__)
    top.add_argument("--version", action="version", version=f"suyuan {__version__}")
    commands = top.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check the raw data against its contract")
    check.add_argument("edition", nargs="?")
    check.set_defaults(run=_check)
    verify = commands.add_parser("verify", help="test the lineage of the report")
    verify.add_argument("edition", nargs="?")
    verify.add_argument("--build", action="store_true", help="test the build, as the workflow does")
    verify.set_defaults(run=_verify)
    trace = commands.add_parser("trace", help="walk a printed number back to its raw cells")
    trace.add_argument("what", metavar="ID-or-TEXT", help="a value id, or a number as printed")
    trace.add_argument("--edition")
    trace.add_argument("--json", action="store_true", help="print the tree as JSON")
    trace.set_defaults(run=_trace)
    for name in STAGES:
        stage = commands.add_parser(name, help=f"stage of the workflow: {name}")
        stage.add_argument("--edition")
        stage.set_defaults(run=_stage(name))
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command. Problems that a person can mend are printed without a traceback."""
    words = sys.argv[1:] if arguments is None else arguments
    negative = re.compile(r"-\d")  # a number to look for, not an option
    args = parser().parse_args([f" {w}" if negative.match(w) else w for w in words])
    root = find_root()
    if not (root / CONFIG).is_file():
        print(f"suyuan: no {CONFIG} in this folder or above", file=sys.stderr)
        return 2
    try:
        config = read_config(root, args.edition)
        args.run(edition_layout(root, config.edition), config, args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe, as in ``| head``, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except ReportedError as error:
        return _report(error, root)
    return 0


def _report(error: ReportedError, root: Path) -> int:
    from suyuan.messages import report

    print(report(error.problems, root / "templates"), file=sys.stderr)
    return 1
