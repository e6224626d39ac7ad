"""Pin: all that an edition is made from, taken once: data, configuration, templates, code, lock.

An edition is built from its pin and nothing else, when it is published and whenever that is
repeated. What ``suyuan.core.inputs`` lists is pinned, of this edition and of the one before it.
"""

from __future__ import annotations

import gzip
import io
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from suyuan.contract.matrix import check_matrix
from suyuan.core import inputs
from suyuan.core.errors import StaleBuild, whole
from suyuan.core.files import digest, put
from suyuan.core.layout import Layout

MODE = 0o644
FEW = 5  # files that a line names
LEVEL = 6  # of compression: 9 takes twice as long for a file that is 0.3 % smaller
Contents = Mapping[str, bytes]  # by name, relative to the project


def taken(layout: Layout) -> dict[str, bytes]:
    """The contents of everything that the edition is made from, by name.

    The configuration names this edition, whichever the project's own may be. Raises StaleBuild E607
    for files that are others once all are read.
    """
    check_matrix(layout.root)
    found, again = _read(layout), _read(layout)
    if edited := changed(digests(found), digests(again)):
        raise StaleBuild(whole("E607", name) for name in edited)
    return found


def _read(layout: Layout) -> dict[str, bytes]:
    paths = (path for kind in inputs.KINDS for path in inputs.files(layout, kind))
    return {layout.name(path): layout.read(path) for path in sorted(paths) if path.is_file()}


def digests(contents: Contents) -> dict[str, str]:
    """Digest of each file by name."""
    return {name: digest(data) for name, data in contents.items()}


def changed(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    """Names of files that are not the same in two pins."""
    return sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))


def lay(contents: Contents, folder: Path) -> None:
    """Write the pinned files below a folder."""
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        put(path, data)


def few(names: Sequence[str]) -> str:
    """The first names of files, as a line tells them."""
    return "、".join(names[:FEW]) + ("…" if len(names) > FEW else "")


def inside(name: str) -> bool:
    """Whether a name leads to a place below the folder where it is laid, by itself."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def archive(contents: Contents) -> bytes:
    """The pinned files as one file; equal contents give equal bytes."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as out:
        for name, data in sorted(contents.items()):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(data), MODE
            out.addfile(entry, io.BytesIO(data))
    return gzip.compress(packed.getvalue(), LEVEL, mtime=0)


def opened(data: bytes) -> dict[str, bytes]:
    """The files of an archive by name, whatever a hand may have put into it left to the caller."""
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as packed:
        files = (entry for entry in packed if entry.isfile())
        return {entry.name: _content(packed, entry) for entry in files}


def _content(packed: tarfile.TarFile, entry: tarfile.TarInfo) -> bytes:
    content = packed.extractfile(entry)
    return content.read() if content else b""
