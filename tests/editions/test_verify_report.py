"""`suyuan verify` as a person meets it: what it says of a report, and where it ends."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest

from suyuan.cli import main
from suyuan.contract.messages import SCREEN, WHOLE
from suyuan.lineage.verification import Verdict
from suyuan.outputs.verification.afresh import Afresh
from suyuan.outputs.verification.values import Asked
from suyuan.stages import delivered


@pytest.fixture
def said(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], edition: str,
) -> Callable[..., tuple[int, list[str]]]:  # fmt: skip
    """``suyuan verify`` of a copy of the report that was edited: its code, and what it said.

    Of the project there are only inputs and processed tables: build and figures are gone.
    """
    for name in ("Snakefile", "config", "pyproject.toml", "requirements.lock", "profiles",
                 "templates", "workflow", "data"):  # fmt: skip
        (tmp_path / name).symlink_to(built / name)
    monkeypatch.chdir(tmp_path)

    def run(edit: Callable[[Path], object]) -> tuple[int, list[str]]:
        folder = tmp_path / "report" / edition
        shutil.copytree(built / "report" / edition, folder)
        edit(folder)
        code = main(["verify", edition])
        written = capsys.readouterr()
        return code, (written.out + written.err).splitlines()

    return run


@pytest.fixture
def _computed_once(monkeypatch: pytest.MonkeyPatch, afresh: Afresh) -> None:
    """What the raw rows give is there already, and no value is asked about its lineage."""
    ready = Asked(afresh, list(afresh.document["values"]), Verdict)
    monkeypatch.setattr(delivered, "asked", lambda layout, config: nullcontext(ready))


def test_the_gate_kept_its_counts(built, edition, values):
    path = built / f"build/{edition}/verified.json"
    verdict = json.loads(path.read_text(encoding="utf-8"))
    assert verdict["inputs"] == verdict["moved"] + len(verdict["explained"])
    assert verdict["values"] == len(values)
    assert all(finding["detail"].count(": ") for finding in verdict["explained"])
    figures = {name for name in verdict["files"] if name.startswith("figures/")}
    assert len(figures) > 3
    assert verdict["files"].keys() - figures == {"lineage.json", "report.html"}


@pytest.mark.slow
def test_a_report_is_verified_without_the_build_that_made_it(said, values):
    code, lines = said(lambda folder: (folder / "notes.md").write_text("x", encoding="utf-8"))
    assert code == 0
    assert f"{len(values)} 个值" in lines[0]
    assert lines[1:] == ["报告的文件夹里另有不属于报告的文件，未作检验：notes.md"]


@pytest.mark.usefixtures("_computed_once")
def test_what_is_refuted_fills_one_screen(said, lineage, values, tmp_path):
    text = json.dumps(lineage | {"values": {}}, ensure_ascii=False)
    code, lines = said(lambda folder: (folder / "lineage.json").write_text(text, encoding="utf-8"))
    assert code == 1
    assert len(lines) == SCREEN + 2
    count = int(re.findall(r"\d+", lines[0])[0])
    assert count > len(values)  # each value that is not there, and the digest that is another
    assert lines[-1] == f"…… 另有 {count - SCREEN} 处；全部写在 {WHOLE}"
    whole = (tmp_path / WHOLE).read_text(encoding="utf-8").splitlines()
    assert whole[: SCREEN + 1] == lines[:-1]
    assert len(set(whole)) == len(whole) == count + 1


@pytest.mark.usefixtures("_computed_once")
def test_processed_tables_that_are_gone_are_made_from_the_rows(said, tmp_path, built):
    (tmp_path / "data").unlink()
    (tmp_path / "data").mkdir()
    (tmp_path / "data/raw").symlink_to(built / "data/raw")
    code, lines = said(lambda folder: None)
    assert code == 0, lines


def test_no_report_is_told_in_words(said):
    code, lines = said(shutil.rmtree)
    assert code == 1
    assert "(E201)" in lines[-1]
