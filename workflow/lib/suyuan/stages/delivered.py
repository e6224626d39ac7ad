"""Delivered: the report that people read, held against the raw rows, file by file."""

from __future__ import annotations

from suyuan.contract.config import Config
from suyuan.contract.words import read_words
from suyuan.core.beside import beside
from suyuan.core.errors import LookupFailed, Problem
from suyuan.core.layout import Layout
from suyuan.lineage.build import Build
from suyuan.lineage.verification import Verdict
from suyuan.outputs import package
from suyuan.outputs.verification import check, delivered
from suyuan.outputs.verification.afresh import Afresh
from suyuan.outputs.verification.values import asked
from suyuan.outputs.verification.workbook import rewrite
from suyuan.stages.export import exported, sized


def run(layout: Layout, config: Config) -> Verdict:
    """Verify report/<edition>/. Raises LineageRefuted with everything that is not as it should be.

    Raises LookupFailed E201 where there is no report.
    """
    if not layout.report.is_dir():
        raise LookupFailed(Problem("E201", layout.name(layout.report), 1, "1", layout.edition))
    files = check.Files.read(layout, delivered.places(layout))
    check.refuse(delivered.other_code(layout, files))
    with asked(layout, config) as answer:
        found = [*delivered.problems(layout, files), *_read_back(layout, files, answer.afresh)]
        check.refuse([*answer.problems(files.shown[package.LINEAGE]), *found])
        return answer.verdict


def _read_back(layout: Layout, files: check.Files, afresh: Afresh) -> list[Problem]:
    """What the files hold beside what they should; the workbook is rewritten on a second core."""
    vouched = delivered.vouched(files)
    made = {
        name: (len(data), vouched.get(name, sized(data)[1]))
        for name, data in files.contents.items()
    }
    build = Build.of(layout, afresh.document, afresh.computed.texts)
    words, html = read_words(layout), afresh.html
    with beside("verify", lambda: rewrite(html, build, words)) as written:
        scored = list(afresh.computed.processed["scores"]["value_id"])
        texts = exported(layout, build, made, scored)
        readings = check.of_build(afresh) | check.of_report(afresh, texts, written)
        return list(files.problems(readings))
