"""The report's mutation score: faults put into the raw data, and the gates that catch them.

``python -m tools.mutation`` writes docs/mutation.md; ``--list`` prints every fault and its gate.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from suyuan.contract.config import edition_layout
from tools.fuzz.bench import Bench as Copy
from tools.mutation.document import DOCUMENT, ROOT, document
from tools.mutation.faults import faults, lawful
from tools.mutation.gates import Bench, caught


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true", help="print every fault and its gate")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(ROOT, Path(folder))
        bench = Bench(edition_layout(ROOT, copy.config.edition), copy.config, copy)
        edition = bench.edition()
        results = [bench.try_out(fault) for fault in faults(edition)]
        aside = [bench.try_out(fault) for fault in lawful(edition)]
    if arguments.list:
        for one in (*results, *aside):
            print(one.fault.id, one.gate, one.code, one.fault.what, sep="\t")
    DOCUMENT.write_text(document(results, aside), encoding="utf-8")
    print(f"{caught(results)}/{len(results)} {DOCUMENT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
