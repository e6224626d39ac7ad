"""Sending: a process of its own that hands one notice to apprise, an address at a time.

In, as JSON on the standard input: title, body and addresses. Out: a list of what failed.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit


def public(address: str) -> str:
    """What may be told of an address: its scheme. Hosts of some services are tokens."""
    return f"{urlsplit(address).scheme or '?'}://…"


def failures(letter: Mapping[str, Any]) -> Iterator[str]:
    """Send the letter; a line for each address that it did not reach."""
    try:
        import apprise
    except ImportError:
        yield "apprise"
        return
    logging.getLogger("apprise").setLevel(logging.CRITICAL + 1)  # it would print addresses
    for address in letter["addresses"]:
        service = apprise.Apprise()
        try:
            reached = service.add(address) and service.notify(
                title=letter["title"], body=letter["body"], body_format=apprise.NotifyFormat.TEXT
            )
        except Exception as error:  # whatever a service's plugin does, the others are still told
            yield f"{public(address)} {type(error).__name__}"
            continue
        if not reached:
            yield public(address)


if __name__ == "__main__":
    print(json.dumps(list(failures(json.load(sys.stdin))), ensure_ascii=False))
