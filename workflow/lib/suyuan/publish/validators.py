"""Validators that others have made, each run where it is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import Any

from suyuan.core.errors import Problem, SuyuanError
from suyuan.outputs import package
from suyuan.publish.candidate import Candidate

LONGEST = 120  # characters of what a validator says


class Unavailable(SuyuanError):
    """What is needed is not installed; its text names it."""


def _needs(module: str, distribution: str) -> Any:
    try:
        return import_module(module)
    except ImportError:
        raise Unavailable(distribution) from None


def html5(candidate: Candidate) -> Iterator[Problem]:
    """Parse errors of the HTML standard in the page."""
    parser = _needs("tinyhtml5.parser", "tinyhtml5").HTMLParser()
    parser.parse(candidate.html.read_text(encoding="utf-8"))
    for (line, _), code, _ in parser.errors:
        yield Problem("E616", package.HTML, line, value=f"HTML: {code}")


def _pdf(profile: str) -> Callable[[Candidate], Iterator[Problem]]:
    def check(candidate: Candidate) -> Iterator[Problem]:
        validation = _needs("page", "page-validation")
        result = validation.validate_pdf(candidate.pdf, profile=profile)
        for failure in result.failures:
            said = f"{profile} {failure.rule_id}: {failure.message}"[:LONGEST]
            yield Problem("E616", package.PDF, value=said)
        if not result.is_compliant and not result.failures:
            yield Problem("E616", package.PDF, value=profile)

    return check


KNOWN: Mapping[str, Callable[[Candidate], Iterator[Problem]]] = {
    "html5": html5,
    "pdfa": _pdf("3a"),
    "pdfua": _pdf("ua1"),
}
