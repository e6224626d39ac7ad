"""What the bytes of a file are: text in one of two encodings, or something that is no table.

Nearly every pair of bytes means a character in GB18030. So text in another encoding would come in
as Chinese, and say nothing. It is taken for GB18030 only if it reads like what people write.
"""

from __future__ import annotations

import re

from suyuan.core.errors import DataError, Problem

FORMS = {  # how files begin that are no text
    b"PK\x03\x04": "E801",
    b"\xd0\xcf\x11\xe0": "E802",
    b"\xff\xfe": "E803",
    b"\xfe\xff": "E803",
    b"%PDF": "E805",
    b"\x1f\x8b": "E805",
    b"\x89PNG": "E805",
    b"\xff\xd8\xff": "E805",
    b"GIF8": "E805",
    b"BZh": "E805",
    b"7z\xbc\xaf": "E805",
    b"Rar!": "E805",
    b"\xfd7zXZ": "E805",
    b"\x28\xb5\x2f\xfd": "E805",
    b"PAR1": "E805",
    b"SQLite format 3": "E805",
    b"{\\rtf": "E805",
    b"version https://git-lfs": "E819",
}
PAGES = (b"<!doctype", b"<html", b"<?xml")
# Encodings of seven bits, which are lawful UTF-8: HZ, ISO-2022, and UTF-7, if all means Chinese.
SHIFTED = re.compile(rb"~\{(?:[!-}][!-~])+~\}|\x1b\$")
SEVENTH = re.compile(rb"\+[A-Za-z0-9+/]{3,}-?")
HAN = re.compile(r"[\u3000-\u9fff\uff00-\uffef]+")
HEAD = 4000  # bytes that are looked at for what a file is
STRANGE = 0.2  # of the characters: what is neither common Chinese nor its punctuation
LATE = 0.01  # of the common characters: those that no Korean text would turn into


def decode(data: bytes, name: str) -> str:
    """Text of ``data``, whether UTF-8, UTF-8 with BOM or GB18030.

    Raises DataError: E801 to E805 for what is no text, E140 at the first byte that no encoding
    explains, E806 for text in yet another encoding. A file that is UTF-8 but for a broken byte is
    never taken for GB18030.
    """
    if code := _form(data):
        raise DataError(Problem(code, name))
    if data.isascii() and (shifted := _shifted(data)):
        raise DataError(Problem("E806", name, data.count(b"\n", 0, shifted.start()) + 1))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        broken_at = error.start
    lenient = data.decode("utf-8", errors="replace")
    mostly_utf8 = sum(c > "\x7f" and c != "\ufffd" for c in lenient) > lenient.count("\ufffd")
    if not mostly_utf8:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            if not reads_like_chinese(data[: error.start].decode("gb18030", errors="ignore")):
                raise DataError(_foreign(data, name)) from error
            broken_at = error.start
        else:
            if not reads_like_chinese(text):
                raise DataError(_foreign(data, name))
            return text
    before = data[:broken_at]
    bad = " ".join(f"{byte:02X}" for byte in data[broken_at : broken_at + 2])
    line = before[before.rfind(b"\n") + 1 :].decode("utf-8", errors="replace")
    raise DataError(Problem("E140", name, before.count(b"\n") + 1, str(cells_begun(line)), bad))


def _form(data: bytes) -> str:
    """The code of what a file is that is no text, '' for text."""
    for start, code in FORMS.items():
        if data.startswith(start):
            return code
    head = data[:HEAD]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(PAGES):
        return "E804"
    evens, odds = head[::2].count(0), head[1::2].count(0)
    if max(evens, odds) * 8 > len(head):  # one byte of each Latin letter
        return "E803"
    return ""


def _shifted(data: bytes) -> re.Match[bytes] | None:
    """The first place where text of plain ASCII holds Chinese in an encoding of seven bits."""
    if found := SHIFTED.search(data):
        return found
    words = list(SEVENTH.finditer(data))
    read = (word[0].decode("utf-7", errors="replace") for word in words)
    return words[0] if words and all(map(HAN.fullmatch, read)) else None


def _foreign(data: bytes, name: str) -> Problem:
    """E806 at the first line that is not ASCII."""
    first = next(place for place, byte in enumerate(data) if byte > 0x7F)
    return Problem("E806", name, data.count(b"\n", 0, first) + 1)


def reads_like_chinese(text: str) -> bool:
    """Whether what was read as GB18030 was written in it.

    Of Chinese nearly all characters are of the first level of GB 2312, where they stand in the
    order of their sounds. Latin and Japanese text and that of Taiwan turn into rare ones; Korean
    into those of the first half of that order alone, up to the sound of sh.
    """
    common = strange = late = 0
    for character in text:
        if character < "\x80":
            continue
        code = character.encode("gb18030", errors="replace")
        if len(code) != 2 or code[1] < 0xA1 or not (code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7):
            strange += 1
        elif code[0] >= 0xB0:
            common += 1
            late += code[0] >= 0xC9
    marks = sum(c > "\x7f" for c in text)
    return strange <= STRANGE * marks and (not common or late > LATE * common)


def cells_begun(line: str) -> int:
    """How many cells a line has begun at its end."""
    cells, quoted = 1, False
    for character in line:
        if character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            cells += 1
    return cells
