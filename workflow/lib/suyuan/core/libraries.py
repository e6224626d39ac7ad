"""What computes and draws: the interpreter and the distributions that the lock names."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path

LOCK = "requirements.lock"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([0-9][^\s;]*)", re.MULTILINE)


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _versions(names: Iterable[str]) -> dict[str, str]:
    """Versions of installed distributions by normal name.

    Read from the names of ``.dist-info`` folders, which takes a hundredth of the time that
    importlib.metadata takes; that is asked for those that have none.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        if Path(place).is_dir():
            with os.scandir(place or ".") as entries:
                for entry in entries:
                    if entry.name.endswith(".dist-info"):
                        name, _, version = entry.name.removesuffix(".dist-info").partition("-")
                        found.setdefault(_normal(name), version)
    for name in names:
        if name not in found:
            try:
                found[name] = metadata.version(name)
            except metadata.PackageNotFoundError:
                continue
    return found


def pins(root: Path) -> dict[str, str]:
    """Versions that the lock pins, by name; a package of one kind of machine among them."""
    lock = root / LOCK
    return dict(PIN.findall(lock.read_text(encoding="utf-8"))) if lock.is_file() else {}


def installed(root: Path) -> dict[str, str]:
    """Installed versions of the locked distributions, by name; those installed at all."""
    names = sorted(map(_normal, pins(root)))
    found = _versions(names)
    return {name: found[name] for name in names if name in found}


def described(root: Path) -> str:
    """What computes and draws: the interpreter, what the lock pins and what is installed."""
    parts = [f"python {'.'.join(map(str, sys.version_info[:3]))}"]
    parts += [f"{name}=={version}" for name, version in sorted(pins(root).items())]
    parts += [f"{name} {version}" for name, version in installed(root).items()]
    return "\n".join(parts)
