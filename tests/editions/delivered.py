"""What lies in a delivered report, for all tests of its files for machines."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

STATEMENT = "attestation.intoto.json"
# Which editions there are, and how they are published and compared: no report is made from these.
ROUND_REPORTS = ("config/editions.csv", "config/publication.yaml",
                 "templates/editions/", "templates/diff/", "templates/preview/",
                 "templates/index/")  # fmt: skip
SHARED = "templates/diff/words.yaml"  # but these words are in reports too: what changed since
# Validators that are not ours warn of much; pytest would take each warning for a failure.
foreign = pytest.mark.filterwarnings("ignore")


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def files_below(folder: Path) -> dict[str, Path]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path for path in found}
