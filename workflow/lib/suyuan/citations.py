"""Citations: the documents behind a judged row, which names evidence instead of a document.

A row of ratings, verdicts or estimates lists ids of the evidence register; the register's rows cite
documents with their locators.
"""

from __future__ import annotations

from collections.abc import Mapping

EVIDENCE = "evidence"  # the register, and the column that lists its ids
Cells = Mapping[str, str]


def evidence_of(cells: Cells, register: Mapping[str, Cells]) -> list[Cells]:
    """The rows of the register that a row names."""
    return [register[key] for key in cells.get(EVIDENCE, "").split(";") if key in register]


def cited(cells: Cells, register: Mapping[str, Cells]) -> dict[str, str]:
    """The row with ``source_id`` and ``locator`` of its evidence, where it has none of its own.

    Where the evidence stands in several documents it is the first that is named.
    """
    rows = evidence_of(cells, register)
    if not rows or cells.get("source_id"):
        return dict(cells)
    document = rows[0]["source_id"]
    places = (row["locator"] for row in rows if row["source_id"] == document)
    return {**cells, "source_id": document, "locator": ", ".join(dict.fromkeys(places))}


def in_words(
    cells: Cells, register: Mapping[str, Cells], grades: Mapping[str, Cells]
) -> dict[str, str]:
    """The same for readers: the evidence in words, its grade by name."""
    rows = evidence_of(cells, register)
    if not rows:
        return dict(cells)
    said = cited(cells, register)
    said[EVIDENCE] = "；".join(f"{row['text'].rstrip('。')}（{row['locator']}）" for row in rows)
    if grade := grades.get(said.get("grade", "")):
        said["evidence_grade"] = f"{grade['grade']} {grade['name']}"
    return said
