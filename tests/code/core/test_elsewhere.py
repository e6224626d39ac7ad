"""A folder of outputs borrows the sources that it lacks."""

from __future__ import annotations

from suyuan.core import inputs
from suyuan.core.elsewhere import SOURCES, linked
from suyuan.core.layout import find_root


def test_sources_are_linked_where_there_are_none(tmp_path):
    project, here = tmp_path / "project", tmp_path / "here"
    for name in SOURCES:
        (project / name).mkdir(parents=True)
    (project / "config/config.yaml").touch()
    (here / "templates").mkdir(parents=True)
    (here / "config").symlink_to(tmp_path / "gone")
    linked(here, project)
    assert {name for name in SOURCES if (here / name).is_symlink()} == set(SOURCES) - {"templates"}
    assert (here / "config/config.yaml").is_file()
    linked(here, project)  # again: nothing is left to do


def test_a_project_is_not_linked_to_itself(tmp_path):
    linked(tmp_path, tmp_path)
    assert not list(tmp_path.iterdir())
    assert find_root(tmp_path) is None


def test_every_kind_of_inputs_is_among_the_sources():
    for parts in inputs.KINDS.values():
        for part in parts:
            names = [part.folder] if part.folder else part.patterns
            assert all(name.startswith(SOURCES) for name in names), names
