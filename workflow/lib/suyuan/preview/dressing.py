"""What a served page has and the delivered one has not: a script, its styles, a way to be told.

The policy of the page stays as strict as it is delivered, but that its script may listen to where
the page came from.
"""

from __future__ import annotations

import json
import re

from suyuan.contract.configured import read_document, read_text
from suyuan.contract.words import Words
from suyuan.core.layout import Layout

FOLDER = "templates/preview"
WORDS = f"{FOLDER}/words.yaml"
NUMBER = b"\0number\0"  # stands for the number of the page
POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")')
STRICT = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'"
BLANK = (
    '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
    f'<meta http-equiv="Content-Security-Policy" content="{STRICT}">\n'
    '</head>\n<body>\n<main></main>\n</body>\n</html>\n'
)  # fmt: skip


def read_words(layout: Layout) -> Words:
    """What the page's own panel says."""
    return Words(read_document(layout.root / WORDS, WORDS), ())


def dressed(html: str, layout: Layout) -> bytes:
    """The page as it is served."""
    folder = layout.root / FOLDER
    style, script = (
        read_text(folder / f"preview.{end}", f"{FOLDER}/preview.{end}") for end in ("css", "js")
    )
    words = json.dumps(read_words(layout), ensure_ascii=False).replace("<", "\\u003c")
    client = (
        f"<style>\n{style}</style>\n"
        f'<script type="application/json" id="preview-words">{words}</script>\n'
        f'<script data-page="{NUMBER.decode()}" id="preview-script">\n{script}</script>\n'
    )
    head, end, rest = POLICY.sub(r"\1connect-src 'self'; ", html, count=1).rpartition("</body>")
    return f"{head}{client}{end}{rest}".encode()


def blank(layout: Layout) -> bytes:
    """What is served before there is any page."""
    return dressed(BLANK.format(title=read_words(layout)["title"]), layout)


def numbered(page: bytes, number: int) -> bytes:
    """A served page that knows its number."""
    return page.replace(NUMBER, str(number).encode(), 1)
