"""The configuration is read strictly, and folders are where they are said to be."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from suyuan.contract.config import CONFIG, Config, edition_layout, overridden, read_config
from suyuan.contract.messages import message
from suyuan.core.errors import ConfigError, LookupFailed, ReportedError
from suyuan.core.layout import Layout, find_root
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
    assert (problem.code, problem.column) == ("E198", "edition")
    assert len(problem.value) <= 41
    assert "\n" not in problem.value


def test_what_is_no_edition_is_refused_in_the_file_too(tmp_path):
    root = written(tmp_path, LAWFUL | {"edition": "$(touch x)"})
    with pytest.raises(ConfigError) as caught:
        read_config(root)
    assert caught.value.problems[0].code == "E198"


def test_snakemake_may_override_the_edition_and_nothing_else(tmp_path):
    root = written(tmp_path, LAWFUL)
    assert overridden(root, {}).edition == "2030Q1"
    assert overridden(root, {"edition": "2030Q2"}).edition == "2030Q2"
    for wrong in ({"edition": 2030}, {"edition": ["2030Q1"]}, {"region": "cn"}):
        with pytest.raises(ConfigError):
            overridden(root, wrong)


@pytest.mark.parametrize(
    ("change", "detail"),
    [
        ({"extra": "x"}, "extra"),
        ({"region": None}, "region"),
        ({"gdp_period": 2029}, "gdp_period"),  # a year without quotes is a number
        ({"edition": ""}, "edition"),
        ({"region": 1, "nation": []}, "nation、region"),
    ],
)
def test_what_is_not_lawful_is_named(tmp_path, change, detail):
    with pytest.raises(ConfigError) as caught:
        read_config(written(tmp_path, LAWFUL | change))
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("E160", CONFIG)
    assert problem.column in detail
    assert sorted(problem.details["detail"].split("、")) == detail.split("、")
    assert detail.split("、")[0] in message(problem, TEMPLATES)


def test_missing_keys_are_named(tmp_path):
    with pytest.raises(ConfigError) as caught:
        read_config(written(tmp_path, ""))
    (problem,) = caught.value.problems
    assert problem.details["detail"] == "edition、gdp_period、nation、region"


@pytest.mark.parametrize("text", ["edition: [", "- edition", "edition", 'edition: "2030Q1'])
def test_what_is_not_a_mapping_is_reported(tmp_path, text):
    with pytest.raises(ReportedError):
        read_config(written(tmp_path, text), "2030Q1")


def test_the_real_configuration_is_lawful():
    config = read_config(ROOT)
    schema = yaml.safe_load((ROOT / "workflow/schemas/config.schema.yaml").read_bytes())
    assert set(schema["required"]) == set(schema["properties"]) == set(vars(config))


# --- editions ---------------------------------------------------------------------------------


def test_an_edition_that_exists(project):
    assert edition_layout(project.root, "2030Q1") == project.layout


def test_an_edition_that_does_not_exist_is_told_with_those_that_do(project):
    for name in ("2030Q3", "2029Q4", "2030Q2", "2028Q1", "2029Q1"):
        (project.root / "data/raw" / name).mkdir()
    with pytest.raises(LookupFailed) as caught:
        edition_layout(project.root, "2031Q1")
    (problem,) = caught.value.problems
    # config.yaml begins with a comment: the edition stands on line 2.
    assert (problem.code, problem.file, problem.row) == ("E100", CONFIG, 2)
    assert (problem.column, problem.value) == ("edition", "2031Q1")
    assert problem.details == {"editions": "2028Q1、2029Q1、2029Q4、2030Q1、2030Q2、2030Q3"}
    assert "data/raw/2031Q1/" in message(problem, TEMPLATES)


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
