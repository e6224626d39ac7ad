"""Every sentence is ours: no run of twenty characters is shared with the source report."""

from __future__ import annotations

import re

from suyuan.page.lint import BOUND, blocks_of
from suyuan.page.tree import parse
from tests.workflow.project import CHECKOUT
from tools.shared_runs import LENGTH, read_digests, runs

DIGESTS = read_digests(CHECKOUT / "tests/data/source-runs.bin")
# Names are nobody's sentences: of documents, of publishers, of organisations, of projects.
NAMES = re.compile(
    r"(policies\.(title|short_title)|sources\.(title|publisher)|subjects\.(name|full_name)"
    r"|ecosystem_members\.name|suppliers\.nodes)\.|report\.evidence_source$"
)
EMPTY = re.compile(r"<([\w:]+)([^<>]*)/>")  # only drawings have such elements


def shared(text):
    return [run for run, digest in runs(text) if digest in DIGESTS]


def test_a_run_of_the_source_is_found():
    title = "2026年中国第三方普惠智算云市场专题报告（西北篇）"
    assert shared(title)
    assert shared(title[: LENGTH - 2]) == []


def test_no_run_of_the_page_is_one_of_the_source(report):
    html = EMPTY.sub(r"<\1\2></\1>", (report / "report.html").read_text(encoding="utf-8"))
    tree = parse(html, "report.html")
    texts = [text for _, text in blocks_of(tree, lambda fact: bool(NAMES.match(fact)))]
    assert sum(map(len, texts)) > 10_000
    assert [run for text in texts for part in text.split(BOUND) for run in shared(part)] == []
