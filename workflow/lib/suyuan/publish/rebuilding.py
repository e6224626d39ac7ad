"""Rebuilding: a published edition made again from its own sources, and compared byte by byte."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from suyuan.core.errors import BrokenFile, LineageRefuted, LookupFailed, Problem, whole
from suyuan.core.files import sha256
from suyuan.core.layout import Layout
from suyuan.publish import machine, pin, shelf, work
from suyuan.publish.publication import Build
from suyuan.publish.shelf import DIFF, EDITIONS, SEARCH, SOURCES, Published


@dataclass(frozen=True)
class Rebuilt:
    """How many files were made again, all of them alike; what is installed otherwise than then."""

    files: int
    other: Mapping[str, tuple[str, str]]


def rebuild(root: Path, name: str, build: Build = work.build) -> Rebuilt:
    """Make the published edition ``name`` again from its sources.

    Raises LookupFailed E624; BrokenFile E620, and E621 to E623 for an edition that is not as it was
    published, E626 for sources that are not; LookupFailed E625 where they cannot be built now;
    LineageRefuted E627 for each file that comes out otherwise.
    """
    edition = shelf.named(root, name)
    if damage := list(edition.damage()):
        raise BrokenFile(damage)
    contents = sources(edition)
    work.clear(root)  # what others have left that were killed: it is as large as a project
    with work.scratch(root) as folder:
        pin.lay(contents, folder)
        log = folder / "rebuilding.log"
        done = build(folder, edition.edition, log)
        other = _other(edition, folder)
        causes = otherwise(edition, other)  # told first: files that differ are many
        if done.code:
            place = f"{EDITIONS}/{name}/{SOURCES}"
            reasons = done.reasons(place)
            said = " ｜ ".join(each for each in reasons if isinstance(each, str))
            ended = [each for each in reasons if isinstance(each, Problem)]
            failed = [whole("E625", place, value=said)] if said else []
            raise LookupFailed([*causes, *failed, *ended])
        made = Layout(folder, edition.edition).report
        if unlike := list(_unlike(edition, made)):
            raise LineageRefuted([*causes, *unlike])
        return Rebuilt(len(_built(edition)), other)


def sources(edition: Published) -> dict[str, bytes]:
    """The pinned files of an edition.

    Raises BrokenFile E626 for another set than its inputs, and for a name that leads elsewhere.
    """
    contents, place = pin.opened(edition.read(SOURCES)), f"{EDITIONS}/{edition.name}/{SOURCES}"
    wrong = pin.changed(edition.inputs, pin.digests(contents))
    if wrong := wrong or [name for name in contents if not pin.inside(name)]:
        raise BrokenFile(whole("E626", place, value=name) for name in wrong)
    return contents


def _built(edition: Published) -> dict[str, str]:
    """Digests of the files that a build makes, by name: not those of the publication itself."""
    own = (SOURCES, SEARCH)
    files = edition.files.items()
    return {n: digest for n, digest in files if n not in own and not n.startswith(f"{DIFF}/")}


def _unlike(edition: Published, made: Path) -> Iterator[Problem]:
    found = {p.relative_to(made).as_posix(): p for p in made.rglob("*") if p.is_file()}
    wanted = _built(edition)
    for name in sorted(found.keys() | wanted.keys()):
        if name not in found or sha256(found[name]) != wanted.get(name):
            yield whole("E627", f"{EDITIONS}/{edition.name}/{name}")


def otherwise(edition: Published, other: Mapping[str, tuple[str, str]]) -> list[Problem]:
    """E628 for each thing that is installed in another version than then."""
    place = f"{EDITIONS}/{edition.name}"
    return [
        whole("E628", place, value=name, details={"then": then, "now": now})
        for name, (then, now) in other.items()
    ]


def _other(edition: Published, folder: Path) -> dict[str, tuple[str, str]]:
    """What was installed then and now, by name, where it is not the same."""
    then, now = edition.manifest["versions"], machine.versions(folder)
    return {
        name: (then.get(name, "—"), now.get(name, "—"))
        for name in sorted(then.keys() | now.keys())
        if then.get(name) != now.get(name)
    }
