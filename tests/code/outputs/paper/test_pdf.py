"""One PDF that is an archive and accessible, and the same bytes each time."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta, timezone

import pydyf
import pypdf
import pytest
import tinyhtml5
from pypdf.generic import ContentStream
from weasyprint.layout import inline

from suyuan.outputs.paper import finish, justify
from suyuan.outputs.paper.pdf import Attachment, PdfError, write_pdf
from tests.code.typeset import FONTS, ROOT, embedded_fonts, sample, structure

DAY = datetime(2026, 4, 1, 8, 30, tzinfo=UTC)
FILES = [  # not in the order of their names
    Attachment("lineage.json", b'{"format": "lineage/1"}', "application/json", "数字的来历"),
    Attachment("fig-1.csv", "省区,算力\r\n甲,131.0\r\n".encode(), "text/csv"),
]
# A raster image, which WeasyPrint would have readers smooth, against PDF/A.
DOT = (
    '<img alt="一个红点" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ'
    'AAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==">'
)
# Charts come as inline SVG, with their text set in the fonts of the document.
CHART = """<figure><svg xmlns="http://www.w3.org/2000/svg" width="200" height="60">
<title>条形图：甲地最高</title><rect width="131" height="20" fill="#0B2E4F"/>
<text x="0" y="45" font-family="Noto Sans SC" font-size="12">甲 131.0</text></svg>
<figcaption>图 1 各地算力</figcaption></figure>"""


def write(html, path, **changes):
    arguments = {
        "root": ROOT,
        "fonts": FONTS,
        "created": DAY,
        "modified": DAY + timedelta(days=1),
        "attachments": FILES,
    }
    document = tinyhtml5.parse(html, namespace_html_elements=False)  # as WeasyPrint reads text
    write_pdf(document, path, **(arguments | changes))
    return path


def tiny(body="<p>中文", head="<title>题</title>", lang='lang="zh-CN"'):
    return f'<html {lang}><head>{head}<style>html {{ font-family: "Noto Sans SC" }}</style>{body}'


def illustrated():
    return sample().replace("</ul>", f"</ul>{DOT}{CHART}")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return write(illustrated(), tmp_path_factory.mktemp("pdf") / "report.pdf")


# --- what the file promises -------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_the_report_conforms(report, profile):
    page = pytest.importorskip("page", reason="page-validation is not installed")
    result = page.validate_pdf(report, profile=profile)
    assert [(failure.rule_id, failure.message) for failure in result.failures] == []
    assert result.is_compliant
    assert result.rules.total > 50


def test_only_vendored_fonts_are_embedded(report):
    assert embedded_fonts(report) == {"Noto-Sans-SC", "Noto-Sans-SC-Bold", "Noto-Serif-SC-Bold"}


def test_lines_are_justified(tmp_path, monkeypatch):
    monkeypatch.setattr(inline, "justify_line", None)  # undone after the test
    write(tiny(), tmp_path / "x.pdf")
    assert inline.justify_line is justify.justify_line


def test_dates_come_from_the_arguments(report):
    reader = pypdf.PdfReader(report)
    assert reader.metadata["/CreationDate"] == "D:20260401083000Z"
    assert reader.metadata["/ModDate"] == "D:20260402083000Z"
    assert reader.xmp_metadata.xmp_create_date == DAY.replace(tzinfo=None)


def test_attachments_are_sorted_and_described(report):
    catalog = pypdf.PdfReader(report).trailer["/Root"]
    names = catalog["/Names"]["/EmbeddedFiles"]["/Names"]
    assert list(names[::2]) == ["fig-1.csv", "lineage.json"]
    assert len(catalog["/AF"]) == 2
    for specification, file in zip(names[1::2], sorted(FILES, key=lambda f: f.name), strict=True):
        entry = specification.get_object()
        stream = entry["/EF"]["/F"]
        assert entry["/AFRelationship"] == "/Data"
        assert entry["/Desc"] == file.description
        assert stream["/Subtype"] == f"/{file.media_type}"
        assert stream["/Params"]["/CreationDate"] == "D:20260401083000Z"
        assert stream.get_data() == file.content


def test_header_cells_know_what_they_head(report):
    scopes = [cell["/A"]["/Scope"] for cell in structure(report, "/TH")]
    assert scopes == ["/Column"] * 3 + ["/Row"] * 3


def test_running_heads_are_artifacts(report):
    reader = pypdf.PdfReader(report)
    for number, page in enumerate(reader.pages, start=1):
        operations = ContentStream(page["/Contents"].get_object(), reader).operations
        pagination = [
            operands
            for operands, operator in operations
            if operator == b"BDC" and operands[1].get("/Type") == "/Pagination"
        ]
        assert len(pagination) == 2, number  # the title above, the number below
    assert "排版样张" in reader.pages[2].extract_text()


# --- the same bytes ---------------------------------------------------------------------------

SCRIPT = """
import pathlib, sys
from tests.code.outputs.paper.test_pdf import illustrated, write
write(illustrated(), pathlib.Path(sys.argv[1]))
"""


def write_elsewhere(path, home, **environment):
    path.parent.mkdir(parents=True)
    home.mkdir()
    python_path = os.pathsep.join([str(ROOT), str(ROOT / "workflow/lib")])
    environment |= {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": python_path}
    command = [sys.executable, "-c", SCRIPT, str(path)]
    subprocess.run(command, env=environment, cwd=path.parent, check=True)
    return path.read_bytes()


def test_the_environment_leaves_no_trace(report, tmp_path):
    one = write_elsewhere(
        tmp_path / "one/a.pdf", tmp_path / "h1", TZ="Asia/Shanghai", PYTHONHASHSEED="1", LANG="C"
    )
    two = write_elsewhere(
        tmp_path / "two/b.pdf", tmp_path / "h2", TZ="America/New_York", PYTHONHASHSEED="2",
        LC_ALL="C.UTF-8", XDG_CACHE_HOME=str(tmp_path / "cache"), SOURCE_DATE_EPOCH="1",
    )  # fmt: skip
    assert one == two == report.read_bytes()
    for trace in (b"weasyprint-", str(ROOT).encode(), str(tmp_path).encode()):
        assert trace not in one


def test_one_moment_in_two_time_zones_is_one_file(tmp_path):
    east = DAY.astimezone(timezone(timedelta(hours=8)))
    one = write(tiny(), tmp_path / "one.pdf", created=DAY).read_bytes()
    assert write(tiny(), tmp_path / "two.pdf", created=east).read_bytes() == one


def test_neither_the_place_of_the_project_nor_the_order_of_attachments_matters(tmp_path):
    written = []
    for place in ("here", "there/below"):
        root = tmp_path / place
        (root / "fonts").mkdir(parents=True)
        for font in FONTS.glob("*.ttf"):
            (root / "fonts" / font.name).symlink_to(font)
        (root / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9"/>')
        image = '<p><img alt="点" src="dot.svg">中'
        changes = {"root": root, "fonts": root / "fonts", "readable": [root]}
        files = FILES[::-1] if written else FILES
        path = write(tiny(image), tmp_path / "x.pdf", attachments=files, **changes)
        written.append(path.read_bytes())
    assert written[0] == written[1]


# --- what is refused --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (tiny('<img alt="x" src="https://example.org/x.png">'), r"example\.org.*may not read"),
        (tiny('<img alt="x" src="README.md">'), r"file:///README\.md.*may not read"),
        (tiny('<img alt="x" src="templates/fonts/../../README.md">'), "may not read"),
        (tiny('<link rel="stylesheet" href="//example.org/x.css">'), "may not read"),
        (tiny("<style>@import url(http://example.org/x.css);</style>"), "may not read"),
        (tiny('<img alt="x" src="templates/fonts/none.png">'), r"none\.png"),
        (tiny('<img src="data:image/svg+xml,<svg/>">'), "alt description|Failed to load"),
        (tiny('<a href="report.xlsx">表</a>'), "local file.*report.xlsx"),
        (tiny('<a href="#nowhere">表</a>'), "nowhere"),
        (tiny('<a rel="attachment" href="data:,x">表</a>'), "today's date"),
        (tiny("<p>\U0002a6d6"), r"notdef.*U\+2A6D6"),
        (tiny(head=""), "<title>"),
        (tiny(lang=""), "lang"),
    ],
)
def test_what_cannot_be_kept_is_refused(tmp_path, html, reason):
    with pytest.raises(PdfError, match=reason):
        write(html, tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()


def test_a_refusal_is_told_to_people_in_one_line(tmp_path):
    with pytest.raises(PdfError) as caught:
        write(
            tiny('<img alt="x" src="https://example.org/x.png"><img alt="x" src="y.png">'),
            tmp_path / "x.pdf",
        )
    (problem,) = pickle.loads(pickle.dumps(caught.value)).problems
    assert problem.code == "E352"
    assert problem.value.split("、")[0] == "https://example.org/x.png"
    assert "may not" not in problem.value  # what WeasyPrint says in English
    assert "\n" not in problem.value


def test_dates_without_a_time_zone_are_refused(tmp_path):
    with pytest.raises(PdfError, match="time zone"):
        write(tiny(), tmp_path / "x.pdf", modified=datetime(2026, 4, 1))


def test_attachments_of_one_name_are_refused(tmp_path):
    with pytest.raises(PdfError, match="share a name"):
        write(tiny(), tmp_path / "x.pdf", attachments=[FILES[0], FILES[0]])


def test_a_folder_without_fonts_is_refused(tmp_path):
    with pytest.raises(PdfError, match=r"no \.ttf"):
        write(tiny(), tmp_path / "x.pdf", fonts=tmp_path)


def test_css_for_browsers_is_no_complaint(tmp_path):
    write(tiny('<p style="text-autospace: normal">中文'), tmp_path / "x.pdf")


# --- the length of streams --------------------------------------------------------------------


@pytest.mark.parametrize("extra", [{}, {"Type": "/ObjStm"}])
def test_no_stream_ends_in_a_carriage_return(extra):
    # zlib data ends in the Adler-32 checksum, and that in 1 + the sum of all bytes: 1 + 12 = 13.
    stream = pydyf.Stream([bytes([12])], extra, compress=True)
    assert stream.data.endswith(b"\r\nendstream")
    finish._pack(stream)
    assert not stream.data.endswith(b"\r\nendstream")


def test_attached_data_are_packed_without_a_copy():
    content = bytes(range(256)) * 40_000
    stream = pydyf.Stream([content], compress=True)
    tracemalloc.start()
    finish._pack(stream)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert zlib.decompress(stream.stream[0]) == content
    assert peak < len(content)


def test_streams_that_are_added_while_writing_are_looked_at_too(tmp_path, monkeypatch):
    kinds = set()
    monkeypatch.setattr(
        finish,
        "_pack",
        lambda item: kinds.add(getattr(item, "extra", {}).get("Type")),
    )
    write(tiny(), tmp_path / "x.pdf")
    assert {"/ObjStm", "/XRef", "/EmbeddedFile"} <= kinds
