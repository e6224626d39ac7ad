"""The rooms of the house: a module imports only from its own room or from rooms to its left.

Imports are read from the source, lazy ones and those by ``import_module`` included.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.code.miniature import ROOT

LIBRARY = ROOT / "workflow/lib"
LONGEST = 350  # lines of a module
# From left to right. Rooms of one floor do not import each other.
FLOORS = (
    ("core",),
    ("contract",),
    ("lineage",),
    ("index",),
    ("domain",),
    ("figures", "page"),
    ("diff",),
    ("outputs",),
    ("results",),
    ("publish",),
    ("stages",),
    ("preview",),
    ("api", "editions", "indices"),
    ("cli",),
    ("__main__",),
)
# Within a room: parts that keep apart, each with the parts it may use.
PARTS = {
    "domain": {"region": (), "audit": ("region",), "assessment": ("region",)},
    "outputs": {"screen": (), "paper": (), "workbook": (), "answers": ()},
    "contract": {"queries": ()},
}


def named(path: Path) -> str:
    """The module's name; a package is called by its own."""
    parts = path.relative_to(LIBRARY).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {named(path): path for path in sorted((LIBRARY / "suyuan").rglob("*.py"))}


def asked_for(tree: ast.AST) -> Iterator[str]:
    """Names that a module imports, as written: of modules, or of what they hold."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and node.args:
            function = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if function in ("import_module", "__import__"):
                yield beginning(node.args[0]).rstrip(".")


def beginning(node: ast.expr) -> str:
    """The constant text that an expression begins with."""
    if isinstance(node, ast.JoinedStr):
        node = node.values[0]
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def imports(tree: ast.AST) -> set[str]:
    """Modules of ours that a module imports."""
    found = set()
    for asked in asked_for(tree):
        name = asked
        while name and name not in MODULES:
            name = name.rpartition(".")[0]
        found.add(name)
    return found - {"", "suyuan"}


GRAPH = {
    name: imports(ast.parse(path.read_text(encoding="utf-8"))) - {name}
    for name, path in MODULES.items()
}


def floor_of(module: str) -> int:
    room = module.split(".")[1]
    return next(place for place, rooms in enumerate(FLOORS) if room in rooms)


def part_of(module: str) -> str:
    """The part of its room that keeps apart, '' where the module is in none."""
    _, room, *rest = module.split(".")
    return rest[0] if rest and rest[0] in PARTS.get(room, {}) else ""


def lawful(module: str, imported: str) -> bool:
    room, other = module.split(".")[1], imported.split(".")[1]
    if room != other:
        return floor_of(imported) < floor_of(module)
    own, its = part_of(module), part_of(imported)
    return not own or not its or its in (own, *PARTS[room][own])


def arrows() -> set[tuple[str, str]]:
    """Every import of one of our modules by another; the package's own face is no room."""
    pairs = ((name, other) for name, others in GRAPH.items() for other in others)
    return {(name, other) for name, other in pairs if name != "suyuan"}


def test_every_module_has_a_room():
    rooms = {room for floor in FLOORS for room in floor}
    assert {name.split(".")[1] for name in MODULES if name != "suyuan"} == rooms


def test_a_module_imports_only_to_its_left():
    assert {arrow for arrow in arrows() if not lawful(*arrow)} == set()


def test_the_rule_sees_what_breaks_it():
    assert not lawful("suyuan.core.files", "suyuan.contract.tables")
    assert not lawful("suyuan.page.page", "suyuan.figures.svg")
    assert not lawful("suyuan.outputs.paper.pdf", "suyuan.outputs.screen.panel")
    assert not lawful("suyuan.domain.audit.audit", "suyuan.domain.assessment.model")
    assert lawful("suyuan.domain.audit.audit", "suyuan.domain.region.scale")
    assert lawful("suyuan.stages.chart", "suyuan.core.files")


def test_imports_of_every_sort_are_seen():
    source = """
import suyuan.core.files
from suyuan.contract import tables
from suyuan.lineage.ledger import Ledger
def later(name):
    from suyuan.index import tree
    import_module("suyuan.domain.values")
    importlib.import_module(f"suyuan.stages.{name}")
"""
    assert imports(ast.parse(source)) == {
        "suyuan.core.files", "suyuan.contract.tables", "suyuan.lineage.ledger",
        "suyuan.index.tree", "suyuan.domain.values", "suyuan.stages",
    }  # fmt: skip


def cycle(module: str, path: tuple[str, ...] = ()) -> tuple[str, ...]:
    """A way from ``module`` back to itself, () where there is none; ``DONE`` saves work."""
    if module in path:
        return (*path[path.index(module) :], module)
    if module in DONE:
        return ()
    for other in sorted(GRAPH[module]):
        if found := cycle(other, (*path, module)):
            return found
    DONE.add(module)
    return ()


DONE: set[str] = set()


def test_no_module_imports_itself_in_a_circle():
    assert [found for module in sorted(GRAPH) if (found := cycle(module))] == []


@pytest.mark.parametrize("module", sorted(MODULES))
def test_no_module_is_longer_than_a_room_allows(module):
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST
