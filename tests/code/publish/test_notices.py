"""Notices reach a sink on the loopback interface, tell no secret, and never fail anything."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time

import pytest

from suyuan.contract.messages import catalogue
from suyuan.publish import notices, sending
from suyuan.publish.notices import Notice, composed
from tests.code.miniature import TEMPLATES
from tests.code.publish.sink import sink

ABOUT = {"edition": "2030Q1", "project": "微型"}
SECRET = "a1b2c3d4e5f6a1b2c3d4e5f6a1b2c3d4e5f6"
LETTER = Notice("题", "文\n第二行")


@pytest.fixture(autouse=True)
def _alone(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.delenv(notices.ADDRESSES, raising=False)
    monkeypatch.delenv(notices.FILE, raising=False)


def test_a_notice_arrives():
    with sink() as found:
        assert notices.sent(LETTER, [found.address]) == []
        (letter,) = found.letters
    assert letter["title"] == "题"
    assert letter["message"].splitlines() == ["文", "第二行"]


def test_one_address_that_fails_keeps_no_other_from_it():
    with sink() as found:
        wrong = [f"json://user:{SECRET}@127.0.0.1:1/", f"nonsense://{SECRET}", SECRET]
        said = notices.sent(LETTER, [*wrong, found.address])
        assert found.titles == ["题"]
    assert said == ["json://…", "nonsense://…", "?://…"]


def test_one_that_is_refused_is_a_failure():
    with sink() as found:
        found.status = 403
        assert notices.sent(LETTER, [found.address]) == ["json://…"]


def test_an_address_that_never_answers_keeps_no_other_from_it():
    with socket.create_server(("127.0.0.1", 0)) as silent, sink() as found:
        wrong = f"json://127.0.0.1:{silent.getsockname()[1]}/?rto=600&cto=600"
        started = time.monotonic()
        said = notices.sent(LETTER, [wrong, found.address], patience=3)
        assert time.monotonic() - started < notices.START
        assert found.titles == ["题"]
    assert said == ["json://… > 3 s"]


@pytest.mark.parametrize("sender", ["time:sleep", "os:_exit", "suyuan.nothing"])
def test_whatever_happens_to_the_sender_is_a_line(monkeypatch, tmp_path, sender):
    module, _, function = sender.partition(":")
    calls = {"sleep": "time.sleep(60)", "_exit": "os._exit(3)"}.get(function, "")
    (tmp_path / "stand_in.py").write_text(f"import os, time\n{calls}\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(notices, "SENDER", "stand_in" if function else module)
    monkeypatch.setattr(notices, "START", 0)
    (line,) = notices.sent(LETTER, [f"json://{SECRET}"], patience=2)
    assert SECRET not in line


def test_without_apprise_that_is_said(monkeypatch):
    monkeypatch.setitem(sys.modules, "apprise", None)
    letter = {"title": "", "body": "", "addresses": ["json://127.0.0.1"]}
    assert list(sending.failures(letter)) == ["apprise"]


SERVICES = [
    "wecombot://abcdefgh-1234-5678",
    "dingtalk://SECabc@abcdef0123456789abcdef",
    "feishu://abcdef01-2345-6789-abcd-ef0123456789",
    "mailtos://user:word@example.com?to=readers@example.com",
    "nonsense://a",
]


def test_apprise_knows_the_services_of_the_documentation():
    asked = "import apprise, sys; print(*(bool(apprise.Apprise().add(a)) for a in sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", asked, *SERVICES], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["True", "True", "True", "True", "False"]


def test_addresses_come_from_the_environment_and_a_file_and_leave_it(monkeypatch, tmp_path):
    file = tmp_path / "config/suyuan/notices"
    file.parent.mkdir(parents=True)
    file.write_text("# people\njson://b/\n\n  json://a/\n", encoding="utf-8")
    monkeypatch.setenv(notices.ADDRESSES, "json://a/\n json://c/")
    assert notices.addresses() == ["json://a/", "json://c/", "json://b/"]
    assert notices.ADDRESSES not in os.environ
    assert notices.addresses() == ["json://b/", "json://a/"]
    file.write_bytes("# 通知地址\njson://b/\n".encode("gbk"))
    assert notices.addresses() == ["json://b/"]
    file.write_text("json://b/\n", encoding="utf-8-sig")
    assert notices.addresses() == ["json://b/"]
    file.unlink()
    assert notices.addresses() == []
    monkeypatch.setenv(notices.FILE, str(file))
    with pytest.raises(FileNotFoundError):
        notices.addresses()


def test_no_process_list_shows_an_address(monkeypatch):
    seen = []
    run = subprocess.run

    def watched(words, **options):
        seen.append((words, options.get("env")))
        return run(words, **options)

    monkeypatch.setattr(subprocess, "run", watched)
    notices.sent(LETTER, [f"nonsense://{SECRET}"])
    ((words, environment),) = seen
    assert SECRET not in " ".join(words)
    assert environment is None
    assert SECRET not in str(os.environ)


@pytest.mark.parametrize("kind", ["started", "published", "refused", "failed"])
def test_a_notice_says_which_edition_and_project(kind):
    notice = composed(catalogue(TEMPLATES), kind, ABOUT)
    assert "2030Q1" in notice.title
    assert "2030Q1" in notice.body
    assert "\n" not in notice.body


def test_of_what_is_published_a_notice_says_what_is_left_to_do():
    words = catalogue(TEMPLATES)
    lines = composed(words, "published", ABOUT, reasons=["某处 (E401)"]).body.splitlines()
    assert lines[-2:] == [words["notice_late"], "某处 (E401)"]
    assert words["notice_reasons"] not in lines


def test_a_notice_holds_reasons_changes_and_the_end_of_the_log():
    words = catalogue(TEMPLATES)
    notice = composed(
        words, "refused", ABOUT, reasons=[f"因{n}" for n in range(12)], changes="甲\n乙",
        log="\n".join(f"行{n}" for n in range(40)) + "长" * 400,
    )  # fmt: skip
    lines = notice.body.splitlines()
    at = lines.index(words["notice_reasons"])
    assert lines[at + 1 : at + 12] == [
        *(f"因{n}" for n in range(10)),
        words["more"].format(count=2),
    ]
    at = lines.index(words["notice_changes"])
    assert lines[at + 1 : at + 3] == ["甲", "乙"]
    at = lines.index(words["notice_log"])
    assert [line[:3] for line in lines[at + 1 :]] == [f"行{n}" for n in range(28, 40)]
    assert max(map(len, lines)) == notices.WIDEST + 1
