"""Lineage is tested: what was tampered with is found and named."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from suyuan.cli import main

Lineage = dict[str, Any]


@pytest.fixture
def verified(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str], edition: str, lineage: Lineage,
) -> Callable[..., tuple[int, str]]:  # fmt: skip
    """``suyuan verify`` beside another lineage file: its code, and what it said."""
    for path in built.iterdir():
        if path.name != "report":
            (tmp_path / path.name).symlink_to(path)
    monkeypatch.chdir(tmp_path)

    def run(edit: Callable[[Lineage], object]) -> tuple[int, str]:
        content = copy.deepcopy(lineage)
        edit(content)
        path = tmp_path / "report" / edition / "lineage.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
        code = main(["verify", edition])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_the_gate_kept_its_counts(built, edition, values):
    path = built / f"build/{edition}/verified.json"
    verdict = json.loads(path.read_text(encoding="utf-8"))
    assert verdict["inputs"] == verdict["moved"] + len(verdict["explained"])
    assert verdict["values"] == len(values)
    assert all(finding["detail"].count(": ") for finding in verdict["explained"])


def first(values: Mapping[str, Any], operation: str, parents: int = 1) -> str:
    """A value made by an operation of at least so many parents."""
    return next(
        key
        for key, entry in values.items()
        if entry["op"] == operation and len(entry.get("in", [1])) >= parents
    )


def test_every_tampered_entry_is_named(verified, values):
    tampered = {}

    def edit(content: Lineage) -> None:
        entries, kept = content["values"], list(content["values"].items())

        def other(name: str) -> str:
            """A value of the same unit that makes nothing of this one."""
            taken = {name, *entries[name]["in"]}
            return next(
                key
                for key, entry in kept
                if entry["u"] == values[entries[name]["in"][0]]["u"]
                and entry["v"] != values[entries[name]["in"][0]]["v"]
                and key not in taken
            )

        def change(kind: str, name: str, key: str, content: object) -> None:
            assert name not in tampered
            tampered[name] = kind
            entries[name][key] = content

        total = first(values, "sum", parents=3)
        change("a parent lost", total, "in", entries[total]["in"][:-1])
        ratio = first(values, "ratio")
        change("another parent", ratio, "in", [other(ratio), *entries[ratio]["in"][1:]])
        cells = [key for key, entry in kept if entry["op"] == "convert"]
        (source, column, _), another = entries[cells[0]]["src"][0], entries[cells[-1]]["src"][0]
        change("another cell", cells[0], "src", [[source, column, another[2]]])
        change("another number", cells[1], "v", entries[cells[1]]["v"] + "1")
        rank = first(values, "rank", parents=2)
        change("another order", rank, "in", entries[rank]["in"][::-1])
        count = first(values, "count")
        change("counts another", count, "in", [cells[0], *entries[count]["in"][1:]])
        share = first({k: e for k, e in kept if k not in tampered}, "ratio")
        change("printed otherwise", share, "txt", "61.00%")
        figure = first(values, "figure")
        change("draws another", figure, "in", [cells[0], *entries[figure]["in"][1:]])
        content["uses"].pop(5)

    code, said = verified(edit)
    assert code == 1
    assert {kind for name, kind in tampered.items() if f":{name} " not in said} == set()
    assert "(E312)" in said  # the use that is not there
