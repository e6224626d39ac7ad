"""Run one stage: check what it reads, let it work, note what it made."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from importlib import import_module

from suyuan.contract import strays
from suyuan.contract.config import Config
from suyuan.core import inputs
from suyuan.core.errors import BrokenFont, Problem, StaleBuild
from suyuan.core.files import read_json, sha256
from suyuan.core.layout import Layout
from suyuan.stages import receipts
from suyuan.stages.chain import CHAIN, STAGES, own_kinds

FONT_LOCK = "fonts.lock.json"


def run(stage: str, layout: Layout, config: Config, digests: Mapping[str, str] | None) -> None:
    """Run ``stage`` on the inputs of such digests; without any, on those that are there now.

    Raises StaleBuild as ``receipts.check_reads`` does, and E406 for inputs that were edited
    meanwhile; BrokenFont E407; DataError E857 for files that look like tables, by the first stage
    and, since these are no inputs, again by the last.
    """
    last = stage == CHAIN[-1].name
    if last or stage == CHAIN[0].name:
        strays.held(layout)
    if digests is None:
        digests = receipts.made_from(layout, [stage])[stage]
    receipts.check_reads(layout, stage, digests)
    if "fonts" in STAGES[stage].reads:
        check_fonts(layout)
    if last:  # after it a complaint would come too late, and an edit does no harm
        check_inputs(layout, digests, digests)
    receipts.receipt(layout, stage).unlink(missing_ok=True)
    import_module(f"suyuan.stages.{stage}").run(layout, config)
    if not last:  # what only earlier stages read is held against their receipts, and at the end
        check_inputs(layout, digests, own_kinds(stage))
    receipts.write(layout, stage, digests)


def check_inputs(layout: Layout, digests: Mapping[str, str], kinds: Iterable[str]) -> None:
    """Raise StaleBuild E406 for each of ``kinds`` of inputs that has another digest by now."""
    now = inputs.digests(layout, kinds)
    changed = [kind for kind, digest in now.items() if digest != digests[kind]]
    if changed:
        raise StaleBuild(Problem("E406", inputs.folder(layout, kind)) for kind in changed)


def check_fonts(layout: Layout) -> None:
    """Raise BrokenFont E407 for a font that is missing or not the one in the fonts' lock."""
    folder = layout.templates / "fonts"
    fonts = read_json(folder / FONT_LOCK)["fonts"]
    broken = [
        folder / name
        for name, entry in fonts.items()
        if not (folder / name).is_file() or sha256(folder / name) != entry["sha256"]
    ]
    if broken:
        raise BrokenFont(Problem("E407", layout.name(path)) for path in broken)


def parsed(text: str | None) -> dict[str, str] | None:
    """Digests as the workflow hands them to a stage."""
    return json.loads(text) if text else None
