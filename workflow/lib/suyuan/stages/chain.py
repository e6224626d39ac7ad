"""The chain of stages: what each reads and what each writes, in the order of the data.

The one list of stages. The command line and the Snakefile run them by it, receipts are written
by it, and the crate's provenance is made from it. Tests hold the rules of the workflow to it, and
each stage's opened files. It stands apart from the stages' modules, which take seconds to import.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from functools import cache
from pathlib import Path

from suyuan.core.inputs import KINDS, LIBRARIES, files
from suyuan.core.layout import Layout
from suyuan.outputs import package
from suyuan.outputs.format import all_formats


@dataclass(frozen=True)
class Stage:
    """A stage: kinds of inputs and products of earlier stages that it reads, and what it makes.

    ``memory`` in MB and ``minutes`` are what a cluster is asked for: twice what was measured, and
    room for the Snakemake that runs the stage there (docs/decisions/0042).
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    _: KW_ONLY
    memory: int
    minutes: int
    threads: int


ALWAYS = ("code", LIBRARIES)  # what every stage runs on
PAGE = ("settings", "raw", "config", "claims", "plots", "schemas", "templates", "tables", "figures")

CHAIN = (
    Stage(
        "ingest",
        ("settings", "raw", "config", "schemas"),
        ("tables",),
        memory=200, minutes=5, threads=1,
    ),
    Stage(
        "normalise",
        ("settings", "schemas", "messages", "tables"),
        ("normalised", "restatements", "queries"),
        memory=300, minutes=5, threads=1,
    ),
    Stage(
        "score",
        ("settings", "schemas", "tables", "normalised"),
        ("values", "scores"),
        memory=500, minutes=5, threads=1,
    ),
    Stage(
        "chart",
        ("settings", "plots", "schemas", "fonts", "tables", "values"),
        ("figures",),
        memory=500, minutes=5, threads=2,
    ),
    Stage(
        "render",
        (*PAGE, "before", "messages", "fonts", "values"),
        ("html", "lineage"),
        memory=700, minutes=15, threads=1,
    ),
    Stage(
        "typeset",
        (*PAGE, "marks", "messages", "fonts", "values"),
        ("pdf",),
        memory=1100, minutes=15, threads=1,
    ),
    Stage(
        "verify",
        (
            "settings", "raw", "before", "config", "claims", "plots", "schemas", "templates",
            "messages", "fonts", "figures", "html", "lineage",
        ),
        ("verdict",),
        memory=900, minutes=15, threads=1,
    ),
    Stage(
        "tabulate",
        (
            "settings", "raw", "config", "claims", "plots", "schemas", "templates", "tables",
            "normalised", "restatements", "queries", "scores", "html", "lineage",
        ),
        ("workbook", "formats"),
        memory=500, minutes=5, threads=1,
    ),
    Stage(
        "export",
        (
            *KINDS, "tables", "normalised", "restatements", "queries", "scores", "figures",
            "html", "lineage", "pdf", "workbook", "formats",
        ),
        ("crate", "statement"),
        memory=400, minutes=5, threads=1,
    ),
    Stage(
        "deliver",
        (
            "settings", "raw", "config", "claims", "plots", "schemas", "tables", "normalised",
            "restatements", "queries", "scores", "figures", "html", "lineage", "pdf", "verdict",
            "workbook", "formats", "crate", "statement",
        ),
        ("report",),
        memory=200, minutes=5, threads=1,
    ),
)  # fmt: skip
LONGEST = "typeset"  # takes as long as all others together: a build takes what stands in its way
STAGES = {stage.name: stage for stage in CHAIN}
MAKER = {product: stage for stage in CHAIN for product in stage.writes}


def _tables(layout: Layout) -> list[Path]:
    named = (*files(layout, "raw"), *files(layout, "config"))
    return [layout.tables / path.name for path in named]


def _figures(layout: Layout) -> list[Path]:
    return [*package.drawn(layout), layout.figures / "figures.json"]


def _report(layout: Layout) -> list[Path]:
    names = [*(name for name, _ in package.contents(layout)), package.STATEMENT]
    return [layout.report / name for name in names]


PRODUCTS: dict[str, Callable[[Layout], list[Path]]] = {
    "tables": _tables,
    "normalised": lambda layout: [layout.processed / "normalised.csv"],
    "restatements": lambda layout: [layout.processed / "restatements.csv"],
    "queries": lambda layout: [layout.processed / "queries.csv"],
    "values": lambda layout: [layout.processed / "values.json"],
    "scores": lambda layout: [layout.processed / "scores.csv"],
    "figures": _figures,
    "html": lambda layout: [layout.build / package.HTML],
    "lineage": lambda layout: [layout.build / package.LINEAGE],
    "pdf": lambda layout: [layout.build / package.PDF],
    "verdict": lambda layout: [layout.build / package.VERDICT],
    "workbook": lambda layout: [layout.build / package.WORKBOOK],
    "formats": lambda layout: [layout.build / each.file for each in all_formats()],
    "crate": lambda layout: [layout.build / package.CRATE],
    "statement": lambda layout: [layout.build / package.STATEMENT],
    "report": _report,
}


def paths(layout: Layout, name: str) -> list[Path]:
    """The files of a kind of input or of a product."""
    return PRODUCTS[name](layout) if name in PRODUCTS else files(layout, name)


@cache
def before(name: str) -> tuple[Stage, ...]:
    """The stages that make what stage ``name`` reads, in order, not those before them."""
    makers = {MAKER[read].name for read in STAGES[name].reads if read in MAKER}
    return tuple(stage for stage in CHAIN if stage.name in makers)


@cache
def upstream(name: str) -> frozenset[str]:
    """The names of all stages that stage ``name`` waits for."""
    direct = frozenset(stage.name for stage in before(name))
    return direct.union(*map(upstream, direct))


def gives_way(name: str) -> bool:
    """Whether a stage runs beside the longest one, which then has a core whoever wants one."""
    return name != LONGEST and name not in upstream(LONGEST) and LONGEST not in upstream(name)


@cache
def own_kinds(name: str) -> tuple[str, ...]:
    """The kinds of inputs that stage ``name`` itself reads and runs on."""
    return (*ALWAYS, *(read for read in STAGES[name].reads if read not in MAKER))


@cache
def kinds(name: str) -> tuple[str, ...]:
    """The kinds of inputs that stage ``name`` and all stages before it are made from."""
    found = set(own_kinds(name))
    for stage in before(name):
        found |= set(kinds(stage.name))
    return tuple(sorted(found))
