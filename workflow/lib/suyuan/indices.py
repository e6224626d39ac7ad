"""Commands of composite indices: docs/index.md. They need no project, and speak as the locale does.

``suyuan index init`` is one command of two words: so each has arguments of its own.
"""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from suyuan.core.errors import ReportedError, unreadable
from suyuan.core.language import LANGUAGES
from suyuan.core.resources import carried

NAME = "index"
SECOND = (
    "init",
    "trace",
    "diff",
)  # words after it that begin commands of their own; ./init is a file
RESULT = "result"  # where the command that init proposes writes to
TRACE, LINEAGE = "trace", "lineage.json"  # of a folder of results, or else of a report
MOST = 8  # columns that a line names
CHANGED = 3  # answered, from data that changed since
Command = Callable[[Path, argparse.Namespace], int | None]
MADE = """compute a composite index of any data: docs/index.md

Without a tree and a recipe of your own, begin with: suyuan index init DATA
"""
BEGUN = """write a tree and a recipe for a table of data, to be read and changed

Nothing that is there already is overwritten.
"""
TRACED = """walk a score of a result back to the cells of its data

The same as: suyuan trace DIR WHAT. A tree of weights and scores ends at file:line:column; below it
stand the cells of other rows that the score may depend on.

exit codes: 0 found, 1 nothing found, 2 usage, 3 found, but the data changed since
"""
MOVED = """compare two results of suyuan index: what moved each score and rank

Both are computed again from the inputs that they keep, and with parts of each: data, what is
missing, weights, method, which other units there are, and for intervals how they were drawn. What
each does adds up to the change.
"""


def merged(words: Sequence[str]) -> list[str]:
    """The words of a command line, those that make one command put together."""
    if len(words) > 1 and words[0] == NAME and words[1] in SECOND:
        return [f"{words[0]} {words[1]}", *words[2:]]
    if len(words) > 1 and words[0] == TRACE and (Path(words[1]) / LINEAGE).is_file():
        return [f"{NAME} {TRACE}", *words[1:]]
    return list(words)


def telling(work: Command, *, writes: bool = True) -> Command:
    """``work``, whose problems are told in the language asked for.

    Of a command that ``writes`` it is said first that it did not.
    """

    def run(root: Path, args: argparse.Namespace) -> int | None:
        from suyuan.index import said

        try:
            return work(root, args)
        except ReportedError as error:
            lines = said.lines(error.problems, args.lang)
            told = said.report(error.problems, args.lang) if writes else "\n".join(lines)
            print(told, file=sys.stderr)
        except BrokenPipeError:  # is no fault of a file
            raise
        except OSError as error:
            problems = unreadable(error, Path.cwd()).problems
            print(said.report(problems, args.lang), file=sys.stderr)
        return 1

    return run


def _index(_root: Path, args: argparse.Namespace) -> None:
    from suyuan.index import command, said
    from suyuan.results.files import scorecards

    more = () if args.tables else scorecards(args.lang)
    written = command.run(args.data, args.tree, args.config, args.out, more)
    print(said.words(args.lang)["indexed"].format(count=len(written.files), folder=args.out))
    if written.queries:
        asked = said.words(args.lang)["queried"].format(count=len(written.queries))
        print(asked, *said.lines(written.queries, args.lang), sep="\n", file=sys.stderr)


def _trace(_root: Path, args: argparse.Namespace) -> int:
    from suyuan.core.language import language
    from suyuan.results import trace

    if args.json:
        told, changed = trace.as_json(args.folder, args.what)
    else:
        told, changed = trace.answer(args.folder, args.what, language(args.lang))
    print(told)
    return CHANGED if changed else 0


def _diff(_root: Path, args: argparse.Namespace) -> int:
    from suyuan.core.language import language
    from suyuan.results.comparison import Comparison

    found = Comparison(args.before, args.after, intervals=not args.no_intervals)
    if args.out is not None:
        found.write(args.out)
    print(*found.lines(language(args.lang)), sep="\n")
    return 1 if args.exit_code and (found.changed or not found.moved) else 0


def _init(_root: Path, args: argparse.Namespace) -> None:
    from suyuan.index import beginning, said
    from suyuan.index.reading import Declared

    given = Declared(encoding=args.encoding, sheet=args.sheet, header=args.header)
    begun = beginning.begin(args.data, args.out, given, args.lang)
    found = begun.seen
    next_ = shlex.join(
        ["suyuan", NAME, str(args.data), "--tree", str(begun.tree), "--config", str(begun.recipe),
         "--out", str(args.out / RESULT)]
    )  # fmt: skip
    words = said.words(args.lang)
    told = {"units": found.units, "indicators": len(found.indicators), "next": next_}
    if found.others:
        names = ", ".join(found.others[:MOST]) + (", …" if len(found.others) > MOST else "")
        print(words["left_out"].format(count=len(found.others), names=names))
    print(words["begun"].format(tree=begun.tree, recipe=begun.recipe, **told))


def _encoding(name: str) -> str:
    from suyuan.index.encoding import known

    if not known(name):
        raise ValueError(name)
    return name


_encoding.__name__ = "encoding"  # as a refusal names it


def speaking(commands: Any, name: str, help_: str, description: str) -> argparse.ArgumentParser:
    """A command of that name, which speaks one of two languages."""
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help_,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("--lang", choices=LANGUAGES, help="of messages; else as the locale says")
    command.set_defaults(find=carried)  # in any folder
    return command


def added(commands: Any) -> None:
    """Add them to the commands of the command line."""
    index = speaking(commands, NAME, "compute a composite index: docs/index.md", MADE)
    index.add_argument("data", metavar="DATA", type=Path, help="units × indicators: CSV or xlsx")
    index.add_argument("--tree", metavar="TREE.csv", type=Path, required=True)
    index.add_argument("--config", metavar="FILE.yaml", type=Path)
    index.add_argument("--out", metavar="DIR", type=Path, required=True)
    index.add_argument("--tables", action="store_true", help="write no scorecard")
    index.set_defaults(run=telling(_index))
    init = speaking(commands, f"{NAME} init", "write a first tree and recipe for a table", BEGUN)
    init.add_argument("data", metavar="DATA", type=Path, help="units × indicators: CSV or xlsx")
    init.add_argument("--out", metavar="DIR", type=Path, default=Path(), help="else this folder")
    init.add_argument("--encoding", type=_encoding, help="of a CSV that is not UTF-8")
    init.add_argument("--sheet", metavar="NAME", help="of a workbook with several")
    init.add_argument("--header", metavar="LINE", type=int, help="of the header, if not the first")
    init.set_defaults(run=telling(_init))
    trace = speaking(commands, f"{NAME} trace", "walk a score back to the cells", TRACED)
    trace.add_argument("folder", metavar="DIR", type=Path, help="of a result of suyuan index")
    trace.add_argument("what", metavar="WHAT", help="as overall/Aster, or Aster")
    trace.add_argument("--json", action="store_true", help="as JSON")
    trace.set_defaults(run=telling(_trace, writes=False))
    diff = speaking(commands, f"{NAME} diff", "compare two results and say what moved ranks", MOVED)
    diff.add_argument("before", metavar="RUN1", type=Path, help="the folder of a result")
    diff.add_argument("after", metavar="RUN2", type=Path, help="that of another")
    diff.add_argument("--out", metavar="FILE.csv", type=Path, help="all of it as a table")
    diff.add_argument("--no-intervals", action="store_true", help="of scores and ranks alone")
    diff.add_argument(
        "--exit-code", action="store_true", help="1 where a score, rank or interval changed"
    )
    diff.set_defaults(run=telling(_diff, writes=False))
