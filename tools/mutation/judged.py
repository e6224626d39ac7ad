"""Faults of the assessment, of units, registers and texts: more families for ``faults``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Protocol

from tools.mutation.kinds import COUNT, Edit, Edition, Family, Row

PLACEHOLDERS = ("#REF!", "N/A", "null", "-", "待补", "#N/A")
HIDDEN = ("\u200b", "\u202e", "\x07", "\ufeff", "\xa0", "\u2028")
OUT_OF_BOUNDS = {"draws": "2", "tie": "10", "level": "0", "kappa": "1.5", "sobol_draws": "0",
                 "coverage_floor": "1.5", "resolution": "9", "seed": "-1"}  # fmt: skip
ADDRESSES = ("javascript:alert(1)", "file:///etc/passwd", "www.example.org", "ftp://example.org/x")


class Change(Protocol):
    """New cells for a row, none where it cannot be changed so."""

    def __call__(self, edition: Edition, row: Row, place: int) -> dict[str, str]: ...


def _changed(table: str, change: Change) -> Family:
    def family(edition: Edition) -> Iterator[Edit]:
        for place, row in enumerate(edition.tables[table]):
            cells = change(edition, row, place)
            if cells and any(row[name] != new for name, new in cells.items()):
                yield edition.edit(table, row, **cells)

    return family


def _dropped(table: str) -> Family:
    def family(edition: Edition) -> Iterator[Edit]:
        for row in edition.tables[table]:
            yield edition.drop(table, row)

    return family


def _known(row: Row) -> bool:
    return row["kind"] != "missing"


def _to_branch(edition: Edition, row: Row, _place: int) -> dict[str, str]:
    nodes = {each["node_id"]: each for each in edition.tables["tree"]}
    return {"node_id": nodes[row["node_id"]]["parent_id"]}


def _to_province(edition: Edition, _row: Row, place: int) -> dict[str, str]:
    return {"subject_id": edition.provinces[place % len(edition.provinces)]}


def _of_another(edition: Edition, row: Row, place: int) -> dict[str, str]:
    others = [
        each["evidence_id"]
        for each in edition.tables["evidence"]
        if each["subject_id"] != row["subject_id"]
    ]
    return {"evidence": others[place % len(others)]} if _known(row) else {}


def _emptied(*columns: str) -> Change:
    def change(_edition: Edition, row: Row, place: int) -> dict[str, str]:
        return {columns[place % len(columns)]: ""} if _known(row) else {}

    return change


def _scored_gap(_edition: Edition, row: Row, _place: int) -> dict[str, str]:
    return {} if _known(row) else {"score": "3"}


def _next_anchor(_edition: Edition, row: Row, _place: int) -> dict[str, str]:
    if not _known(row):
        return {}
    score = Decimal(row["score"])
    return {"score": f"{score - 1 if score >= 1 else score + 1:f}"}


def _weight(_edition: Edition, row: Row, _place: int) -> dict[str, str]:
    return {"weight": f"{Decimal(row['weight']) / 2:f}"} if row["parent_id"] else {}


def _circle(edition: Edition, row: Row, _place: int) -> dict[str, str]:
    below = (r["node_id"] for r in edition.tables["tree"] if r["parent_id"] == row["node_id"])
    child = next(below, "")
    return {"parent_id": child} if child else {}


def _turned(_edition: Edition, row: Row, _place: int) -> dict[str, str]:
    return {"low": row["high"], "high": row["low"]} if _known(row) else {}


def _parameter(_edition: Edition, row: Row, _place: int) -> dict[str, str]:
    value = OUT_OF_BOUNDS.get(row["parameter_id"], "")
    return {"value": value} if value else {}


def _factor(times: str) -> Change:
    def change(_edition: Edition, row: Row, _place: int) -> dict[str, str]:
        return {"factor": f"{(Decimal(row['factor']) * Decimal(times)).normalize():f}"}

    return change


def _label(edition: Edition, row: Row, place: int) -> dict[str, str]:
    alike = [
        other["label"]
        for other in edition.tables["units"]
        if other["canonical"] == row["canonical"] and other["factor"] != row["factor"]
    ]
    return {"label": alike[place % len(alike)]} if alike else {}


def _text(table: str, column: str, change: Callable[[str, int], str]) -> Family:
    return _changed(table, lambda _e, row, place: {column: change(row[column], place)})


# name, how many, how they are made
JUDGED: dict[str, tuple[int, Family]] = {
    "rating_deleted": (COUNT, _dropped("ratings")),
    "rating_to_branch": (COUNT, _changed("ratings", _to_branch)),
    "rating_of_province": (COUNT, _changed("ratings", _to_province)),
    "rating_on_others_evidence": (COUNT, _changed("ratings", _of_another)),
    "rating_emptied": (COUNT, _changed("ratings", _emptied("score", "grade", "evidence"))),
    "gap_scored": (COUNT, _changed("ratings", _scored_gap)),
    "rating_one_off": (COUNT, _changed("ratings", _next_anchor)),
    "verdict_deleted": (COUNT, _dropped("criterion_ratings")),
    "anchor_deleted": (COUNT, _dropped("rubric")),
    "weight_changed": (COUNT, _changed("tree", _weight)),
    "parent_in_circle": (COUNT, _changed("tree", _circle)),
    "estimate_turned": (COUNT, _changed("estimates", _turned)),
    "estimate_emptied": (COUNT, _changed("estimates", _emptied("low", "mode", "high"))),
    "parameter_out_of_bounds": (COUNT, _changed("model", _parameter)),
    "factor_wrong": (COUNT, _changed("units", _factor("10"))),
    "label_of_another_unit": (COUNT, _changed("units", _label)),
    "expectation_deleted": (COUNT, _dropped("expectations")),
    "placeholder": (
        COUNT,
        _text("evidence", "text", lambda _t, n: PLACEHOLDERS[n % len(PLACEHOLDERS)]),
    ),
    "hidden_character": (
        COUNT,
        _text("sources", "title", lambda t, n: t[:2] + HIDDEN[n % len(HIDDEN)] + t[2:]),
    ),
    "address_that_is_none": (
        COUNT,
        _text("sources", "url", lambda _t, n: ADDRESSES[n % len(ADDRESSES)]),
    ),
    "evidence_deleted": (COUNT, _dropped("evidence")),
    "source_deleted": (COUNT, _dropped("sources")),
}  # fmt: skip
