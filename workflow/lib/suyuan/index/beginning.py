"""``suyuan index init``: a tree and a recipe for a table, to be read and changed by people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

from suyuan.contract.tables import rows_text
from suyuan.core.errors import IndexFault, Problem, ReportedError
from suyuan.core.files import write_text
from suyuan.index import said
from suyuan.index.noticing import Seen, seen
from suyuan.index.reading import Declared
from suyuan.index.table import UNIT

TREE, RECIPE = "tree.csv", "recipe.yaml"
COLUMNS = ("node_id", "parent_id", "weight", "name", "aggregation", "direction", "low", "high")
ROOTS = ("index", "overall", "composite_index", "index_of_all")  # the first that is no indicator


@dataclass(frozen=True)
class Begun:
    """What was written, and for what."""

    tree: Path
    recipe: Path
    seen: Seen


def begin(data: Path, out: Path, given: Declared, lang: str | None = None) -> Begun:
    """Write a tree and a recipe for ``data`` to the folder ``out``, with comments in ``lang``.

    Raises IndexFault: E566 for each that is there already, and what is wrong with the table.
    """
    made = out / TREE, out / RECIPE
    if there := [path for path in made if path.exists()]:
        raise IndexFault(Problem("E566", str(path)) for path in there)
    try:
        found = seen(data, str(data), given)
    except ReportedError as error:
        raise IndexFault(error.problems) from error
    out.mkdir(parents=True, exist_ok=True)
    write_text(made[0], tree_text(found))
    write_text(made[1], recipe_text(found, lang))
    return Begun(*made, found)


def tree_text(found: Seen) -> str:
    """One root with all indicators below it, equal in weight, more of each counted as better."""
    root = next(name for name in ROOTS if name not in found.indicators)
    leaves = [leaf for leaf in found.indicators if leaf != UNIT]
    rows = [(root, "", "", "", "", "", "", "")]
    rows += [(leaf, root, "1", "", "", "1", "", "") for leaf in leaves]
    return rows_text(COLUMNS, rows)


def recipe_text(found: Seen, lang: str | None = None) -> str:
    """The recipe with all its choices and comments, without those that have nothing to tell."""
    text = (said.folder(lang) / RECIPE).read_text(encoding="utf-8")
    places = _places(found)
    nothing = [f"${name}" for name, told in places.items() if not told]
    lines = [line for line in text.splitlines() if not any(name in line for name in nothing)]
    return "".join(f"{Template(line).substitute(places)}\n" for line in lines)


def _places(found: Seen) -> Mapping[str, str]:
    declared = found.declared
    given = {
        "unit": declared.unit,
        "year": declared.year,
        "missing": sorted(declared.signs.missing) or None,
        "percent": declared.signs.percent or None,
        "header": declared.header,
        "sheet": declared.sheet,
        "encoding": declared.encoding,
    }
    lines = [f"  {key}: {_yaml(value)}" for key, value in given.items() if value is not None]
    return {
        "data": "\n".join(["data:", *lines]),
        "percent": "" if declared.signs.percent else "percent: yes",
        "asked": _yaml(list(found.asked)) if found.asked else "",
        "unsaid": _listed(found.unsaid),
        "others": _listed(found.others),
        "twice": _listed(found.twice),
    }


def _yaml(value: object) -> str:
    """A value on one line of YAML, which takes what JSON is."""
    return json.dumps(value, ensure_ascii=False)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
