"""Digests of all runs of characters of a text, by which a report is held to its own words.

python tools/shared_runs.py SOURCE.txt > tests/data/source-runs.bin

The digests tell whether a run of LENGTH characters stands in the text, and nothing else of it.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

LENGTH = 20  # characters; letters and digits count, marks and blanks do not
SIZE = 6  # bytes of a digest: among a hundred thousand runs, a wrong match in 10**5 reports
UNCOUNTED = re.compile(r"[\W_]+")
TAG = re.compile(r"<[^>]+>")


def runs(text: str) -> Iterator[tuple[str, bytes]]:
    """Every run of LENGTH counted characters, and its digest."""
    counted = UNCOUNTED.sub("", text)
    for start in range(len(counted) - LENGTH + 1):
        run = counted[start : start + LENGTH]
        yield run, hashlib.blake2b(run.encode(), digest_size=SIZE).digest()


def read_digests(path: Path) -> set[bytes]:
    """The digests in a file."""
    data = path.read_bytes()
    return {data[start : start + SIZE] for start in range(0, len(data), SIZE)}


if __name__ == "__main__":
    source = TAG.sub("", Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stdout.buffer.write(b"".join(sorted({digest for _, digest in runs(source)})))
