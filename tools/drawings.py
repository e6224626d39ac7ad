"""Seconds of the processor that each drawing takes, as JSON: a folder with a build, its edition.

A drawing is what a chart kind makes of its table of marks, and the SVG text of that. The least of
three times counts, so that what else a machine does counts little.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from statistics import median

from suyuan.contract.config import read_config
from suyuan.core.layout import Layout
from suyuan.figures import theme
from suyuan.figures.description import WHOLE, WIDTH, WIDTHS
from suyuan.figures.drawn import found_marks
from suyuan.figures.kind import kind_of
from suyuan.figures.reading import read_figures
from suyuan.figures.svg import to_svg
from suyuan.stages.chart import opener_of

TIMES = 3


def seconds(root: Path, edition: str) -> dict[str, float]:
    """Seconds of each drawing, by the figure's name and its width."""
    layout = Layout(root, edition)
    theme.use(layout.templates / "fonts")
    opener = opener_of(layout, read_config(root, edition))
    gc.collect()
    gc.disable()
    found = {}
    for name, figure in read_figures(root).items():
        marks, _, _ = found_marks(opener, figure)
        for width in (WIDTHS[figure.spec.get(WIDTH, WHOLE)], theme.NARROW_INCHES):
            taken = []
            for _ in range(TIMES):
                start = time.process_time()
                to_svg(kind_of(figure.draw).draw(marks, width), name)
                taken.append(time.process_time() - start)
            found[f"{name} {width}"] = min(taken)
    return found


def main() -> None:
    """How many drawings there are, the median of their times, and the slowest."""
    found = seconds(Path(sys.argv[1]), sys.argv[2])
    slowest = max(found, key=lambda name: found[name])
    figures = {
        "drawings": len(found),
        "median_seconds": round(median(found.values()), 4),
        "slowest_seconds": round(found[slowest], 4),
        "slowest": slowest,
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
