"""Sending: a process of its own that hands one notice to apprise, all addresses at once.

In, as JSON on the standard input: title, body, addresses, and how many seconds there are. Out: a
list of what failed. An address that never answers keeps no other from being told.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Iterator, Mapping
from threading import Thread
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
    told: dict[int, str] = {}  # what came of each address, '' where the letter reached it

    def send(number: int, address: str) -> None:
        told[number] = _failure(apprise, letter, address)

    addresses = letter["addresses"]
    threads = [Thread(target=send, args=each, daemon=True) for each in enumerate(addresses)]
    for thread in threads:
        thread.start()
    last = time.monotonic() + letter["patience"]
    for thread in threads:
        thread.join(max(0, last - time.monotonic()))
    late = f"> {letter['patience']:g} s"
    for number, address in enumerate(addresses):
        if failed := told.get(number, late):
            yield f"{public(address)} {failed}".strip()


def _failure(apprise: Any, letter: Mapping[str, Any], address: str) -> str:
    """'' where the letter reached the address, else what is known of it, at least a blank."""
    service = apprise.Apprise()
    try:
        reached = service.add(address) and service.notify(
            title=letter["title"], body=letter["body"], body_format=apprise.NotifyFormat.TEXT
        )
    except Exception as error:  # whatever a service's plugin does, the others are still told
        return type(error).__name__
    return "" if reached else " "


if __name__ == "__main__":
    print(json.dumps(list(failures(json.load(sys.stdin))), ensure_ascii=False), flush=True)
    os._exit(0)  # threads that still wait would hold it
