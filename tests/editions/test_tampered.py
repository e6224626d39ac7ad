"""Whatever is changed in a report is noticed, and named: 100 ways to tamper with one.

What the raw rows give is computed once; each tampered file is held against it in process.
"""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from suyuan.contract.config import edition_layout
from suyuan.contract.messages import message
from suyuan.contract.words import read_words
from suyuan.core.layout import Layout
from suyuan.lineage.build import Build
from suyuan.outputs.verification import check, delivered
from suyuan.outputs.verification.afresh import Afresh
from suyuan.outputs.verification.workbook import rewrite
from suyuan.stages.export import exported, sized

Document = dict[str, Any]
Edit = Callable[[Document], str]  # changes a document; the name that a message must bear
TOTAL, SHARE, USE = "nw.compute_total", "nw.ai_share", "v1-10"
CLAIM, TABLE = "nw.ai_share_over_60", "observations"


@dataclass(frozen=True)
class Verifier:
    """What the raw rows give, and the report as it was delivered."""

    layout: Layout
    files: check.Files
    readings: Mapping[str, check.Reading]

    def told(self, name: str, data: bytes) -> list[str]:
        """The messages on one file with other contents."""
        files = replace(self.files, contents={name: data})
        found = files.problems({name: self.readings[name]})
        return [message(problem, self.layout.templates) for problem in found]

    def told_of_folder(self, contents: Mapping[str, bytes]) -> list[str]:
        """The messages on a whole folder, without reading its files."""
        found = delivered.problems(self.layout, replace(self.files, contents=contents))
        return [message(problem, self.layout.templates) for problem in found]


@pytest.fixture(scope="module")
def verifier(built: Path, edition: str, afresh: Afresh) -> Verifier:
    layout = edition_layout(built, edition)
    files = check.Files.read(layout, delivered.places(layout))
    made = {name: sized(data) for name, data in files.contents.items()}
    scored = list(afresh.computed.processed["scores"]["value_id"])
    build, words = Build.of(layout, afresh.document), read_words(layout)
    texts = exported(layout, build, made, scored)
    written = partial(rewrite, afresh.html, build, words)
    readings = check.of_build(afresh) | check.of_report(afresh, texts, written)
    return Verifier(layout, files, readings)


def test_an_untouched_report_gives_no_alarm(verifier: Verifier) -> None:
    assert list(verifier.files.problems(verifier.readings)) == []
    assert verifier.told_of_folder(verifier.files.contents) == []
    assert set(verifier.readings) == set(verifier.files.contents)


def few(cases: Iterable[str]) -> list[object]:
    """All cases; `make test` leaves out but each fourth, since each reads a whole file."""
    return [
        pytest.param(case, marks=[pytest.mark.slow] if at % 4 else [])
        for at, case in enumerate(cases)
    ]


# --- lineage.json -----------------------------------------------------------------------------


def other(content: Any) -> Any:
    """Something of the same type that is not the same."""
    if isinstance(content, bool):
        return not content
    if isinstance(content, str):
        return f"{content}9"
    return [*content, "x"] if isinstance(content, list) else content + 1


def field(section: str, name: str, key: str, change: Callable[[Any], Any] = other) -> Edit:
    """Another content for a field of a value or claim."""

    def edit(document: Document) -> str:
        entry = document[section][name]
        assert change(entry[key]) != entry[key] or type(change(entry[key])) is not type(entry[key])
        entry[key] = change(entry[key])
        return name

    return edit


def first(document: Document, key: str) -> str:
    """A value that has the field."""
    return next(name for name, entry in document["values"].items() if key in entry)


def some(key: str, change: Callable[[Any], Any] = other) -> Edit:
    """Another content for the field of the first value that has it."""
    return lambda document: field("values", first(document, key), key, change)(document)


def lost(section: str, name: str, key: str) -> Edit:
    def edit(document: Document) -> str:
        del document[section][name][key]
        return name

    return edit


def added(section: str, name: str, key: str) -> Edit:
    def edit(document: Document) -> str:
        document[section][name][key] = "x"
        return name

    return edit


def writable(lineage: Document) -> Document:
    """The document, its entries copied: no case changes what lies deeper, it puts other there."""
    parts: Document = {}
    for key, part in lineage.items():
        if isinstance(part, dict):
            parts[key] = {n: dict(e) if isinstance(e, dict) else e for n, e in part.items()}
        elif isinstance(part, list):
            parts[key] = [dict(e) if isinstance(e, dict) else e for e in part]
        else:
            parts[key] = part
    return parts


def top(key: str, content: Any) -> Edit:
    def edit(document: Document) -> str:
        document[key] = content(document[key]) if callable(content) else content
        return key

    return edit


def source(key: str, content: Any) -> Edit:
    def edit(document: Document) -> str:
        entry = next(entry for entry in document["sources"] if entry["id"] == TABLE)
        entry[key] = content
        return TABLE

    return edit


def uses(change: Callable[[list[Document], Document], None], name: str = USE) -> Edit:
    """A change of the list of uses around the first use of the total."""

    def edit(document: Document) -> str:
        change(document["uses"], next(u for u in document["uses"] if u["anchor"] == USE))
        return name

    return edit


def whole(change: Callable[[Document], object], name: str) -> Edit:
    """A change of the whole document that must be told with ``name``."""

    def edit(document: Document) -> str:
        change(document)
        return name

    return edit


def renamed(document: Document) -> str:
    document["values"]["nw.compute_sum"] = document["values"].pop(TOTAL)
    return TOTAL


LINEAGE: dict[str, Edit] = {
    "v": field("values", TOTAL, "v"),
    "v as number": field("values", TOTAL, "v", lambda _: 316.8),
    "v null": field("values", TOTAL, "v", lambda _: None),
    "v a list": field("values", TOTAL, "v", lambda v: [v]),
    "v with a nought": field("values", TOTAL, "v", lambda v: f"{v}0"),
    "u": field("values", TOTAL, "u"),
    "txt": field("values", SHARE, "txt", lambda _: "61.00%"),
    "op": field("values", TOTAL, "op", lambda _: "mean"),
    "op unknown": field("values", TOTAL, "op", lambda _: "magic"),
    "in lost": field("values", TOTAL, "in", lambda parents: parents[:-1]),
    "in added": field("values", TOTAL, "in", lambda parents: [*parents, "cn.compute_total"]),
    "in twice": field("values", TOTAL, "in", lambda parents: [*parents, parents[0]]),
    "in reordered": field("values", SHARE, "in", lambda parents: parents[::-1]),
    "in unknown": field("values", TOTAL, "in", lambda parents: ["nobody.nothing", *parents[1:]]),
    "in empty": field("values", TOTAL, "in", lambda _: []),
    "in an object": field("values", TOTAL, "in", lambda _: {}),
    "in no list": field("values", TOTAL, "in", lambda parents: parents[0]),
    "in gone": lost("values", TOTAL, "in"),
    "in itself": field("values", TOTAL, "in", lambda _: [TOTAL]),
    "src another row": some("src", lambda src: [[*src[0][:2], ["F001"]]]),
    "src another column": some("src", lambda src: [[src[0][0], "url", src[0][2]]]),
    "src another table": some("src", lambda src: [["nowhere", *src[0][1:]]]),
    "src flat": some("src", lambda src: src[0]),
    "src nested": some("src", lambda src: [[[[src]]]]),
    "half": some("half"),
    "basis": some("basis"),
    "printed": some("printed"),
    "printed_unit": some("printed_unit"),
    "kind": some("kind"),
    "comparator": some("comparator"),
    "grade": some("grade"),
    "as_of": some("as_of"),
    "vintage": some("vintage"),
    "txt gone": lost("values", SHARE, "txt"),
    "u gone": lost("values", SHARE, "u"),
    "a field too many": added("values", SHARE, "note"),
    "comparator where none is": added("values", SHARE, "comparator"),
    "value null": whole(lambda d: d["values"].update({TOTAL: None}), TOTAL),
    "value a text": whole(lambda d: d["values"].update({TOTAL: "316.8"}), TOTAL),
    "value gone": whole(lambda d: d["values"].pop(TOTAL), TOTAL),
    "value added": whole(lambda d: d["values"].update({"nw.x": d["values"][TOTAL]}), "nw.x"),
    "value renamed": renamed,
    "no values": top("values", {}),
    "values a list": top("values", lambda values: list(values.items())),
    "values gone": whole(lambda d: d.pop("values"), "values"),
    "claim txt": field("claims", CLAIM, "txt", lambda _: "不足六成"),
    "claim holds": field("claims", CLAIM, "holds"),
    "claim holds as a text": field("claims", CLAIM, "holds", str),
    "claim holds as a number": field("claims", CLAIM, "holds", int),
    "claim margin": field("claims", CLAIM, "margin"),
    "claim unit": field("claims", CLAIM, "unit"),
    "claim robust": field("claims", CLAIM, "robust"),
    "claim in": field("claims", CLAIM, "in", lambda _: [TOTAL]),
    "claim test": field("claims", CLAIM, "test"),
    "claim uses": field("claims", CLAIM, "uses", lambda _: []),
    "claim field gone": lost("claims", CLAIM, "robust"),
    "claim gone": whole(lambda d: d["claims"].pop(CLAIM), CLAIM),
    "claim added": whole(lambda d: d["claims"].update({"nw.x": d["claims"][CLAIM]}), "nw.x"),
    "no claims": top("claims", {}),
    "source rows": source("rows", 1),
    "source rows as a text": source("rows", "193"),
    "source key": source("key", ["line"]),
    "source path": source("path", "data/raw/2030Q1/observations.csv"),
    "source path outside": source("path", "../../etc/passwd"),
    "source sha256": source("sha256", "0" * 64),
    "source renamed": source("id", TABLE + "2"),
    "source gone": lambda d: d["sources"].pop()["id"],
    "source twice": whole(lambda d: d["sources"].append(d["sources"][0]), "audit_checks"),
    "sources reordered": whole(lambda d: d["sources"].reverse(), "lineage.json"),
    "no sources": top("sources", []),
    "use gone": uses(lambda all_, use: all_.remove(use)),
    "use twice": uses(lambda all_, use: all_.append(use)),
    "use moved": uses(lambda all_, use: all_.insert(0, all_.pop(all_.index(use)))),
    "use of another value": uses(lambda _, use: use.update(v=SHARE)),
    "use elsewhere": uses(lambda _, use: use.update(sec="00-cover2")),
    "use of another kind": uses(lambda _, use: use.update(kind="mark")),
    "use of another anchor": uses(lambda _, use: use.update(anchor="v-x-1"), "v-x-1"),
    "use with more": uses(lambda _, use: use.update(note="x")),
    "no uses": top("uses", []),
    "uses an object": top("uses", {}),
    "format": top("format", "lineage/0"),
    "edition": top("edition", "1999Q1"),
    "code version": whole(lambda d: d["code"].update(version="9.9.9"), "version"),
    "code sha256": whole(lambda d: d["code"].update(sha256="0" * 64), "sha256"),
    "code null": top("code", None),
    "config_sha256": top("config_sha256", "0" * 64),
    "a key too many": whole(lambda d: d.update(signature="x"), "signature"),
}  # fmt: skip


@pytest.mark.known
@pytest.mark.parametrize("case", few(LINEAGE))
def test_a_tampered_lineage_is_noticed_by_name(
    verifier: Verifier, lineage: Document, case: str
) -> None:
    document = writable(lineage)
    name = LINEAGE[case](document)
    told = verifier.told("lineage.json", json.dumps(document, ensure_ascii=False).encode())
    assert any(name in line for line in told), told[:3]
    assert not any("E375" in line for line in told)


def other_text(text: str) -> Iterator[tuple[str, str]]:
    """Files that are no lineage file, or the same one written otherwise."""
    yield "nothing", ""
    yield "no JSON", "溯源"
    yield "half", text[: len(text) // 2]
    yield "a list", "[]"
    yield "null", "null"
    yield "a number", "1e999"
    yield "nested", "[" * 100_000
    yield "NaN", text.replace('"v":"316.8"', '"v":NaN', 1)
    yield "a key twice", text.replace('"format"', '"format": "lineage/0",\n"format"', 1)
    yield "a value twice", text.replace(f'"{TOTAL}":', f'"{TOTAL}":{{}},\n"{TOTAL}":', 1)
    yield "a blank more", text + " "


@pytest.mark.known
@pytest.mark.parametrize("place", range(11))
def test_another_file_in_its_place_is_told_in_words(verifier: Verifier, place: int) -> None:
    text = verifier.files.contents["lineage.json"].decode()
    case, changed = list(other_text(text))[place]
    assert changed != text, case
    assert verifier.told("lineage.json", changed.encode()), case


def test_bytes_that_are_no_text_are_told_in_words(verifier: Verifier) -> None:
    for name in verifier.readings:
        (told,) = verifier.told(name, bytes(range(256)))
        assert "(E375)" in told or "(E361)" in told, name


# --- delivered files --------------------------------------------------------------------------


def swapped(old: str, new: str) -> Callable[[bytes], bytes]:
    """The first ``old`` becomes ``new``."""

    def edit(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return edit


def swapped_rows(data: bytes) -> bytes:
    """The second row and the third change places."""
    head, first, second, third, *rest = data.split(b"\n")
    return b"\n".join([head, first, third, second, *rest])


def member(name: str, old: str, new: str, place: int = 0) -> Callable[[bytes], bytes]:
    """The first ``old`` becomes ``new`` in one of the members of a workbook that hold it.

    ``name`` begins theirs, ``place`` says which of them is meant.
    """

    def edit(data: bytes) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as changed:
            members = {each: packed.read(each) for each in packed.namelist()}
            holding = [
                n for n, text in members.items() if n.startswith(name) and old.encode() in text
            ]
            members[holding[place]] = members[holding[place]].replace(old.encode(), new.encode(), 1)
            for each, content in members.items():
                changed.writestr(each, content)
        return out.getvalue()

    return edit


def in_streams(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """``change`` made to every packed stream of a PDF, in place."""
    stream = re.compile(rb"/Length (\d+)>>\nstream\n")

    def edit(data: bytes) -> bytes:
        pieces, at = [], 0
        for found in stream.finditer(data):
            start, length = found.end(), int(found[1])
            try:
                plain = zlib.decompress(data[start : start + length])
            except zlib.error:
                continue
            if (changed := change(plain)) != plain:
                packed = zlib.compress(changed)
                pieces += [
                    data[at : found.start()],
                    b"/Length %d>>\nstream\n" % len(packed),
                    packed,
                ]
                at = start + length
        assert pieces
        return b"".join([*pieces, data[at:]])

    return edit


def swapped_once(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda plain: plain.replace(old, new, 1)


def other_glyph(plain: bytes) -> bytes:
    """One glyph more in the text of the first mark that is within a page."""
    return re.sub(
        rb"(/MCID 1>>\s+BDC\s+BT.*?\[<)([0-9a-f]{4})", rb"\1\2\2", plain, count=1, flags=re.S
    )


FILES: dict[str, tuple[str, Callable[[bytes], bytes], str]] = {
    "a number on the page": ("report.html", swapped(">316.8</data>", ">999.9</data>"), TOTAL),
    "its exact value": ("report.html", swapped('value="316.8"', 'value="999.9"'), TOTAL),
    "its value's id": (
        "report.html", swapped(f'data-fact="{TOTAL}"', 'data-fact="cn.compute_total"'), TOTAL,
    ),
    "an id of nothing": (
        "report.html", swapped(f'data-fact="{TOTAL}"', 'data-fact="nw.nothing"'), "nw.nothing",
    ),
    "an anchor": ("report.html", swapped(f'id="{USE}"', 'id="v-x-1"'), USE),
    "words of a claim": ("report.html", swapped(">约六成</data>", ">约九成</data>"), CLAIM),
    "a claim's id": (
        "report.html", swapped(f'data-claim="{CLAIM}"', 'data-claim="nw.nothing"'), "nw.nothing",
    ),
    "a label inline": (
        "report.html", swapped(">70.0%</text>", ">99.99%</text>"), "qinghai.ai_share",
    ),
    "an alternative text": (
        "report.html", swapped("个数据点；最高为", "个数据点；最低为"), "national_compute",
    ),
    "a word of the page": ("report.html", swapped("西北", "东北"), "report.html"),
    "a script": ("report.html", swapped('"use strict";', '"use strict"; '), "report.html"),
    "a label": (
        "figures/{edition}/ai_share.svg", swapped(">70.0%</text>", ">99.99%</text>"),
        "qinghai.ai_share",
    ),
    "a mark's value": (
        "figures/{edition}/ai_share.svg", swapped('data-fact="nw.ai_share"', 'data-fact="nw.gdp"'),
        "nw.ai_share",
    ),
    "a name beside a mark": (
        "figures/{edition}/ai_share.svg", swapped(">青海</text>", ">甘肃</text>"), "ai_share.svg",
    ),
    "a bar's length": ("figures/{edition}/ai_share.svg", swapped('d="M', 'd="M 9'), "ai_share.svg"),
    "a label for a phone": (
        "figures/{edition}/ai_share.narrow.svg", swapped(">70.0%</text>", ">99.99%</text>"),
        "qinghai.ai_share",
    ),
    "a mark for a phone": (
        "figures/{edition}/ai_share.narrow.svg",
        swapped('data-fact="nw.ai_share"', 'data-fact="nw.gdp"'), "nw.ai_share",
    ),
    "a plotted number": (
        "figures/{edition}/ai_share.csv", swapped(",70.0,", ",99.9,"), "qinghai.ai_share",
    ),
    "a plotted text": (
        "figures/{edition}/ai_share.csv", swapped("70.0%", "99.9%"), "qinghai.ai_share:txt",
    ),
    "a row less": (
        "figures/{edition}/ai_share.csv", lambda data: data[: data.rstrip().rfind(b"\n") + 1],
        "ai_share.csv",
    ),
    "a normalised number": (
        "data/processed/{edition}/normalised.csv", swapped("131.0", "999.9"), "999.9",
    ),
    "a raw cell": (
        "data/raw/{edition}/observations.csv", swapped("131.0", "999.9"), "observations",
    ),
    "a score": ("data/processed/{edition}/scores.csv", swapped(",316.8,", ",999.9,"), TOTAL),
    "rows of a table that are swapped": (
        "data/processed/{edition}/tables/ratings.csv", swapped_rows, ":rationale",
    ),
    "a number of the workbook": (
        "report.xlsx", member("xl/worksheets/", "<v>316.8</v>", "<v>999.9</v>", -1), TOTAL,
    ),
    "a text of the workbook": (
        "report.xlsx", member("xl/sharedStrings.xml", "<t>60.0%</t>", "<t>99.99%</t>"), SHARE,
    ),
    "a cell of a table": (
        "report.xlsx", member("xl/worksheets/", "<v>316.8</v>", "<v>999.9</v>"), "!D",
    ),
    "a format of the workbook": (
        "report.xlsx", member("xl/styles.xml", "Microsoft YaHei", "Arial"), "xl/styles.xml",
    ),
    "a digest of the package": ("datapackage.json", swapped("sha256:", "sha256:0"), "hash"),
    "a number of the crate": (
        "ro-crate-metadata.json", swapped('"value":"316.8"', '"value":"999.9"'), TOTAL,
    ),
    "a subject of the statement": (
        "attestation.intoto.json", swapped('"name":"report.pdf"', '"name":"other.pdf"'),
        "report.pdf",
    ),
    "a material": (
        "attestation.intoto.json", swapped('"name":"config/claims.yaml"', '"name":"config/x.yaml"'),
        "config/claims.yaml",
    ),
    "an alternative text on paper": (
        "report.pdf", in_streams(swapped_once(b"/Alt <feff62", b"/Alt <feff63")),
        "national_compute",
    ),
    "a link on paper": (
        "report.pdf", in_streams(swapped_once(b"/Dest (t-nw-compute", b"/Dest (t-cn-compute")),
        TOTAL,
    ),
    "numbers on paper": ("report.pdf", in_streams(other_glyph), "report.pdf"),
}  # fmt: skip


@pytest.mark.known
@pytest.mark.parametrize("case", FILES)
def test_a_tampered_file_is_noticed_by_name(verifier: Verifier, edition: str, case: str) -> None:
    pattern, change, named = FILES[case]
    name = pattern.format(edition=edition)
    told = verifier.told(name, change(verifier.files.contents[name]))
    assert any(named in line for line in told), told[:3]
    assert not any("E375" in line for line in told)


def test_every_file_is_held_to_the_statement(verifier: Verifier) -> None:
    """All files are changed at once, then all but the statement are gone: each is told, once."""
    contents, statement = verifier.files.contents, "attestation.intoto.json"
    others = sorted(set(contents) - {statement})
    assert len(others) > 100
    changed = {name: contents[name] + b" " for name in others}
    for code, left in ("E361", changed), ("E362", {}):
        told = verifier.told_of_folder({statement: contents[statement]} | left)
        named = sorted(line.partition(":")[0] for line in told)
        assert named == sorted(verifier.files.shown[name] for name in others)
        assert all(code in line for line in told)
    for name in others[:: len(others) // 3]:  # and one alone, of which nothing else is told
        (told,) = verifier.told_of_folder(contents | {name: changed[name]})
        assert told.startswith(f"{verifier.files.shown[name]}:")


def encrypted(data: bytes) -> bytes:
    """A workbook whose first part says that it has a password."""
    at = data.find(b"PK\x01\x02")
    return data[: at + 8] + bytes([data[at + 8] | 1]) + data[at + 9 :]


UNREADABLE: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a cell beyond all measure": (
        "figures/{edition}/ai_share.csv", lambda data: data + b"a" * 200_000 + b",\n",
    ),
    "a marked section": ("report.html", swapped("<body", "<![x[<body")),
    "a password": ("report.xlsx", encrypted),
}  # fmt: skip


@pytest.mark.known
@pytest.mark.parametrize("case", UNREADABLE)
def test_what_a_library_gives_up_on_is_told_in_words(
    verifier: Verifier, edition: str, case: str
) -> None:
    pattern, change = UNREADABLE[case]
    name = pattern.format(edition=edition)
    (told,) = verifier.told(name, change(verifier.files.contents[name]))
    assert "(E375)" in told


@pytest.mark.parametrize("text", ["", "[]", '{"subject": [1]}', '{"subject": null}', "{}"])
def test_a_broken_statement_stops_nothing(verifier: Verifier, text: str) -> None:
    name = "attestation.intoto.json"
    assert verifier.told_of_folder(verifier.files.contents | {name: text.encode()}) == []
    assert verifier.told(name, text.encode())


def test_files_of_others_are_told(verifier: Verifier, tmp_path: Path) -> None:
    layout = Layout(tmp_path, verifier.layout.edition)
    for name in ("figures/mine.svg", "notes.md"):
        path = layout.report / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    os.mkfifo(layout.report / "figures/queue")
    (layout.report / "figures/circle").symlink_to("circle")
    problems = list(delivered.problems(layout, check.Files({}, {})))
    # What people have put at the top of the folder stays there; among our files nothing may lie.
    assert [(p.code, p.file) for p in problems] == [
        ("E363", f"report/{layout.edition}/figures/{name}")
        for name in ("circle", "mine.svg", "queue")
    ]
    assert "notes.md" in delivered.foreign(layout, {})
