"""config.yaml as one edition reads it: under its own name, with what its row of editions.csv says.

So the edition that is configured, and rows of other editions, are none of what one is made from.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from suyuan.core.files import there

EDITIONS = "config/editions.csv"
EDITION = "edition"
OWN = ("region", "gdp_period")  # keys of config.yaml that an edition may have of its own


def own(root: Path, edition: str) -> dict[str, str]:
    """What the row of an edition says in place of config.yaml; empty cells say nothing."""
    path = root / EDITIONS
    if not there(path):
        return {}
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if (row.get(EDITION) or "").strip() == edition]
    return {key: row[key].strip() for row in rows for key in OWN if (row.get(key) or "").strip()}


def settled(data: bytes, entries: Mapping[str, str]) -> bytes:
    """A configuration with other texts under the keys of its first level, all else as it is."""
    for key, text in entries.items():
        line = re.compile(rb"^(%s:[ \t]*)([\"']?)[^\s#\"']+\2" % key.encode(), re.MULTILINE)
        data = line.sub(rb"\g<1>\g<2>%s\g<2>" % text.encode(), data, count=1)
    return data
