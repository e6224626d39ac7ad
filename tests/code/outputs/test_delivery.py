"""A set takes the place of another whole, whenever the process that does it is killed."""

from __future__ import annotations

import errno
import random
import subprocess
import sys
import textwrap
import time

import pytest

from suyuan.outputs import delivery

OURS = frozenset({"report.html", "data", "lineage.json"})
KILLS = 30
# Delivers sets of 40 files for ever, each set with its own number in every file.
ENDLESS = textwrap.dedent("""
    import sys
    from itertools import count
    from pathlib import Path
    from suyuan.outputs import delivery
    if sys.argv[2] == "renames":
        delivery.exchange = lambda one, other: False
    place = Path(sys.argv[1])
    for number in count():
        text = f"{number} " * 2000
        files = {f"data/{name}.csv": text.encode() for name in range(40)}
        files |= {"report.html": text.encode()}
        delivery.deliver(files, place, frozenset({"data", "report.html"}))
        print(number, flush=True)
""")


def sets(place):
    """The numbers that stand in the files of a place, and how many files there are."""
    files = [path for path in place.rglob("*") if path.is_file()]
    return {path.read_text(encoding="utf-8").split(" ")[0] for path in files}, len(files)


@pytest.mark.parametrize("way", ["exchange", "renames"])
def test_a_kill_at_any_moment_leaves_one_whole_set(tmp_path, way):
    place = tmp_path / "2030Q1"
    chance = random.Random(way)
    for _ in range(KILLS if way == "exchange" else KILLS // 3):
        process = subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(place), way], stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.readline()  # it has begun
        time.sleep(chance.random() / 50)  # a random moment of a delivery, not a wait
        process.kill()
        process.communicate()
        if way == "renames":  # between its two renames there is none for an instant
            delivery.recover(place)
        numbers, count = sets(place)
        assert (len(numbers), count) == (1, 41)
    delivery.deliver({"report.html": b"x"}, place, OURS)
    assert sets(place) == ({"x"}, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["2030Q1"]


def test_files_that_people_have_put_there_stay_and_old_ones_go(tmp_path):
    place = tmp_path / "2030Q1"
    delivery.deliver({"report.html": b"1", "data/old.csv": b"1"}, place, OURS)
    (place / "notes").mkdir()
    (place / "notes/mine.txt").write_text("mine", encoding="utf-8")
    delivery.deliver({"report.html": b"2", "data/new.csv": b"2"}, place, OURS)
    found = {path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file()}
    assert found == {"report.html", "data/new.csv", "notes/mine.txt"}


@pytest.mark.parametrize("way", ["exchange", "renames"])
@pytest.mark.parametrize("found", ["file", "link", "dangling"])
def test_what_stands_in_the_place_of_the_set_makes_way(tmp_path, monkeypatch, way, found):
    if way == "renames":
        monkeypatch.setattr(delivery, "exchange", lambda one, other: False)
    place, elsewhere = tmp_path / "report/2030Q1", tmp_path / "elsewhere"
    place.parent.mkdir()
    elsewhere.mkdir()
    (elsewhere / "report.html").write_bytes(b"theirs")
    if found == "file":
        place.write_bytes(b"mine")
    else:
        place.symlink_to(elsewhere if found == "link" else tmp_path / "nowhere")
    (place.parent / ".2030Q1.new").write_bytes(b"left by a run that stumbled over this")
    delivery.deliver({"report.html": b"1"}, place, OURS)
    assert not place.is_symlink()
    assert sets(place) == ({"1"}, 1)
    assert [path.name for path in place.parent.iterdir()] == ["2030Q1"]
    assert (elsewhere / "report.html").read_bytes() == b"theirs"


def test_a_set_that_cannot_be_written_leaves_the_old_one_and_no_rest(tmp_path, monkeypatch):
    place = tmp_path / "2030Q1"
    delivery.deliver({"report.html": b"1"}, place, OURS)

    def full(path, data):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(delivery, "put", full)
    with pytest.raises(OSError, match="No space"):
        delivery.deliver({"report.html": b"2"}, place, OURS)
    assert (place / "report.html").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["2030Q1"]
