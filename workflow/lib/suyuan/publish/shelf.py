"""Shelf: the published editions, a folder each below editions/, and what their manifests say."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from suyuan.core.errors import BrokenFile, LookupFailed, Problem, whole
from suyuan.core.files import digest, dump_json, read_json, sha256
from suyuan.core.names import in_time, is_edition
from suyuan.publish.manifest import FORMAT, fits

EDITIONS, LATEST = "editions", "latest"
MANIFEST, SOURCES, SEARCH, DIFF = "manifest.json", "sources.tar.gz", "search.json", "diff"
SEAL = "seal"  # key of a manifest: digest of all the others, so that no hand edits it unseen


def sealed(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """A manifest with the seal that is true of it."""
    told = {key: value for key, value in manifest.items() if key != SEAL}
    return {**told, SEAL: digest(dump_json(told).encode())}


@dataclass(frozen=True)
class Published:
    """An edition as it was published: its folder, which never changes, and its manifest."""

    folder: Path
    manifest: Mapping[str, Any]

    @classmethod
    def open(cls, folder: Path) -> Published:
        """Raises BrokenFile E620 without a manifest of this format, E621 for an edited one.

        PermissionError where it cannot be read.
        """
        path, place = folder / MANIFEST, f"{EDITIONS}/{folder.name}/{MANIFEST}"
        try:
            manifest = read_json(path)
            known = manifest["format"] == FORMAT and manifest["name"] == folder.name
        except PermissionError:  # that is no damage
            raise
        except (OSError, BrokenFile, KeyError, TypeError):
            known = False
        if known and manifest != sealed(manifest):
            raise BrokenFile(whole("E621", place))
        if not (known and fits(manifest, folder.name)):
            raise BrokenFile(whole("E620", place))
        return cls(folder, manifest)

    @property
    def name(self) -> str:
        """2026Q1, of a correction 2026Q1-r1."""
        name: str = self.manifest["name"]
        return name

    @property
    def edition(self) -> str:
        """The edition without its revision."""
        edition: str = self.manifest["edition"]
        return edition

    @property
    def moment(self) -> str:
        """When it was published, by Shanghai's time: texts are ordered as times are."""
        moment: str = self.manifest["published"]
        return moment

    @property
    def inputs(self) -> Mapping[str, str]:
        """Digests of all that it was made from, by name."""
        inputs: Mapping[str, str] = self.manifest["inputs"]
        return inputs

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Digests of its files by name, the manifest itself left out."""
        return {entry["name"]: entry["sha256"] for entry in self.manifest["files"]}

    def read(self, name: str) -> bytes:
        """One of its files. Raises BrokenFile E621, E622 where it is not the published one."""
        path, place = self.folder / name, f"{EDITIONS}/{self.name}/{name}"
        if not path.is_file():
            raise BrokenFile(whole("E622", place))
        data = path.read_bytes()
        if digest(data) != self.files.get(name):
            raise BrokenFile(whole("E621", place))
        return data

    def damage(self) -> Iterator[Problem]:
        """E621 for a file that is not the one that was published, E622 missing, E623 not ours."""
        found = (path for path in self.folder.rglob("*") if not path.is_dir() or path.is_symlink())
        there = {path.relative_to(self.folder).as_posix(): path for path in found}
        for name, own in self.files.items():
            if name not in there or not there[name].is_file():
                yield whole("E622", f"{EDITIONS}/{self.name}/{name}")
            elif sha256(there[name]) != own:
                yield whole("E621", f"{EDITIONS}/{self.name}/{name}")
        for name in sorted(there.keys() - self.files.keys() - {MANIFEST}):
            yield whole("E623", f"{EDITIONS}/{self.name}/{name}")


def place(root: Path) -> Path:
    """Where they lie, or will. Raises BrokenFile E639 where something else than a folder is."""
    folder = root / EDITIONS
    if os.path.lexists(folder) and not folder.is_dir():  # as a link to what is not mounted
        raise BrokenFile(whole("E639", EDITIONS))
    return folder


def names(root: Path) -> list[str]:
    """Names of the folders of editions, oldest first. Raises BrokenFile E639."""
    folder = place(root)
    found = (path.name for path in folder.iterdir()) if folder.is_dir() else ()
    return sorted(filter(is_edition, found), key=in_time)


def published(root: Path) -> list[Published]:
    """All published editions, oldest first. Raises BrokenFile E620."""
    return [Published.open(root / EDITIONS / name) for name in names(root)]


def named(root: Path, name: str) -> Published:
    """The one called ``name``.

    Raises LookupFailed E624 where there is none, E640 where there is none at all, BrokenFile E620.
    """
    if name not in (known := names(root)):
        about = {"known": "、".join(known)}
        raise LookupFailed(whole("E624" if known else "E640", EDITIONS, name, about))
    return Published.open(root / EDITIONS / name)


def newest(editions: Sequence[Published], edition: str) -> Published | None:
    """The edition as it was published last, None where it never was."""
    return next((each for each in reversed(editions) if each.edition == edition), None)


def before(editions: Sequence[Published], edition: str) -> Published | None:
    """What an edition is compared with: itself as published last, else the newest older one."""
    older = (each for each in reversed(editions) if in_time(each.edition) <= in_time(edition))
    return next(older, None)


def next_name(last: Published | None, edition: str) -> str:
    """What the next publication of an edition is called."""
    return f"{edition}-r{in_time(last.name)[1] + 1}" if last else edition
