"""Nothing runs from an edition's name, and nothing is written: not by Snakemake, not by make."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.workflow.project import CHECKOUT, Project

EVIL = "$(touch x)"


@pytest.fixture
def fresh(tmp_path: Path) -> Project:
    return Project.of_checkout(tmp_path / "project")


def everything(project: Project) -> set[str]:
    found = (path.relative_to(project.root) for path in project.root.rglob("*"))
    return {path.as_posix() for path in found if path.parts[0] != ".snakemake"}


def refused(project: Project, *arguments: str) -> None:
    before = everything(project)
    done = project.snakemake(*arguments, PYTHONDONTWRITEBYTECODE="1")
    assert done.code == 1
    assert done.output.splitlines()[-1].endswith("(E198)"), done.output
    assert "Traceback" not in done.output
    assert everything(project) == before


def test_snakemake_refuses_what_is_no_edition(fresh: Project) -> None:
    refused(fresh, "--config", f"edition={EVIL}")


def test_snakemake_refuses_it_in_the_configuration_too(fresh: Project) -> None:
    path = fresh.root / "config/config.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [f"edition: '{EVIL}'" if line.startswith("edition:") else line for line in lines]
    path.write_text("\n".join(lines), encoding="utf-8")
    refused(fresh)


@pytest.fixture
def make(tmp_path: Path) -> Path:
    """A folder with our Makefile, where set-up does nothing and `snakemake` says what it hears."""
    (tmp_path / "Makefile").write_bytes((CHECKOUT / "Makefile").read_bytes())
    programs = {
        "tools/setup.sh": "#!/bin/sh\n",
        ".venv/bin/snakemake": '#!/bin/sh\nfor word in "$@"; do printf "<%s>" "$word"; done\n',
    }
    for name, text in programs.items():
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    return tmp_path


@pytest.mark.parametrize(
    "edition",
    ["2026Q1", "2026Q1 -n; touch x", EVIL, "$(shell touch x)", "`touch x`", '"; touch x; "', "'"],
)
@pytest.mark.parametrize("by", ["argument", "environment"])
def test_make_hands_an_edition_on_as_one_word(make: Path, edition: str, by: str) -> None:
    kept = {key: text for key, text in os.environ.items() if not key.startswith("MAKE")}
    environment = kept | ({"EDITION": edition} if by == "environment" else {})
    words = [f"EDITION={edition}"] if by == "argument" else []
    done = subprocess.run(
        ["make", "report", *words], cwd=make, env=environment, capture_output=True,
        encoding="utf-8", check=False, timeout=60,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == f"<--config><edition={edition}>", done.stderr
    assert not (make / "x").exists()


def test_make_without_an_edition_asks_for_none(make: Path) -> None:
    known = ("EDITION", "MAKE", "MFLAGS")  # of the make that may run these tests
    kept = {key: text for key, text in os.environ.items() if not key.startswith(known)}
    done = subprocess.run(
        ["make", "report", "EDITION="], cwd=make, env=kept, capture_output=True,
        encoding="utf-8", check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.strip() == ""  # no word for it
