"""What a process says, in an encoding that whoever reads it knows."""

from __future__ import annotations

import io
import sys


def speak_utf8() -> None:
    """Say things in UTF-8 to files and pipes, whatever the locale; to a terminal, as it can show.

    The logs of stages are read again, by Snakemake's side and by people elsewhere.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
