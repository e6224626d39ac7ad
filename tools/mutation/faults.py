"""Faults: the slips of an analyst's hand, put into raw tables one at a time.

A family is a pure function that lists the faults it can make of an edition, in an order that a
seed decides; each fault says what to change in which table. Nothing here judges what happens.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal

from tools.mutation.judged import JUDGED
from tools.mutation.kinds import COUNT, OBSERVATIONS, Edit, Edition, Family, Fault, Row
from tools.mutation.written import LAWFUL, WRITTEN

SEED = "2026"
EMPTY = " "  # a cell with nothing in it: no change at all is an empty text
UNITS = {"EFLOPS": "PFLOPS", "Eflops": "PFLOPS", "E": "P", "P": "万P", "PFLOPS": "EFLOPS",
         "万P": "P", "万PFLOPS": "PFLOPS", "亿元": "万亿元", "万架": "架", "万标准机架": "架",
         "%": "1", "万千瓦": "GW", "万卡": "卡", "万张": "张", "万名": "人"}  # fmt: skip
TURNED = str.maketrans("><≥≤", "<>≤≥")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
KINDS = {"target": "measured", "measured": "target", "forecast": "target", "policy": "forecast",
         "claim": "policy"}  # fmt: skip


def _shown(number: Decimal) -> str:
    return f"{number:f}"


def _values(change: Callable[[str], str]) -> Family:
    """Another number in the value of any observation that restates no other and is not zero."""

    def family(edition: Edition) -> Iterator[Edit]:
        for row in edition.observations:
            if not row["restates"] and Decimal(row["value"]):
                new = change(row["value"])
                if new not in ("", row["value"]):
                    yield edition.edit(OBSERVATIONS, row, value=new)

    return family


def _transposed(text: str) -> str:
    for place in range(len(text) - 1):
        one, two = text[place], text[place + 1]
        if one.isdecimal() and two.isdecimal() and one != two:
            return text[:place] + two + one + text[place + 2 :]
    return ""


def _last_digit(text: str) -> str:
    digit = (int(text[-1]) + 1) % 10
    return f"{text[:-1]}{digit}"


def _cells(column: str, change: Callable[[Row], str], restated: bool = False) -> Family:
    """Another text in one column of observations, where ``change`` gives one."""

    def family(edition: Edition) -> Iterator[Edit]:
        for row in edition.observations:
            if restated or not row["restates"]:
                new = change(row)
                if new not in ("", row[column]):
                    yield edition.edit(OBSERVATIONS, row, **{column: new.strip()})

    return family


def _as_fraction(edition: Edition) -> Iterator[Edit]:
    for row in edition.observations:
        if row["unit"].startswith("%") and not row["restates"] and Decimal(row["value"]):
            yield edition.edit(OBSERVATIONS, row, value=_shown(Decimal(row["value"]) / 100))


def _separated(text: str) -> str:
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if len(whole.lstrip("-")) > 3 else ""


def _stale(row: Row) -> str:
    year = row["as_of"][:4]
    return str(int(year) - 1) + row["as_of"][4:] if year else ""


def _stale_gdp(edition: Edition) -> Iterator[Edit]:
    """The records of the newest year entered again under the year before, and the other way."""
    for row in edition.observations:
        others = {
            r["as_of"]: r
            for r in edition.observations
            if (r["subject_id"], r["indicator_id"]) == (row["subject_id"], row["indicator_id"])
            and r["qualifier"] == r["as_of"]
        }
        before = others.get(_stale(row))
        if row["indicator_id"].startswith("gdp") and row["qualifier"] == row["as_of"]:
            year = _stale(row)
            yield edition.edit(OBSERVATIONS, row, qualifier=year, as_of=year)
            if before and before is not row:
                yield edition.edit(OBSERVATIONS, row, value=before["value"])


def _pairs(edition: Edition, indicators: Collection[str]) -> Iterator[tuple[Row, Row]]:
    rows = [
        row
        for row in edition.observations
        if row["subject_id"] in edition.provinces
        and row["indicator_id"] in indicators
        and not row["restates"]
        and row["qualifier"] in ("", "2025")
    ]
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            yield one, other


def _swapped_provinces(edition: Edition) -> Iterator[Edit]:
    for one, other in _pairs(edition, ("compute_total", "ai_compute", "gdp")):
        if one["indicator_id"] == other["indicator_id"]:
            yield edition.swap(one, other, "value")


def _total_and_part(edition: Edition) -> Iterator[Edit]:
    for one, other in _pairs(edition, ("compute_total", "ai_compute")):
        if one["subject_id"] == other["subject_id"]:
            yield edition.swap(one, other, "value")


def _value_and_period(edition: Edition) -> Iterator[Edit]:
    for row in edition.observations:
        if row["as_of"]:
            yield edition.edit(OBSERVATIONS, row, value=row["as_of"], as_of=row["value"])


def _dropped_province(edition: Edition) -> Iterator[Edit]:
    for row in edition.tables["subjects"]:
        if row["subject_id"] in edition.provinces:
            yield edition.drop("subjects", row)


def _dropped_needed(edition: Edition) -> Iterator[Edit]:
    for row in edition.observations:
        if row["obs_id"] in edition.used and not row["restates"]:
            yield edition.drop(OBSERVATIONS, row)


def _same_key(edition: Edition) -> Iterator[Edit]:
    for row in edition.observations:
        yield edition.add(OBSERVATIONS, row)


def _new_key(edition: Edition) -> Iterator[Edit]:
    for row in edition.observations:
        yield edition.add(OBSERVATIONS, row, obs_id="X999")


def _restatement(edition: Edition) -> Iterator[Edit]:
    for row in edition.observations:
        if row["restates"]:
            yield edition.edit(OBSERVATIONS, row, value=_shown(Decimal(row["value"]) + 1))


def _original(edition: Edition) -> Iterator[Edit]:
    restated = {row["restates"] for row in edition.observations}
    for row in edition.observations:
        if row["obs_id"] in restated:
            yield edition.edit(OBSERVATIONS, row, value=_shown(Decimal(row["value"]) + 1))


def _other(edition: Edition, column: str, table: str) -> Iterator[Edit]:
    """The key of another row of ``table``, of the same sort where the table has sorts."""
    rows, key = edition.tables[table], edition.keys[table]
    by_key = {row[key]: row for row in rows}
    for place, row in enumerate(edition.observations):
        own = by_key.get(row[column])
        if own is None or row["restates"]:
            continue
        alike = [r[key] for r in rows if r.get("type") == own.get("type") and r is not own]
        if alike:
            new = alike[place % len(alike)]
            yield edition.edit(OBSERVATIONS, row, **{column: new})


def _wrong_indicator(edition: Edition) -> Iterator[Edit]:
    """The indicator of another observation in the same unit."""
    for place, row in enumerate(edition.observations):
        alike = sorted(
            {r["indicator_id"] for r in edition.observations if r["unit"] == row["unit"]}
            - {row["indicator_id"]}
        )
        if alike and not row["restates"]:
            new = alike[place % len(alike)]
            yield edition.edit(OBSERVATIONS, row, indicator_id=new)


def _emptied(edition: Edition) -> Iterator[Edit]:
    columns = ("value", "unit", "comparator", "grade", "source_id", "locator", "kind", "subject_id")
    for place, row in enumerate(edition.observations):
        yield edition.edit(OBSERVATIONS, row, **{columns[place % len(columns)]: ""})


def _titles(edition: Edition) -> Iterator[Edit]:
    rows = edition.tables["policies"]
    for row, other in itertools.pairwise(rows):
        yield edition.edit("policies", row, title=other["title"])


def _thresholds(edition: Edition) -> Iterator[Edit]:
    for row in edition.tables["tiers"]:
        for factor in ("0.1", "0.5", "1.1", "2", "10"):
            if Decimal(row["minimum"]):
                new = _shown(Decimal(row["minimum"]) * Decimal(factor))
                yield edition.edit("tiers", row, minimum=new)


def _cutoffs(edition: Edition) -> Iterator[Edit]:
    (row,) = edition.tables["edition"]
    year = int(row["cutoff"][:4])
    for day in (f"{year - 1}{row['cutoff'][4:]}", f"{year - 1}-12-31", f"{year}-02-28",
                f"{year}-01-31", f"{year}-06-30", f"{year + 1}{row['cutoff'][4:]}"):  # fmt: skip
        yield edition.edit("edition", row, cutoff=day)


# name, how many, how they are made
FAMILIES: dict[str, tuple[int, Family]] = {
    "value_times_1000": (COUNT, _values(lambda text: _shown(Decimal(text) * 1000))),
    "value_over_1000": (COUNT, _values(lambda text: _shown(Decimal(text) / 1000))),
    "point_right": (COUNT, _values(lambda text: _shown(Decimal(text) * 10))),
    "point_left": (COUNT, _values(lambda text: _shown(Decimal(text) / 10))),
    "digits_transposed": (COUNT, _values(_transposed)),
    "sign_flipped": (COUNT, _values(lambda text: _shown(-Decimal(text)))),
    "full_width": (COUNT, _values(lambda text: text.translate(WIDE))),
    "thousands_separator": (COUNT, _values(_separated)),
    "percent_as_fraction": (COUNT, _as_fraction),
    "unit_swapped": (COUNT, _cells("unit", lambda row: UNITS.get(row["unit"], ""))),
    "comparator_flipped": (
        COUNT,
        _cells("comparator", lambda r: r["comparator"].translate(TURNED)),
    ),
    "comparator_dropped": (COUNT, _cells("comparator", lambda row: "=")),
    "period_stale": (COUNT, _cells("as_of", _stale)),
    "gdp_period_stale": (COUNT, _stale_gdp),
    "kind_changed": (COUNT, _cells("kind", lambda row: KINDS.get(row["kind"], ""))),
    "basis_changed": (COUNT, _cells("basis", lambda row: "" if row["basis"] else "device")),
    "provinces_swapped": (COUNT, _swapped_provinces),
    "total_and_part_swapped": (COUNT, _total_and_part),
    "value_and_period_swapped": (COUNT, _value_and_period),
    "province_dropped": (COUNT, _dropped_province),
    "needed_row_dropped": (COUNT, _dropped_needed),
    "row_twice": (COUNT, _same_key),
    "row_twice_new_key": (COUNT, _new_key),
    "restatement_changed": (COUNT, _restatement),
    "original_changed": (COUNT, _original),
    "source_dangling": (COUNT, _cells("source_id", lambda row: row["source_id"] + "-x")),
    "source_wrong": (COUNT, lambda edition: _other(edition, "source_id", "sources")),
    "subject_wrong": (COUNT, lambda edition: _other(edition, "subject_id", "subjects")),
    "indicator_wrong": (COUNT, _wrong_indicator),
    "cell_emptied": (COUNT, _emptied),
    "policy_title_twice": (COUNT, _titles),
    "tier_threshold": (COUNT, _thresholds),
    "cutoff_wrong": (COUNT, _cutoffs),
    "last_digit_off": (COUNT, _values(_last_digit)),
    "period_emptied": (COUNT, _cells("as_of", lambda row: EMPTY)),
    **JUDGED,
    **WRITTEN,
}


def _chosen(family: str, edits: Iterable[Edit], used: Collection[str], count: int) -> list[Edit]:
    """``count`` edits, two in three of rows that values rest on where there are so many."""

    def place(edit: Edit) -> str:
        return hashlib.sha256(f"{SEED}:{family}:{edit.key}:{edit.what}".encode()).hexdigest()

    ordered = sorted(edits, key=place)
    mine = [edit for edit in ordered if edit.key in used]
    rest = [edit for edit in ordered if edit.key not in used]
    few = count - min(len(rest), count // 3)
    return (mine[:few] + rest + mine[few:])[:count]


def faults(edition: Edition) -> list[Fault]:
    """All faults, the same for the same tables: their ids are family and number."""
    return _of(FAMILIES, edition)


def lawful(edition: Edition) -> list[Fault]:
    """Changes that are lawful by design, chosen alike."""
    return _of(LAWFUL, edition)


def _of(families: Mapping[str, tuple[int, Family]], edition: Edition) -> list[Fault]:
    return [
        _fault(name, number, edit)
        for name, (count, family) in families.items()
        for number, edit in enumerate(_chosen(name, family(edition), edition.used, count), start=1)
    ]


def _fault(family: str, number: int, edit: Edit) -> Fault:
    what = f"{edit.table} {edit.key} {edit.what}"
    return Fault(f"{family}-{number:02}", family, edit.table, what, edit.rows, edit.line, edit.text)
