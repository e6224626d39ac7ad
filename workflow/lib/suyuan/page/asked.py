"""Names that sections ask for whatever the data say, held against the claims and values there are.

A section that is printed names claims and values by their ids. Where a row or a claim is taken out,
the build ends at the first of these; here all are told with their lines, before anything is built.
What is asked for under a condition, in a loop, or by a name that is put together is not looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator

from suyuan.core.errors import Problem
from suyuan.core.inputs import matching
from suyuan.core.layout import Layout
from suyuan.core.names import nearest
from suyuan.domain.values import file_of
from suyuan.lineage.claims import CLAIMS
from suyuan.lineage.ledger import Ledger
from suyuan.page.sections import FOLDER, SUFFIX

STEP = re.compile(
    r"{%-?\s*(?P<opens>if|for|macro)\b|{%-?\s*(?P<ends>endif|endfor|endmacro)\b"
    r"|{{(?P<said>.*?)}}|{%(?P<done>.*?)%}",
    re.DOTALL,
)
NAMED = re.compile(r"page\.(claim|fact|quantity|count|bounded)\(\"([^\"]+)\"\)")
CLAIM = "claim"
MAYBE = re.compile(r" (?:if|for|and|or) ")  # in an expression


def unmet(layout: Layout, claims: Collection[str], ledger: Ledger) -> Iterator[Problem]:
    """E908 for a claim that is not there, E909 for a value, each at the line that asks for it."""
    for path in matching(layout.templates / FOLDER, f"*{SUFFIX}"):
        for line, kind, name in _asked(path.read_bytes().decode(errors="replace")):
            if kind == CLAIM and name not in claims:
                yield Problem("E908", layout.name(path), line, "1", name, {"file": CLAIMS})
            elif kind != CLAIM and not ledger.known([name]):
                details = {"file": _gives(layout, ledger, name)}
                yield Problem("E909", layout.name(path), line, "1", name, details)


def _gives(layout: Layout, ledger: Ledger, name: str) -> str:
    """The tables whose rows give a value that is not there, or where they lie if none is known.

    The text of a cell begins with its table. A number comes from where the same of others does, or
    else what its subject has that is called most like it, or else most of what that has.
    """
    table, _, what = name.partition(".")
    if own := file_of(layout, table):
        return own
    ids = [value.id for value in ledger.made]
    kin = [each for each in ids if each.partition(".")[2] == what]
    mates = [each for each in ids if each.partition(".")[0] == table]
    kin = kin or [*filter(None, [nearest(name, mates or ids)])] or mates
    tables = Counter(t for each in kin for t in {*ledger.sources(each), *ledger.deciding(each)})
    most = max(tables.values(), default=0)
    files = filter(None, (file_of(layout, t) for t in sorted(tables) if 2 * tables[t] >= most))
    return ", ".join(files) or layout.name(layout.raw)


def _asked(text: str) -> Iterator[tuple[int, str, str]]:
    """Line, kind and name of each that is asked for in any case."""
    deep = 0
    for step in STEP.finditer(text):
        deep += bool(step["opens"]) - bool(step["ends"])
        said = step["said"] or step["done"] or ""
        if deep or step["opens"] or MAYBE.search(said):
            continue
        for found in NAMED.finditer(said):
            place = step.start() + step[0].index(said) + found.start()
            yield text.count("\n", 0, place) + 1, found[1], found[2]
