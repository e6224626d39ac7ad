"""Every number that a reader of report.html sees leads into lineage.json."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest
import yaml

from suyuan.core.layout import FIGURES
from tests.editions.html_tree import Element, read_html
from tests.workflow.project import CHECKOUT

NUMERAL = "〇零一二两三四五六七八九十百千万亿半几"
# Words that make a numeral before them count or measure. Longer ones are found by their first
# character, but for 方面: 十方 is no count.
COUNTING = (
    "[个家省区市城县州项条款类大种样成倍级次回遍年月日天周季台张份层档组批座栋位名人元枚块步轮章"
    "节页图表行列处端毫秒时分卡颗极环圈重线代期届套对维国地主核省企岁克吨米度瓦字句段篇本部场场幅]|方面"
    "|梯队|千瓦|机架|标准|万|亿"
)
COUNTED = re.compile(rf"[{NUMERAL}]+[余多来]?(?:{COUNTING})")
# Words that hold such characters and count nothing.
WORDS = re.compile(
    "一体化?|一致|一定|另?一方面|一旦|一般|一直|一切|统一|唯一|单一|同一|进一步|逐一|万一|一律"
    "|一手|二手|一并|另一|一部分|第[一二三四五六七八九十百]+"
)
SCALED = re.compile(
    "fig-(ai_share|supply_(ladder|shares)|power_matrix|.+_dimensions)"
)  # their axes carry numbers
LEGEND = 2  # the most lines that a legend of dots has
ENDS = re.compile(r"_(low|high)$")  # of a range that is drawn from end to end
SAID = re.compile(r"\{(.+?)\}")  # values of a takeaway
ZERO = "0"  # names the line that rates of change lie about
ROUND = re.compile(r"0\.0*1|10*|\d*[05]")
PERIOD = re.compile(r"\d{4}(-\d\d){0,2}|\d{4}[QH]\d")
CODE = re.compile(r"\[?S\d+\]?|E\d{3}")  # the short code of a source, the number of evidence
DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)|(\d{4})-(\d\d)|(\d{4})Q(\d)|(\d{4})H(\d)|(\d{4})")


def bound(element: Element, known: dict, *, by_claim: bool) -> bool:
    """Whether the text directly in ``element`` is a value's, an ordinal, or words of a claim."""
    return any(
        (outer.tag == "data" and outer.attributes.get("data-fact") in known)
        or "data-ordinal" in outer.attributes
        for outer in element.ancestry
        if by_claim or "data-claim" not in outer.attributes
    )


def is_digit(character: str) -> bool:
    """A digit or another character that means a number: ７, ②, Ⅳ, ½; no ideograph."""
    return unicodedata.category(character)[0] == "N" and character != "〇"


def unbound_digits(html: Element, known: dict) -> list[str]:
    """Pieces of text with a digit that no value prints; a claim alone does not vouch for it."""
    return [
        text.strip()
        for element, text in html.runs()
        if any(map(is_digit, text)) and not bound(element, known, by_claim=False)
    ]


def unbound_counts(html: Element, known: dict) -> list[str]:
    """Chinese numerals before a counting word; the two may stand in different elements."""
    pieces = [(text, bound(element, known, by_claim=True)) for element, text in html.runs()]
    text = "".join(piece for piece, _ in pieces)
    free = [not is_bound for piece, is_bound in pieces for _ in piece]
    masked = WORDS.sub(lambda found: "　" * len(found[0]), text)
    return [
        text[max(0, found.start() - 10) : found.end() + 10]
        for found in COUNTED.finditer(masked)
        if free[found.start()]
    ]


def facts(html: Element) -> list[Element]:
    """Every place of a value: printed, drawn, or behind a claim."""
    return [element for element in html.walk() if "data-fact" in element.attributes]


def numbers_and_texts(html: Element) -> list[Element]:
    """The places that print a value itself: no claim, no whole figure."""
    return [e for e in facts(html) if e.tag == "data" and "class" not in e.attributes]


def same_text(one: str, other: str) -> bool:
    """Equal but for the spaces that typesetting puts between Chinese and Latin."""
    return "".join(one.split()) == "".join(other.split())


def in_chinese(number: int) -> str:
    """1 to 99, before a counting word: 2 is 两, 12 is 十二, 20 is 二十."""
    ones = ["", *"一二三四五六七八九"]
    tens, rest = divmod(number, 10)
    if not tens:
        return "两" if number == 2 else ones[rest]
    return ("" if tens == 1 else ones[tens]) + "十" + ones[rest]


def in_words(period: str) -> str | None:
    """2025-12 is 2025年12月, 2025Q4 2025年第4季度, 2025H2 2025年第2半年."""
    ends = period.split("/")
    if len(ends) == 2 and all(map(DATE.fullmatch, ends)):
        return f"{in_words(ends[0])}至{in_words(ends[1])}"
    found = DATE.fullmatch(period)
    if not found:
        return None
    parts = [part for part in found.groups() if part]
    quarter, half = found[7], found[9]
    last = f"第{quarter}季度" if quarter else f"第{half}半年" if half else ""
    if last:
        return f"{parts[0]}年{last}"
    named = zip(parts, "年月日", strict=False)
    return "".join(f"{int(part)}{name}" for part, name in named)


# --- the rulers themselves --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<p>共3家", ["共3家"]),
        ("<p>共３家", ["共３家"]),
        ("<p>见②", ["见②"]),
        ('<p>共<data data-fact="a">3</data>家', []),
        ('<p>共<data data-fact="b">3</data>家', ["3"]),
        ('<p>共<span data-fact="a">3</span>家', ["3"]),
        ("<p><span data-ordinal>图 3</span>", []),
        ('<p><data data-claim="c" data-fact="a">过3成</data>', ["过3成"]),
        ('<p><data data-claim="c" data-fact="a">过<data data-fact="a">3</data></data>', []),
    ],
)
def test_the_digit_ruler(body, found):
    assert unbound_digits(read_html(f"{body}</p>"), {"a": {}}) == found


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("<p>西北五省区", 1),
        ("<p>占三成以上", 1),
        ("<p>五千万元", 1),
        ("<p>二十余个", 1),
        ("<p>西北五<b>省</b>", 1),
        ("<p>三、五个", 1),
        ("<p>十<data data-fact='a'>三</data>家", 1),
        ("<p><data data-fact='a'>五</data>省区", 0),
        ("<p><data data-claim='c' data-fact='a'>超过六成</data>", 0),
        ("<p>第一梯队与统一市场", 0),
        ("<p>其一<br></p><p>个别", 0),
    ],
)
def test_the_count_ruler(body, count):
    assert len(unbound_counts(read_html(f"{body}</p>"), {"a": {}})) == count


# --- the report -------------------------------------------------------------------------------


def test_every_digit_stands_in_a_known_value_or_an_ordinal(html, values):
    assert unbound_digits(html, values) == []


def test_every_chinese_count_stands_in_a_known_value_or_an_ordinal(html, values):
    assert unbound_counts(html, values) == []


def test_codes_of_sources_lead_to_their_rows_and_no_two_rows_have_one(html):
    rows = [e.text for e in html.walk() if re.fullmatch(r"S\d+", e.attributes.get("id", ""))]
    register = [e for e in html.walk() if e.attributes.get("id") == "tab-sources"]
    assert rows == [f"S{place}" for place in range(1, len(rows) + 1)]
    assert len(rows) == sum(e.tag == "tr" and e.inside("tbody") for e in register[0].walk())
    links = [e for e in html.walk() if e.attributes.get("class") == "code"]
    assert len(links) > 10
    for link in links:
        assert link.attributes["href"] == f"#{link.text[1:-1]}"
        assert link.text[1:-1] in rows


def test_ordinals_are_only_numbers_of_headings_figures_and_tables(html):
    ordinals = [
        element
        for element in html.walk()
        if "data-ordinal" in element.attributes and not re.fullmatch(CODE, element.text)
    ]
    assert ordinals
    for ordinal in ordinals:
        reference = ordinal.parent.attributes.get("class") == "see"
        caption = ordinal.parent.tag in {"caption", "figcaption"} or reference
        pattern = r"[图表] ?\d{1,2}" if caption else r"\d{1,2}(\.\d{1,2})?|[A-Z]"
        assert re.fullmatch(pattern, ordinal.text), ordinal.text
        assert caption or ordinal.parent.tag in {"h1", "h2", "h3"} or ordinal.inside("nav")
        before = ordinal.parent.content[: ordinal.parent.content.index(ordinal)]
        assert "".join(map(str, before)).strip() == "", ordinal.text  # an ordinal comes first


@pytest.mark.parametrize("kind", ["图", "表"])
def test_figures_and_tables_are_numbered_through(html, kind):
    tag = {"图": "figcaption", "表": "caption"}[kind]
    found = [re.match(rf"\s*{kind} ?(\d+)", e.text)[1] for e in html.walk() if e.tag == tag]
    assert [int(number) for number in found] == list(range(1, len(found) + 1))
    assert found


def test_ids_are_unique(html):
    ids = Counter(e.attributes["id"] for e in html.walk() if "id" in e.attributes)
    assert [name for name, times in ids.items() if times > 1] == []


def test_every_value_in_the_page_is_known(html, values):
    assert {element.attributes["data-fact"] for element in facts(html)} - set(values) == set()


def test_every_use_points_at_its_element(html, lineage):
    elements = {e.attributes["id"]: e for e in html.walk() if "id" in e.attributes}
    assert lineage["uses"]
    wrong = [
        use
        for use in lineage["uses"]
        if use["anchor"] not in elements
        or elements[use["anchor"]].attributes.get("data-fact") != use["v"]
    ]
    assert wrong == []


def test_every_place_is_a_use(html, lineage):
    used = Counter((use["v"], use["anchor"]) for use in lineage["uses"])
    # The narrow drawing says again what the wide one says, which is what counts.
    said = [e for e in facts(html) if not any("narrow" in classes(one) for one in e.ancestry)]
    places = Counter((e.attributes["data-fact"], e.attributes.get("id")) for e in said)
    assert list((places - used).elements()) == []
    assert max(used.values()) == 1


def test_uses_name_the_section_and_the_kind_of_place(html, lineage):
    elements = {e.attributes["id"]: e for e in html.walk() if "id" in e.attributes}
    wrong = []
    for use in lineage["uses"]:
        place = elements[use["anchor"]]
        around = {e.attributes.get("id") for e in place.ancestry}
        if place.inside("nav"):
            section = use["sec"] == "contents"
        else:
            section = use["sec"] == "00-cover" if place.inside("header") else use["sec"] in around
        kind = "text"
        if place.inside("figure") and not place.inside("figcaption"):
            kind = "mark"
        elif any("table" in e.attributes.get("class", "").split() for e in place.ancestry):
            kind = "text" if place.inside("caption") else "cell"
        if not section or use["kind"] != kind:
            wrong.append((use, kind))
    assert wrong == []


def test_numbers_are_printed_as_the_lineage_says(html, values):
    wrong = []
    for element in numbers_and_texts(html):
        entry = values[element.attributes["data-fact"]]
        if entry["u"] == "text":
            continue
        said = {entry["txt"]}
        if entry["v"].isdigit() and 0 < int(entry["v"]) < 100:
            said.add(in_chinese(int(entry["v"])))
        if element.text not in said:
            wrong.append((element.attributes["data-fact"], element.text, entry["txt"]))
    assert wrong == []


def test_texts_are_printed_as_the_lineage_says(html, values):
    wrong = []
    for element in numbers_and_texts(html):
        entry = values[element.attributes["data-fact"]]
        if entry["u"] != "text":
            continue
        said = [entry["txt"], entry["txt"].replace(";", "、"), in_words(entry["v"]) or entry["v"]]
        if not any(same_text(element.text, text) for text in said):
            wrong.append((element.attributes["data-fact"], element.text, entry["v"]))
    assert wrong == []


def test_value_attributes_are_the_exact_values(html, values):
    places = [e for e in facts(html) if e.tag == "data" and "data-claim" not in e.attributes]
    assert places
    wrong = []
    for element in places:
        exact = values[element.attributes["data-fact"]]["v"]
        if element.attributes["value"] != exact:
            wrong.append((element.attributes["data-fact"], element.attributes["value"], exact))
    assert wrong == []


# --- claims -----------------------------------------------------------------------------------


def test_claims_in_the_text_are_those_of_the_lineage(html, lineage):
    places = [element for element in html.walk() if "data-claim" in element.attributes]
    assert places
    for place in places:
        claim = lineage["claims"][place.attributes["data-claim"]]
        assert same_text(place.text, claim["txt"])
        assert place.attributes["value"] == str(claim["holds"]).lower()
        assert place.attributes["data-fact"] in claim["in"]
        fragile = "fragile" in place.attributes["class"].split()
        assert fragile != claim["robust"], place.attributes


# --- figures ----------------------------------------------------------------------------------


def figures(html: Element) -> list[Element]:
    return [element for element in html.walk() if element.tag == "svg"]


def classes(element: Element) -> list[str]:
    return str(element.attributes.get("class", "")).split()


def marks(figure: Element) -> list[Element]:
    return [e for e in figure.walk() if "data-fact" in e.attributes]


def test_every_figure_shows_marks_and_tells_its_content(html):
    assert figures(html)
    for figure in figures(html):
        assert marks(figure), figure.parent.attributes
        assert figure.attributes["role"] == "img"
        assert len(figure.attributes["aria-label"]) > 15


def test_every_mark_of_a_wide_drawing_has_an_id_of_its_own(html):
    wide = [figure for figure in figures(html) if figure.attributes["class"] == "wide"]
    assert len(wide) * 2 == len(figures(html))
    assert [m.attributes for f in wide for m in marks(f) if not m.attributes.get("id")] == []


def test_what_is_drawn_is_what_the_figure_counts(html, values):
    """But for what its takeaway and its lines say."""
    described = yaml.safe_load((CHECKOUT / FIGURES).read_text(encoding="utf-8"))["figures"]
    for figure in figures(html):
        whole = figure.parent.attributes
        drawn = {mark.attributes["data-fact"] for mark in marks(figure)}
        counted = set(values[whole["data-fact"]]["in"])
        assert int(whole["value"]) == len(counted)
        spec = described.get(whole["data-fact"].removeprefix("report.figure."), {})
        said = [spec.get("says", ""), *(line["says"] for line in spec.get("lines", ()))]
        assert counted <= drawn
        assert drawn - counted <= {name for text in said for name in SAID.findall(text)}


def test_every_dot_is_a_mark_or_stands_in_the_row_of_a_legend(html):
    # A dot is drawn with <use>; no other thing is, as the axes have no ticks.
    dots = 0
    for figure in figures(html):
        inside = {id(e) for mark in marks(figure) for e in mark.walk()}
        drawn = [e for e in figure.walk() if e.tag == "use"]
        rows = {dot.attributes["y"] for dot in drawn if id(dot) in inside}
        others = {dot.attributes["y"] for dot in drawn if id(dot) not in inside}
        assert others.isdisjoint(rows), figure.parent.attributes["data-fact"]
        assert len(others) <= LEGEND, figure.parent.attributes["data-fact"]
        dots += len(drawn)
    assert dots


def test_labels_of_marks_are_the_printed_values(html, values):
    wrong, labels = [], 0
    for figure in figures(html):
        printed: dict[str, list[str]] = {}
        for mark in marks(figure):
            lines = [e.text for e in mark.walk() if e.tag == "text"]
            printed.setdefault(mark.attributes["data-fact"], []).extend(lines)
        for fact, lines in printed.items():
            labels += len(lines)
            # a bound is labelled as one: >140; a long text is broken into lines
            value = values[fact]
            sign = value.get("comparator", "=").translate(str.maketrans("", "", "=≈"))
            drawn = "" if ENDS.search(fact.split(".")[1]) else sign
            whole = drawn + value["txt"].replace(";", "、")
            if not (same_text("".join(lines), whole) or all(same_text(x, whole) for x in lines)):
                wrong.append((fact, lines))
    assert wrong == []
    assert labels


def test_other_digits_in_figures_are_periods_or_ticks_of_an_axis(html):
    others, ticks = [], []
    for figure in figures(html):
        labelled = {id(e) for mark in marks(figure) for e in mark.walk()}
        found = [
            e.text.strip()
            for e in figure.walk()
            if e.tag == "text" and id(e) not in labelled and any(map(is_digit, e.text))
        ]
        scaled = any(SCALED.fullmatch(str(e.attributes.get("id"))) for e in figure.ancestry)
        if "narrow" in classes(figure):  # a number at a point, and in the list of what it means
            found = [text for text in found if found.count(text) < 2 or PERIOD.fullmatch(text)]
        (ticks if scaled else others).extend(found)
    assert others
    assert [text for text in others if not PERIOD.fullmatch(text) and text != ZERO] == []
    assert ticks
    assert [text for text in ticks if not ROUND.fullmatch(text)] == []


# --- one file ---------------------------------------------------------------------------------

LOADING = ("src", "srcset", "href", "xlink:href", "data", "poster", "action", "background")


def test_the_file_needs_no_other(html, report):
    ids = {e.attributes["id"] for e in html.walk() if "id" in e.attributes}
    for element in html.walk():
        assert element.tag not in {"base", "embed", "frame", "iframe", "link", "object"}
        for name in set(LOADING) & set(element.attributes):
            target = element.attributes[name]
            link = element.tag == "a" and target.startswith("https://")
            assert link or target.startswith(("#", "data:")), (element.tag, name, target)
            assert not target.startswith("#") or target[1:] in ids, (element.tag, target)
    text = (report / "report.html").read_text(encoding="utf-8")
    assert "@import" not in text
    targets = set(re.findall(r"url\(\s*['\"]?([^)'\"]{0,80})", text))
    assert any(target.startswith("data:font/") for target in targets)
    rest = {target for target in targets if not target.startswith("data:")}
    assert rest <= {f"#{name}" for name in ids}
