"""datapackage.json: every table with schema, digest and sources, for Frictionless tools."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.editions.delivered import digest, files_below, foreign


def read_package(report: Path) -> dict[str, Any]:
    return json.loads((report / "datapackage.json").read_text(encoding="utf-8"))


@pytest.mark.slow
@foreign
def test_the_data_package_is_valid(report: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    result = frictionless.validate(str(report / "datapackage.json"))
    assert result.flatten(["name", "type", "message"]) == []
    assert result.valid
    assert result.stats["tasks"] == len(read_package(report)["resources"])


def test_every_table_is_in_the_data_package(built: Path, report: Path, edition: str) -> None:
    package = read_package(report)
    assert package["profile"] == "tabular-data-package"
    paths = {resource["path"] for resource in package["resources"]}
    data = files_below(built / "data")
    tables = {f"data/{n}" for n in data if n.endswith(".csv") and edition in n.split("/")}
    tables |= {f"config/{n}" for n in files_below(built / "config") if n.endswith(".csv")}
    tables.remove("config/editions.csv")  # which editions there are: in no report
    assert paths == tables
    for resource in package["resources"]:
        path = report / resource["path"]
        assert path.read_bytes() == (built / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{digest(path)}"
        assert resource["bytes"] == path.stat().st_size
    observations = next(r for r in package["resources"] if r["name"] == "observations")
    assert observations["schema"]["primaryKey"] == "obs_id"
    ratings = next(r for r in package["resources"] if r["name"] == "ratings")
    linked = [key["fields"] for key in ratings["schema"]["foreignKeys"]]
    wanted = ["subject_id", "node_id", "grade", "rater"]  # Table Schema has no lists of references
    assert linked == wanted
    types = {field["name"]: field for field in observations["schema"]["fields"]}
    assert types["vintage"]["type"] == "string"  # Table Schema has no type for quarters
    assert re.fullmatch(types["vintage"]["constraints"]["pattern"], edition)
    assert observations["sources"]
    assert all(source in package["sources"] for source in observations["sources"])


@pytest.mark.slow
@pytest.mark.known
@foreign
@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (",131.0,", ",一百,", {"type-error", "hash-count", "byte-count"}),
        ("F002,report,", "F002,nobody,", {"foreign-key", "hash-count"}),
        ("F002,report,", "F001,report,", {"primary-key", "hash-count"}),
        (",131.0,Eflops,=,", ",131.0,Eflops,~,", {"constraint-error", "hash-count"}),
        (",131.0,", ",113.0,", {"hash-count"}),  # lawful, but not what was built
    ],
)
def test_a_broken_cell_is_found(
    report: Path, tmp_path: Path, old: str, new: str, expected: set[str], edition: str
) -> None:
    frictionless = pytest.importorskip("frictionless")
    copy = tmp_path / "package"
    shutil.copytree(report, copy, ignore=shutil.ignore_patterns("figures", "processed", "*.pdf"))
    path = copy / f"data/raw/{edition}/observations.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    package = frictionless.Package(str(copy / "datapackage.json"))
    result = package.get_resource("observations").validate()
    found = {kind for (kind,) in result.flatten(["type"])}
    assert expected <= found
    assert found <= expected | {"byte-count"}
