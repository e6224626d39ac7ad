"""From bytes to text: UTF-8, or what the recipe declares; nothing else is guessed.

Nearly every pair of bytes means a character in GB18030, Big5 or Shift_JIS, so names in one of them
read as other names in another. What is no UTF-8 is refused, with what it looks like.
"""

from __future__ import annotations

import codecs
import re

from suyuan.contract.encodings import FORMS, HEAD, PAGES, reads_like_chinese
from suyuan.core.errors import DataError, Problem

UTF8 = "utf-8"
WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
LONGEST = 30  # characters of a line that a message repeats
LATIN = re.compile(r"[A-Za-z ,.'\-;\"\n]")
ACCENTED = re.compile(r"[\u00c0-\u00ff\u0152-\u017e–’‘“”°]")
IDEOGRAPHS = re.compile(r"[\u4e00-\u9fff]{2}")
# Of each encoding the characters that its own texts are made of.
OWN = {
    "shift_jis": re.compile(r"[\u3040-\u30ff]"),  # kana, without the half-width ones
    "euc_kr": re.compile(r"[\uac00-\ud7a3]"),
    "big5": re.compile(r"[\u4e00-\u9fff]"),
}


def known(name: str) -> bool:
    """Whether there is an encoding of text by that name."""
    try:
        return codecs.lookup(name)._is_text_encoding
    except LookupError:
        return False


def text_of(data: bytes, name: str, declared: str | None) -> str:
    """The text, with LF line ends. Raises DataError.

    E802, E804, E805, E819 what is no text; E541 no UTF-8 and nothing declared; E542 not in the
    encoding declared.
    """
    if code := _form(data, declared):
        raise DataError(Problem(code, name))
    encoding = declared or UTF8
    if codecs.lookup(encoding).name == UTF8:
        encoding = "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if declared:
            line = data.count(b"\n", 0, error.start) + 1
            details = {"byte": f"0x{data[error.start]:02X}"}
            raise DataError(Problem("E542", name, line, "", declared, details)) from error
        raise DataError(_unlike(data, name)) from error
    if not declared and "\0" in text:
        raise DataError(_unlike(data, name))
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _form(data: bytes, declared: str | None) -> str:
    found = next((code for start, code in FORMS.items() if data.startswith(start)), "")
    if found in ("E801", "E803"):  # a workbook is read elsewhere; UTF-16 is text
        found = "E805" if found == "E801" else ""
    if (
        not found
        and not declared
        and data[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGES)
    ):
        found = "E804"
    return found


def _unlike(data: bytes, name: str) -> Problem:
    """E541 at the first line that is not ASCII, with what the file looks like and how it reads."""
    encoding = looks_like(data)
    read = data.decode(encoding, errors="replace").replace("\r\n", "\n").split("\n")
    number, shown = next(
        ((number, line) for number, line in enumerate(read, start=1) if not line.isascii()),
        (1, read[0]),
    )
    details = {"encoding": encoding, "read": " ".join(shown.split())[:LONGEST]}
    return Problem("E541", name, number, "", "", details)


def looks_like(data: bytes) -> str:
    """The encoding that bytes which are no UTF-8 were most likely written in."""
    if data[1:2] == b"\0":
        return "utf-16-le"
    marked = next((encoding for start, encoding in WIDE.items() if data.startswith(start)), "")
    return marked or ("cp1252" if _western(data) else _eastern(data))


def _eastern(data: bytes) -> str:
    likely = {
        encoding: len(own.findall(text)) / max(1, sum(c > "\x7f" for c in text))
        for encoding, own in OWN.items()
        if (text := _decoded(data, encoding)) is not None
    }
    chinese, japanese = _decoded(data, "gb18030"), _decoded(data, "shift_jis")
    if likely.pop("shift_jis", 0) > 0.2:
        return "shift_jis"
    if chinese is not None and reads_like_chinese(chinese):
        return "gb18030"
    best = max(likely, key=lambda encoding: likely[encoding], default="")
    if best and likely[best] > 0.5:
        return best
    # Without kana, as names of places are.
    return "shift_jis" if japanese and IDEOGRAPHS.search(japanese) else "cp1252"


def _western(data: bytes) -> bool:
    """Whether bytes beyond ASCII stand alone among Latin letters, as letters with accents do."""
    text = data.decode("cp1252", errors="replace")
    runs = list(re.finditer(r"[^\x00-\x7f]+", text))
    alone = [
        run
        for run in runs
        if ACCENTED.fullmatch(run[0])
        and LATIN.match(text[run.start() - 1 : run.start()] or " ")
        and LATIN.match(text[run.end() : run.end() + 1] or " ")
    ]
    return len(alone) > 0.8 * len(runs)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None
