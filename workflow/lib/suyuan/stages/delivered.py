"""Delivered: the report that people read, held against the raw rows, file by file."""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.core.errors import LookupFailed, Problem
from suyuan.core.layout import Layout
from suyuan.lineage.build import Build
from suyuan.lineage.verification import Verdict
from suyuan.outputs import package
from suyuan.outputs.verification import check, delivered
from suyuan.outputs.verification.values import asked
from suyuan.stages.export import exported, sized


def run(layout: Layout, config: Config) -> Verdict:
    """Verify report/<edition>/. Raises LineageRefuted with everything that is not as it should be.

    Raises LookupFailed E201 where there is no report.
    """
    if not layout.report.is_dir():
        raise LookupFailed(Problem("E201", layout.name(layout.report), 1, "1", layout.edition))
    files = check.Files.read(layout, delivered.places(layout))
    answer = asked(layout, config)
    afresh, vouched = answer.afresh, delivered.vouched(files)
    made = {
        name: (len(data), vouched.get(name, sized(data)[1]))
        for name, data in files.contents.items()
    }
    build = Build.of(layout, afresh.document)
    scored = list(afresh.computed.processed["scores"]["value_id"])
    texts = exported(layout, build, made, scored)
    check.refuse(
        [
            *answer.problems(files.shown[package.LINEAGE]),
            *delivered.problems(layout, files),
            *files.problems(check.of_build(afresh) | check.of_report(afresh, texts)),
        ]
    )
    return answer.verdict
