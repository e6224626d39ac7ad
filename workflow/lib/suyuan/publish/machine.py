"""Machine: the programs beside our own that decide how a report looks."""

from __future__ import annotations

import ctypes
import platform
from pathlib import Path

from suyuan.core.libraries import installed

# Shared libraries that the PDF is set with: what tells their version, as a text.
NATIVE = {
    "pango": ("libpango-1.0.so.0", "pango_version_string"),
    "harfbuzz": ("libharfbuzz.so.0", "hb_version_string"),
}


def versions(root: Path) -> dict[str, str]:
    """Version of the interpreter, the machine, shared libraries and locked distributions."""
    found = {"python": platform.python_version(), "machine": platform.machine()}
    for name, (library, function) in NATIVE.items():
        try:
            ask = getattr(ctypes.CDLL(library), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        found[name] = ask().decode()
    return found | installed(root)
