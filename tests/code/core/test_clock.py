from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from suyuan.core import clock
from suyuan.core.errors import ConfigError
from tests.code.miniature import ROOT


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-07-07", "2026-07-07T00:00:00+08:00"),
        ("2026-07-07T09:30", "2026-07-07T09:30:00+08:00"),
        ("2026-06-30T16:00:00+00:00", "2026-07-01T00:00:00+08:00"),  # eight hours ahead
        ("2026-06-30T16:00:00Z", "2026-07-01T00:00:00+08:00"),
    ],
)
def test_a_given_time_is_that_of_shanghai(monkeypatch, given, moment):
    monkeypatch.setenv(clock.NOW, given)
    assert clock.now().isoformat() == moment
    assert clock.today() == datetime.fromisoformat(moment).date()


def test_without_one_it_is_the_time_of_the_machine(monkeypatch):
    monkeypatch.delenv(clock.NOW, raising=False)
    there = datetime.now(ZoneInfo("Asia/Shanghai"))
    assert timedelta(0) <= clock.now() - there < timedelta(minutes=1)
    assert clock.now().utcoffset() == there.utcoffset()
    assert isinstance(clock.today(), date)


@pytest.mark.parametrize(
    "given", ["tomorrow", "2026-13-01", "20260707T99", "9999-12-31T23:59-12:00"]
)
def test_what_is_no_time_is_refused_by_its_name(monkeypatch, given):
    monkeypatch.setenv(clock.NOW, given)
    with pytest.raises(ConfigError, match="E701 SUYUAN_NOW"):
        clock.now()


def test_nobody_else_asks_for_the_time():
    asking = ("datetime.now", "date.today", "time.time(", "datetime.today", "utcnow")
    library = ROOT / "workflow/lib/suyuan"
    found = {
        path.relative_to(library).as_posix()
        for path in library.rglob("*.py")
        if any(words in path.read_text(encoding="utf-8") for words in asking)
    }
    assert found == {"core/clock.py"}


def test_no_report_can_hold_the_day_it_was_built_on():
    library = ROOT / "workflow/lib/suyuan"
    asking = "from suyuan.core import clock"
    found = {
        path.relative_to(library).parts[0]
        for path in library.rglob("*.py")
        if asking in path.read_text(encoding="utf-8")
    }
    assert found == {"diff", "publish"}  # verdicts of reviewers, publications
