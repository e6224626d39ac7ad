"""What computes and draws: the interpreter and the distributions that the lock names."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

LOCK = "requirements.lock"
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([0-9][^\s;]*)", re.MULTILINE)
METADATA = re.compile(r"([^-]+)-([^-]+)(-.*)?\.(?:dist|egg)-info")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _versions() -> dict[str, str]:
    """Versions of all installed distributions by normal name.

    Read from the names of their metadata folders: importlib.metadata takes a hundred times longer.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        if Path(place).is_dir():
            with os.scandir(place or ".") as entries:
                for entry in entries:
                    if named := METADATA.fullmatch(entry.name):
                        found.setdefault(_normal(named[1]), named[2])
    return found


def pins(root: Path) -> dict[str, str]:
    """Versions that the lock pins, by name; one for another kind of machine among them."""
    lock = root / LOCK
    return (
        dict(PIN.findall(lock.read_text(encoding="utf-8", errors="replace")))
        if lock.is_file()
        else {}
    )


def installed(root: Path) -> dict[str, str]:
    """Installed versions of the locked distributions, by name; those installed at all."""
    found = _versions()
    return {name: found[name] for name in sorted(map(_normal, pins(root))) if name in found}


def described(root: Path) -> str:
    """The interpreter, what the lock pins and what is installed, as one text."""
    parts = [f"python {'.'.join(map(str, sys.version_info[:3]))}"]
    parts += [f"{name}=={version}" for name, version in sorted(pins(root).items())]
    parts += [f"{name} {version}" for name, version in installed(root).items()]
    return "\n".join(parts)
