"""What a result keeps of its run: its inputs, the recipe with every choice, digests of all of it.

``suyuan index inputs/data.csv --tree inputs/tree.csv --config recipe.yaml`` in a folder of results
gives the same tables again, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from suyuan import __version__
from suyuan.core.files import put, sha256, write_text
from suyuan.index import judgements
from suyuan.index.loading import weights_from
from suyuan.index.run import OutputFile, Run

FORMAT = "index-run/1"
WEIGHTS = "weights"
INPUTS, RECIPE, RUN = "inputs", "recipe.yaml", "run.json"
LIBRARIES = ("numpy", "pandas")  # which decide the last digits
WORKBOOK = ".xlsx"


def copies(run: Run) -> dict[str, Path]:
    """The files that the run was made from, by their names within ``INPUTS``."""
    book = run.inputs.data.suffix.casefold() == WORKBOOK
    found = {f"data{WORKBOOK if book else '.csv'}": run.inputs.data, "tree.csv": run.inputs.tree}
    if run.recipe.judged:
        source = weights_from(run.recipe)
        folder = f"{WEIGHTS}/" if source.is_dir() else ""
        for file in judgements.files(source):
            found[f"{folder}{file.name if folder else WEIGHTS + file.suffix}"] = file
    return found


def given(run: Run) -> list[Path]:
    """All files that the run was made from."""
    return [*copies(run).values(), *filter(None, [run.inputs.recipe])]


def recipe_text(run: Run) -> str:
    """The recipe as YAML: every key, with what was chosen or holds where nothing was."""
    resolved = plain(run.recipe.resolved)
    if run.recipe.judged:
        source = weights_from(run.recipe)
        named = WEIGHTS if source.is_dir() else WEIGHTS + source.suffix
        resolved["weights"] = {run.recipe.weights: f"{INPUTS}/{named}"}
    text: str = yaml.safe_dump(
        resolved, sort_keys=False, allow_unicode=True, default_flow_style=None,
        width=96,
    )  # fmt: skip
    return text


def plain(value: Any) -> Any:
    """What YAML can say of a value; the order of a set is its texts'."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    return value


def files(folder: Path) -> list[str]:
    """The names of all files in a folder and below it, and of folders that have none."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not _leads_on(path))
    return sorted(path.relative_to(folder).as_posix() for path in found)


def _leads_on(path: Path) -> bool:
    return path.is_dir() and any(path.iterdir())


def recorded(folder: Path) -> Mapping[str, Any]:
    """What run.json of a folder says, {} where there is none of ours."""
    try:
        found = json.loads((folder / RUN).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("format") == FORMAT else {}


def _inputs(run: Run, path: Path) -> bool:
    path.mkdir(parents=True)
    for name, file in copies(run).items():
        (path / name).parent.mkdir(exist_ok=True)
        put(path / name, file.read_bytes())
    return True


def _recipe(run: Run, path: Path) -> bool:
    write_text(path, recipe_text(run))
    return True


def _run(run: Run, path: Path) -> bool:
    document = {
        "format": FORMAT,
        "suyuan": __version__,
        "libraries": {name: version(name) for name in LIBRARIES},
        "inputs": dict(_given(run, path.parent)),
        "seed": run.recipe.uncertainty.seed if run.recipe.uncertainty else None,
        "draws": run.recipe.uncertainty.draws if run.recipe.uncertainty else 0,
        "units": len(run.data.frame),
        "indicators": len(run.tree.leaves),
        "nodes": len(run.tree.nodes),
        "outputs": {name: sha256(path.parent / name) for name in files(path.parent)},
    }
    write_text(path, json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    return True


def _given(run: Run, folder: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each input by what it is: its name as given, its copy, and the digest of both."""
    for copy, file in copies(run).items():
        name = f"{INPUTS}/{copy}"
        given = {"name": file.name, "copy": name, "sha256": sha256(folder / name)}
        yield copy.partition(".")[0], given
    recipe = run.inputs.recipe
    own = {"name": recipe.name, "sha256": sha256(recipe)} if recipe else {"name": None}
    yield "recipe", {**own, "copy": RECIPE}


RECIPE_FILE = OutputFile(RECIPE, "every choice of the recipe, also those left out", _recipe)
INPUT_FILES = OutputFile(INPUTS, "a folder: the data and the tree as they were", _inputs)
RUN_FILE = OutputFile(RUN, "version, seed, and digests of every file that was read or made", _run)
