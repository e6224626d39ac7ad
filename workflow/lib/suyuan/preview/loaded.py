"""The code that this process goes by, which read it once: files may say something else by now."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from suyuan.core.inputs import digest_of

PACKAGE = __name__.partition(".")[0]


class Loaded:
    """The files of the modules that were imported, as they were when this was made."""

    def __init__(self) -> None:
        modules = [m for name, m in sys.modules.items() if name.partition(".")[0] == PACKAGE]
        paths = [getattr(module, "__file__", None) for module in modules]
        self._paths = [Path(path) for path in paths if path]
        self._digest = self._now()

    def outdated(self) -> bool:
        """Whether one of them holds something else now, or is gone."""
        return self._now() != self._digest

    def _now(self) -> str:
        """A digest of them; '' where one cannot be read, as with a file in place of its folder."""
        with suppress(OSError):
            return digest_of(Path(os.sep), self._paths)
        return ""
