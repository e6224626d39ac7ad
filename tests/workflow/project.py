"""A copy of the project outside the checkout, and the commands that people give in it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).parents[2]
EDITION = "2026Q1"  # the edition whose printed numbers the tests know; no other file names it
SOURCES = (
    "Snakefile", "config", "data/raw", "profiles", "pyproject.toml", "requirements.lock",
    "templates", "workflow",
)  # fmt: skip
CHAIN = [
    "ingest", "normalise", "score", "chart", "render", "typeset", "verify", "tabulate",
    "export", "deliver", "all",
]  # fmt: skip
BESIDE = {"render", "typeset", "verify", "tabulate", "export"}
INHERITED_NOT = ("MPLCONFIGDIR", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "XDG_CACHE_HOME")
RULE = re.compile(r"^rule (\w+):$", re.MULTILINE)
JOB = re.compile(r"^\d+/\d+ (?:(\w+) )?(\w+) [^ -~]", re.MULTILINE)  # then what it does, in Chinese
CONFIGURED = re.compile(r"^edition: [\w-]+", re.MULTILINE)
PATIENCE = 1800  # seconds that a command may take: a build of minutes on a busy machine
LONG_AGO = 1_000_000_000  # 2001, older than any build


@dataclass(frozen=True)
class Done:
    """What a command left: its exit code, and what a terminal showed."""

    code: int
    output: str


@dataclass(frozen=True)
class Project:
    """A project folder of its own; the package that runs in it is its own too."""

    root: Path

    @classmethod
    def of_checkout(cls, root: Path, edition: str = EDITION) -> Project:
        """The checkout's sources in another folder, configured for an edition; nothing is built."""
        project = cls(CHECKOUT).clone(root)
        path = root / "config/config.yaml"
        text, times = CONFIGURED.subn(f"edition: {edition}", path.read_text(encoding="utf-8"))
        assert times == 1
        path.write_text(text, encoding="utf-8")
        return project

    def clone(self, root: Path) -> Project:
        """The sources alone in another folder, dated now."""
        root.mkdir(parents=True)
        for name in SOURCES:
            if (self.root / name).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                copy = shutil.copyfile
                shutil.copytree(self.root / name, root / name, ignore=ignored, copy_function=copy)
            else:
                shutil.copyfile(self.root / name, root / name)
        return Project(root)

    def copy(self, root: Path) -> Project:
        """Everything in another folder: sources, what is built and remembered, and all dates.

        By ``cp``, which takes a tenth of what Python takes for a thousand files.
        """
        root.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cp", "-a", str(self.root), str(root)], check=True)
        return Project(root)

    def environment(self) -> dict[str, str]:
        """What a person's shell hands to a command given here."""
        home = self.root.parent / f"home-of-{self.root.name}"
        home.mkdir(exist_ok=True)
        kept = {key: text for key, text in os.environ.items() if key not in INHERITED_NOT}
        return kept | {"HOME": str(home), "PYTHONPATH": str(self.root / "workflow/lib")}

    def run(self, *module: str, **environment: str) -> Done:
        """Run a Python module, or a file of Python, here."""
        flag = [] if module[0].endswith(".py") else ["-m"]
        return self.command(sys.executable, *flag, *module, **environment)

    def command(self, *words: str, **environment: str) -> Done:
        """Run a program here."""
        done = subprocess.run(
            words,
            cwd=self.root,
            env=self.environment() | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
            start_new_session=True,
        )
        return Done(done.returncode, done.stdout)

    def snakemake(self, *arguments: str, **settings: Any) -> Done:
        """What `snakemake` with these arguments does."""
        return self.run("snakemake", *arguments, **settings)

    def rules(self, output: str) -> list[str]:
        """The rules whose lines stand in Snakemake's output, in its order."""
        files = [self.root / "Snakefile", *(self.root / "workflow/rules").glob("*.smk")]
        names = [name for file in files for name in RULE.findall(file.read_text(encoding="utf-8"))]
        assert sorted(names) == sorted([*CHAIN, "diff", "publish"])
        found = [rule for _, rule in JOB.findall(output)]
        assert set(found) <= set(names)
        # Side by side where two cores are free: which of them is named first is chance.
        beside = iter([name for name in CHAIN if name in BESIDE and name in found])
        return [next(beside) if name in BESIDE else name for name in found]

    def would_run(self) -> list[str]:
        """The rules that `snakemake` alone would run now, in order."""
        done = self.snakemake("--dry-run")
        assert done.code == 0, done.output
        rules = self.rules(done.output)
        assert bool(rules) != ("Nothing to be done" in done.output), done.output
        return rules

    def raw(self, table: str) -> Path:
        """A raw table of the edition."""
        return self.root / "data/raw" / EDITION / f"{table}.csv"

    def replace(self, path: Path, old: str, new: str, *, dated: int | None = None) -> int:
        """Put ``new`` for the one ``old`` in a file and return its line number."""
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path.name} has {text.count(old)} times {old!r}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        if dated is not None:
            os.utime(path, (dated, dated))
        return text[: text.index(old)].count("\n") + 1

    def contents(self, folder: str) -> dict[str, bytes]:
        """Every file below a folder, by its name there."""
        top = self.root / folder
        files = (path for path in sorted(top.rglob("*")) if path.is_file())
        return {path.relative_to(top).as_posix(): path.read_bytes() for path in files}

    def lineage(self, folder: str = "report") -> Mapping[str, Any]:
        """The published lineage.json, or that of the build."""
        path = self.root / folder / EDITION / "lineage.json"
        return json.loads(path.read_text(encoding="utf-8"))
