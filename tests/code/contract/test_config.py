"""The configuration is read strictly, and folders are where they are said to be."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from suyuan.contract.config import CONFIG, Config, edition_layout, overridden, read_config
from suyuan.contract.messages import message
from suyuan.core.errors import ConfigError, LookupFailed, ReportedError
from suyuan.core.layout import Layout, find_root, project_root
from tests.code.miniature import ROOT, TEMPLATES

LAWFUL = {"edition": "2030Q1", "region": "rg", "nation": "na", "gdp_period": "2029"}


def written(tmp_path, entries):
    text = entries if isinstance(entries, str) else yaml.safe_dump(entries)
    (tmp_path / "config").mkdir()
    (tmp_path / CONFIG).write_text(text, encoding="utf-8")
    return tmp_path


def test_the_configuration(tmp_path):
    assert read_config(written(tmp_path, LAWFUL)) == Config("2030Q1", "rg", "na", "2029")


def test_the_command_line_names_another_edition(tmp_path):
    root = written(tmp_path, LAWFUL)
    assert read_config(root, "2030Q2").edition == "2030Q2"


@pytest.mark.parametrize(
    "text",
    ["", "2030", "2030Q5", "2030Q1 ", "2030Q1\n", "２０３０Q1", "../../x", "/etc", "$(touch x)",
     "2030Q1-n; touch x", "2030Q1-r", "a" * 300],
)  # fmt: skip
def test_what_is_no_edition_is_refused_before_the_file_is_read(tmp_path, text):
    with pytest.raises(ConfigError) as caught:
        read_config(tmp_path, text)  # there is no configuration here
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.column) == ("E198", "--edition", "edition")
    assert len(problem.value) <= 41
    assert "\n" not in problem.value


def test_what_is_no_edition_is_refused_in_the_file_too(tmp_path):
    root = written(tmp_path, LAWFUL | {"edition": "$(touch x)"})
    with pytest.raises(ConfigError) as caught:
        read_config(root)
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E198", CONFIG)


def test_snakemake_may_override_the_edition_and_nothing_else(tmp_path):
    root = written(tmp_path, LAWFUL)
    assert overridden(root, {}) == ["2030Q1"]
    assert overridden(root, {"edition": "2030Q2"}) == ["2030Q2"]
    for wrong in ({"edition": 2030}, {"edition": ["2030Q1"]}, {"region": "cn"}, {"editions": 2}):
        with pytest.raises(ConfigError):
            overridden(root, wrong)


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"extra": "x"}, "E196", "extra"),
        ({"regoin": "x"}, "E195", "regoin"),
        ({"region": None}, "E181", "region"),
        ({"gdp_period": 2029}, "E181", "gdp_period"),  # a year without quotes is a number
        ({"edition": ""}, "E181", "edition"),
        ({"nation": []}, "E181", "nation"),
    ],
)
def test_what_is_not_lawful_is_named_with_its_line(tmp_path, change, code, column):
    entries = LAWFUL | change
    with pytest.raises(ConfigError) as caught:
        read_config(written(tmp_path, entries))
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.column) == (code, CONFIG, column)
    assert problem.row == sorted(entries).index(column) + 1  # the test writes keys in this order
    assert f"({code})" in message(problem, TEMPLATES)


def test_all_that_is_wrong_is_named_at_once(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read_config(written(tmp_path, "region: 1\nnation: [a]\n"))
    said = [(problem.code, problem.column or problem.value) for problem in caught.value.problems]
    assert sorted(said) == [
        ("E181", "nation"), ("E181", "region"), ("E197", "edition"), ("E197", "gdp_period")
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "edition: [", "- edition", "edition", 'edition: "2030Q1'])
def test_what_is_not_a_mapping_is_reported(tmp_path, text):
    with pytest.raises(ReportedError):
        read_config(written(tmp_path, text), "2030Q1")


def test_the_real_configuration_is_lawful():
    assert read_config(ROOT).edition


# --- editions ---------------------------------------------------------------------------------


def test_an_edition_that_exists(project):
    assert edition_layout(project.root, "2030Q1") == project.layout


def test_an_edition_that_does_not_exist_is_told_with_those_that_do(project):
    for name in ("2030Q3", "2029Q4", "2030Q2", "2028Q1", "2029Q1"):
        (project.root / "data/raw" / name).mkdir()
    with pytest.raises(LookupFailed) as caught:
        edition_layout(project.root, "2031Q1")
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.row) == ("E100", "--edition", 1)
    assert (problem.column, problem.value) == ("edition", "2031Q1")
    assert problem.details == {"editions": "2028Q1、2029Q1、2029Q4、2030Q1、2030Q2、2030Q3"}
    assert "data/raw/2031Q1/" in message(problem, TEMPLATES)


def test_an_edition_of_the_configuration_is_told_with_its_line(project):
    project.layout.raw.rename(project.root / "data/raw/2030Q2")
    with pytest.raises(LookupFailed) as caught:
        edition_layout(project.root, "2030Q1")
    (problem,) = caught.value.problems
    # config.yaml begins with a comment: the edition stands on line 2.
    assert (problem.code, problem.file, problem.row) == ("E100", CONFIG, 2)


# --- folders ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("raw", "data/raw/2030Q1"),
        ("processed", "data/processed/2030Q1"),
        ("tables", "data/processed/2030Q1/tables"),
        ("figures", "figures/2030Q1"),
        ("build", "build/2030Q1"),
        ("report", "report/2030Q1"),
        ("config", "config"),
        ("templates", "templates"),
        ("schemas", "workflow/schemas"),
    ],
)
def test_folders(folder, path):
    layout = Layout(Path("/somewhere"), "2030Q1")
    assert layout.name(getattr(layout, folder)) == path


def test_the_root_is_found_from_below(project):
    assert find_root(project.layout.raw) == project.root.resolve()
    assert find_root(project.root) == project.root.resolve()


def test_the_root_is_found_from_the_working_folder(project, monkeypatch):
    monkeypatch.chdir(project.layout.config)
    assert find_root() == project.root.resolve()


def test_a_snakefile_alone_is_not_ours(project):
    (project.root / "docs").mkdir()
    (project.root / "docs/Snakefile").touch()
    assert find_root(project.root / "docs") == project.root.resolve()


def test_without_a_project_the_root_is_where_one_stands(tmp_path):
    assert find_root(tmp_path) is None


def test_a_project_without_its_configuration_is_no_other_place(project, tmp_path):
    texts = project.root / "workflow/schemas/texts.yaml"
    assert texts.is_file()
    (project.root / "config/config.yaml").unlink()
    for folder, code in ((project.root, "E190"), (project.layout.raw, "E190"), (tmp_path, "E199")):
        with pytest.raises(LookupFailed) as caught:
            project_root(folder)
        assert [(p.code, p.file) for p in caught.value.problems] == [(code, "config/config.yaml")]


def test_a_period_of_the_configuration_is_one(project):
    path = project.root / "config/config.yaml"
    text = path.read_text(encoding="utf-8")
    line = next(n for n, each in enumerate(text.split("\n"), 1) if each.startswith("gdp_period"))
    lines = text.split("\n")
    lines[line - 1] = "gdp_period: n2029"
    path.write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        read_config(project.root)
    assert [(p.code, p.row, p.column) for p in caught.value.problems] == [
        ("E125", line, "gdp_period")
    ]
