"""Verify: the stage that tests a finished build before anyone reads it.

In: build/<edition>/lineage.json and report.html, the figures, and all that they were made from.
Out: verified.json, which vouches for these very files.
"""

from __future__ import annotations

from dataclasses import asdict

from suyuan.contract.config import Config
from suyuan.core.files import digest, dump_json, write_text
from suyuan.core.layout import Layout
from suyuan.figures.store import Store
from suyuan.outputs import package
from suyuan.outputs.verification import check
from suyuan.outputs.verification.values import asked


def run(layout: Layout, config: Config) -> None:
    """The stage: compute everything again, compare what the build holds; write verified.json.

    What chart has just drawn from marks that come out the same is not drawn a second time.
    """
    with asked(layout, config, Store.of(layout)) as answer:
        readings = check.of_build(answer.afresh) | check.of_index(answer.afresh)
        built = dict(package.contents(layout))
        places = {name: built.get(name, layout.root / name) for name in readings}
        files = check.Files.read(layout, places)
        unlike = list(files.problems(readings))
        check.refuse([*answer.problems(files.shown[package.LINEAGE]), *unlike])
        verdict = answer.verdict
    counts = {
        "passed": True,  # otherwise there was a refusal
        "files": {name: digest(data) for name, data in files.contents.items()},
        "values": verdict.values,
        "inputs": verdict.inputs,
        "moved": verdict.moved,
        "explained": [asdict(finding) for finding in verdict.explained],
    }
    write_text(layout.build / package.VERDICT, dump_json(counts) + "\n")
