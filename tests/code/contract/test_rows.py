"""What is wrong with a row is said by code, line, column, and with the remedy in hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from suyuan.contract.periods import PERIOD
from suyuan.contract.references import _one_off, told_as_missing
from suyuan.contract.rows import problems, shape
from suyuan.contract.schema import Field, ForeignKey, Schema
from suyuan.contract.tables import RawTable


def schema(*fields, keys=(), name="plots"):
    return Schema(name, "地块", "", fields[0].name, fields, keys)


def table(rows, *fields, keys=(), name="plots"):
    """A lawfully shaped table: its first row is line 2 of <name>.csv."""
    wanted = schema(*fields, keys=keys, name=name)
    raw = RawTable(wanted.columns, list(enumerate(rows, start=2)))
    made, found = shape(raw, wanted, f"{name}.csv")
    assert found == []
    return made


def found_in(tables, only=None):
    named = {made.schema.name: made for made in tables}
    return [(p.code, p.file, p.row, p.column, p.value) for p in problems(named, only)]


KEY = Field("id", "string", "", required=True)


def cell(text, **constraints):
    """What is said of one cell, at line 2 of plots.csv in column v."""
    kind = constraints.pop("type", "string")
    made = table([["a", text]], KEY, Field("v", kind, "", **constraints))
    found = problems({"plots": made})
    assert all((p.file, p.row, p.column) == ("plots.csv", 2, "v") for p in found)
    assert all(p.value == text for p in found)
    return [(p.code, p.details) for p in found]


# --- header and length ------------------------------------------------------------------------


def header_problems(header, records=()):
    raw = RawTable(header, list(records))
    made, found = shape(raw, schema(KEY, Field("v", "number", "")), "plots.csv")
    assert made.rows == ()
    return [(p.code, p.file, p.row, p.column, p.value) for p in found]


def test_a_missing_column():
    assert header_problems(["id"]) == [("E102", "plots.csv", 1, "v", "")]


def test_an_unknown_column():
    assert header_problems(["id", "v", "w"]) == [("E103", "plots.csv", 1, "w", "w")]


def test_a_column_without_a_name_is_named_by_its_number():
    assert header_problems(["id", "v", ""]) == [("E103", "plots.csv", 1, "3", "")]


def test_a_column_twice():
    assert header_problems(["id", "v", "id"]) == [("E104", "plots.csv", 1, "id", "id")]


def test_rows_of_another_length_name_the_last_cell_they_share_with_the_header():
    records = [(2, ["a"]), (3, ["b", "1"]), (5, ["c", "1", "2"])]
    raw = RawTable(["id", "v"], records)
    made, found = shape(raw, schema(KEY, Field("v", "number", "")), "plots.csv")
    assert [(p.code, p.row, p.column, p.details) for p in found] == [
        ("E105", 2, "id", {"found": "1", "expected": "2"}),
        ("E105", 5, "v", {"found": "3", "expected": "2"}),
    ]
    assert made.rows == ()


def test_columns_may_stand_in_any_order():
    raw = RawTable(["v", "id"], [(2, ["1", "a"])])
    made, found = shape(raw, schema(KEY, Field("v", "number", "")), "plots.csv")
    assert found == []
    assert dict(made.rows[0].cells) == {"id": "a", "v": "1"}


# --- numbers ----------------------------------------------------------------------------------


def test_a_number_has_no_more_digits_than_can_be_computed_with():
    assert cell("9" * 30, type="number") == []
    assert cell("9" * 31, type="number") == [("E128", {"digits": "30"})]


def test_a_number_cell_says_what_number_problem_says():
    assert cell("１２", type="number") == [("E121", {"number": "12"})]
    assert cell("1,200", type="integer") == [("E122", {"number": "1200"})]
    assert cell("12.5", type="number") == []


def test_an_integer_has_no_fraction():
    assert cell("2.5", type="integer") == [("E124", {})]
    assert cell("2", type="integer") == []


@pytest.mark.parametrize(
    ("text", "codes"),
    [("0.1", []), ("0.3", []), ("0.09", ["E131"]), ("0.31", ["E132"]), ("-1", ["E131"])],
)
def test_bounds_belong_to_the_lawful_range(text, codes):
    bounds = {"minimum": Decimal("0.1"), "maximum": Decimal("0.3")}
    assert [code for code, _ in cell(text, type="number", **bounds)] == codes


@pytest.mark.parametrize("text", ["1", "0.1", "0.3", "123456789012345678901"])
def test_a_bound_is_compared_exactly(text):
    # As binary fractions 0.1 is above a tenth, 0.3 below three tenths, and the last ends in 0s.
    bound = Decimal(text)
    assert cell(text, type="number", minimum=bound, maximum=bound) == []


def test_a_broken_bound_is_named():
    assert cell("2", type="number", maximum=Decimal(1)) == [("E132", {"bound": "1"})]
    assert cell("-2", type="number", minimum=Decimal(0)) == [("E131", {"bound": "0"})]


# --- other cells ------------------------------------------------------------------------------


def test_an_empty_cell_is_lawful_unless_required():
    assert cell("", required=True) == [("E106", {})]
    assert cell("", type="number", minimum=Decimal(1), enum=("A",), pattern="^x$") == []


@pytest.mark.parametrize(
    "text",
    ["2026", "2026-03", "2026-03-31", "2026Q1", "2026H2", "2024/2026", "2025-06/2025-12",
     "2025Q4/2026Q1", "2024-02-29"],
)  # fmt: skip
def test_periods(text):
    assert PERIOD.fullmatch(text)
    assert cell(text, type="period") == []


@pytest.mark.parametrize(
    "text",
    ["26", "2026-13", "2026-00", "2026-03-32", "2026Q5", "2026Q0", "2026H3", "2026/", "/2026",
     "2024/2025/2026", "2026.3"],
)  # fmt: skip
def test_what_is_not_a_period(text):
    assert cell(text, type="period") == [("E125", {})]


@pytest.mark.parametrize("text", ["2026-02-30", "2026-04-31", "2025-02-29"])
def test_a_day_that_no_calendar_has_is_not_a_period(text):
    assert cell(text, type="period") == [("E125", {})]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026/2024", "E859"), ("2026/2026", "E859"), ("2026/2026Q1", "E859"),
        ("2026-03/2026Q1", "E859"), ("2026-03-31/2026-03-31", "E859"),
        ("2026-03-31/2026-03", "E859"),
        ("2026Q2/2026Q1", "E859"), ("2026-03-31/2026-03-01", "E859"),
        ("0000", "E858"), ("9999", "E858"), ("1979", "E858"), ("2026/2061", "E858"),
    ],
)  # fmt: skip
def test_a_period_has_an_order_and_a_range(text, code):
    assert [found for found, _ in cell(text, type="period")] == [code]


@pytest.mark.parametrize(
    "text", ["2024/2026", "2026-03-30/2026-03-31", "2026Q1/2026-04", "1980", "2060Q4"]
)
def test_periods_in_order_and_in_range(text):
    assert cell(text, type="period") == []


def test_a_choice():
    assert cell("A", enum=("A", "B")) == []
    assert cell("a", enum=("A", "B")) == [("E126", {"allowed": "A、B"})]


def test_each_word_of_a_cell_of_several_is_one_of_those_listed():
    words = Field("v", "string", "", enum=("A", "B"), separator=" ")
    assert found_in([table([["a", "A"], ["b", "B A"], ["c", "B  A"]], KEY, words)]) == []
    assert found_in([table([["a", "A C B"]], KEY, words)]) == [("E126", "plots.csv", 2, "v", "C")]


def test_a_pattern():
    assert cell("q", pattern="^[a-z]$") == []
    assert cell("Q", pattern="^[a-z]$") == [("E127", {"pattern": "^[a-z]$"})]


def test_one_cell_may_break_two_rules():
    assert [code for code, _ in cell("Q", enum=("A",), pattern="^[a-z]$")] == ["E126", "E127"]


# --- keys and references ----------------------------------------------------------------------


def test_a_key_belongs_to_one_row():
    made = table([["a"], ["b"], ["a"], ["a"]], KEY)
    assert found_in([made]) == [
        ("E110", "plots.csv", 4, "id", "a"),
        ("E110", "plots.csv", 5, "id", "a"),
    ]
    assert {p.details["first"] for p in problems({"plots": made})} == {"2"}


def test_a_missing_key_is_not_a_key_twice():
    made = table([[""], [""]], KEY)
    assert [code for code, *_ in found_in([made])] == ["E106", "E106"]


def referring(resource):
    keys = (ForeignKey("v", resource, "id"),)
    rows = [["a", "x"], ["b", "y"], ["c", ""]]
    return table(rows, KEY, Field("v", "string", ""), keys=keys)


def test_a_reference_must_lead_somewhere():
    codes = table([["x"]], KEY, name="codes")
    assert found_in([referring("codes"), codes]) == [("E111", "plots.csv", 3, "v", "y")]
    (problem,) = problems({"plots": referring("codes"), "codes": codes})
    assert problem.details == {"target": "codes.csv"}


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("x", []),
        ("x;y", []),
        ("", []),
        ("x;z", ["z"]),
        ("z;x;w", ["z", "w"]),
        ("x,z", ["x,z"]),  # another separator makes another key
    ],
)
def test_every_part_of_a_list_must_lead_somewhere(text, wrong):
    keys = (ForeignKey("v", "codes", "id", separator=";"),)
    made = table([["a", text]], KEY, Field("v", "string", ""), keys=keys)
    codes = table([["x"], ["y"]], KEY, name="codes")
    assert found_in([made, codes]) == [("E107", "plots.csv", 2, "v", part) for part in wrong]


def test_the_name_that_an_unknown_one_is_like_is_named():
    keys = (ForeignKey("v", "codes", "id", separator=";"),)
    rows = [["a", "x1; y_two"], ["b", "ytwo"], ["c", "ytwo"], ["d", "y_two"]]
    made = table(rows, KEY, Field("v", "string", ""), keys=keys)
    found = problems({"plots": made, "codes": table([["x1"], ["y_two"]], KEY, name="codes")})
    assert [(p.code, p.row, p.value, p.details["nearest"]) for p in found] == [
        ("E107", 2, " y_two", "codes.csv:3“y_two”"),
        ("E107", 3, "ytwo", "codes.csv:3“y_two”"),
        ("E107", 4, "ytwo", "codes.csv:3“y_two”"),
    ]


def test_a_list_that_is_parted_otherwise_is_told_as_that():
    keys = (ForeignKey("v", "codes", "id", separator=";"),)
    rows = [["a", "x1;"], ["b", "x1；y"], ["c", "x1, y"], ["d", "x1;y"], ["e", "x1;y z"]]
    made = table(rows, KEY, Field("v", "string", ""), keys=keys)
    found = found_in([made, table([["x1"], ["y"]], KEY, name="codes")])
    assert [(code, row) for code, _, row, *_ in found] == [
        ("E893", 2), ("E893", 3), ("E893", 4), ("E111", 6),
    ]  # fmt: skip


def colours(*named, known=("red", "green")):
    """Rows that name these colours, where those are known."""
    keys = (ForeignKey("v", "codes", "id"),)
    rows = [[f"k{place}", name] for place, name in enumerate(named)]
    made = table(rows, KEY, Field("v", "string", ""), keys=keys)
    codes = table([[name] for name in known], KEY, name="codes")
    return {"plots": made, "codes": codes}


def renamed(*named, known=("red", "green")):
    """What is said of such rows."""
    tables = colours(*named, known=known)
    found = told_as_missing(tables, problems(tables))
    return [(p.code, p.file, p.row, p.value) for p in found]


def test_a_key_that_nobody_names_is_the_one_at_fault_where_several_name_another():
    at_it = [("E109", "codes.csv", 3, "gren")]
    assert renamed("red", "green", "green", known=("red", "gren")) == at_it
    # whether it is like that or not
    assert renamed("red", "x", "x", known=("red", "gren")) == at_it
    # one cell alone is as likely at fault; a key that others name is not
    assert renamed("red", "green", known=("red", "gren")) == [("E107", "plots.csv", 3, "green")]
    assert [p[0] for p in renamed("gren", "green", "green", known=("red", "gren"))] == ["E107"] * 2
    # it may be a key that others name, or one of several that nobody names
    assert [p[0] for p in renamed("gren", "green", "green", known=("blue", "gren"))] == ["E107"] * 2
    known = ("red", "gren", "blue", "black")
    assert [p[0] for p in renamed("red", "green", "green", known=known)] == ["E107"] * 2


def test_of_several_keys_that_nobody_names_none_is_told_to_be_at_fault():
    """PFLOPS, which nobody names, is not what became of EFLOPS, which was deleted or renamed."""
    named = [f"c{place}" for place in range(9)]
    for other in ("x", "tin"):
        known = (*named, "PFLOPS", other)
        told = ("E889", 0, f"codes.csv:11“PFLOPS”、codes.csv:12“{other}”")
        assert places(*named, *["EFLOPS"] * 3, known=known) == told
    # one cell alone rather means what is much alike
    alike = ("E107", 11, "codes.csv:11“PFLOPS”")
    assert places(*named, "EFLOPS", known=(*named, "PFLOPS", "x")) == alike


def test_of_several_keys_that_nobody_names_the_one_that_is_no_lawful_key_is_at_fault():
    tables = colours("red", "green", "green")
    key = Field("id", "string", "", required=True, pattern="^[a-z]+$")
    tables["codes"] = table([["red"], ["绿"], ["lead"], ["tin"]], key, name="codes")
    found = [(p.code, p.row, p.value) for p in problems(tables)]
    assert found == [("E109", 3, "绿")]


def test_a_key_that_two_rows_have_is_not_told_as_one_in_the_place_of_another():
    named = renamed("red", "green", "green", "green", known=("red", "blue", "blue"))
    assert named == [("E110", "codes.csv", 4, "blue"), ("E889", "codes.csv", 0, "green")]


@pytest.mark.parametrize("name", ["GANSU", "ｇａｎｓｕ", "gan  su", " Gansu"])
def test_a_name_means_the_one_from_which_case_width_and_spaces_part_it(name):
    assert places(name, "ningxia", known=("gansu", "ningxia", "lanzhou")) == (
        "E107", 2, "codes.csv:2“gansu”",
    )  # fmt: skip


def test_names_that_case_alone_parts_are_all_told():
    told = ("E107", 2, "codes.csv:2“EFLOPS”、codes.csv:3“Eflops”")
    assert places("EFlops", "m", known=("EFLOPS", "Eflops", "m")) == told


def test_a_long_key_is_shortened_in_a_list():
    told = ("E107", 2, f"codes.csv:3“{'q' * 60}…”")
    assert places("x", "red", known=("red", "q" * 300)) == told


def test_a_name_that_leads_nowhere_is_told_once():
    form = {"pattern": "^[a-z]+$"}
    keys = (ForeignKey("v", "codes", "id"),)
    named = table([["a", "X"], ["b", "Y!"]], KEY, Field("v", "string", "", **form), keys=keys)
    codes = table([["x"], ["Y!"]], KEY, name="codes")
    assert [found[:3] for found in found_in([named, codes])] == [
        ("E127", "plots.csv", 3),  # it leads somewhere
        ("E107", "plots.csv", 2),
    ]


def test_a_key_in_the_place_of_another_is_told_once():
    """Neither how it is written, nor that it leads nowhere itself, where it names other rows."""
    key = Field("id", "string", "", required=True, pattern="^[a-z]+$")
    keys = (ForeignKey("id", "names", "id"),)
    codes = table([["red"], ["Gr"]], key, keys=keys, name="codes")
    names = table([["red"], ["green"]], KEY, name="names")
    named = colours("red", "green", "green")["plots"]
    assert found_in([named, codes, names]) == [("E109", "codes.csv", 3, "id", "Gr")]


def test_a_row_in_the_place_of_one_that_must_be_there_is_told_once():
    key = Field("id", "string", "", required=True, pattern="^[a-z]+$")
    needs = Schema("codes", "", "", "id", (key,), (), needed=("red", "green"))
    made, _ = shape(RawTable(["id"], [(2, ["red"]), (3, ["绿"])]), needs, "codes.csv")
    assert found_in([made]) == [("E894", "codes.csv", 3, "id", "绿")]


def test_rows_in_the_place_of_several_that_must_be_there_are_named():
    needs = Schema("codes", "", "", "id", (KEY,), (), needed=("red", "green", "blue"))
    made, _ = shape(RawTable(["id"], [(2, ["red"]), (3, ["gren"])]), needs, "codes.csv")
    (found,) = problems({"codes": made})
    assert (found.code, found.value) == ("E896", "green、blue")
    assert found.details == {"others": "codes.csv:3“gren”"}


def test_of_keys_that_are_lawful_those_are_proposed_that_are_not_there():
    key, own = Field("id", "string", ""), Field("v", "number", "")
    names = dict.fromkeys(("red", "green", "blue"), own)
    needs = Schema("codes", "", "", "id", (key, own), (), rows=names)
    lines = [(2, ["red", "1"]), (3, ["x", "1"]), (4, ["y", "1"])]
    made, _ = shape(RawTable(["id", "v"], lines), needs, "codes.csv")
    found = problems({"codes": made})
    assert [p.code for p in found] == ["E842", "E196", "E196"]
    assert {p.details["allowed"] for p in found[1:]} == {"green、blue"}


@pytest.mark.parametrize(
    ("key", "part", "off"),
    [
        ("gansu", "gansv", True),
        ("gansu", "gansuu", True),
        ("gansu", "ansu", True),
        ("gansu", "gasnu", False),
        ("xining", "xinjiang", False),
        ("aaaa", "aaa", True),
        ("aaa", "aab", False),  # too short to tell
        ("gansu", "gansu", False),
        ("gansu", "", False),
    ],
)
def test_a_name_is_one_character_off_another(key, part, off):
    assert (_one_off(key, part), _one_off(part, key)) == (off, off)


def test_a_row_that_many_name_and_is_not_there_is_told_once_in_its_table():
    white = ["white"] * 3
    assert renamed(*white, "red", "green") == [("E888", "codes.csv", 0, "white")]
    many = ("red", *(f"c{place}" for place in range(9)))
    assert renamed(*white, "red", known=many) == [("E888", "codes.csv", 0, "white")]
    assert [p[:2] for p in renamed("white", "white", "red", "green")] == [("E111", "plots.csv")] * 2


def places(*named, known):
    """The rows that are told as those which may be meant."""
    tables = colours(*named, known=known)
    (found,) = told_as_missing(tables, problems(tables))
    return found.code, found.row, found.details["nearest"]


def test_the_rows_are_listed_that_a_name_may_stand_for():
    blue, tan = "codes.csv:3“blue”", "codes.csv:4“tan”"
    known = ("red", "blue", "tan")
    assert places("white", "red", known=known) == ("E107", 2, f"{blue}、{tan}")
    assert places(*["white"] * 3, "red", known=known) == ("E889", 0, f"{blue}、{tan}")
    # what is like it comes first, whether others name it or not
    assert places(*["tin"] * 3, "red", known=known) == ("E889", 0, f"{tan}、{blue}")
    assert places(*["tin"] * 3, "red", "tan", known=known) == ("E889", 0, f"{tan}、{blue}")
    # where nobody names five rows, a single cell is not held against each of them
    assert places("tin", "red", known=(*known, "a", "b", "c")) == ("E107", 2, tan)


def test_a_key_may_hold_the_separator_of_lists():
    keys = (ForeignKey("v", "codes", "id"),)
    made = table([["a", "x;y"]], KEY, Field("v", "string", ""), keys=keys)
    assert found_in([made, table([["x;y"]], KEY, name="codes")]) == []


def test_an_unknown_unit_has_a_message_of_its_own():
    units = table([["x"]], KEY, name="units")
    assert found_in([referring("units"), units]) == [("E130", "plots.csv", 3, "v", "y")]


def test_a_table_that_could_not_be_read_is_not_missed_again():
    assert found_in([referring("codes")]) == []


def test_a_table_may_refer_to_itself():
    keys = (ForeignKey("v", "plots", "id"),)
    made = table([["a", "b"], ["b", "c"]], KEY, Field("v", "string", ""), keys=keys)
    assert found_in([made]) == [("E107", "plots.csv", 3, "v", "c")]  # a, perhaps


def test_a_row_is_not_told_to_mean_itself():
    keys = (ForeignKey("v", "plots", "id"),)
    made = table([["a", "b"], ["b", "b"], ["c", "zz"]], KEY, Field("v", "string", ""), keys=keys)
    (found,) = problems({"plots": made})
    assert (found.code, found.details["nearest"]) == ("E107", "plots.csv:2“a”")


def test_problems_of_all_tables_and_of_some():
    plots = table([["a"], ["a"]], KEY)
    codes = table([["x"], [""]], KEY, name="codes")
    assert [code for code, *_ in found_in([plots, codes])] == ["E110", "E106"]
    assert [code for code, *_ in found_in([plots, codes], only={"codes"})] == ["E106"]
