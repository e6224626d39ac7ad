"""The miniature, published: a build that takes no time, and gates as a test wants them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from suyuan.core import inputs
from suyuan.core.errors import Problem
from suyuan.core.layout import Layout
from suyuan.lineage.file import Use
from suyuan.publish import publication, shelf, work
from suyuan.publish.gates import Found, Gate
from tests.code.miniature import EDITION, Project

PAGE = "<!DOCTYPE html><html lang='zh-CN'><head><title>{0}</title></head><body></body></html>"


def built(root: Path, edition: str, log: Path) -> work.Done:
    """A report that a pinned miniature could have: lineage, data and a page."""
    project = Project(root)
    values = [value.id for value in project.run()]
    project.publish(tuple(Use(value, "01-summary", f"v-{value}", "text") for value in values))
    layout = Layout(root, edition)
    for kind in ("raw", "config", "settings", "claims", "plots"):
        for path in inputs.files(layout, kind):
            target = layout.report / layout.name(path)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    (layout.report / "report.html").write_text(PAGE.format(edition), encoding="utf-8")
    log.write_text("built\n", encoding="utf-8")
    return work.Done(0, "built\n")


def gate(*refused: Problem | str, code: str = "claims", early: bool = False) -> Gate:
    """A gate that refuses for such reasons, or lets everything pass."""
    return Gate(code, lambda _: Found(list(refused)), early)


def publish(
    project: Project,
    *,
    reason: str | None = None,
    gates: Sequence[Gate] = (),
    build: Callable[[Path, str, Path], work.Done] = built,
    said: list[str] | None = None,
) -> publication.Outcome:
    """The miniature published as it is now."""
    say = [].append if said is None else said.append
    return publication.publish(
        project.root, EDITION, reason=reason, say=say, gates=gates, build=build
    )


def rewrite(folder: Path, *, seal: bool = True, **keys: Any) -> None:
    """Other keys in a manifest, by someone who seals it again, or by hand."""
    path = folder / shelf.MANIFEST
    path.chmod(0o644)
    manifest = json.loads(path.read_text(encoding="utf-8")) | keys
    text = json.dumps(shelf.sealed(manifest) if seal else manifest)
    path.write_text(text, encoding="utf-8")


def state(folder: Path, skip: Iterable[str] = (".lock",)) -> dict[str, bytes]:
    """Every file below a folder by name; of a link, where it leads."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = str(path.readlink()).encode()
        elif path.is_file() and name not in skip:
            found[name] = path.read_bytes()
    return found
