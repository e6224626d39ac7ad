"""The files by which a result explains itself, besides its tables."""

from __future__ import annotations

from functools import partial

from suyuan.core.language import language
from suyuan.index.run import OutputFile
from suyuan.results import book, page

HTML, WORKBOOK = "scorecard.html", "scorecard.xlsx"


def scorecards(lang: str | None = None) -> tuple[OutputFile, ...]:
    """The scorecard in both forms, in that language or the locale's."""
    spoken = language(lang)
    return (
        OutputFile(WORKBOOK, "scorecard as a workbook", partial(book.write, lang=spoken)),
        OutputFile(HTML, "scorecard to be read and printed", partial(page.write, lang=spoken)),
    )
