"""Figures look as they do in the report."""

from __future__ import annotations

import pytest

from suyuan.contract.tables import read_records, read_table
from suyuan.figures import theme
from suyuan.figures.book import shelf
from tests.code.miniature import TEMPLATES


@pytest.fixture(scope="module", autouse=True)
def _theme():
    theme.use(TEMPLATES / "fonts")


@pytest.fixture(scope="module")
def open_book(built, ledger):
    tables = {name: read_records(built.layout.tables / f"{name}.csv") for name in ("subjects",)}
    return shelf(ledger, tables | {"suppliers": []}, "rg", lambda name: read(built, name))


def read(built, name):
    path = built.layout.tables / f"{name}.csv"
    if not path.is_file():
        raise KeyError(name)
    return read_table(path)
