"""One page at one address, for browsers of this machine alone."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from suyuan.preview.board import Board
from suyuan.preview.dressing import NUMBER, STRICT, blank, dressed, numbered
from suyuan.preview.lines import MOST
from suyuan.preview.serving import HOST, Server, _Handler
from tests.code.miniature import Project

POLICY = '<meta http-equiv="Content-Security-Policy" content="{}">'


ANSWERS: list[HTTPResponse] = []  # that are not closed yet


@pytest.fixture(autouse=True)
def _hung_up() -> Iterator[None]:
    yield
    while ANSWERS:
        ANSWERS.pop().close()


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(Board(b"<p>page " + NUMBER + b"</p>"))
    server.start()
    yield server
    server.stop()


def ask(server: Server, path: str, method: str = "GET", host: str | None = None) -> HTTPResponse:
    """What the server answers."""
    connection = HTTPConnection(HOST, server.server_port, timeout=60)
    connection.putrequest(method, path, skip_host=True)
    connection.putheader("Host", host or f"{HOST}:{server.server_port}")
    connection.endheaders()
    answer = connection.getresponse()
    ANSWERS.append(answer)
    return answer


def test_the_page_is_served_with_its_number(server: Server):
    answer = ask(server, server.place)
    assert (answer.status, answer.read()) == (200, b"<p>page 0</p>")
    assert answer.headers["Cache-Control"] == "no-store"
    server.board.put({}, b"another")
    assert ask(server, server.place).read() == b"another"


def test_it_listens_to_this_machine_alone(server: Server):
    assert server.server_address[0] == "127.0.0.1"
    assert len(server.token) >= 32
    other = Server(Board(b""))
    assert other.token != server.token
    other.server_close()


@pytest.mark.parametrize("path", ["/", "/{0}", "/{0}x/", "/{0}/x", "/{0}/../{0}/", "/{0}/?x",
                                  "/{0}/report.html", "/config/config.yaml",
                                  "/{0}/events/", "/favicon.ico", "/%s/é"])  # fmt: skip
def test_nothing_else_is_there(server: Server, path: str):
    path = path.format(server.token).replace("é", "%C3%A9")
    answer = ask(server, path)
    assert (answer.status, answer.read()) == (404, b"")


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nor_by_another_method(server: Server, method: str):
    answer = ask(server, server.place, method)
    assert (answer.status, answer.read()) == (404, b"")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{0}", "127.0.0.1", "127.0.0.1:1",
                                  "127.0.0.1:{0}.evil.example", "[::1]:{0}"])  # fmt: skip
@pytest.mark.parametrize("path", ["", "events"])
def test_nor_for_a_name_that_is_made_to_lead_here(server: Server, host: str, path: str):
    answer = ask(server, server.place + path, host=host.format(server.server_port))
    assert answer.status == 404  # before its end is waited for
    assert answer.read() == b""


def test_nor_without_a_host_or_for_two(server: Server):
    hosts = [f"Host: {HOST}:{server.server_port}", "Host: evil.example"]
    for lines in ([], hosts):
        with socket.create_connection((HOST, server.server_port), timeout=60) as raw:
            head = "\r\n".join([f"GET {server.place} HTTP/1.1", *lines])
            raw.sendall(f"{head}\r\n\r\n".encode())
            assert b" 404 " in raw.makefile("rb").readline()


def test_no_other_origin_may_read_it(server: Server):
    for path in (server.place, f"{server.place}events", "/"):
        answer = ask(server, path)
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]
    assert ask(server, server.place).headers["Cross-Origin-Resource-Policy"] == "same-origin"


def said(answer: HTTPResponse) -> dict:
    """The next that a browser is told."""
    while not (line := answer.readline()).startswith(b"data: "):
        assert line, "the server has hung up"
    return json.loads(line.removeprefix(b"data: "))


def test_browsers_are_told_of_news(server: Server):
    answer = ask(server, f"{server.place}events")
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert said(answer) == {"page": 0}
    server.board.put({"busy": True})
    assert said(answer) == {"page": 0, "busy": True}
    server.board.put({"seconds": 1.5}, b"new")
    assert said(answer) == {"page": 1, "seconds": 1.5}
    assert said(ask(server, f"{server.place}events")) == {"page": 1, "seconds": 1.5}


def test_of_many_tabs_the_one_that_waits_longest_gives_way(server: Server):
    tabs = []
    for _ in range(MOST + 1):
        tabs.append(ask(server, f"{server.place}events"))
        assert said(tabs[-1]) == {"page": 0}
    assert said(tabs[0]) == {"away": True}
    assert tabs[0].read().strip() == b""
    server.board.put({"busy": True})
    for tab in tabs[1:]:
        assert said(tab) == {"page": 0, "busy": True}


def test_no_tab_gives_way_to_those_that_have_gone(server: Server):
    tab = ask(server, f"{server.place}events")
    assert said(tab) == {"page": 0}
    for _ in range(MOST + 1):
        other = ask(server, f"{server.place}events")
        assert said(other) == {"page": 0}
        other.close()
    server.board.put({"busy": True})
    assert said(tab) == {"page": 0, "busy": True}


def test_it_ends_while_browsers_wait():
    server = Server(Board(b""))
    server.start()
    answer = ask(server, f"{server.place}events")
    said(answer)
    server.stop()
    assert answer.read().strip(b":\n") == b""
    with pytest.raises(ConnectionRefusedError):
        ask(server, server.place)


def test_a_browser_that_leaves_disturbs_nobody(server: Server, capfd):
    answer = ask(server, f"{server.place}events")
    said(answer)
    answer.close()
    for _ in range(3):
        server.board.put({})
    assert ask(server, server.place).status == 200
    assert capfd.readouterr() == ("", "")


def test_who_never_ends_a_question_is_hung_up_on(server: Server, monkeypatch):
    monkeypatch.setattr(_Handler, "timeout", 0.1)
    with socket.create_connection((HOST, server.server_port), timeout=60) as slow:
        slow.sendall(b"GET /")
        assert slow.recv(1) == b""


def test_the_policy_is_as_strict_as_delivered_but_for_being_told(project: Project):
    whole = f"<html><head>{POLICY.format(STRICT)}</head><body><p>正文</p></body></html>"
    page = numbered(dressed(whole, project.layout), 7).decode()
    policy = f"connect-src 'self'; {STRICT}"
    assert page.startswith(f"<html><head>{POLICY.format(policy)}</head><body><p>正文</p>")
    assert page.endswith("</body></html>")
    assert 'data-page="7"' in page
    assert "unsafe-eval" not in page


def test_before_there_is_a_page_the_panel_has_one_of_its_own(project: Project):
    page = numbered(blank(project.layout), 0).decode()
    assert POLICY.format(f"connect-src 'self'; {STRICT}") in page
    assert 'data-page="0"' in page


def test_words_cannot_end_their_script(project: Project):
    words = project.root / "templates"
    words.unlink()
    folder = words / "preview"
    folder.mkdir(parents=True)
    for name in ("preview.js", "preview.css"):
        (folder / name).touch()
    text = "title: </script><b>x"
    (folder / "words.yaml").write_text(text, encoding="utf-8")
    assert "</script><b>" not in dressed("<body></body>", project.layout).decode()
