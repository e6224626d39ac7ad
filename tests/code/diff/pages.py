"""Pages of a few sentences, for tests of what two of them tell otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from suyuan.diff import text
from suyuan.diff.told import Told

SECTION = '<section class="section" id="{0}"><h2 id="sec-{0}">{1}</h2>{2}</section>'


def fact(value: str, name: str, printed: str = "") -> str:
    return f'<data value="{value}" data-fact="{name}">{printed or value}</data>'


def claim(name: str, words: str) -> str:
    return f'<data class="claim" value="true" data-claim="{name}" data-fact="a.b">{words}</data>'


def section(body: str, name: str = "02-scale", title: str = "规模") -> str:
    return SECTION.format(name, title, body)


def told(tmp_path: Path, *sections: str) -> Told:
    path = tmp_path / "page.html"
    page = (
        f"<html><head><title>x</title></head><body><main>{''.join(sections)}</main></body></html>"
    )
    path.write_text(f"<!DOCTYPE html>\n{page}", encoding="utf-8")
    return Told.read(path)


def between(tmp_path: Path, before: str, after: str) -> list[dict[str, Any]]:
    """What changed between two bodies of one section."""
    return text.changes(told(tmp_path, section(before)), told(tmp_path, section(after)))
