"""Bytes are text in one of two encodings, or told to be something else."""

from __future__ import annotations

import random

import pytest

from suyuan.contract.encodings import decode, reads_like_chinese
from suyuan.core.errors import DataError
from tests.code.miniature import ROOT, TINY

TABLES = [
    *sorted((ROOT / "data/raw").glob("*/*.csv")),
    *sorted((ROOT / "config").glob("*.csv")),
    *sorted(TINY.rglob("*.csv")),
]
KOREAN = "이름,지역\n가,데이터 센터 인공지능 연산 능력\n나,서울 부산 대구 지역별 공급업체 순위\n"
JAPANESE = (
    "名,地域\nあ,データセンターの計算能力と供給会社の一覧表\nい,東京都の合計値と出典を記録する\n"
)
TAIWANESE = "名,地區\n甲,資料中心的計算能力與供應商的排名\n乙,臺北市電信業者的市場佔有率\n"
LATIN = "name,place\nMüller,Zürich\nCafé,São Paulo\n"
OTHERS = [
    (KOREAN, "cp949"), (KOREAN, "euc_kr"), (JAPANESE, "shift_jis"), (JAPANESE, "euc_jp"),
    (TAIWANESE, "big5"), (LATIN, "latin-1"), (LATIN, "cp1252"), ("name\nCafé\n", "latin-1"),
    ("naam\nÅngström, déjà vu, señor, naïve\n", "latin-1"), ("имя\nМосква и Казань\n", "koi8-r"),
    ("имя\nМосква и Казань\n", "cp1251"), ("ชื่อ\nกรุงเทพมหานคร\n", "tis-620"),
]  # fmt: skip


def complaint(data):
    with pytest.raises(DataError) as caught:
        decode(data, "t.csv")
    (problem,) = caught.value.problems
    return problem.code, problem.row


@pytest.mark.parametrize("path", TABLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_table_of_ours_may_be_saved_in_gb18030(path):
    text = path.read_text(encoding="utf-8")
    assert decode(text.encode("gb18030"), "t.csv") == text


@pytest.mark.parametrize(("text", "encoding"), OTHERS, ids=[f"{e}-{t[:4]}" for t, e in OTHERS])
def test_text_in_another_encoding_never_comes_in_as_chinese(text, encoding):
    data = text.encode(encoding, errors="ignore")
    first = next(n for n, line in enumerate(data.split(b"\n"), 1) if max(line, default=0) > 127)
    code, row = complaint(data)
    assert code in {"E806", "E140"}
    assert row == first


@pytest.mark.parametrize("encoding", ["hz", "iso2022_jp", "utf-7"])
def test_nor_does_text_in_seven_bits_come_in_as_signs(encoding):
    text = "key,name\na,plain\nb,宁夏回族自治区\nc,甘肃\n" if encoding != "iso2022_jp" else JAPANESE
    data = text.encode(encoding)
    assert complaint(data) == ("E806", 3 if encoding != "iso2022_jp" else 1)


@pytest.mark.parametrize("text", ["a,~{x\n", "a,+86 10-6\n", "a,c++ and c+1234-\n", "+a-b,~}\n"])
def test_plain_signs_are_plain_text(text):
    assert decode(text.encode(), "t.csv") == text


def test_syllables_at_random_are_not_chinese():
    draw = random.Random(5)
    for length in (3, 10, 200):
        words = "".join(chr(draw.randrange(0xAC00, 0xD7A4)) for _ in range(length))
        data = words.encode("euc_kr", errors="ignore")  # those of the old standard alone
        assert not data or not reads_like_chinese(data.decode("gb18030"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04\x14\0", "E801"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "E802"),
        ("键,名\na,宁夏\n".encode("utf-16"), "E803"),
        ("key,name\na,宁夏\n".encode("utf-16-le"), "E803"),
        ("key,name\na,宁夏\n".encode("utf-16-be"), "E803"),
        (b"\n<!DOCTYPE html><html lang='zh'>", "E804"),
        (b"\xef\xbb\xbf<html>", "E804"),
        (b'<?xml version="1.0"?><Workbook/>', "E804"),
        (b"%PDF-1.7", "E805"),
        (b"\x1f\x8b\x08", "E805"),
        *(
            (start + b"\0\1", "E805")
            for start in (
                b"BZh9",
                b"7z\xbc\xaf",
                b"Rar!\x1a",
                b"PAR1",
                b"SQLite format 3",
                b"{\\rtf1",
                b"\xff\xd8\xff\xe0",
                b"GIF89a",
                b"\xfd7zXZ",
            )
        ),
        ("键,名\na,宁夏\n".encode("utf-32"), "E803"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "E819"),
    ],
)
def test_what_is_no_text_is_said_to_be_what_it_is(data, code):
    assert complaint(data) == (code, 1)
