"""What other programs may ask of suyuan: docs/api.md.

Whatever a person can mend is raised as ReportedError; ``explain`` puts it into Chinese words.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from suyuan.contract.config import edition_layout, read_config
from suyuan.contract.messages import message
from suyuan.core.errors import IndexFault, ReportedError
from suyuan.core.layout import project_root
from suyuan.core.resources import resources
from suyuan.lineage.reading import Lineage

if TYPE_CHECKING:
    from suyuan.index.pipeline import Index
    from suyuan.lineage.verification import Verdict

Files = str | Path


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


def build_index(data: Files, tree: Files, recipe: Files | None = None) -> Index:
    """A composite index of any table of units × indicators; docs/index.md describes the files.

    ``aggregates.scores``, ``ranks`` and ``status`` have a row per unit and a column per node.

    Raises ReportedError (E5…) with all that is wrong with the files.

    >>> index = suyuan.build_index("data.csv", "tree.csv", "recipe.yaml")
    >>> index.aggregates.scores["overall"].round(2).to_dict()
    {'Aster': 76.98, 'Birch': 61.15, 'Cedar': 46.35, 'Dogwood': 62.5}
    """
    from suyuan.index.command import compute

    return compute(Path(data), Path(tree), None if recipe is None else Path(recipe)).index


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
