"""Table files and others: read alike, written whole, refused with the place of the fault."""

from __future__ import annotations

import random
import sys
import tracemalloc
from pathlib import Path

import pandas as pd
import pytest

from suyuan.contract.encodings import decode
from suyuan.contract.tables import Keyed, frame, keyed, parsed, read_raw, read_table, write_table
from suyuan.core import files
from suyuan.core.errors import DataError

TEXT = "键,名称,数值\na,宁夏,131.0\nb,“甘肃”①,〇\n"


def complaint(data, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(DataError) as caught:
        read_raw(path, "raw/t.csv")
    (problem,) = caught.value.problems
    assert problem.file == "raw/t.csv"
    return problem.code, problem.row, problem.column, problem.value


@pytest.mark.parametrize("end", "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
def test_lines_that_end_in_something_else_are_said_once(end, tmp_path):
    told = ("E865", 1, "", f"U+{ord(end):04X}")
    assert complaint(TEXT.replace("\n", end).encode(), tmp_path) == told
    assert complaint((TEXT.replace("\n", end) + "\n").encode(), tmp_path) == told
    assert complaint(TEXT.replace("\n", f"{end}\n").encode(), tmp_path) == told


def test_one_such_character_in_a_cell_ends_no_line():
    assert parsed("a,b\n1,x\x0by\n2,z\n", "t").records == [(2, ["1", "x\x0by"]), (3, ["2", "z"])]


# --- encodings --------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_encodings_read_alike(encoding):
    text = TEXT.replace("①", "") if encoding == "gbk" else TEXT
    assert decode(text.encode(encoding), "t.csv") == text


def test_ascii_reads_as_itself():
    assert decode(b"a,b\n1,2\n", "t.csv") == "a,b\n1,2\n"


def test_a_character_of_four_bytes_reads_in_gb18030():
    text = f"{TEXT}c,\U00020bb7,1\n"  # outside the basic plane: four bytes in GB18030
    assert decode(text.encode("gb18030"), "t.csv") == text


def test_random_chinese_reads_alike():
    draw = random.Random(1)
    for _ in range(200):
        pairs = [(draw.randrange(0xB0, 0xD7), draw.randrange(0xA1, 0xFF)) for _ in range(40)]
        words = b"".join(map(bytes, pairs)).decode("gb18030")  # the common ones
        text = f"id,名\na,{words}\n"
        assert {decode(text.encode(e), "t") for e in ("utf-8", "utf-8-sig", "gb18030")} == {text}


def test_a_broken_byte_never_turns_utf8_into_other_characters(tmp_path):
    # Every cut of the file's second line leaves half a character before "131.0".
    whole = "宁夏回族自治区".encode()
    for length in range(1, len(whole)):
        if length % 3:
            data = "键,名称,数值\na,".encode() + whole[:length] + b",131.0\n"
            code, row, column, _ = complaint(data, tmp_path)
            assert (code, row, column) == ("E140", 2, "2")


def test_the_bytes_that_cannot_be_read_are_named(tmp_path):
    # Line 3, third cell; FF begins no character in any of the encodings.
    data = "键,名称,数值\na,宁夏,1\nb,甘肃,".encode() + b"\xff\xfe\n"
    assert complaint(data, tmp_path) == ("E140", 3, "3", "FF FE")
    data = "键,名称,数值\na,宁夏,1\nb,甘肃,".encode("gb18030") + b"\xff\xfe\n"
    assert complaint(data, tmp_path) == ("E140", 3, "3", "FF FE")


# --- shape ------------------------------------------------------------------------------------


def test_lines_are_those_an_editor_shows(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b'id,v\r\n\r\na, 1 \r\n,\r\nb,"x, y"\r\n')
    table = read_raw(path, "t.csv")
    assert table.header == ["id", "v"]
    assert table.records == [(3, ["a", "1"]), (5, ["b", "x, y"])]


def test_a_missing_file(tmp_path):
    with pytest.raises(DataError) as caught:
        read_raw(tmp_path / "none.csv", "raw/none.csv")
    assert [(p.code, p.file, p.row) for p in caught.value.problems] == [("E101", "raw/none.csv", 1)]


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\n\r\n", b",,\n"])
def test_an_empty_file(tmp_path, data):
    assert complaint(data, tmp_path)[:2] == ("E141", 1)


def test_an_open_quote_is_found_where_it_opens(tmp_path):
    data = b'id,name,v\na,"x, y",1\nb,x,"1\nc,x,"2\n'
    assert complaint(data, tmp_path) == ("E142", 3, "3", 'b,x,"1')


@pytest.mark.parametrize("cell", ["x\n", "\nx", "x\n\ny", 'x ""y""\nz'])
def test_a_cell_of_several_lines_is_named_and_no_quote_is_asked_for(tmp_path, cell):
    data = f'id,name,v\na,x,1\nb,"{cell}",1\nc,x,2\n'.encode()
    assert complaint(data, tmp_path)[:3] == ("E823", 3, "name")


def test_an_open_quote_is_none_of_a_cell_of_several_lines(tmp_path):
    assert complaint(b'id,name\na,"x\nb,y\nc,"z"\nd,w\n', tmp_path)[:3] == ("E142", 2, "2")
    assert complaint(b'id,name\na,"x\n', tmp_path)[:3] == ("E142", 2, "2")


def test_quotes_within_quotes_are_closed(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text('id,v\na,"say ""no"", twice"\n', encoding="utf-8")
    assert read_raw(path, "t.csv").records == [(2, ["a", 'say "no", twice'])]


QUOTES = [
    ('id,name\na,"双核"驱动\n', "E811", 2, "2"),
    ('id,name\na,x"双核"\n', "E811", 2, "2"),
    ('id,name\na,"x""\n', "E142", 2, "2"),
    ('id,name\n"a" b,"x"\n', "E811", 2, "1"),
    ("id;name\na;b\n", "E808", 1, ""),
    ("id\tname\na\tb,c\n", "E808", 1, ""),
    ("\ufeffid|name|v\na|b|c\n", "E808", 1, ""),
    ("名称；数值\n甲；1\n", "E808", 1, ""),
    ("id,name\n<<<<<<< HEAD\na,b\n=======\na,c\n>>>>>>> x\n", "E807", 2, ""),
    ("id,name\na,b\n=======\na,c\n", "E807", 3, ""),
    ("id,name\na,b\n>>>>>>> x,\na,c\n", "E807", 3, ""),  # as a spreadsheet saves it
    ('id,name\na,b\n"<<<<<<< HEAD",\na,c\n', "E807", 3, ""),
]


@pytest.mark.parametrize(("text", "code", "row", "column"), QUOTES)
def test_what_no_table_looks_like_is_said_once(tmp_path, text, code, row, column):
    assert complaint(text.encode(), tmp_path)[:3] == (code, row, column)


@pytest.mark.parametrize(
    "text",
    ["id,v\na,=======\n", 'id,v\na, "x" \n', "id\na\n", 'id,"v"\n"","x"\nb,\n', "a b\nc d\n"],
)
def test_what_looks_odd_and_is_a_table(tmp_path, text):
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    assert len(read_raw(path, "t.csv").records) == text.count("\n") - 1


# --- our own tables ---------------------------------------------------------------------------


def test_cells_survive_writing_and_reading(tmp_path):
    cells = ["", "NA", "null", "007", "1.10", "1e3", "True", 'a"b', "甲,乙", " x ", "-", "nan"]
    table = pd.DataFrame({"key": [f"k{i}" for i in range(len(cells))], "cell": cells}, dtype=str)
    path = tmp_path / "deep/er/t.csv"
    write_table(table, path)
    assert list(read_table(path)["cell"]) == cells
    assert b"\r" not in path.read_bytes()
    assert [p.name for p in path.parent.iterdir()] == ["t.csv"]


def test_random_cells_survive_writing_and_reading(tmp_path):
    draw = random.Random(2)
    alphabet = "ab,\"；“ 　01.中'-\t"
    for number in range(20):
        cells = ["".join(draw.choices(alphabet, k=draw.randrange(6))) for _ in range(30)]
        table = pd.DataFrame({"key": "k", "cell": cells}, dtype=str)
        write_table(table, tmp_path / f"{number}.csv")
        assert list(read_table(tmp_path / f"{number}.csv")["cell"]) == cells


def test_a_frame_has_exactly_the_columns_asked_for():
    table = frame(["b", "a"], [{"a": "1", "c": "x"}, {"b": "2", "a": ""}])
    assert list(table.columns) == ["b", "a"]
    assert table.to_numpy().tolist() == [["", "1"], ["2", ""]]
    assert list(frame(["a"], []).columns) == ["a"]


# --- other files ------------------------------------------------------------------------------


def test_a_failed_write_leaves_the_old_content(tmp_path, monkeypatch):
    path = tmp_path / "report.html"
    files.write_text(path, "old")

    def fail(_self, _target):
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", fail)
        with pytest.raises(OSError, match="disk full"):
            files.write_text(path, "new")
    assert path.read_text(encoding="utf-8") == "old"
    files.write_text(path, "新")
    assert path.read_bytes() == "新".encode()


def test_equal_content_gives_equal_json():
    assert files.dump_json({"b": "中", "a": [1]}) == '{"a":[1],"b":"中"}'
    assert files.dump_json({"a": [1], "b": "中"}) == files.dump_json({"b": "中", "a": [1]})


def test_json_and_yaml_are_read_as_plain_types(tmp_path):
    (tmp_path / "a.json").write_text('{"a": "中"}', encoding="utf-8")
    (tmp_path / "a.yaml").write_text('a: [中, 1, "2029"]', encoding="utf-8")
    assert files.read_json(tmp_path / "a.json") == {"a": "中"}
    assert files.read_yaml(tmp_path / "a.yaml") == {"a": ["中", 1, "2029"]}


def test_sha256_is_that_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")  # the example of FIPS 180-2
    assert files.sha256(tmp_path / "a") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


# --- large tables -----------------------------------------------------------------------------


def test_a_text_is_not_held_again_while_it_is_read():
    text = "id,name,value\n" + "".join(f"k{number},合成,\n" for number in range(20_000))
    tracemalloc.start()
    raw = parsed(text, "t.csv")
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (raw.records[0], len(raw.records)) == ((2, ["k0", "合成", ""]), 20_000)
    assert peak - now < sys.getsizeof(text)


def test_rows_by_key_are_the_same_when_each_is_made_as_it_is_asked_for():
    raw = parsed(TEXT, "t.csv")
    rows = Keyed(raw, "键")
    assert ("a" in rows, "c" in rows, len(rows)) == (True, False, 2)
    assert dict(rows) == keyed(raw, "键") == {
        "a": (2, {"键": "a", "名称": "宁夏", "数值": "131.0"}),
        "b": (3, {"键": "b", "名称": "“甘肃”①", "数值": "〇"}),
    }  # fmt: skip
    assert rows["a"] is rows["a"]  # what a register adds to a row stays
    with pytest.raises(KeyError):
        rows["c"]
