"""Notices: what people are told of a scheduled run, and where; by apprise, if it is installed.

Addresses are secrets: they come from the environment or from a file outside the project, go to
the sender by a pipe, and are told to nobody. A notice that fails is a line on the terminal.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from suyuan.core.names import shortened

ADDRESSES = "SUYUAN_NOTICES"  # addresses of apprise, with blanks or line ends between
FILE = "SUYUAN_NOTICES_FILE"  # of a file with one on each line; '#' begins a comment
SENDER = "suyuan.publish.sending"
PATIENCE = 45  # seconds for all addresses together
START = 15  # seconds that its process may take beside
MOST_REASONS, MOST_CHANGES, LOG_LINES = 10, 25, 12
WIDEST = 300  # signs of a line


@dataclass(frozen=True)
class Notice:
    """A heading, and what is told below it."""

    title: str
    body: str


def composed(
    words: Mapping[str, str],
    kind: str,
    about: Mapping[str, str],
    *,
    reasons: Sequence[str] = (),
    changes: str | None = None,
    log: str = "",
) -> Notice:
    """A notice of a ``kind``: why, what changed, and how the log ends, each where there is any."""
    parts = [words[f"notice_{kind}"].format(**about)]
    why = "late" if kind == "published" else "reasons"  # of what is published: what is left to do
    for name, lines, most in (
        (why, list(reasons), MOST_REASONS),
        ("changes", (changes or "").splitlines(), MOST_CHANGES),
    ):
        if lines:
            parts += ["", words[f"notice_{name}"], *lines[:most]]
        if lines[most:]:
            parts.append(words["more"].format(count=len(lines) - most))
    if tail := log.splitlines()[-LOG_LINES:]:
        parts += ["", words["notice_log"], *tail]
    body = "\n".join(shortened(line, WIDEST) for line in parts)
    return Notice(words[f"notice_{kind}_title"].format(**about), body)


def wordless(kind: str, about: Mapping[str, str], reasons: Sequence[str]) -> Notice:
    """A notice where the texts of notices cannot be read."""
    title = " ".join([*about.values(), kind])
    return Notice(title, "\n".join([title, "", *reasons[:MOST_REASONS]]))


def addresses() -> list[str]:
    """Where notices go. They are taken out of the environment: no other process has a use for them.

    Raises OSError for a file that was named and cannot be read.
    """
    given = os.environ.pop(ADDRESSES, "").split()
    named = os.environ.pop(FILE, "")
    file = Path(named) if named else _home() / "suyuan/notices"
    data = file.read_bytes() if named or file.is_file() else b""
    lines = data.decode("utf-8-sig", "replace").splitlines()  # addresses are ASCII, notes need not
    found = (line.strip() for line in lines)
    return list(dict.fromkeys([*given, *(line for line in found if line and line[0] != "#")]))


def _home() -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser())


def sent(notice: Notice, where: Sequence[str], patience: float = PATIENCE) -> list[str]:
    """Send a notice; what went wrong, a line for each: a scheme and a host, and nothing secret.

    It raises nothing: whatever happens here is no failure of what it tells of.
    """
    if not where:
        return []
    letter = json.dumps(
        {
            "title": notice.title,
            "body": notice.body,
            "addresses": list(where),
            "patience": patience,
        }
    )
    try:
        done = subprocess.run(
            [sys.executable, "-m", SENDER],
            input=letter.encode(),
            capture_output=True,
            timeout=patience + START,
            check=False,
        )
        return [str(line) for line in json.loads(done.stdout)]
    except subprocess.TimeoutExpired:
        return [f"> {patience:g} s"]
    except (OSError, ValueError) as error:  # no such program, or it ended without an answer
        return [type(error).__name__]
