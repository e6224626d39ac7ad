"""Deliver: put a finished build where people read it; the last good report stays until then."""

from __future__ import annotations

from suyuan.config import Config
from suyuan.files import write_bytes
from suyuan.layout import Layout

FILES = ("report.html", "report.pdf", "lineage.json")


def run(layout: Layout, _config: Config) -> None:
    """The stage: copy the build's files to report/<edition>/, each atomically."""
    contents = [(name, (layout.build / name).read_bytes()) for name in FILES]
    for name, content in contents:
        write_bytes(layout.report / name, content)
