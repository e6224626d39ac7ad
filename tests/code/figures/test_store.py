"""What is drawn once is not drawn again, unless anything about it is another."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from suyuan.core import files
from suyuan.figures import store
from suyuan.figures.store import Store

MARKS = pd.DataFrame({"v": [0.1 + 0.2, float("nan")], "txt": ["0.3", "—"], "value_id": ["a", "b"]})


class Pen:
    """Draws, and counts how often."""

    def __init__(self) -> None:
        self.drawn = 0

    def __call__(self) -> str:
        self.drawn += 1
        return f"<svg>{self.drawn}</svg>\n"


def asked(kept: Store, pen: Pen, marks: pd.DataFrame = MARKS, **other: object) -> str:
    given = {"ways": "bars", "name": "f1", "width": 6.5} | other
    return kept.get(marks=marks, draw=pen, **given)  # type: ignore[arg-type]


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    return Store(tmp_path, "code 1")


def test_the_same_marks_are_drawn_once(kept: Store) -> None:
    pen = Pen()
    assert asked(kept, pen) == asked(kept, pen, MARKS.copy()) == "<svg>1</svg>\n"
    assert pen.drawn == 1


@pytest.mark.parametrize("other", [{"ways": "dots"}, {"name": "f2"}, {"width": 3.5}])
def test_another_drawing_is_another(kept: Store, other: dict[str, object]) -> None:
    pen = Pen()
    asked(kept, pen)
    assert asked(kept, pen, **other) == "<svg>2</svg>\n"


def test_marks_that_differ_in_the_last_bit_are_drawn_again(kept: Store) -> None:
    pen = Pen()
    asked(kept, pen)
    asked(kept, pen, MARKS.assign(v=[0.3, float("nan")]))
    asked(kept, pen, MARKS.assign(v=[0.1 + 0.2, 0.0]))
    asked(kept, pen, MARKS.iloc[::-1])
    asked(kept, pen, MARKS.astype({"v": object}))
    assert pen.drawn == 5


def test_other_code_fonts_or_libraries_draw_again(kept: Store) -> None:
    pen = Pen()
    asked(kept, pen)
    assert asked(Store(kept.folder, "code 2"), pen) == "<svg>2</svg>\n"


@pytest.mark.parametrize("damage", [b"", b"<svg>9</svg>\n", b"\xff\xfe", b"0" * 64 + b"\n<svg>"])
def test_a_drawing_that_is_not_whole_is_drawn_again(kept: Store, damage: bytes) -> None:
    pen = Pen()
    asked(kept, pen)
    next(kept.folder.iterdir()).write_bytes(damage)
    assert asked(kept, pen) == "<svg>2</svg>\n"
    assert asked(kept, pen) == "<svg>2</svg>\n"


def test_two_may_draw_the_same_at_once(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    put = files.put
    monkeypatch.setattr(store.os, "getpid", iter([1, 2]).__next__)

    def interrupted(path: Path, data: bytes) -> None:
        put(path, data)
        monkeypatch.setattr(files, "put", put)
        asked(kept, Pen())  # by another process

    monkeypatch.setattr(files, "put", interrupted)
    assert asked(kept, Pen()) == "<svg>1</svg>\n"


def test_a_drawing_that_another_forgets_meanwhile_is_had(
    kept: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked(kept, Pen())
    whole = store._whole

    def forgotten(path: Path) -> str | None:
        found = whole(path)
        path.unlink()
        return found

    monkeypatch.setattr(store, "_whole", forgotten)
    assert asked(kept, Pen()) == "<svg>1</svg>\n"
    assert list(tmp_path.iterdir()) == []


def test_what_was_never_finished_is_forgotten(kept: Store, tmp_path: Path) -> None:
    asked(kept, Pen())
    left, written = tmp_path / ".7.svg", tmp_path / "..8.svg.part"
    for path in (left, written):
        path.touch()
    os.utime(left, (0, 0))
    (tmp_path / "gone.svg").symlink_to(tmp_path / "nowhere")  # as one that goes meanwhile
    kept.trim()
    assert not left.exists()
    assert written.exists()


def test_only_the_newest_are_kept(
    kept: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(store, "KEPT", 2)
    pen = Pen()
    for name in ("f1", "f2", "f1", "f3"):
        for path in tmp_path.glob("*.svg"):  # a second passes
            os.utime(path, (0, path.stat().st_mtime - 1))
        asked(kept, pen, name=name)
    kept.trim()
    before = pen.drawn
    asked(kept, pen, name="f1")
    asked(kept, pen, name="f3")
    assert pen.drawn == before == 3
    asked(kept, pen, name="f2")
    assert pen.drawn == 4
