"""Fixtures: the miniature edition, fresh for each test or built once for all that only read."""

from __future__ import annotations

from functools import lru_cache

import pytest

from suyuan.contract import edition
from suyuan.contract.schema import read_schemas
from tests.code.miniature import Project, borrow_schemas


@pytest.fixture(scope="session")
def schemas(tmp_path_factory):
    return borrow_schemas(tmp_path_factory.mktemp("schemas") / "schemas")


@pytest.fixture(scope="module", autouse=True)
def _schemas_are_read_once():
    """All projects share their schemas; reading them again for each would take most of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(edition, "read_schemas", lambda folder: _read_once(folder.resolve()))
        yield


_read_once = lru_cache(read_schemas)


@pytest.fixture
def project(tmp_path, schemas):
    """A copy of the miniature that the test may change."""
    return Project.make(tmp_path / "project", schemas)


@pytest.fixture(scope="session")
def built(tmp_path_factory, schemas):
    """The miniature, scored and with its lineage published; not to be changed."""
    project = Project.make(tmp_path_factory.mktemp("built") / "project", schemas)
    project.run()
    project.publish()
    return project


@pytest.fixture(scope="session")
def ledger(built):
    """The miniature's values; not to be added to."""
    return built.ledger()
