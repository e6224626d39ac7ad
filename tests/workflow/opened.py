"""Run one stage's `run` and say which files it opened: python opened.py STAGE EDITION LOG."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from suyuan.contract.config import read_config
from suyuan.core.layout import Layout

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def main(stage: str, edition: str, log: str) -> None:
    module = import_module(f"suyuan.stages.{stage}")
    layout = Layout(Path.cwd(), edition)
    # Processes that the stage forks write into the same log.
    out = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        # A relative name is one below an open folder, as where a tree is removed.
        if event == "open" and Path(str(arguments[0])).is_absolute():
            path, flags = Path(arguments[0]), arguments[2]
            if path.is_relative_to(layout.root) and not flags & os.O_DIRECTORY:
                kind = "wrote" if flags & WRITING else "read"
                os.write(out, f"{kind} {path.relative_to(layout.root)}\n".encode())

    sys.addaudithook(note)
    module.run(layout, read_config(layout.root, edition))


main(*sys.argv[1:])
