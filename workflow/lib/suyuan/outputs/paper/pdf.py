"""One deterministic PDF that is an archive (PDF/A-3a) and accessible (PDF/UA-1) at once.

The bytes depend on the arguments and on the files they name, and on nothing else: dates are
arguments, the time zone, the home folder and hash seeds do not matter, and neither the fonts of
the machine nor the network can be reached. The same call gives the same bytes wherever the same
libraries (WeasyPrint, Pango, HarfBuzz, zlib) are installed.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from mimetypes import MimeTypes
from operator import attrgetter
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import weasyprint
from cssselect2 import ElementWrapper
from weasyprint.text.ffi import ffi, fontconfig, pangoft2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from suyuan.core.errors import Problem, ReportedError
from suyuan.core.inputs import matching
from suyuan.outputs.paper import breaking, justify, paging
from suyuan.outputs.paper.finish import finish

# A made-up root: real paths would differ between machines and show in the names of images.
ROOT_URL = "file:///"
# The types that Python itself knows; the machine's mime.types may say otherwise.
_MEDIA_TYPES = MimeTypes()

ffi.cdef("FcConfig * FcConfigCreate (void);")


# What a reason names: a tag, something in quotes, a file or address. The rest of it is English.
NAMED = re.compile(r"<\w+>|'[^']+'|\"[^\"]+\"|\w[\w:/.-]*[/.]\w[\w/.-]*")


class PdfError(ReportedError):
    """The document cannot become a PDF that keeps its promises.

    E352 with what the reason names, E349 where it names nothing.
    """

    def __init__(self, reason: str) -> None:
        named = "、".join(dict.fromkeys(name.strip("'\"") for name in NAMED.findall(reason)))
        super().__init__(Problem("E352" if named else "E349", "templates", value=named))
        self.args = (reason,)  # as it is made again in another process

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Attachment:
    """A file carried inside the PDF: data that the document was made from, or its lineage."""

    name: str
    content: bytes
    media_type: str
    description: str = ""


def write_pdf(
    html: Element,
    path: Path,
    *,
    root: Path,
    fonts: Path,
    readable: Sequence[Path] = (),
    created: datetime,
    modified: datetime,
    attachments: Sequence[Attachment] = (),
    names: Iterable[str] = (),
) -> None:
    """Set the document of ``html``, with justified Chinese, and write it to ``path``.

    No line breaks inside one of the ``names``; pages are filled and long tables headed as
    ``breaking`` and ``paging`` say.

    The .ttf files in ``fonts`` are the only fonts there are, known by the family names they carry;
    no @font-face is needed. Its relative URLs start from ``root``, and only files inside
    ``fonts`` and the ``readable`` folders are ever opened. Both dates need a time zone.
    Attachments are stored in the order of their names, with relationship "Data".

    Raises PdfError for a URL outside those folders, a link to a local file, a missing title,
    language, alternative text, anchor or glyph, and whatever else WeasyPrint complains about,
    save CSS that it does not know. Raises UnsupportedWeasyPrint as ``justify.enable`` does.
    """
    justify.enable()
    breaking.enable(names)
    paging.enable()
    with _strictly():
        fetcher = _LocalFiles(root, [fonts, *readable])
        source = _Tree(html, fetcher)
        document = source.render(font_config=_VendoredFonts(fonts), pdf_variant="pdf/a-3a")
        _check(document, attachments)
        document.metadata.created, document.metadata.modified = map(_w3c_date, (created, modified))
        content = document.write_pdf(
            pdf_variant="pdf/a-3a",
            attachments=[
                _embedded(attachment, created, modified)
                for attachment in sorted(attachments, key=attrgetter("name"))
            ],
            finisher=finish,
        )
    path.write_bytes(content)


class _Tree(weasyprint.HTML):
    """A document that is a tree already, which WeasyPrint would parse from text."""

    def __init__(self, html: Element, fetcher: URLFetcher) -> None:
        self.base_url, self.url_fetcher, self.media_type = ROOT_URL, fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(html, content_language=None)
        self.etree_element = self.wrapper_element.etree_element


class _LocalFiles(URLFetcher):
    """Opens files of the given folders and ``data:`` URLs, nothing else."""

    def __init__(self, root: Path, readable: Sequence[Path]) -> None:
        super().__init__(fail_on_errors=True)
        self._root = root.resolve()
        self._readable = [folder.resolve() for folder in readable]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        path = (self._root / unquote(parts.path).lstrip("/")).resolve()
        if parts.scheme != "file" or not any(map(path.is_relative_to, self._readable)):
            raise PdfError("the document may not read this")
        media_type = _MEDIA_TYPES.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})


class _VendoredFonts(FontConfiguration):
    """Knows the fonts of one folder and none of the machine.

    With the usual configuration a missing glyph silently comes from whatever font has it.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        files = matching(folder, "*.ttf")
        if not files:  # Pango would crash the process
            raise PdfError(f"{folder} holds no .ttf file to set the text in")
        self._config = fontconfig.FcConfigCreate()
        for file in files:
            if not fontconfig.FcConfigAppFontAddFile(self._config, os.fsencode(file)):
                raise PdfError(f"{file} is not a font")
        font_map = ffi.cast("PangoFcFontMap *", self.font_map)
        pangoft2.pango_fc_font_map_set_config(font_map, self._config)
        fontconfig.FcConfigDestroy(self._config)  # the font map holds a reference of its own


class _Complaints(logging.Handler):
    """Remembers what WeasyPrint would merely log."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if not message.startswith("Ignored `"):  # CSS meant for browsers, such as text-autospace
            self.messages.append(message)


@contextlib.contextmanager
def _strictly() -> Iterator[None]:
    """Turn every complaint of WeasyPrint and every refusal of its URL fetcher into PdfError."""
    complaints = _Complaints()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(complaints)
    try:
        with warnings.catch_warnings():
            # WeasyPrint 70.0 leaves the file of its colour profile to the garbage collector.
            warnings.simplefilter("ignore", ResourceWarning)
            yield
    except FatalURLFetchingError as error:  # a BaseException, which no caller expects
        raise PdfError(f"{error}: {error.__cause__}") from error
    finally:
        logger.removeHandler(complaints)
    if complaints.messages:
        raise PdfError("; ".join(dict.fromkeys(complaints.messages)))


def _check(document: weasyprint.Document, attachments: Sequence[Attachment]) -> None:
    if not document.metadata.title:
        raise PdfError("the HTML needs a <title>: readers show it instead of the file name")
    if len({attachment.name for attachment in attachments}) < len(attachments):
        raise PdfError("two attachments share a name")
    links = [(kind, target) for page in document.pages for kind, target, *_ in page.links]
    if document.metadata.attachments or any(kind == "attachment" for kind, _ in links):
        raise PdfError('attach files by argument: rel="attachment" would store today\'s date')
    for kind, target in links:
        if kind == "external" and target.startswith("file:"):
            raise PdfError(f"a link to a local file works on one machine at most: {target}")


def _w3c_date(date: datetime) -> str:
    if date.tzinfo is None:
        raise PdfError(f"{date} has no time zone and so means another moment on each machine")
    return date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _embedded(
    attachment: Attachment, created: datetime, modified: datetime
) -> weasyprint.Attachment:
    embedded = weasyprint.Attachment(
        string=b"",
        name=attachment.name,
        description=attachment.description,
        created=created.astimezone(UTC),
        modified=modified.astimezone(UTC),
        relationship="Data",
    )
    # As if fetched from a URL, the one way to state a media type: WeasyPrint would guess it,
    # at last from the tables of the machine.
    source = (io.BytesIO(attachment.content), None, None, attachment.media_type)
    embedded.source = contextlib.nullcontext(source)
    return embedded
