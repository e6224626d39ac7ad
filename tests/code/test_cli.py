"""The command line: what it prints, what it returns, and never a traceback."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from suyuan import __version__
from suyuan.cli import STAGES, main, parser
from suyuan.contract.messages import SCREEN, WHOLE
from tests.code.miniature import ROOT


@pytest.fixture
def here(project, monkeypatch):
    monkeypatch.chdir(project.root)
    return project


@pytest.fixture
def published(built, monkeypatch):
    monkeypatch.chdir(built.root)
    return built


def said(capsys):
    out, err = capsys.readouterr()
    return out.splitlines(), err.splitlines()


# --- check ------------------------------------------------------------------------------------


def test_check_of_a_lawful_edition(here, capsys):
    here.own_sections()
    assert main(["check"]) == 0
    out, err = said(capsys)
    assert len(out) == 2
    assert "2030Q1" in out[0]
    assert "33 行观测中有 6 行" in out[1]
    assert err == []


def test_what_does_not_fit_on_a_screen_is_counted_and_kept(here, capsys):
    rows = here.rows("observations")
    here.write("observations", [rows[0], *([*row[:9], "A", *row[10:]] for row in rows[1:] * 2)])
    assert main(["check"]) == 1
    _, err = said(capsys)
    assert len(err) == SCREEN + 2
    kept = (here.root / WHOLE).read_text(encoding="utf-8").splitlines()
    assert kept[: SCREEN + 1] == err[:-1]
    assert f"另有 {len(kept) - 1 - SCREEN} 处" in err[-1]
    assert WHOLE in err[-1]


def test_where_nothing_can_be_kept_the_rest_is_counted(here, capsys):
    rows = here.rows("observations")
    here.write("observations", [rows[0], *([*row[:9], "A", *row[10:]] for row in rows[1:] * 2)])
    (here.root / "logs").write_text("", encoding="utf-8")  # a file where the folder would be
    assert main(["check"]) == 1
    assert WHOLE not in said(capsys)[1][-1]


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "utf-8"])
def test_what_is_said_into_a_pipe_is_utf8_whatever_the_locale(here, encoding):
    here.set("observations", "T009", "value", "１\u200b３①")
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "suyuan", "check"], cwd=here.root, env=environment,
        capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "observations.csv:10:value “１⟨U+200B⟩３①”" in done.stderr.decode("utf-8")


def _done(command, folder, environment):
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)


@pytest.mark.parametrize("locale", ["zh_CN.GBK", "zh_CN.GB18030"])
def test_a_real_chinese_locale_changes_no_message(here, tmp_path, locale):
    charset = locale.partition(".")[2]
    made = tmp_path / "locales" / locale
    made.parent.mkdir()
    define = shutil.which("localedef") or "true"
    subprocess.run([define, "-i", "zh_CN", "-f", charset, made], check=False, capture_output=True)
    if not made.is_dir():
        pytest.skip(f"this machine cannot make {locale}: it lacks localedef or its sources")
    here.set("observations", "T009", "value", "１\u200b３①😀")
    for name in ("观测值 (1).csv".encode(), "观测.csv".encode("gbk")):
        Path(os.fsdecode(os.fsencode(here.layout.raw) + b"/" + name)).touch()
    said = []
    for spoken in ("C", "C.UTF-8", locale):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("LC_", "PYTHON"))}
        environment |= {"LC_ALL": spoken, "LOCPATH": str(made.parent)}
        command = [sys.executable, "-m", "suyuan", "check"]
        told = _done(command, here.root, environment)
        here.set("observations", "T009", "value", "300")
        strays = _done(command, here.root, environment)
        here.set("observations", "T009", "value", "１\u200b３①😀")
        said.append((told.returncode, told.stderr.decode(), strays.stderr.decode()))
    assert said[0] == said[1] == said[2]
    assert "１⟨U+200B⟩３①😀" in said[0][1]
    assert "观测值 (1).csv" in said[0][2]
    assert "观测.csv" in said[0][2]


POWERLESS = ("setpriv", "--bounding-set=-all")  # root without its power over files


@pytest.mark.parametrize(
    ("closed", "told"),
    [
        ("data/raw/2030Q1/hubs.csv", "data/raw/2030Q1/hubs.csv "),
        ("data/raw/2030Q1", "data/raw/2030Q1 "),
        ("data/raw", "data/raw/2030Q1 "),
        ("config", "config/config.yaml "),
    ],
)
def test_an_ordinary_user_is_told_of_what_is_closed(here, closed, told):
    root = os.geteuid() == 0
    if root and not shutil.which(POWERLESS[0]):
        pytest.skip("root may read everything, and setpriv is not here to take that away")
    path = here.root / closed
    before = path.stat().st_mode
    path.chmod(0)
    try:
        done = subprocess.run(
            [*(POWERLESS if root else ()), sys.executable, "-m", "suyuan", "check"],
            cwd=here.root, capture_output=True, check=False,
        )  # fmt: skip
    finally:
        path.chmod(before)
    assert done.returncode == 1
    (_, line) = done.stderr.decode().splitlines()
    assert line.startswith(told)
    assert line.endswith("(E402)")


@pytest.mark.parametrize(("sort", "code"), [("folder", "E417"), ("circle", "E418")])
def test_what_lies_in_place_of_a_file_is_said_in_chinese(here, capsys, sort, code):
    path = here.root / "config/publication.yaml"
    path.unlink(missing_ok=True)
    if sort == "folder":
        path.mkdir()
    else:
        path.symlink_to(path.name)
    assert main(["check"]) == 1
    (line,) = said(capsys)[1][1:]
    assert line.startswith("config/publication.yaml ")
    assert line.endswith(f"({code})")
    assert not re.search("[A-Za-z]{5}", line.removeprefix("config/publication.yaml"))


def test_a_table_that_may_be_missing_is_not_passed_over_as_a_broken_link(here, capsys):
    optional = here.layout.raw / "revisions.csv"
    assert not optional.exists()
    optional.symlink_to("../nowhere.csv")
    assert main(["check"]) == 1
    (line,) = said(capsys)[1][1:]
    assert line.startswith("data/raw/2030Q1/revisions.csv ")
    assert line.endswith("(E403)")


def test_an_edition_is_asked_for_where_there_is_no_data_at_all(here, capsys):
    shutil.rmtree(here.root / "data")
    assert main(["check"]) == 1
    assert said(capsys)[1][-1].endswith("(E100)")


@pytest.mark.parametrize(
    "name", ["config/config.yaml", "config/figures.yaml", "data/raw/2030Q1/hubs.csv"]
)
def test_a_file_that_may_not_be_read_is_said_to_be_so(here, capsys, monkeypatch, name):
    path, read = here.root / name, Path.read_bytes

    def refuse(self):
        if self == path:
            raise PermissionError(errno.EACCES, "", str(self))
        return read(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert main(["check"]) == 1
    line = said(capsys)[1][-1]
    assert line.startswith(f"{name} ")
    assert line.endswith("(E402)")


def test_check_from_a_folder_below(here, capsys, monkeypatch):
    here.own_sections()
    monkeypatch.chdir(here.layout.raw)
    assert main(["check", "2030Q1"]) == 0
    assert "2030Q1" in said(capsys)[0][0]


def test_check_tells_every_problem_with_its_place(here, capsys):
    here.set("observations", "T009", "value", "１０００")
    here.file("hubs").unlink()
    assert main(["check"]) == 1
    out, err = said(capsys)
    assert out == []
    assert len(err) == 3  # a heading that counts them, then a line each
    assert "2" in err[0]
    assert err[1].startswith("data/raw/2030Q1/hubs.csv:1:1 ")
    assert err[2].startswith("data/raw/2030Q1/observations.csv:10:value ")
    assert err[2].endswith("(E121)")


def test_an_edition_that_does_not_exist(here, capsys):
    assert main(["check", "2031Q4"]) == 1
    (_, line) = said(capsys)[1]
    assert line.startswith("--edition:1:edition ")
    assert line.endswith("(E100)")


def test_a_configuration_that_is_not_lawful(here, capsys):
    with (here.root / "config/config.yaml").open("a", encoding="utf-8") as file:
        file.write("colour: red\n")
    assert main(["check"]) == 1
    assert said(capsys)[1][1].endswith("(E196)")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("draw: bars", "draw: bar", "config/figures.yaml:23:figures.clusters.draw"),
        ("a1.compute_total,", "a9.compute_total,", "config/figures.yaml:22:clusters"),
    ],
)
def test_check_reads_the_figures_too(here, capsys, old, new, place):
    path = here.root / "config/figures.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert main(["check"]) == 1
    _, err = said(capsys)
    assert len(err) == 2
    assert err[1].startswith(f"{place} ")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("    parameter: 0.4\n", "", "config/claims.yaml:2:claims.rg.ai_share_over_40 "),
        (
            "test: threshold",
            "test: leads",
            "config/claims.yaml:4:claims.rg.ai_share_over_40.parameter ",
        ),
        ("[rg.ai_share]", "[rg.ai_shar]", "config/claims.yaml:5:rg.ai_share_over_40 "),
        (
            "r: 0.4\n",
            "r: 40\n",
            "config/claims.yaml:4:claims.rg.ai_share_over_40.parameter “40”大于",
        ),
        (
            "r: 0.4\n",
            "r: -0.4\n",
            "config/claims.yaml:4:claims.rg.ai_share_over_40.parameter “-0.4”",
        ),
        (
            "不足{",
            "\u9f98不足{",
            "config/claims.yaml:8:claims.rg.ai_share_over_40.words.below 字体",
        ),
        (
            "below: 不足{parameter|chengs}",
            'below: "\\u9f98不足{parameter|chengs}"',
            "config/claims.yaml:8:claims.rg.ai_share_over_40.words.below 字体",
        ),
    ],
)
def test_check_reads_the_claims_too(here, capsys, old, new, place):
    path = here.root / "config/claims.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert main(["check"]) == 1
    assert said(capsys)[1][1].startswith(place)


def test_outside_a_project_there_is_no_traceback(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for words in (["check"], ["verify"], ["trace", "1"], ["stage", "score"]):
        assert main(words) == 1
        out, err = said(capsys)
        assert out == []
        heading, line = err
        assert heading == "没有执行："
        assert line.startswith("config/config.yaml:1:1 ")
        assert line.endswith("(E199)")


# --- stages -----------------------------------------------------------------------------------


def test_stages_follow_each_other(here, capsys):
    for stage in ("ingest", "normalise", "score"):
        assert main(["stage", stage, "--edition", "2030Q1"]) == 0
    assert here.ledger()["rg.compute_total"].txt == "100.0"
    assert said(capsys) == ([], [])


def test_a_stage_that_finds_a_problem_stops(here, capsys):
    here.set("observations", "T030", "value", "51.0")
    assert main(["stage", "ingest"]) == 0  # each row by itself is lawful
    assert main(["stage", "normalise"]) == 1
    assert said(capsys)[1][1].endswith("(E150)")
    assert not (here.layout.processed / "normalised.csv").exists()


def test_every_stage_is_a_command_and_a_rule():
    rules = {path.stem for path in (ROOT / "workflow/rules").glob("*.smk")}
    assert set(STAGES) == rules - {"common", "diff", "publish"}  # none of these makes a report
    for stage in STAGES:
        assert parser().parse_args(["stage", stage, "--edition", "2030Q1"]).edition == "2030Q1"


# --- trace ------------------------------------------------------------------------------------


def test_trace_prints_a_tree(published, capsys):
    assert main(["trace", "na.gdp"]) == 0
    out, err = said(capsys)
    assert out[0] == "全国 生产总值：20,000 亿元 ← 取自  [na.gdp]"
    assert "observations.csv:14" in out[2]
    assert err == []


def test_trace_lists_the_values_that_are_printed_alike(published, capsys):
    assert main(["trace", "66.67%"]) == 0
    first, second, how = said(capsys)[0]
    assert (first[:3], second[:3]) == (" 1.", " 2.")
    assert "[beta.ai_share]" in first + second
    assert "--all" in how


@pytest.mark.parametrize("choice", [["2"], ["--pick", "2"]])
def test_trace_of_one_of_several(published, capsys, choice):
    main(["trace", "66.67%"])
    second = said(capsys)[0][1]
    assert main(["trace", "66.67%", *choice]) == 0
    assert second[second.index("[") :] in said(capsys)[0][0]


def test_trace_of_one_too_many(published, capsys):
    assert main(["trace", "66.67%", "3"]) == 1
    assert said(capsys)[1][1].endswith("(E204)")


def test_trace_with_all_prints_every_chain(published, capsys):
    assert main(["trace", "66.67%", "--all"]) == 0
    assert len("\n".join(said(capsys)[0]).split("\n\n")) == 2


def test_trace_says_by_its_code_that_data_changed(project, monkeypatch, capsys):
    project.run()
    project.publish()
    project.set("observations", "T001", "value", "999.0")
    monkeypatch.chdir(project.root)
    assert main(["trace", "rg.compute_total"]) == 3
    out = said(capsys)[0]
    assert "data/raw/2030Q1/observations.csv" in out[0]
    assert any("999.0" in line for line in out[1:])


def test_trace_as_json(published, capsys):
    assert main(["trace", "--json", "rg.gdp"]) == 0
    (tree,) = json.loads(capsys.readouterr().out)
    assert (tree["id"], tree["txt"]) == ("rg.gdp", "2,000")
    assert len(tree["in"]) == 4


@pytest.mark.parametrize("text", ["-25.0%", "−25.0%"])
def test_a_negative_number_is_no_option(published, capsys, text):
    assert main(["trace", text]) == 0
    assert "[na.growth.racks]" in said(capsys)[0][0]


def test_trace_of_what_was_not_printed(published, capsys):
    assert main(["trace", "316.9"]) == 1
    assert said(capsys)[1][1].endswith("(E200)")


def test_trace_before_the_first_report(here, capsys):
    assert main(["trace", "316.8"]) == 1
    assert said(capsys)[1][1].endswith("(E201)")


# --- the rest ---------------------------------------------------------------------------------


def test_version(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--version"])
    assert caught.value.code == 0
    assert said(capsys)[0] == [f"suyuan {__version__}"]


@pytest.mark.parametrize("arguments", [[], ["paint"], ["trace"], ["check", "--colour"]])
def test_wrong_usage(arguments, capsys):
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert said(capsys)[1][0].startswith("usage: suyuan")
