"""Files that may be missing, and what stands in their place."""

from __future__ import annotations

import errno
import os

import pytest

from suyuan.core.files import there
from suyuan.core.inputs import matching, some


def test_a_file_is_there_or_is_not(tmp_path):
    assert not there(tmp_path / "x.csv")
    (tmp_path / "x.csv").touch()
    assert there(tmp_path / "x.csv")
    (tmp_path / "y.csv").symlink_to("x.csv")
    assert there(tmp_path / "y.csv")


def dangling(path):
    path.symlink_to("nowhere")


def turning(path):
    path.symlink_to(path.name)


@pytest.mark.parametrize(
    ("put", "code"),
    [
        (dangling, errno.ENOENT),
        (turning, errno.ELOOP),
        (os.mkdir, errno.EISDIR),
        (os.mkfifo, errno.EINVAL),
    ],
)
def test_what_bears_its_name_and_is_no_file_is_named(tmp_path, put, code):
    path = tmp_path / "x.csv"
    put(path)
    for ask in (lambda: there(path), lambda: matching(tmp_path, "*.csv")):
        with pytest.raises(OSError, match=r"x\.csv") as caught:
            ask()
        assert caught.value.errno == code


@pytest.mark.parametrize("put", [dangling, turning, lambda path: path.touch()])
@pytest.mark.parametrize("pattern", ["*.csv", "**/*.csv"])
def test_what_stands_in_place_of_a_folder_is_named(tmp_path, put, pattern):
    assert matching(tmp_path / "tables", pattern) == []
    put(tmp_path / "tables")
    with pytest.raises(OSError, match="tables"):
        matching(tmp_path / "tables", pattern)


@pytest.mark.parametrize("pattern", ["*.csv", "**/*.csv"])
def test_a_folder_that_may_not_be_listed_is_named(tmp_path, monkeypatch, pattern):
    (tmp_path / "tables").mkdir()
    scandir = os.scandir

    def refuse(path):
        if str(path).endswith("tables"):
            raise PermissionError(errno.EACCES, "", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    folder = tmp_path if pattern.startswith("**") else tmp_path / "tables"
    with pytest.raises(PermissionError, match="tables"):
        matching(folder, pattern)


def test_where_there_must_be_a_file_the_folder_is_named(tmp_path):
    (tmp_path / "x.txt").touch()
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(FileNotFoundError) as caught:
            some(folder, "*.csv")
        assert caught.value.filename == str(folder)
