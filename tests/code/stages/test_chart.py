"""The stage that draws: each figure saved with its data, problems told once."""

from __future__ import annotations

import json

import pytest
import yaml

from suyuan.contract.tables import read_table
from suyuan.core.errors import ConfigError
from suyuan.figures.description import FIGURES
from suyuan.figures.reading import read_figures
from suyuan.figures.svg import marks_of
from suyuan.stages import chart


def test_the_stage_saves_each_figure_with_its_data_and_its_facts(project, ledger):
    project.run()
    specs = {"clusters", "plans"}
    kept = {
        name: figure.spec for name, figure in read_figures(project.root).items() if name in specs
    }
    text = yaml.safe_dump({"figures": kept}, allow_unicode=True)
    (project.root / FIGURES).write_text(text, encoding="utf-8")
    chart.run(project.layout, project.config)
    folder = project.layout.figures
    names = {path.name for path in folder.iterdir()}
    assert names == {f"{name}.{end}" for name in specs for end in ("svg", "narrow.svg", "csv")} | {
        "figures.json"
    }
    index = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert set(index) == specs
    for name, entry in index.items():
        svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
        assert [tuple(mark) for mark in entry["marks"]] == marks_of(svg)
        narrow = marks_of((folder / f"{name}.narrow.svg").read_text(encoding="utf-8"))
        assert {fact for fact, _ in narrow} == {fact for fact, _ in entry["marks"]}
        assert {anchor for _, anchor in narrow}.isdisjoint(anchor for _, anchor in entry["marks"])
        plotted = read_table(folder / f"{name}.csv")
        assert {fact for fact, _ in entry["marks"]} == set(plotted["value_id"])
        assert all(ledger[fact].txt in set(plotted["txt"]) for fact, _ in entry["marks"])
    assert index["clusters"]["facts"]["most_txt"] == "12.5"


def test_what_stops_a_worker_stops_the_stage(project):
    project.run()
    text = "figures:\n  lost:\n    draw: bars\n    marks: [{series: x, values: na.nothing.*}]\n"
    (project.root / FIGURES).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as stopped:
        chart.run(project.layout, project.config)
    assert str(stopped.value) == "E161 config/figures.yaml:4:lost"
