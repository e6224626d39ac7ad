"""docs/mutation.md: what the gates notice, by kind of slip and family, and what they miss."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from suyuan.contract.config import read_config
from tools.mutation.faults import FAMILIES
from tools.mutation.gates import GATES, NONE, Caught, caught, table_of
from tools.mutation.groups import GROUPS
from tools.mutation.written import LAWFUL

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/mutation.md"
OVERALL, EACH = 0.85, 0.70  # shares that are to be noticed, of all faults and of each family
REASONS = {
    "point_left": "The number, ten times smaller, is still lawful for its indicator, and no other "
    "record gives it.",
    "point_right": "The number, ten times larger, is still lawful for its indicator, and no other "
    "record gives it.",
    "digits_transposed": "The new number is as plausible as the old, and no other record gives it.",
    "comparator_dropped": '"Over 100" and "100" are the same number; no other place of the source '
    "repeats it, so only reading the source again would tell.",
    "period_stale": "The row has no period in its qualifier, no peers in its source and no series.",
    "gdp_period_stale": "The year is not one that the report uses, and no other row of the source "
    "tells it.",
    "kind_changed": "Both kinds are used for this indicator.",
    "subject_wrong": "The number is plausible for the other subject of the same sort, and no "
    "computation, series or relation involves it.",
    "indicator_wrong": "The number is plausible for the other indicator too.",
    "last_digit_off": "The source's text is not at hand to be entered a second time, and no other "
    "record gives the number.",
    "claim_parameter_times_10": "The threshold is ours; the fact stands on the same side of it.",
    "figure_kind_changed": "The marks suit the other drawing as well.",
    "relation_deleted": "No claim of this edition says the words of that relation.",
    "expectation_deleted": "The indicator has another expectation, of another type of subject.",
    "factor_wrong": "No other unit has the same label, and nothing that is computed uses it.",
}  # fmt: skip
OTHERWISE = "No other record contradicts the changed cell."

TEXT = """# Mutation score of the report

Written by `make mutate`; do not edit by hand. {total} faults of {families} families, one at a
time, in the raw tables and the configuration of {edition}; {caught} are caught: **{score}%**.
To be caught are 85% of all, and 70% of each family; {below}

What it says. A fault is caught by the first of these gates that stops the build, queries the row
or changes what the report says of itself:

- `contract`: settings, cells, keys, references, duplicates, bounds (`suyuan check`);
- `double entry`: value, unit and comparator follow from the figure as the source prints it, a score
  from the words of its reason, the ceiling of a tier from the floor of the one above;
- `restatement`: numbers repeated in the source must agree, value ids must be unique;
- `consistency`: rows about one fact or of one table agree in period, kind, source, cutoff;
- `plausibility`: ranges, series and relations of `config/expectations.csv` and `relations.csv`.
  These two query the row, at the end of `snakemake` and in `suyuan check`, and stop nothing;
- `score`: everything that must be computed can be, within bounds;
- `described`: figures, claims, words and prose say nothing that the data do not have;
- `claims` and `audit`: an outcome, its robustness or a verdict differs from the accepted edition's.
  These do not stop the build: the changed sentence or verdict is what a reader of the diff sees;
- `verify`: every recorded value is what its cell says.

What it does not say. The faults were chosen before the gates were complete and some gates were
added for what escaped: the score measures these kinds of fault in these data, it is no estimate
for others. Two in three faults are put into rows that a computed value rests on; the choice
follows from a seed and the data alone. A small change of a number that no other record repeats
can be caught by no check but double entry, and by that only where the text of the source was at
hand. One lawful value of a figure may take the place of another, and is not tried. What else is
lawful by design is measured at the end, and is no part of the score.

## By kind of slip

| kind | faults | caught | share |
|---|---:|---:|---:|
{groups}

## By family

| family | faults | {gates} | none | caught |
|---|---:|{rules}---:|---:|
{rows}

## Faults that no gate catches

{misses}

## Lawful by design

Words for an outcome that is not the case may be missing until it is: then the build stops (E320). A
threshold of ours may be moved while the facts stay on one side of it.

| family | changes | noticed | share |
|---|---:|---:|---:|
{lawful}
"""


def row_of(name: str, counts: dict[str, int]) -> str:
    numbers = [sum(counts.values()), *(counts[gate] for gate in (*GATES, NONE))]
    share = f"{1 - counts[NONE] / sum(counts.values()):.0%}"
    return f"| {name} | " + " | ".join(str(number or "·") for number in numbers) + f" | {share} |"


def group_row(name: str, families: Sequence[str], table: Mapping[str, Mapping[str, int]]) -> str:
    counts = sum((Counter(table[family]) for family in families), Counter[str]())
    total = counts.total()
    return f"| {name} | {total} | {total - counts[NONE]} | {1 - counts[NONE] / total:.0%} |"


def below(results: Sequence[Caught]) -> list[str]:
    """Families of which fewer are caught than are to be."""
    table = table_of(results)
    return [name for name, row in table.items() if row[NONE] > (1 - EACH) * sum(row.values())]


def document(results: Sequence[Caught], lawful: Sequence[Caught]) -> str:
    """docs/mutation.md as text, whoever tried the faults and in what order.

    ``lawful`` is what became of changes that are lawful by design.
    """
    aside = table_of(lawful)
    order = list(FAMILIES)
    results = sorted(results, key=lambda one: (order.index(one.fault.family), one.fault.id))
    table = table_of(results)
    total = {gate: sum(counts[gate] for counts in table.values()) for gate in (*GATES, NONE)}
    misses = [
        f"- `{one.fault.id}` {one.fault.what}: {REASONS.get(one.fault.family, OTHERWISE)}"
        for one in results
        if one.gate == NONE
    ]
    return TEXT.format(
        total=len(results),
        families=len(FAMILIES),
        edition=read_config(ROOT).edition,
        caught=caught(results),
        score=f"{100 * caught(results) / len(results):.1f}",
        below=f"below that: {', '.join(low)}." if (low := below(results)) else "none is below.",
        groups="\n".join(group_row(name, families, table) for name, families in GROUPS.items()),
        gates=" | ".join(GATES),
        rules="---:|" * len(GATES),
        rows="\n".join([*(row_of(*item) for item in table.items()), row_of("**all**", total)]),
        misses="\n".join(misses) or "None.",
        lawful="\n".join(group_row(name, [name], aside) for name in LAWFUL),
    )
