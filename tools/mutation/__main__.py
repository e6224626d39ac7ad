"""The report's mutation score: faults put into the raw data, and the gates that catch them.

``python -m tools.mutation`` writes docs/mutation.md; ``--list`` prints every fault and its gate.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from suyuan.contract.config import edition_layout, read_config
from tools.mutation.faults import FAMILIES, faults
from tools.mutation.gates import GATES, NONE, Bench, Caught, caught, table_of

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs/mutation.md"
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
    "rating_one_off": "The neighbouring anchor is a judgement like the other; only reading its "
    "evidence again would tell.",
    "expectation_deleted": "The indicator has another expectation, of another type of subject.",
    "factor_wrong": "No other unit has the same label, and nothing that is computed uses it.",
    "tier_threshold": "The threshold is ours, not the source's; no province changes its tier, so "
    "no result changes but the printed threshold itself.",
}  # fmt: skip
OTHERWISE = "No other record contradicts the changed cell."

TEXT = """# Mutation score of the report

Written by `make mutate`; do not edit by hand. {total} faults of {families} families, one at a
time, in the raw and configuration tables of {edition}; {caught} of them are caught: **{score}%**.

What it says. A fault is caught by the first of these gates that stops the build, queries the row
or changes what the report says of itself:

- `contract`: cells, keys, references, duplicates, bounds (`suyuan check`);
- `double entry`: value, unit and comparator follow from the figure as the source prints it;
- `restatement`: numbers repeated in the source must agree, value ids must be unique;
- `consistency`: rows about one fact or of one table agree in period, kind, source, cutoff;
- `plausibility`: ranges, series and relations of `config/expectations.csv` and `relations.csv`.
  These two query the row, at the end of `snakemake` and in `suyuan check`, and stop nothing;
- `score`: everything that must be computed can be, within bounds;
- `claims` and `audit`: an outcome, its robustness or a verdict differs from the accepted edition's.
  These do not stop the build: the changed sentence or verdict is what a reader of the diff sees;
- `verify`: every recorded value is what its cell says.

What it does not say. The faults were chosen before the gates were complete and some gates were
added for what escaped: the score measures these kinds of fault in these data, it is no estimate
for others. Two in three faults are put into rows that a computed value rests on; the choice
follows from a seed and the data alone. A small change of a number that no other record repeats
can be caught by no check but double entry, and by that only where the text of the source was at
hand.

| family | faults | {gates} | none |
|---|---:|{rules}---:|
{rows}

## Faults that no gate catches

{misses}
"""


def row_of(name: str, counts: dict[str, int]) -> str:
    numbers = [sum(counts.values()), *(counts[gate] for gate in (*GATES, NONE))]
    return f"| {name} | " + " | ".join(str(number or "·") for number in numbers) + " |"


def document(results: Sequence[Caught], edition: str) -> str:
    """docs/mutation.md as text."""
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
        edition=edition,
        caught=caught(results),
        score=f"{100 * caught(results) / len(results):.1f}",
        gates=" | ".join(GATES),
        rules="---:|" * len(GATES),
        rows="\n".join([*(row_of(*item) for item in table.items()), row_of("**all**", total)]),
        misses="\n".join(misses) or "None.",
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print every fault and its gate")
    arguments = parser.parse_args()
    config = read_config(ROOT)
    bench = Bench(edition_layout(ROOT, config.edition), config)
    results = [bench.try_out(fault) for fault in faults(bench.edition())]
    if arguments.list:
        for one in results:
            print(one.fault.id, one.gate, one.code, one.fault.what, sep="\t")
    DOCUMENT.write_text(document(results, config.edition), encoding="utf-8")
    print(f"{caught(results)}/{len(results)} {DOCUMENT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
