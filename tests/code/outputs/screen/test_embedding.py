"""What report.html carries of the lineage: what the page prints and what that rests on."""

from __future__ import annotations

import pytest

from suyuan.contract.edition import all_schemas
from suyuan.contract.words import read_words
from suyuan.core.files import read_json
from suyuan.lineage import leading
from suyuan.lineage.facets import Facets
from suyuan.lineage.graph import Entries, ancestry
from suyuan.lineage.names import Names
from suyuan.outputs.screen import panel

PRINTED = ("rg.ai_share", "report.value_count", "report.observation_count")


@pytest.fixture
def lineage(built):
    document = read_json(built.layout.report / "lineage.json")
    uses = [{"v": name, "sec": "", "anchor": "", "kind": "text"} for name in PRINTED]
    return document | {"uses": uses}


@pytest.fixture
def contents(built, ledger, lineage):
    facets = Facets.of(built.root, lineage)
    titles = {name: schema.title for name, schema in all_schemas(built.layout).items()}
    words = read_words(built.layout)
    names = Names(ledger.codebook, words, titles, lambda _: {})
    return panel.Embedding(lineage, facets, titles, ledger.codebook, words, names).contents


def of(found, value_id):
    return found["values"][found["ids"].index(value_id)]


def test_a_count_of_few_leads_to_each(contents, lineage):
    found = contents()
    values = lineage["values"]
    assert len(of(found, "report.value_count")["in"]) == len(values["report.value_count"]["in"])
    assert all("rest" not in value for value in found["values"])


def test_a_count_of_many_leads_to_those_that_are_there_anyhow(contents, lineage, monkeypatch):
    monkeypatch.setattr(leading, "COUNTED", 3)
    found, values = contents(), lineage["values"]
    printed = ancestry(Entries(values), ["rg.ai_share"])
    numbers = {name for name in printed if values[name]["op"] != "text"}
    assert set(found["ids"]) == numbers | set(PRINTED)
    count = of(found, "report.value_count")
    named = [found["ids"][place] for place in count["in"]]
    everything = values["report.value_count"]["in"]
    assert named == [name for name in everything if name in found["ids"]]
    assert count["rest"] == len(everything) - len(named) > 0
    rows = of(found, "report.observation_count")
    assert "in" not in rows
    assert rows["rest"] == len(values["report.observation_count"]["in"])
    keys = {key for name in printed for _, _, keys in values[name].get("src", ()) for key in keys}
    assert {row[2] for row in found["rows"]} == keys


def test_a_sum_leads_to_all_it_adds_however_many(contents, lineage, monkeypatch):
    monkeypatch.setattr(leading, "COUNTED", 1)
    lineage["uses"].append({"v": "rg.compute_total", "sec": "", "anchor": "", "kind": "text"})
    total = of(contents(), "rg.compute_total")
    assert len(total["in"]) == 4
    assert "rest" not in total
