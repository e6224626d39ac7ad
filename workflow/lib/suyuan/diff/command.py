"""``suyuan diff BASE HEAD``: the comparison, written to report/diff/<base>..<head>/."""

from __future__ import annotations

from pathlib import Path

from suyuan.contract.edition import possible_schemas
from suyuan.core.files import read_yaml
from suyuan.core.layout import Layout
from suyuan.diff import pages
from suyuan.diff.asked import side
from suyuan.diff.document import Difference
from suyuan.diff.shown import Shown
from suyuan.diff.sides import Side
from suyuan.domain.operations import OPERATIONS

DIFFS, SIDES = "report/diff", ".."
SAME, CHANGED, UNEXPLAINED = 0, 1, 3  # with --exit-code; 2 is a usage that argparse refuses


def compared(root: Path, base: str, head: str) -> Difference:
    """Both sides compared, by their names."""
    return between(root, side(root, base), side(root, head))


def between(root: Path, base: Side, head: Side) -> Difference:
    """Both sides compared."""
    layout = Layout(root, "")
    schemas = possible_schemas(layout)
    words = read_yaml(layout.templates / "words.yaml")
    return Difference(base, head, schemas, OPERATIONS, words)


def folder(root: Path, base: str, head: str) -> Path:
    """Where a comparison is written: a folder of its own that any listing shows."""
    return root / DIFFS / SIDES.join(map(_called, (base, head)))


def _called(name: str) -> str:
    """A side's name as part of a folder's; of one that is nothing but dots, the folder it means."""
    said = name.rstrip("/").replace("/", "_").lstrip("._")
    return said or Path(name).resolve().name.lstrip("._") or "_"


def shown(root: Path, base: str, head: str) -> Shown:
    """Both sides compared, their pages and figures too."""
    return all_of(root, compared(root, base, head))


def all_of(root: Path, found: Difference) -> Shown:
    """A comparison with pages and figures."""
    document = pages.complete(found.to_json(), pages.changes(found.base, found.head))
    return Shown.of(root, document, found.base, found.head)


def run(root: Path, base: str, head: str) -> tuple[Path, Shown]:
    """Write the comparison: its folder, and what people see of it."""
    found, out = shown(root, base, head), folder(root, base, head)
    found.write(out)
    return out, found


def verdict(found: Shown) -> int:
    """Whether anything changed, and whether all of it is explained."""
    if found.view.document["unexplained"]:
        return UNEXPLAINED
    return SAME if found.view.empty else CHANGED
