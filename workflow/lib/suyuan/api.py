"""What other programs may ask of suyuan: docs/api.md.

Whatever a person can mend is raised as ReportedError; ``explain`` puts it into words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suyuan.contract.config import edition_layout, read_config
from suyuan.contract.messages import message
from suyuan.core.errors import IndexFault, ReportedError
from suyuan.core.layout import project_root
from suyuan.core.resources import resources
from suyuan.lineage.reading import Lineage

if TYPE_CHECKING:
    from pandas import DataFrame

    from suyuan.index.given import Recipe, Table
    from suyuan.index.pipeline import Index
    from suyuan.lineage.verification import Verdict

Files = str | Path


@dataclass(frozen=True)
class IndexDiff:
    """What differs between two results, by cause, and what each cause moved.

    Of ``table`` the columns are ``node``, ``unit``, ``measure`` (score, rank, or an end of an
    interval), ``before``, ``after``, ``change``, one for each cause, ``joint`` for those that only
    work together, and ``joint_causes``. What is not there is NaN; causes and ``joint`` add up to
    ``change``, but for rounding.
    """

    differences: Mapping[str, list[str]]
    table: DataFrame


def read_lineage(path: Files) -> Lineage:
    """A report's ``lineage.json``: every value, what it was made from, and where it is printed.

    Raises ReportedError E202 where there is no such file, E203 where it is none of this format.

    >>> lineage = suyuan.read_lineage("report/2030Q1/lineage.json")
    >>> total = lineage.values["rg.compute_total"]
    >>> total.v, total.unit, total.op
    (Decimal('100.0'), 'EFLOPS', 'sum')
    >>> lineage.values[total.parents[0]].src
    (Cell(source='observations', column='value', key='T001'),)
    """
    return Lineage.read(Path(path))


def trace(project: Files, what: str, edition: str | None = None) -> list[Mapping[str, Any]]:
    """The way from a value id, or from what is printed, down to raw cells: a tree for each value.

    A tree has ``id``, ``txt``, ``v``, ``u`` and ``op``; ``in``, the trees it was made from, or
    ``cells``, each with ``file``, ``line``, ``column`` and ``value``; and ``uses``. ``project`` is
    a folder of the project; ``edition`` is the configured one when it is not given.

    Raises ReportedError E199 outside a project, E200 where nothing is printed so, E201 where there
    is no report yet.

    >>> (tree,) = suyuan.trace(".", "rg.compute_total")
    >>> tree["txt"], tree["op"], len(tree["in"])
    ('100.0', 'sum', 4)
    >>> cell = tree["in"][0]["cells"][0]
    >>> cell["file"], cell["line"], cell["value"]
    ('data/raw/2030Q1/observations.csv', 2, '50.0')
    """
    from suyuan.outputs.answers import answers

    root = project_root(Path(project))
    return answers.trees(edition_layout(root, read_config(root, edition).edition), what)


def verify(project: Files, edition: str | None = None) -> Verdict:
    """Hold a report against its raw rows: every value, the lineage file whole, every file of it.

    The verdict counts ``values`` and ``inputs``, those that ``moved`` their value when they were
    changed, and lists why the others cannot (``explained``).

    Raises ReportedError E199 outside a project, E201 where there is no report yet, and otherwise
    LineageRefuted with everything that is not as it should be, each by name: E310 to E313 and
    E361 to E375.

    >>> suyuan.verify("/")
    Traceback (most recent call last):
        ...
    suyuan.core.errors.LookupFailed: E199 config/config.yaml:1:
    """
    from suyuan.stages import delivered

    root = project_root(Path(project))
    config = read_config(root, edition)
    return delivered.run(edition_layout(root, config.edition), config)


def build_index(data: Table, tree: Table, recipe: Recipe = None) -> Index:
    """A composite index of any table of units × indicators; docs/index.md describes what goes in.

    ``data`` and ``tree`` are files or tables of pandas, ``recipe`` a file, a mapping, or nothing.
    ``aggregates.scores``, ``ranks`` and ``status`` have a row per unit and a column per node.

    Raises IndexFault with all that is wrong with the three.

    >>> index = suyuan.build_index("data.csv", "tree.csv", "recipe.yaml")
    >>> index.aggregates.scores["overall"].round(2).to_dict()
    {'Aster': 76.98, 'Birch': 61.15, 'Cedar': 46.35, 'Dogwood': 62.5}
    """
    from suyuan.index.command import compute
    from suyuan.index.given import files

    with files(data, tree, recipe) as paths:
        return compute(*paths).index


def index_tables(data: Table, tree: Table, recipe: Recipe = None) -> dict[str, DataFrame]:
    """All tables that ``suyuan index`` writes, by name, with every digit: docs/index.md.

    Raises IndexFault as ``build_index`` does.

    >>> tables = suyuan.index_tables("data.csv", "tree.csv", "recipe.yaml")
    >>> tables["bounds"].query("node == 'overall' and unit == 'Birch'").round(2).to_dict("records")
    [{'node': 'overall', 'unit': 'Birch', 'coverage': 0.9, 'imputed': 0.0, 'low': 52.4, \
'score': 61.15, 'high': 62.4}]
    """
    from suyuan.index.command import compute, made
    from suyuan.index.given import files

    with files(data, tree, recipe) as paths:
        return {output.name: table for output, table in made(compute(*paths))}


def write_index(data: Table, tree: Table, recipe: Recipe, out: Files) -> list[Path]:
    """What ``suyuan index`` does: all files of the result, in the folder ``out``; their paths.

    Raises IndexFault as ``build_index`` does, and where ``out`` has other files.

    >>> written = suyuan.write_index("data.csv", "tree.csv", None, "result")
    >>> [path.name for path in written][:2]
    ['scores.csv', 'ranks.csv']
    """
    from suyuan.index.command import run
    from suyuan.index.given import files
    from suyuan.results.files import scorecards

    with files(data, tree, recipe) as paths:
        return run(*paths, Path(out), scorecards()).files


def begin_index(data: Files, out: Files = ".", lang: str | None = None) -> tuple[Path, Path]:
    """What ``suyuan index init`` does: a first tree and recipe for a table; their paths.

    Raises IndexFault where one is there already, or where ``data`` is no table.

    >>> tree, recipe = suyuan.begin_index("data.csv", "begun", lang="en")
    >>> suyuan.build_index("data.csv", tree, recipe).ranks["index"].to_dict()
    {'Aster': 3.0, 'Birch': 1.0, 'Cedar': 2.0, 'Dogwood': nan}
    """
    from suyuan.index.beginning import begin
    from suyuan.index.reading import Declared

    begun = begin(Path(data), Path(out), Declared(), lang)
    return begun.tree, begun.recipe


def trace_index(result: Files, what: str) -> dict[str, Any]:
    """A score of a result of ``suyuan index`` down to the cells of its data: docs/index.md.

    ``result`` is the folder that was written, ``what`` a node and a unit, as overall/Birch; of a
    unit alone it is the first root. The tree has ``node``, ``unit``, ``score``, ``how``; above
    indicators ``in``, the trees it was made from, each with its ``weight`` on paper and the one
    that was ``used``; at an indicator ``steps`` of treatment and ``cells``, each with ``file``,
    ``line``, ``column``, ``name`` and ``value``. ``others`` has the cells of other rows that the
    score may depend on, units by column; ``changed`` tells that the data changed since.

    Raises IndexFault E590 where there is no such score, E591 and E592 where there is no such
    result.

    >>> result = suyuan.write_index("data.csv", "tree.csv", "recipe.yaml", "traced")[0].parent
    >>> tree = suyuan.trace_index(result, "overall/Birch")
    >>> round(tree["score"], 2), [(own["node"], own["weight"]) for own in tree["in"]]
    (61.15, [('service', 0.6), ('offer', 0.4)])
    >>> support = tree["in"][1]["in"][1]
    >>> support["score"], support["used"], support["cells"][0]["line"], support["cells"][0]["value"]
    (None, 0.0, 3, '')
    """
    from suyuan.results.trace import traced

    return traced(Path(result), what)


def diff_index(before: Files, after: Files, *, intervals: bool = True) -> IndexDiff:
    """What moved scores, ranks and intervals between two results of ``suyuan index``.

    Both are folders that were written, and are computed again from the inputs that they keep.
    ``differences`` has what differs, by cause; ``table`` a row for every number at a root, with
    what each cause adds: docs/index.md. Without ``intervals`` nothing is drawn.

    Raises IndexFault E591 where there is no such result, E593 where an input changed since.

    >>> _ = suyuan.write_index("data.csv", "tree.csv", "recipe.yaml", "before")
    >>> _ = suyuan.write_index("data.csv", "tree.csv", {"coverage": 0.2}, "after")
    >>> moved = suyuan.diff_index("before", "after")
    >>> moved.differences
    {'method': ['coverage']}
    >>> moved.table.query("unit == 'Cedar' and measure == 'rank'")[["before", "after", "method"]]
       before  after  method
    6     3.0    4.0     1.0
    """
    from suyuan.results.comparison import Comparison, as_table

    found = Comparison(Path(before), Path(after), intervals=intervals)
    return IndexDiff(
        {cause: [*found.mixer.differences(cause)] for cause in found.mixer.causes}, as_table(found)
    )


def explain(error: ReportedError, lang: str | None = None) -> list[str]:
    """The problems as a person reads them, a line each: place, what is wrong, remedy, code.

    Those of an index (``IndexFault``) in Chinese or English, ``lang`` zh or en, or as the locale
    says; all others in Chinese.

    >>> try:
    ...     suyuan.read_lineage("nowhere.json")
    ... except suyuan.ReportedError as error:
    ...     suyuan.explain(error)
    ['nowhere.json:1:1 没有这个文件；请核对路径，或先运行 snakemake 生成报告 (E202)']
    """
    if isinstance(error, IndexFault):
        from suyuan.index import said

        return said.lines(error.problems, lang)
    templates = resources() / "templates"
    return [message(problem, templates) for problem in error.problems]
