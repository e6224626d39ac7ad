"""A sink for notices on the loopback interface: what would have gone to people."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Sink:
    """Where notices arrive, and what has."""

    def __init__(self, port: int = 0) -> None:
        self.letters: list[dict[str, Any]] = []
        self.status = 200
        self.address = f"json://127.0.0.1:{port}/"

    @property
    def titles(self) -> list[str]:
        return [letter["title"] for letter in self.letters]


@contextmanager
def sink() -> Iterator[Sink]:
    """A sink that listens while the block runs."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            letter = self.rfile.read(int(self.headers["Content-Length"]))
            found.letters.append(json.loads(letter))
            self.send_response(found.status)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """It is no news."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Sink(server.server_port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
