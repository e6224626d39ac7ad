"""The printed report, measured in the finished PDF."""

from __future__ import annotations

import csv
import io
import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
import pypdf
import pytest
from fontTools.ttLib import TTFont
from pypdf.generic import ContentStream

from suyuan.outputs.paper.breaking import NO_END, NO_START
from suyuan.outputs.paper.justify import LOOSEST
from suyuan.outputs.paper.paging import MUCH
from tests.code.typeset import embedded_fonts, lay_out, structure

MM = 72 / 25.4
# templates/styles/print.css: A4, side margins of 22 mm, text in 10.5 pt with an indent of 2 em.
LEFT, RIGHT, TOP, BOTTOM = 22 * MM, (210 - 22) * MM, 25 * MM, (297 - 21) * MM
BODY, LEADING = 10.5, 10.5 * 1.66
H1, H2 = 21, 15
MARKERS = ("· ", "• ")  # of a list's item; one glyph has both characters
CLOSING = "，。、；：！？）》」』】〉〕”’"
VENDORED = {"Noto-Sans-SC", "Noto-Sans-SC-Bold", "Noto-Serif-SC-Bold"}

Char = dict[str, Any]


class Line(NamedTuple):
    """Characters of one size on one line, left to right."""

    page: int
    chars: list[Char]

    @property
    def text(self) -> str:
        return "".join(char["text"] for char in self.chars)

    @property
    def start(self) -> float:
        return next(char["x0"] for char in self.chars if char["text"].strip())

    @property
    def end(self) -> float:
        """Right edge of the last character's box; of a closing mark, of its left half."""
        last = next(char for char in reversed(self.chars) if char["text"].strip())
        return last["x1"] - (last["size"] / 2 if last["text"] in CLOSING else 0)

    @property
    def middle(self) -> float:
        return (self.chars[0]["top"] + self.chars[0]["bottom"]) / 2


@pytest.fixture(scope="module")
def path(report: Path) -> Path:
    return report / "report.pdf"


@pytest.fixture(scope="module")
def reader(path: Path) -> pypdf.PdfReader:
    return pypdf.PdfReader(path)


@pytest.fixture(scope="module")
def pages(path: Path) -> list[list[Char]]:
    """The characters of each page, in points from its upper left corner."""
    with pdfplumber.open(path) as pdf:
        return [page.chars for page in pdf.pages]


def lines_of(chars: list[Char], size: float, page: int = 0) -> list[Line]:
    """Lines set in one size, top to bottom."""
    rows: dict[float, list[Char]] = {}
    for char in chars:
        if abs(char["size"] - size) < 0.05:
            middle = (char["top"] + char["bottom"]) / 2
            near = next((at for at in rows if abs(at - middle) < size / 2), middle)
            rows.setdefault(near, []).append(char)
    ordered = (sorted(rows[at], key=lambda char: char["x0"]) for at in sorted(rows))
    return [Line(page, row) for row in ordered if any(char["text"].strip() for char in row)]


def squeezed(text: str) -> str:
    return "".join(text.split())


# --- justified text ---------------------------------------------------------------------------


def body_lines(pages: list[list[Char]]) -> list[Line]:
    """Lines of running text: the cover and the contents hold none in its size.

    A line that is bold throughout is a heading of a page with close slots.
    """
    return [
        line
        for number, chars in enumerate(pages)
        if number >= first_chapter(pages)
        for line in lines_of([c for c in chars if TOP <= c["top"] <= BOTTOM], BODY, number)
        if not bold(line.chars)
    ]


def bold(chars: list[Char]) -> bool:
    return all(char["fontname"].endswith("-Bold") for char in chars if char["text"].strip())


def first_chapter(pages: list[list[Char]]) -> int:
    """Place of the page after the contents, which are one page or more with dots to numbers."""
    dotted = re.compile(r"\.{3,}\d+$")
    return next(
        place
        for place, chars in enumerate(pages[2:], start=2)
        if not any(dotted.search(squeezed(line.text)) for line in lines_of(chars, 8.2))
    )


def goes_on(line: Line, following: Line) -> bool:
    """Whether the next line belongs to the same paragraph: it starts at the margin."""
    if following.start > LEFT + 2 or following.text.startswith(MARKERS):
        return False
    if following.page == line.page:
        return following.middle - line.middle < 1.5 * LEADING
    return following.page == line.page + 1


def justified(pages: list[list[Char]]) -> Iterator[Line]:
    for line, following in pairwise(body_lines(pages)):
        if goes_on(line, following):
            yield line


def test_every_justified_line_ends_at_the_right_edge(pages):
    lines = list(justified(pages))
    assert len(lines) > 20
    beyond = [(line.page + 1, line.text) for line in lines if line.end - RIGHT > 2]
    assert beyond == []
    short = [line for line in lines if RIGHT - line.end > 2]
    assert len(short) < 0.02 * len(lines)
    # a line is only left ragged where its ideographs would stand too far apart
    spread = [(line.page + 1, line.text) for line in short if needed(line) < BODY / LOOSEST / 2]
    assert spread == []


def needed(line: Line) -> float:
    """By how much each character of a ragged line would have to move, in points."""
    return (RIGHT - line.end) / max(len(re.findall(r"[^A-Za-z0-9.,%\s]", line.text)) - 1, 1)


def test_no_line_is_spaced_like_letters(pages):
    loose = []
    for line in justified(pages):
        ideographs = [
            after["x0"] - before["x1"]
            for before, after in pairwise(line.chars)
            if re.fullmatch(r"[\u4e00-\u9fff]{2}", before["text"] + after["text"])
        ]
        if ideographs and sorted(ideographs)[len(ideographs) // 2] > BODY / LOOSEST + 0.1:
            loose.append((line.page + 1, line.text))
    assert loose == []


def test_lines_begin_and_end_with_what_may(pages):
    lines = body_lines(pages)
    texts = [(line.page + 1, re.sub(r"^[·•] ", "", line.text.strip())) for line in lines]
    assert [text for text in texts if text[1][0] in NO_START] == []
    assert [text for text in texts if text[1][-1] in NO_END] == []


def test_no_last_line_holds_a_single_character(pages):
    alone = [
        (after.page + 1, after.text)
        for before, after in pairwise(body_lines(pages))
        if goes_on(before, after) and len(re.sub(rf"[\s{re.escape(NO_START)}]", "", after.text)) < 2
    ]
    assert alone == []


def test_no_line_breaks_inside_a_name_or_before_a_unit(pages, values):
    names = {entry["txt"] for name, entry in values.items() if name.startswith("subjects.name.")}
    cut = []
    for before, after in pairwise(body_lines(pages)):
        if goes_on(before, after):
            last, first = before.text.strip(), after.text.strip()
            cut += [
                (after.page + 1, name)
                for name in names
                if len(name) <= 6
                and any(
                    last.endswith(name[:n]) and first.startswith(name[n:])
                    for n in range(1, len(name))
                )
            ]
            if last[-1].isdigit() and re.match(r"[A-Z%‰个家条项年月分]", first):
                cut.append((after.page + 1, last[-8:] + "|" + first[:8]))
    assert cut == []


def test_paragraphs_start_with_an_indent_of_two_characters(pages):
    # 2 × 10.5 pt; an opening mark at the start keeps its blank half.
    lines = body_lines(pages)
    starts = [
        after.start - LEFT
        for before, after in pairwise(lines)
        if not goes_on(before, after) and not after.text.startswith(MARKERS)
    ]
    assert len(starts) > 10
    assert [round(start, 1) for start in starts if abs(start - 2 * BODY) > BODY] == []


NOTE, EDGE = (6.4, 9.5), 4 * MM  # sizes of a key number in the margin; what stays free beside it


def beside(char: Char) -> bool:
    """Whether a character is of a key number in the outer margin."""
    sizes = any(abs(char["size"] - size) < 0.05 for size in NOTE)
    return sizes and char["x0"] > RIGHT + 2 * MM


def test_nothing_is_set_beyond_the_margins(pages):
    for number, chars in enumerate(pages[1:], start=2):
        for char in chars:
            if char["text"].strip() and not beside(char):
                hanging = char["size"] / 2 if char["text"] in CLOSING else 0
                assert char["x0"] > LEFT - 1, (number, char["text"], char["x0"])
                assert char["x1"] - hanging < RIGHT + 1, (number, char["text"], char["x1"])


def test_key_numbers_stand_in_the_margin(pages):
    """Within the sheet, and none over another."""
    noted = 0
    for number, chars in enumerate(pages[2:], start=3):
        notes = [char for char in chars if beside(char) and char["text"].strip()]
        noted += bool(notes)
        for char in notes:
            assert char["x1"] < 210 * MM - EDGE, (number, char["text"])
            assert TOP - 1 < char["top"] < BOTTOM + 10 * MM, number
        places = {(round(char["x0"], 1), round(char["top"], 1)) for char in notes}
        assert len(places) == len(notes), f"page {number}: notes overlap"
    assert noted > 10


# --- fonts and glyphs -------------------------------------------------------------------------


def test_only_vendored_fonts_are_embedded(path):
    assert embedded_fonts(path) == VENDORED


def drawn(resources: Any, content: Any, reader: pypdf.PdfReader) -> Iterator[tuple[Any, bytes]]:
    """Font and string of every text operator, of images drawn as forms too."""
    font = None
    for operands, operator in ContentStream(content, reader).operations:
        if operator == b"Tf":
            font = resources["/Font"][operands[0]]
        elif operator == b"TJ":
            for part in operands[0]:
                if hasattr(part, "original_bytes"):
                    yield font, part.original_bytes
        elif operator == b"Do":
            form = resources["/XObject"][operands[0]].get_object()
            if form["/Subtype"] == "/Form":
                yield from drawn(form.get("/Resources", resources), form, reader)
        else:  # the other ways to show text, which this reader does not know
            assert operator not in {b"Tj", b"'", b'"'}


def glyphs(reader: pypdf.PdfReader) -> Iterator[tuple[int, bool]]:
    """Page of every glyph, and whether its font really has it.

    A character without a glyph is drawn as glyph 0 or as one past the last, both an empty box.
    """
    counts: dict[str, int] = {}
    for number, page in enumerate(reader.pages, start=1):
        for font, text in drawn(page["/Resources"], page["/Contents"].get_object(), reader):
            name = font["/BaseFont"]
            if name not in counts:
                (descendant,) = font["/DescendantFonts"]
                assert descendant["/CIDToGIDMap"] == "/Identity"
                file = descendant["/FontDescriptor"]["/FontFile2"].get_data()
                counts[name] = TTFont(io.BytesIO(file))["maxp"].numGlyphs
            for code in struct.unpack(f">{len(text) // 2}H", text):
                yield number, 0 < code < counts[name]


def test_the_glyph_ruler():
    document = lay_out('<p style="font-family: Noto Sans SC">\U0010fffd')  # no font has it
    reader = pypdf.PdfReader(io.BytesIO(document.write_pdf()))
    assert list(glyphs(reader)) == [(1, False)]


def test_every_character_has_a_glyph(reader):
    found = list(glyphs(reader))
    assert len(found) > 8000
    assert {page for page, known in found if not known} == set()


def test_every_glyph_reads_back_as_text(pages):
    unread = [
        (number, char["text"])
        for number, chars in enumerate(pages, start=1)
        for char in chars
        if char["text"].startswith("(cid:") or char["text"] in "\ufffd\0"
    ]
    assert unread == []


def test_text_in_figures_is_text(pages, built, edition):
    # short titles of policies stand in the timeline and nowhere else
    timeline = (built / f"figures/{edition}/policy_timeline.csv").read_text(encoding="utf-8")
    titles = [row["txt"] for row in csv.DictReader(timeline.splitlines())]
    assert titles
    words = squeezed("".join(char["text"] for chars in pages for char in chars))
    assert [title for title in titles if squeezed(title) not in words] == []


# --- contents, heads and pages ----------------------------------------------------------------


def entries(pages: list[list[Char]]) -> list[tuple[str, int]]:
    """Title and page number of each line of the contents."""
    found = []
    for place in range(1, first_chapter(pages)):
        for size in (BODY, 8.2):  # chapters and sections
            for line in lines_of(pages[place], size, place):
                match = re.fullmatch(r"(.+?)\.{3,}(\d+)", squeezed(line.text))
                if match:
                    found.append((place, line.middle, match[1], int(match[2])))
    return [(title, page) for _, _, title, page in sorted(found)]


def headings(pages: list[list[Char]]) -> list[tuple[str, int]]:
    """Headings of chapters and sections with their pages; one may take several lines."""
    found = []
    first = first_chapter(pages)
    for number, chars in enumerate(pages[first:], start=first + 1):
        on_page: list[tuple[float, str]] = []
        for size in (H1, H2):
            before: Line | None = None
            for line in lines_of(chars, size):
                if before and line.middle - before.middle < 1.6 * size:
                    at, text = on_page.pop()
                    on_page.append((at, text + line.text))
                else:
                    on_page.append((line.middle, line.text))
                before = line
        found += [(squeezed(text), number) for _, text in sorted(on_page)]
    return found


def test_the_contents_name_every_heading_and_its_page(pages):
    listed = entries(pages)
    assert listed == headings(pages)
    assert len(listed) >= 10


def test_the_contents_lead_to_these_pages(reader, pages):
    """The links of the contents, in reading order, jump to the pages that are printed."""
    seen = []
    for contents in reader.pages[1 : first_chapter(pages)]:
        links = [annotation.get_object() for annotation in contents["/Annots"]]
        links.sort(key=lambda link: -float(link["/Rect"][1]))
        targets = []
        for link in links:
            target = reader.named_destinations[link["/Dest"]]
            targets.append(reader.get_destination_page_number(target) + 1)
        seen += [
            page
            for place, page in enumerate(targets)
            if place == 0 or links[place]["/Rect"][1] != links[place - 1]["/Rect"][1]
        ]
    assert seen == [page for _, page in entries(pages)]


def test_headings_stay_with_what_follows(pages):
    for number, chars in enumerate(pages[2:], start=3):
        inside = [c for c in chars if TOP <= c["top"] <= BOTTOM and c["text"].strip()]
        lowest = max(inside, key=lambda char: char["bottom"])
        assert "Serif" not in lowest["fontname"], f"page {number} ends in a heading"


def test_running_heads_name_the_report_and_the_chapter(pages, values, edition):
    chapters = [
        (line.text, number)
        for number, chars in enumerate(pages[2:], 3)
        for line in lines_of(chars, H1)
    ]
    assert len(chapters) >= 4
    above = [c for c in pages[0] if c["top"] < TOP and c["text"].strip()]
    assert above == []  # the cover carries none
    title = squeezed(values[f"edition.title.{edition}"]["txt"])
    chapter = "目录"
    for number, chars in enumerate(pages[1:], start=2):
        chapter = next((text for text, page in chapters if page == number), chapter)
        head = lines_of([char for char in chars if char["top"] < TOP], 7.5)
        assert [squeezed(line.text) for line in head] == [title + squeezed(chapter)], number
        folio = [c for c in chars if c["top"] > BOTTOM]
        assert squeezed("".join(c["text"] for c in folio)) == str(number)


def test_no_page_is_more_than_a_quarter_empty_except_before_a_chapter(pages):
    assert 12 <= len(pages) <= 80
    empty = []
    for number, (chars, following) in enumerate(pairwise(pages[2:]), start=3):
        lowest = max(char["bottom"] for char in chars if char["top"] < BOTTOM)
        share = 1 - (lowest - TOP) / (BOTTOM - TOP)
        opens = lines_of(following, H1)  # a chapter begins on the next page
        if share > MUCH and not opens:
            empty.append(f"page {number} is {share:.0%} empty")
    assert not empty, "; ".join(empty)


def test_source_lines_stay_with_what_they_are_of(pages):
    for number, chars in enumerate(pages[2:], start=3):
        inside = [c for c in chars if TOP - 2 <= c["top"] <= BOTTOM and c["text"].strip()]
        first = min(inside, key=lambda char: (round(char["top"]), char["x0"]))
        on_line = [c for c in inside if abs(c["top"] - first["top"]) < 2]
        line = "".join(c["text"] for c in on_line if c["fontname"] == first["fontname"])
        if first["size"] > BODY and first["fontname"].endswith("-Bold"):
            continue  # a heading: 示例评估：综合得分…
        assert not line.startswith(("数据来源", "示例评估：")), f"page {number}: {line}"


def test_tables_that_go_on_say_so(pages, html):
    """A page that begins inside a table begins with 续 and the number of the table."""
    long = [e for e in html.walk() if e.tag == "div" and "long" in e.attributes.get("class", "")]
    assert long
    continued = 0
    for chars in pages[2:]:
        inside = [c for c in chars if TOP - 2 <= c["top"] <= BOTTOM and c["text"].strip()]
        top = min(inside, key=lambda char: char["top"])["top"]
        line = "".join(c["text"] for c in inside if abs(c["top"] - top) < 3)
        if min(c["size"] for c in inside if abs(c["top"] - top) < 3) < 9 and line.startswith("续"):
            assert re.match(r"续(附表[A-Z]|表)\d", line), line
            continued += 1
    assert continued >= 5


# --- an archive that everyone can read --------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_report_conforms(path, profile):
    validation = pytest.importorskip("page", reason="page-validation is not installed")
    result = validation.validate_pdf(path, profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []
    assert result.is_compliant
    assert result.rules.total > 50


def test_every_figure_is_described(path, html):
    described = [figure.get("/Alt", "") for figure in structure(path, "/Figure")]
    drawn = [e for e in html.walk() if e.tag == "svg" and "wide" in e.attributes["class"]]
    labels = [e.attributes["aria-label"] for e in drawn]
    assert sorted(map(str, described)) == sorted(labels)


def test_the_file_says_what_it_is(reader, built, values, edition):
    assert values[f"edition.title.{edition}"]["txt"] in reader.metadata.title
    assert reader.metadata.author == "溯源"
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    with (built / f"data/raw/{edition}/edition.csv").open(encoding="utf-8") as lines:
        (row,) = csv.DictReader(lines)
    published = row["published"]  # whatever the clock says
    assert reader.metadata["/CreationDate"] == f"D:{published.replace('-', '')}000000Z"
