"""The page for browsers of this machine, at an address that nobody can guess; nothing else.

Answers go to who names this machine as the host: a page elsewhere whose name is made to lead here
gets none. No answer may be read by pages of another origin.
"""

from __future__ import annotations

import json
import secrets
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from suyuan.preview.board import Board, Shown
from suyuan.preview.dressing import numbered
from suyuan.preview.lines import Lines

HOST = "127.0.0.1"
NAMES = (HOST, "localhost")
PING = 10.0  # seconds between signs of life
PATIENCE = 30.0  # seconds that a browser may take to say or to hear anything
HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Server(ThreadingHTTPServer):
    """Serves a board below a token of its own."""

    daemon_threads = True
    request_queue_size = 128  # what finds no room there is asked again only after a second

    def __init__(self, board: Board, port: int = 0) -> None:
        super().__init__((HOST, port), _Handler)
        self.board, self.token = board, secrets.token_urlsafe(24)
        self.lines = Lines()
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)

    @property
    def place(self) -> str:
        """The path of the page."""
        return f"/{self.token}/"

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.server_port}{self.place}"

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let go of every browser, and of the port."""
        self.board.close()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser has gone: nobody needs to hear of it."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    server_version, sys_version = "suyuan", ""
    timeout = PATIENCE

    def handle_one_request(self) -> None:
        """Only GET is known: for every other method there is nothing, as for every other path."""
        with suppress(ConnectionError):
            super().handle_one_request()

    def do_GET(self) -> None:
        places = {self.server.place: self._page, f"{self.server.place}events": self._events}
        answer = next(
            (a for p, a in places.items() if secrets.compare_digest(*_bytes(p, self.path))), None
        )
        hosts = {f"{name}:{self.server.server_port}" for name in NAMES}
        if answer is None or self.headers.get_all("Host", []) not in [[host] for host in hosts]:
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            answer()

    def _page(self) -> None:
        shown = self.server.board.shown
        page = numbered(shown.page, shown.number)
        self._begin("text/html; charset=utf-8", {"Content-Length": str(len(page))})
        self.wfile.write(page)

    def _events(self) -> None:
        self._begin("text/event-stream", {"Connection": "close"})
        self.close_connection = True
        self.server.lines.add(self.connection)
        change = -1
        while not self.server.board.closed:
            shown = self.server.board.wait(change, PING)
            self.wfile.write(_event(shown) if shown else b":\n\n")
            change = shown.change if shown else change

    def _begin(self, kind: str, more: dict[str, str]) -> None:
        self.send_response(HTTPStatus.OK)
        for name, text in {"Content-Type": kind, **HEADERS, **more}.items():
            self.send_header(name, text)
        self.end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """An empty answer, the same for all that is not served."""
        self.close_connection = True
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Length", "0")
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged: the address is a secret."""


def _bytes(*texts: str) -> tuple[bytes, ...]:
    return tuple(text.encode("utf-8", "surrogateescape") for text in texts)


def _event(shown: Shown) -> bytes:
    told = {"page": shown.number, **shown.said}
    return f"data: {json.dumps(told, ensure_ascii=False)}\n\n".encode()
