"""lineage.json keeps its contract, and what it says is so.

Raw cells are read with the csv module and every operation is done again here, in fractions; the
package is not asked.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations, pairwise, product
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.editions.assessment_again import ASSESSMENT_AGAIN, DRAWN, bands
from tests.editions.audit_again import AUDIT_AGAIN
from tests.editions.lead_again import LEAD_AGAIN

PROVINCES = ["ningxia", "gansu", "xinjiang", "qinghai", "shaanxi"]
DIGITS = Fraction(1, 10**30)  # values carry 34 significant digits

Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def tables_of(lineage: dict[str, Any]) -> list[dict[str, Any]]:
    """The sources that are tables: a YAML file has no key."""
    return [source for source in lineage["sources"] if source["key"]]


@pytest.fixture(scope="module")
def sources(
    built: Path, lineage: dict[str, Any]
) -> dict[str, tuple[str, dict[str, dict[str, str]]]]:
    """Key column and rows by key of every source, read from the raw files."""
    found = {}
    for source in tables_of(lineage):
        (key,) = source["key"]
        found[source["id"]] = (key, {row[key]: row for row in read(built / source["path"])})
    return found


@pytest.fixture(scope="module")
def units(built: Path) -> dict[str, dict[str, str]]:
    return {row["unit"]: row for row in read(built / "config/units.csv")}


@pytest.fixture(scope="module")
def indicators(built: Path) -> dict[str, dict[str, str]]:
    return {row["indicator_id"]: row for row in read(built / "config/indicators.csv")}


def test_the_keys_are_those_of_the_contract(lineage, edition):
    assert lineage["format"] == "lineage/2"
    assert lineage["edition"] == edition
    keys = {"format", "edition", "code", "config_sha256", "sources", "rows", "via"}
    keys |= {"values", "claims", "uses"}
    assert keys <= set(lineage)
    assert {"version", "sha256"} <= set(lineage["code"])
    assert re.fullmatch("[0-9a-f]{64}", lineage["code"]["sha256"])
    for source in lineage["sources"]:
        assert {"id", "path", "sha256", "rows", "key"} <= set(source)
    for value_id, entry in lineage["values"].items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*\.[A-Za-z0-9_]+(\.[\w-]+)*", value_id, re.ASCII), (
            value_id
        )
        assert all(isinstance(entry[key], str) for key in ("v", "u", "txt", "op")), value_id
        assert ("src" in entry) != ("in" in entry), value_id
        assert entry.get("src") or entry.get("in"), value_id
    for name, claim in lineage["claims"].items():
        assert {"holds", "outcome", "margin", "unit", "robust", "in", "txt"} <= set(claim)
        assert claim["in"], name
        assert set(claim["in"]) <= set(lineage["values"]), name
        assert isinstance(claim["holds"], bool), name
        assert isinstance(claim["robust"], bool), name
    assert {use["kind"] for use in lineage["uses"]} == {"text", "cell", "mark"}
    assert all({"v", "sec", "anchor", "kind"} <= set(use) for use in lineage["uses"])


# --- the numbers that outsiders rely on -------------------------------------------------------


@pytest.mark.known
@pytest.mark.parametrize(
    ("value_id", "number", "unit"),
    [
        # 131.0 + 114.5 + 45.1 + 22.0 + 4.2 = 316.8
        ("nw.compute_total", "316.8", "EFLOPS"),
        # 65.5 + 79.8 + 27.0 + 15.4 + 2.5 = 190.2
        ("nw.ai_compute", "190.2", "EFLOPS"),
        ("ningxia.compute_total", "131.0", "EFLOPS"),
        ("tuoli.compute_total", "12.5", "EFLOPS"),
        ("karamay.compute_total", "20", "EFLOPS"),
        ("hami.compute_total", "7.5", "EFLOPS"),
        ("qingyang.ai_compute", "100", "EFLOPS"),  # 10 万 P × 10 EFLOPS
    ],
)
def test_known_values(values, value_id, number, unit):
    entry = values[value_id]
    assert (Fraction(entry["v"]), entry["u"]) == (Fraction(number), unit)
    assert entry["txt"] == number


@pytest.mark.known
def test_the_share_of_ai_compute(values):
    # 190.2 / 316.8 = 0.60037878…
    entry = values["nw.ai_share"]
    assert abs(Fraction(entry["v"]) - Fraction(1902, 3168)) < Fraction(1, 10**9)
    assert (entry["u"], entry["txt"], entry["op"]) == ("1", "60.0%", "ratio")
    assert entry["in"] == ["nw.ai_compute", "nw.compute_total"]


@pytest.mark.known
def test_a_lower_bound_keeps_its_comparator(values):
    assert values["qingyang.ai_compute"]["comparator"] == ">"
    assert values["ningxia.compute_total"]["comparator"] == "="


@pytest.mark.known
def test_totals_are_sums_of_the_provinces(values):
    for indicator in ("compute_total", "ai_compute"):
        entry = values[f"nw.{indicator}"]
        assert (entry["op"], entry["in"]) == ("sum", [f"{p}.{indicator}" for p in PROVINCES])
    assert values["ningxia.compute_total"]["src"] == [["observations", "value", ["F046"]]]


# --- sources and cells ------------------------------------------------------------------------


def test_sources_are_the_files_that_were_read(lineage, built, edition):
    listed = {source["path"] for source in lineage["sources"]}
    raw = {f"data/raw/{edition}/{p.name}" for p in (built / "data/raw" / edition).glob("*.csv")}
    assert raw <= listed
    for source in lineage["sources"]:
        path = built / source["path"]
        assert source["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest(), path
        if source["key"]:
            assert source["rows"] == len(read(path)), path
    assert {f"config/{name}.yaml" for name in ("config", "claims", "figures")} <= listed
    assert len({source["id"] for source in lineage["sources"]}) == len(listed)


def test_the_configuration_is_the_one_that_was_used(lineage, built):
    config = (built / "config/config.yaml").read_bytes()
    assert lineage["config_sha256"] == hashlib.sha256(config).hexdigest()


def test_source_keys_name_one_row_each(lineage, sources):
    for source in tables_of(lineage):
        _, rows = sources[source["id"]]
        assert len(rows) == source["rows"], source["id"]


def test_every_cited_cell_exists(values, sources):
    cells = [(name, *cell) for name, entry in values.items() for cell in entry.get("src", ())]
    assert cells
    for value_id, source, column, keys in cells:
        _, rows = sources[source]
        assert keys, value_id
        assert all(rows[key][column] for key in keys), value_id


def test_every_chain_ends_in_cells(values):
    cells: dict[str, set] = {}

    def ground(value_id: str, above: tuple[str, ...]) -> set:
        assert value_id not in above, f"a circle: {above}"
        if value_id not in cells:
            entry = values[value_id]
            found = {(source, column, *keys) for source, column, keys in entry.get("src", ())}
            for parent in entry.get("in", ()):
                found |= ground(parent, (*above, value_id))
            assert found, value_id
            cells[value_id] = found
        return cells[value_id]

    for value_id in values:
        ground(value_id, ())


def half_step(printed: str, unit: dict[str, str], row: dict[str, str]) -> Fraction:
    """Half of the last printed digit: 131.0 EFLOPS may be 0.05 more or less.

    Counts are exact, and so are bounds ("over 60%"), targets, what a policy sets and ratings.
    """
    bound = row.get("comparator") in {">", "<", "≥", "≤"}
    if unit["rounded"] != "yes" or bound or row.get("kind") in {"target", "policy", "judged"}:
        return Fraction(0)
    decimals = len(printed.partition(".")[2])
    return Fraction(1, 2 * 10**decimals) * Fraction(unit["factor"])


def test_recorded_numbers_are_their_cells_converted(values, sources, units):
    # 131.0 EFLOPS is 131.0 ± 0.05; 10 万 P is 100 ± 5, but "over 10 万 P" is over exactly 100.
    assert half_step("131.0", units["EFLOPS"], {}) == Fraction("0.05")
    assert half_step("10", units["万P"], {"comparator": "="}) == 5
    assert half_step("10", units["万P"], {"comparator": ">"}) == 0
    checked = 0
    for value_id, entry in values.items():
        if entry["op"] != "convert":
            continue
        ((source, column, (key,)),) = entry["src"]
        row = sources[source][1][key]
        name = row.get("unit", entry["printed_unit"])  # the assessment's tables have one unit each
        unit = units[name]
        said = row if source == "observations" else entry
        assert (entry["printed"], entry["printed_unit"]) == (row[column], name), value_id
        assert Fraction(entry["v"]) == Fraction(row[column]) * Fraction(unit["factor"]), value_id
        assert entry["u"] == unit["canonical"], value_id
        assert Fraction(entry["half"]) == half_step(row[column], unit, said), value_id
        if source == "observations":
            parts = (row["subject_id"], row["indicator_id"], row["qualifier"])
            assert value_id == ".".join(filter(None, parts))
            for name in ("comparator", "as_of", "kind", "grade", "vintage"):
                assert entry.get(name, "") == row[name], (value_id, name)
        checked += 1
    assert checked


def test_every_observation_is_a_value_or_restates_one(values, sources):
    cited = {
        key
        for entry in values.values()
        for source, column, keys in entry.get("src", ())
        for key in keys
        if (source, column) == ("observations", "value")
    }
    rows = sources["observations"][1]
    assert cited == {key for key, row in rows.items() if not row["restates"]}


def test_texts_are_their_cells(values, sources):
    for value_id, entry in values.items():
        if entry["op"] == "text":
            ((source, column, (key,)),) = entry["src"]
            assert entry["v"] == entry["txt"] == sources[source][1][key][column], value_id
            assert (entry["u"], value_id) == ("text", f"{source}.{column}.{key}")


# --- everything computed, once more -----------------------------------------------------------

Parents = Sequence[dict[str, Any]]


def number(entry: dict[str, Any]) -> Fraction:
    return Fraction(entry["v"])


def half(entry: dict[str, Any]) -> Fraction:
    return Fraction(entry.get("half", 0))


def numbers(parents: Parents) -> list[Fraction]:
    return [number(p) for p in parents]


def highest_floor_reached(parents: Parents) -> int:
    floors = numbers(parents[1::2])
    assert floors == sorted(floors, reverse=True)
    return 1 + sum(number(parents[0]) < floor for floor in floors)


def name_of_the_largest(parents: Parents) -> str:
    middle = len(parents) // 2
    best = max(numbers(parents[:middle]))
    pairs = zip(parents[:middle], parents[middle:], strict=True)
    return "、".join(name["v"] for value, name in pairs if number(value) == best)


def members(parents: Parents) -> Parents:
    """Of a class's number, everyone's class and something of everyone: what its members have."""
    own, everyone = Fraction(parents[0]["v"]), (len(parents) - 1) // 2
    classes, things = parents[1 : everyone + 1], parents[everyone + 1 :]
    return [thing for cls, thing in zip(classes, things, strict=True) if number(cls) == own]


AGAIN: dict[str, Callable[[Parents], Fraction | int | str]] = {
    "sum": lambda ps: sum(numbers(ps)),
    "ratio": lambda ps: number(ps[0]) / number(ps[1]),
    "ratio_low": lambda ps: (number(ps[0]) - half(ps[0])) / (number(ps[1]) + half(ps[1])),
    "ratio_high": lambda ps: (number(ps[0]) + half(ps[0])) / (number(ps[1]) - half(ps[1])),
    "growth": lambda ps: (number(ps[1]) - number(ps[0])) / number(ps[0]),
    "rank": lambda ps: sorted(numbers(ps), reverse=True).index(number(ps[0])) + 1,
    "classify": highest_floor_reached,
    "leader": name_of_the_largest,
    "member_names": lambda ps: "、".join(p["v"] for p in members(ps)),
    "member_sum": lambda ps: sum(numbers(members(ps))),
    "member_count": lambda ps: len(members(ps)),
    "join": lambda ps: "、".join(p["v"] for p in ps),
    "count": len,
    **LEAD_AGAIN,
    "figure": len,
    "table": len,
    "same": lambda ps: ps[0]["v"] if ps[0]["u"] == "text" else number(ps[0]),
    "maximum": lambda ps: max(numbers(ps)),
    "minimum": lambda ps: min(numbers(ps)),
    **ASSESSMENT_AGAIN,
    **AUDIT_AGAIN,
}
# Operations whose result is as uncertain as its parents together.
CARRIED = {"sum": sum, "same": max}


@pytest.mark.known
def test_a_share_between_the_ends_of_its_rounding(values):
    # 甘肃 is second: 131.0 > 114.5. Its share, 79.8 / 114.5, lies between 79.75 / 114.55 and
    # 79.85 / 114.45.
    assert values["gansu.rank"]["v"] == "2"
    low, high = (Fraction(values[f"gansu.ai_share.{end}"]["v"]) for end in ("low", "high"))
    assert abs(low - Fraction(7975, 11455)) < DIGITS
    assert abs(high - Fraction(7985, 11445)) < DIGITS


def test_every_computed_value_follows_from_its_parents(values):
    computed = {name: entry for name, entry in values.items() if "in" in entry}
    assert computed
    for value_id, entry in computed.items():
        parents = [values[parent] for parent in entry["in"]]
        if entry["op"] in DRAWN:
            continue
        if entry["op"] == "bands":
            found = bands(parents)
            vendors = [parent.split(".")[0] for parent in entry["in"][: len(found)]]
            again = zip(vendors, found, strict=True)
            assert json.loads(entry["v"]) == {f"{vendor}.band": str(n) for vendor, n in again}
            continue
        if entry["op"] in ("pick", "band"):
            assert Fraction(json.loads(parents[0]["v"])[value_id]) == Fraction(entry["v"])
            continue
        again = AGAIN[entry["op"]](parents)
        if entry["u"] == "text":
            assert entry["v"] == again, value_id
        else:
            assert abs(Fraction(entry["v"]) - again) <= DIGITS * max(1, abs(again)), value_id
        if entry["op"] in CARRIED and entry["u"] != "text":
            assert half(entry) == CARRIED[entry["op"]](map(half, parents)), value_id


def test_sums_mix_neither_units_nor_bases(values):
    for value_id, entry in values.items():
        if entry["op"] in {"sum", "growth", "rank", "maximum"}:
            parents = [values[parent] for parent in entry["in"]]
            assert len({p["u"] for p in parents}) == 1, value_id
            assert len({p.get("basis") for p in parents}) == 1, value_id


@pytest.mark.known
def test_members_of_a_tier_are_those_of_the_tier(values):
    # 131.0 and 114.5 reach 100, 45.1 and 22.0 reach 10, 4.2 does not.
    tiers = [values[f"{province}.tier"]["v"] for province in PROVINCES]
    assert tiers == ["1", "1", "2", "2", "3"]
    assert values["tier_first.members"]["v"] == "宁夏、甘肃"
    assert values["tier_second.compute_total"]["v"] == "67.1"  # 45.1 + 22.0
    # What chooses the members is part of where the sum comes from.
    assert {f"{p}.tier" for p in PROVINCES} < set(values["tier_second.compute_total"]["in"])


# --- claims, once more ------------------------------------------------------------------------


def lead(facts: list[Fraction]) -> Fraction:
    first, second = sorted(facts, reverse=True)[:2]
    return first - second


def same_order(facts: list[Fraction]) -> Fraction:
    """The smallest lead of one over another by both halves of the facts; negative where turned."""
    half = len(facts) // 2
    gaps = [
        (facts[a] - facts[b], facts[half + a] - facts[half + b])
        for a, b in combinations(range(half), 2)
    ]
    return min(min(abs(x), abs(y)) * (1 if x * y > 0 else -1) for x, y in gaps)


# How far the facts are from where the outcome is another; and its names: negative, zero, positive.
Margin = Callable[[list[Fraction], Fraction], Fraction]
SIDES = ("below", "equal", "above")
MARGINS: dict[str, tuple[Margin, tuple[str, str, str]]] = {
    "threshold": (lambda f, threshold: f[0] - threshold, SIDES),
    "compare": (lambda f, _: f[0] - f[1], SIDES),
    "times": (lambda f, times: f[0] - times * f[1], SIDES),
    "leads": (lambda f, _: lead(f), ("", "several", "one")),
    "order": (lambda f, _: same_order(f), ("unlike", "", "alike")),
    "within": (lambda f, most: most - abs(f[0] - f[1]), ("outside", "touching", "inside")),
    "part_of": (lambda f, _: f[-1] - sum(f[:-1]), ("beyond", "equal", "within")),
    "trend": (lambda f, _: min(b - a for a, b in pairwise(f)), ("", "", "rising")),
}


def outcome_of(claim: dict[str, Any], facts: list[Fraction]) -> str:
    margin_of, names = MARGINS[claim["test"]]
    margin = margin_of(facts, claim["parameter"])
    return names[(margin > 0) - (margin < 0) + 1]


def parameter_of(given: Any, values: dict[str, Any]) -> Fraction:
    """A number, a value's, 1 less a value, or units of a printed number's last place."""
    if isinstance(given, dict) and "complement" in given:
        return 1 - Fraction(values[given["complement"]]["v"])
    if isinstance(given, dict):
        _, _, decimals = values[given["of"]]["printed"].partition(".")
        return Fraction(given["printed_units"], 10 ** len(decimals))
    return Fraction(values.get(str(given), {"v": str(given)})["v"])


def leaves(values: dict[str, Any], value_id: str) -> set[str]:
    """The recorded numbers under a value that rounding leaves open."""
    entry = values[value_id]
    if entry["op"] == "convert":
        return {value_id} if half(entry) else set()
    return set().union(*(leaves(values, parent) for parent in entry.get("in", ())))


def moved(values: dict[str, Any], value_id: str, recorded: dict[str, Fraction]) -> Fraction:
    """A value computed anew from other recorded numbers."""
    entry = values[value_id]
    if entry["op"] in {"convert", "pick"}:  # what is drawn stays as drawn
        return recorded.get(value_id, number(entry))
    parents = [
        values[parent]
        if values[parent]["u"] == "text"
        else {"v": moved(values, parent, recorded), "u": ""}
        for parent in entry["in"]
    ]
    return Fraction(AGAIN[entry["op"]](parents))


@pytest.fixture(scope="module")
def claims(built: Path, lineage: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Claims of the lineage with their parameter from the configuration."""
    described = yaml.safe_load((built / "config/claims.yaml").read_text(encoding="utf-8"))["claims"]
    found = {}
    for pattern, entry in described.items():
        own = re.compile(re.sub(r"\\{\w+\\}", r"\\w+", re.escape(pattern)))
        parameter = parameter_of(entry.get("parameter", 1), lineage["values"])
        for name, claim in lineage["claims"].items():
            if own.fullmatch(name):
                found[name] = claim | entry | {"parameter": parameter}
    assert set(found) == set(lineage["claims"])
    return found


@pytest.mark.known
def test_the_claim_of_sixty_per_cent(lineage):
    # 60.0379 % exceeds 60 % by 0.0379 pp; rounding of the ten inputs could undo that.
    claim = lineage["claims"]["nw.ai_share_over_60"]
    assert (claim["holds"], claim["robust"]) == (True, False)
    assert (claim["margin"], claim["unit"], claim["txt"]) == ("0.04", "pp", "约六成")


def test_every_claim_follows_from_its_facts(claims, values):
    for name, claim in claims.items():
        facts = [number(values[fact]) for fact in claim["in"]]
        asserted = claim["asserts"].split(", ")
        assert claim["outcome"] == outcome_of(claim, facts), name
        assert claim["holds"] == (claim["outcome"] in asserted), name
        margin_of, (negative, _, positive) = MARGINS[claim["test"]]
        exact = margin_of(facts, claim["parameter"])
        if positive not in asserted:  # the margin is positive where the claim holds
            exact = -exact if negative in asserted else -abs(exact)
        scale = 100 if claim["unit"] == "pp" else 1
        digits = len(claim["margin"].partition(".")[2])
        error = abs(Fraction(claim["margin"]) - exact * scale)
        assert error <= Fraction(1, 2 * 10**digits), name


def test_no_rounding_flips_a_robust_claim(claims, values):
    flipped = set()
    for name, claim in claims.items():
        # the tolerance of "within" stands for the rounding of its second fact
        loose = claim["in"][:1] if claim["test"] == "within" else claim["in"]
        open_numbers = sorted(set().union(*(leaves(values, fact) for fact in loose)))
        assert len(open_numbers) <= 12, name
        for signs in product((-1, 1), repeat=len(open_numbers)):
            pairs = zip(open_numbers, signs, strict=True)
            recorded = {key: number(values[key]) + sign * half(values[key]) for key, sign in pairs}
            facts = [moved(values, fact, recorded) for fact in claim["in"]]
            if outcome_of(claim, facts) != claim["outcome"]:
                flipped.add(name)
                break
    assert {name for name in flipped if claims[name]["robust"]} == set()


# --- printed form -----------------------------------------------------------------------------


def exact_side(entry: dict[str, Any], text: str, unit: dict[str, str]) -> bool:
    """Whether a share printed as a bound lies beyond it, by less than the digit would show."""
    share, bound = Fraction(entry["v"]) / Fraction(unit["factor"]), Fraction(text[1:])
    return share < bound / 2 if text[0] == "<" else share >= bound + (100 - bound) / 2


def ungrouped(text: str) -> str:
    """12,345.6 without its commas, which stand where thousands end and nowhere else."""
    sign, whole, rest = re.fullmatch(r"([<>-]?)([\d,]+)(.*)", text).groups()
    digits = whole.replace(",", "")
    assert whole in {digits, f"{int(digits):,}"}, text
    return f"{sign}{digits}{rest}"


def test_printed_numbers_are_the_values_rounded_half_up(values, units, indicators):
    # 0.60037878… is printed 60.0%; 0.0229966… EFLOPS is printed 23.00 PFLOPS.
    checked = 0
    for value_id, entry in values.items():
        if entry["u"] == "text" or entry["op"] == "classify":
            continue
        indicator = indicators[value_id.split(".")[1]]
        unit = units[indicator["display_unit"]]
        text = ungrouped(entry["txt"].removesuffix("%").replace("−", "-"))
        if text[0] in "<>":  # never as certain, nor as nothing: >99% of 0.9983, <1% of 0.002
            assert exact_side(entry, text, unit), value_id
            continue
        assert entry["txt"].endswith("%") == unit["label"].startswith("%"), value_id
        exact = Fraction(entry["v"]) / Fraction(unit["factor"])
        step = Fraction(1, 10 ** len(text.partition(".")[2]))
        error = Fraction(text) - exact
        if entry["op"] == "convert":
            assert error == 0, value_id
        assert -step / 2 < error * (1 if exact >= 0 else -1) <= step / 2, value_id
        assert entry["u"] == indicator["unit"] == unit["canonical"], value_id
        checked += 1
    assert checked
