"""What stands beside the marks of a drawing: within it, apart from all else, bound to values."""

from __future__ import annotations

from importlib import import_module

import matplotlib as mpl
import pytest

from suyuan.core.errors import ConfigError
from suyuan.figures import theme
from suyuan.figures.description import Described
from suyuan.figures.drawn import drawn
from suyuan.figures.kind import kind_names, kind_of
from suyuan.figures.remarks import Level, Piece, Remarks, add, flowed, remarks_of
from suyuan.figures.store import Store
from suyuan.figures.svg import marks_of, to_svg
from tests.code.figures.drawing import NAMES, crowded, labels, outside, words

WIDTHS = (theme.WIDTH_INCHES, theme.NARROW_INCHES)
SAYS = (Piece("西北合计"), Piece("316.8", "nw.total"), Piece("，其中"), Piece("60.0%", "nw.share"))
LINED = [name for name in kind_names() if kind_of(name).lines]
every_kind = pytest.mark.parametrize("name", kind_names())


@pytest.fixture(autouse=True)
def _as_vectors():
    """Letters as wide as in an SVG: on a grid of pixels they are wider."""
    with mpl.rc_context({"text.hinting": "none"}):
        yield


def made(name, width, remarks, count=5, long=NAMES[1]):
    given = import_module(f"tests.code.figures.kinds.test_{name}").many(long, count)
    figure = kind_of(name).draw(given, width)
    high = figure.get_size_inches()[1]
    add(figure, remarks(given) if callable(remarks) else remarks)
    return figure, high


def lines(given):
    """A line a third and one two thirds up the values, said at length."""
    low, high = given["v"].min(), given["v"].max()
    third = (high - low) / 3
    said = (Piece(NAMES[1]), Piece("1,234.5", "nw.level"))
    return Remarks(SAYS, tuple(Level(low + n * third, f"nw.level{n}", said) for n in (1, 2)))


@every_kind
@pytest.mark.parametrize("width", WIDTHS)
def test_a_takeaway_stands_above_a_drawing_of_any_kind(name, width):
    plain = crowded(made(name, width, Remarks())[0])
    figure, high = made(name, width, Remarks(SAYS))
    assert figure.get_size_inches()[1] > high
    assert crowded(figure) == plain == []
    assert outside(figure) == []
    shown = {fact for fact, _ in marks_of(to_svg(figure, "fig"))}
    assert {"nw.total", "nw.share"} <= shown


@pytest.mark.parametrize("name", LINED)
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("count", [5, 31])
def test_lines_have_their_words_below_the_drawing(name, width, count):
    figure, _ = made(name, width, lines, count)
    assert crowded(figure) == []
    assert outside(figure) == []
    assert {"nw.level1", "nw.level2"} <= {fact for fact, _ in marks_of(to_svg(figure, "fig"))}
    assert labels(figure)["nw.level"] == "1,234.5"


@pytest.mark.parametrize("name", LINED)
def test_a_line_beyond_the_values_is_refused(name):
    beyond = Level(1e9, "nw.level", SAYS)
    with pytest.raises(ValueError, match=r"nw\.level"):
        made(name, WIDTHS[0], Remarks(lines=(beyond,)))


def test_a_drawing_without_remarks_is_left_as_it_is():
    figure, high = made("bars", WIDTHS[0], Remarks())
    assert figure.get_size_inches()[1] == high
    assert not set(words(figure)) & {"西北合计"}


def test_words_break_between_signs_and_values_never():
    lines = flowed((*SAYS, *SAYS), theme.POINTS, 1.0)
    assert len(lines) > 2
    texts = [piece.text for line in lines for _, piece in line]
    assert "".join(texts) == 2 * "西北合计316.8，其中60.0%"
    assert {"316.8", "60.0%"} <= set(texts)
    assert all(line[0][0] == 0 for line in lines)
    assert not any(line[0][1].text.startswith("，") for line in lines)


def test_remarks_are_looked_up(open_book):
    spec = {
        "says": "合计{alpha.compute_total}，计",
        "lines": [{"at": "beta.ai_share", "says": "乙"}],
    }
    book = open_book(Described("fig", 1, spec, "fig"))
    found = remarks_of(book, spec)
    total = book.ledger["alpha.compute_total"]
    assert found.says == (Piece("合计"), Piece(total.txt, total.id), Piece("，计"))
    assert found.lines[0].v == book.display(book.ledger["beta.ai_share"])
    assert found.text == f"合计{total.txt}，计；乙"
    assert found.values == ["alpha.compute_total", "beta.ai_share"]
    with pytest.raises(ConfigError, match="E161"):
        remarks_of(book, {"says": "合计{nobody.compute_total}"})


def test_another_takeaway_is_another_drawing_to_the_store(open_book, tmp_path):
    kept = Store(tmp_path, "code 1")

    def made_of(says):
        group = {"series": "x", "values": "alpha.compute_total", "label": "subject"}
        spec = {"draw": "bars", "marks": [group], "says": says}
        return drawn(open_book, Described("fig", 1, spec, "fig"), kept)

    one, two = made_of("计{alpha.compute_total}"), made_of("共{alpha.compute_total}")
    assert ("计" in one.svg, "计" in two.svg) == (True, False)
    assert ("计" in one.narrow, "计" in two.narrow) == (True, False)
    assert one.entry["says"] != two.entry["says"]


def test_a_takeaway_is_read_first_and_is_no_mark_of_its_own(open_book):
    group = {"series": "x", "values": "*.compute_total", "label": "subject"}
    says = "{rg.gdp}，{alpha.compute_total}"
    figure = Described("fig", 1, {"draw": "bars", "marks": [group], "says": says}, "fig")
    entry = drawn(open_book, figure).entry
    assert [fact for fact, _ in entry["marks"]][:2] == ["rg.gdp", "alpha.compute_total"]
    assert entry["beside"] == ["rg.gdp"]  # the other is a bar too
