"""Synthetic editions: lawful, marked as synthetic, and the same each time."""

from __future__ import annotations

import re

import pytest

from suyuan.contract import edition
from suyuan.contract.config import read_config
from suyuan.core.layout import Layout
from suyuan.stages import check
from tools import synthetic

EDITION = "2026Q1"
SIZES = {"observations": 420, "provinces": 8, "vendors": 9}


def made(folder):
    layout = synthetic.project(folder, EDITION)
    synthetic.grow(layout, read_config(layout.root, EDITION), **SIZES)
    return layout


@pytest.fixture(scope="module")
def grown(tmp_path_factory):
    return made(tmp_path_factory.mktemp("synthetic") / "grown")


@pytest.fixture(scope="module")
def tables(grown):
    return synthetic.read_tables(grown.raw)[1]


@pytest.fixture(scope="module")
def before():
    return synthetic.read_tables(synthetic.ROOT / "data/raw" / EDITION)[1]


def test_what_is_grown_passes_the_check_and_has_as_many_as_asked(grown, tables):
    assert check.run(grown, read_config(grown.root, EDITION))
    assert len(tables["observations"]) == SIZES["observations"]
    provinces = [r for r in tables["subjects"] if (r["type"], r["parent_id"]) == ("province", "nw")]
    assert len(provinces) == SIZES["provinces"]
    assert len(tables["suppliers"]) == SIZES["vendors"]


def test_it_says_of_itself_that_it_is_synthetic(tables, before):
    assert tables["edition"][0]["title"].startswith(synthetic.MARK)
    for name, rows in tables.items():
        known = {tuple(row.items()) for row in before[name]}
        added = [row for row in rows if tuple(row.items()) not in known]
        assert all("合成" in "".join(row.values()) for row in added), name
        cited = {row["source_id"] for row in added if name != "sources" and "source_id" in row}
        assert cited <= {synthetic.SOURCE}
        assert bool(added) == (name in {"edition", "sources", "subjects", *synthetic.OF_VENDOR,
                                        "observations"})  # fmt: skip


def test_the_same_call_gives_the_same_bytes(grown, tmp_path):
    again = made(tmp_path / "again")
    names = [path.name for path in grown.raw.iterdir()]
    assert all((again.raw / n).read_bytes() == (grown.raw / n).read_bytes() for n in names)


def test_many_editions_differ_and_are_lawful(tmp_path):
    layout = synthetic.project(tmp_path / "many", EDITION)
    synthetic.grow(layout, read_config(layout.root, EDITION))
    names = synthetic.repeat(layout, 6)
    assert names == ["2026Q1", "2026Q2", "2026Q3", "2026Q4", "2027Q1", "2027Q2"]
    texts = {(Layout(layout.root, n).raw / "observations.csv").read_bytes() for n in names}
    assert len(texts) == len(names)
    edition.check(Layout(layout.root, names[-1]))


def test_ids_of_observations_do_not_end():
    schema = edition.raw_schemas(Layout(synthetic.ROOT, EDITION))["observations"]
    pattern = next(field for field in schema.fields if field.name == schema.primary_key).pattern
    assert re.fullmatch(pattern, "S12345678")
