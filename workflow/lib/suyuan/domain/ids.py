"""Ids share one namespace: which subjects this project makes values of, and no row may name.

A subject of raw rows and one of these under the same id would claim the same values, as a province
``tier_first`` and the first tier both claim ``tier_first.compute_total``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from suyuan.contract.config import Config
from suyuan.contract.configured import Document
from suyuan.contract.matrix import line_of
from suyuan.contract.tables import LINE, Records
from suyuan.core.errors import Problem
from suyuan.core.layout import Layout
from suyuan.core.settings import EDITIONS, own

# About the source, the report and its model: a row may describe them as a topic, nothing else.
TOPICS = frozenset({"report", "audit", "market", "model"})
TOPIC = "topic"
PREFIXES = ("tier_", "grade_", "robust_")  # of each tier, each grade, each other method
GDP = "gdp"  # the indicator whose period is configured
TREE = "tree"  # its nodes have weights
ERROR = "#se"  # after the id of a drawn result: its standard error


def owner(subject: str, tables: Mapping[str, Records]) -> str:
    """Whose id a subject's is, as messages tell it; '' where the subject is free for rows."""
    if prefix := next((prefix for prefix in PREFIXES if subject.startswith(prefix)), ""):
        return f"{prefix}*"
    if subject in TOPICS:
        return f"{subject} (type: {TOPIC})"
    if TREE in tables and any(row["node_id"] == subject for row in tables[TREE]):
        return f"config/{TREE}.csv"
    return f"{subject}.csv" if subject in tables else ""  # its cells are values


def configured_problems(
    tables: Mapping[str, Records], config: Config, document: Document, layout: Layout
) -> Iterator[Problem]:
    """What is wrong with region, nation and period, in the configuration or the edition's own row.

    The row is that of editions.csv, the configuration ``document``. E111 no subject, E838 one of
    another type, E153 a period of which nothing is on record.
    """
    rows = own(layout.root, config.edition)

    def problem(code: str, key: str, value: str, details: dict[str, str]) -> Problem:
        if key not in rows:
            return document.problem(code, (key,), value, **details)
        line = line_of(layout.root, config.edition) or 1
        return Problem(code, EDITIONS, line, key, value, details)

    types = {row["subject_id"]: row["type"] for row in tables["subjects"]}
    for key, type_ in (("region", "region"), ("nation", "country")):
        subject: str = getattr(config, key)
        if types.get(subject) == type_:
            continue
        details = {"target": f"data/raw/{config.edition}/subjects.csv"}
        if subject in types:
            details = {"found": types[subject], "expected": type_}
        yield problem("E838" if subject in types else "E111", key, subject, details)
    period = config.gdp_period
    known = {(row["indicator_id"], row["qualifier"]) for row in tables["observations"]}
    if (GDP, period) not in known:
        details = {"table": f"data/raw/{config.edition}/observations.csv"}
        yield problem("E153", "gdp_period", f"{config.nation}.{GDP}.{period}", details)


def subject_problems(tables: Mapping[str, Records], file: str) -> Iterator[Problem]:
    """E156: a subject of raw rows under an id that values of this project have."""
    for row in tables["subjects"]:
        subject = row["subject_id"]
        owned = owner(subject, tables)
        described = subject in TOPICS and row["type"] == TOPIC
        if owned and not described:
            details = {"owner": owned}
            yield Problem("E156", file, int(row[LINE]), "subject_id", subject, details)
