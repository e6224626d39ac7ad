"""ro-crate-metadata.json: which stage made which file, and each number from what."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.editions.delivered import STATEMENT, digest, files_below, foreign

CONTEXT = Path(__file__).parents[1] / "data/ro-crate-1.1-context.jsonld"  # CC0, from rocrate 0.14.0
CONTEXT_URL = "https://w3id.org/ro/crate/1.1/context"
MAXIMUM_CRATE = 5_000_000
MAXIMUM_ENTITY = 450  # bytes, on average: a crate of another edition may have more values


@pytest.fixture(scope="module")
def graph(report: Path) -> dict[str, dict[str, Any]]:
    crate = json.loads((report / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    return entities


def links(entity: dict[str, Any], key: str) -> list[str]:
    found = entity.get(key, [])
    return [link["@id"] for link in (found if isinstance(found, list) else [found])]


def crate_problems(folder: Path, cache: Path) -> list[str]:
    """What the validator finds against Process Run Crate 0.5, with no network but our cache."""
    services = pytest.importorskip("rocrate_validator.services")
    from requests import Request
    from requests_cache import CachedRequest, CachedResponse, CachedSession

    with CachedSession(str(cache), backend="sqlite") as session:
        request = CachedRequest.from_request(Request("GET", CONTEXT_URL).prepare())
        headers = {"Content-Type": "application/ld+json"}
        session.cache.save_response(
            CachedResponse(
                content=CONTEXT.read_bytes(),
                status_code=200,
                url=CONTEXT_URL,
                headers=headers,
                request=request,
            )
        )
    settings = services.ValidationSettings(
        rocrate_uri=str(folder), profile_identifier="process-run-crate",
        requirement_severity="REQUIRED", offline=True, cache_path=cache,
    )  # fmt: skip
    result = services.validate(settings)
    assert result.passed() == (not result.get_issues())
    return [f"{issue.check.identifier} {issue.message}" for issue in result.get_issues()]


@pytest.mark.slow
@foreign
def test_the_crate_is_valid(report: Path, tmp_path: Path) -> None:
    assert crate_problems(report, tmp_path / "cache") == []


@pytest.mark.slow
@foreign
def test_the_validator_would_notice(report: Path, tmp_path: Path) -> None:
    crate = json.loads((report / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    folder = tmp_path / "crate"
    shutil.copytree(report, folder, ignore=shutil.ignore_patterns("*.pdf", "*.html"))
    kept = [entity for entity in crate["@graph"] if entity["@type"] != "PropertyValue"]
    for entity in kept:
        if entity["@id"] == "#run-score":
            del entity["instrument"]
    text = json.dumps({**crate, "@graph": kept})
    (folder / "ro-crate-metadata.json").write_text(text, encoding="utf-8")
    problems = crate_problems(folder, tmp_path / "cache")
    assert any("MUST have an instrument" in problem for problem in problems)
    assert any("report.pdf" in problem for problem in problems)


def test_the_crate_is_not_huge(report: Path, graph: dict[str, Any]) -> None:
    size = (report / "ro-crate-metadata.json").stat().st_size
    assert size < MAXIMUM_CRATE
    assert size < MAXIMUM_ENTITY * len(graph)


def test_the_crate_lists_every_file_with_its_digest(report: Path, graph: dict[str, Any]) -> None:
    files = files_below(report)
    parts = links(graph["./"], "hasPart")
    assert sorted(parts) == sorted(set(files) - {"ro-crate-metadata.json"})
    for name in parts:
        if name != STATEMENT:  # it holds the crate's digest
            assert graph[name]["sha256"] == digest(files[name]), name
            assert graph[name]["contentSize"] == str(files[name].stat().st_size)


def test_nothing_in_the_crate_leads_nowhere(graph: dict[str, Any]) -> None:
    named = set(re.findall(r'\{"@id": "([^"]+)"\}', json.dumps(list(graph.values()))))
    assert named - set(graph) == {"https://w3id.org/ro/crate/1.1"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", graph["./"]["datePublished"])
    assert not re.search(r"\d\dT\d\d:\d\d", json.dumps(list(graph.values())))  # no time of day


def test_every_data_file_comes_from_one_stage(report: Path, graph: dict[str, Any]) -> None:
    made = [
        name
        for entity in graph.values()
        if entity["@type"] == "CreateAction"
        for name in links(entity, "result")
    ]
    assert len(made) == len(set(made))
    given = {name for name in files_below(report) if name.startswith(("data/raw/", "config/"))}
    files = set(files_below(report)) - given - {"ro-crate-metadata.json"}
    assert files <= set(made)
    assert not given & set(made)


def test_each_number_leads_to_its_parents_and_cells(
    graph: dict[str, Any], values: dict[str, Any], made: dict[str, Any]
) -> None:
    def roots(name: str) -> list[str]:
        """Where a value's ``wasDerivedFrom`` should lead: values, else the cells of texts."""
        entry, found = values[name], []
        for source, column, keys in entry.get("src", ()):
            found += [f"{source}.{column}.{key}" for key in keys]
        for parent in entry.get("in", ()):
            found += [parent] if parent in made else roots(parent)
        return list(dict.fromkeys(found))

    results = {n for e in graph.values() if "result" in e for n in links(e, "result")}
    for name, entry in made.items():
        entity = graph[f"#{name}"]
        assert (entity["value"], entity["unitText"]) == (entry["v"], entry["u"])
        assert entity["measurementTechnique"] == entry["op"]
        assert entity.get("alternateName", entity["value"]) == entry["txt"]
        derived = [graph[link]["name"] for link in links(entity, "wasDerivedFrom")]
        assert derived == roots(name), name
        assert f"#{name}" in results


def test_cells_of_the_crate_are_where_their_fragment_says(
    graph: dict[str, Any], report: Path
) -> None:
    cells = [entity for name, entity in graph.items() if "#cell=" in name]
    assert cells
    for cell in cells:
        file, row, column = re.fullmatch(r"(.+)#cell=(\d+),(\d+)", cell["@id"]).groups()
        rows = list(csv.reader((report / file).read_text(encoding="utf-8").splitlines()))
        assert rows[int(row) - 1][int(column) - 1] == cell["value"]
        assert links(cell, "isPartOf") == [file]
        assert all(graph[link]["@type"] == "CreativeWork" for link in links(cell, "citation"))
    assert any("citation" in cell for cell in cells)
