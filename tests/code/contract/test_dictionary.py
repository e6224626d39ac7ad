"""The data dictionary says what the schemas say, and the committed file is up to date."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from suyuan.contract.dictionary import dictionary, project_schemas
from suyuan.contract.schema import Field, ForeignKey, Schema
from suyuan.core.layout import Layout

ROOT = Path(__file__).parents[3]
COMMITTED = ROOT / "docs/data-dictionary.md"

MEALS = Schema(
    name="meals",
    title="餐食",
    description="What was eaten.",
    primary_key="meal_id",
    fields=(
        Field("meal_id", "string", "Meal id.", required=True, pattern="^(a|b)[0-9]$"),
        Field("course", "string", "Course.", enum=("soup", "main")),
        Field("share", "number", "Part eaten.", minimum=Decimal(0), maximum=Decimal(1)),
        Field("day", "period", "When."),
        Field("sides", "string", "Side dishes."),
    ),
    foreign_keys=(
        ForeignKey("course", "courses", "course_id"),
        ForeignKey("sides", "courses", "course_id", separator=";"),
    ),
)
COURSES = Schema(
    "courses", "菜", "Courses.", "course_id", (Field("course_id", "string", "Id."),), ()
)


def section(text: str, table: str) -> str:
    """What the dictionary says of one table."""
    return text.partition(f"\n## {table}\n")[2].partition("\n## ")[0]


def test_the_committed_dictionary_is_what_the_command_prints():
    command = [sys.executable, "-m", "suyuan.contract.dictionary"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=60)
    assert done.stdout == COMMITTED.read_bytes(), f"run {' '.join(command[1:])} > {COMMITTED.name}"


def test_every_column_of_every_table_has_its_row_in_order():
    text = COMMITTED.read_text(encoding="utf-8")
    schemas = [s for group in project_schemas(Layout(ROOT, "x")).values() for s in group.values()]
    assert {schema.name for schema in schemas} >= {"observations", "sources", "indicators", "units"}
    for schema in schemas:
        rows = re.findall(r"^\| `([^`]+)` \|", section(text, schema.name), re.MULTILINE)
        assert rows == schema.columns


def test_every_reference_leads_to_a_table():
    text = COMMITTED.read_text(encoding="utf-8")
    links = set(re.findall(r"\]\(#(\w+)\)", text))
    assert "sources" in links
    assert links <= set(re.findall(r"^## (\w+)$", text, re.MULTILINE))


@pytest.fixture(scope="module")
def meals():
    return section(dictionary({"data": {"meals": MEALS, "courses": COURSES}}), "meals")


def test_a_table_names_its_file_its_key_and_its_references(meals):
    assert "`data/meals.csv` (餐食). What was eaten." in meals
    assert "Key: `meal_id`." in meals
    assert "- `course` is a `course_id` of [courses](#courses)" in meals
    assert "- each part of `sides`, split at `;`, is a `course_id` of [courses](#courses)" in meals


def test_a_row_states_type_need_and_constraints(meals):
    rows = [line for line in meals.splitlines() if line.startswith("| `")]
    assert rows == [
        # A bar inside the pattern would end the cell: it is escaped.
        "| `meal_id` | string | yes | matches `^(a\\|b)[0-9]$` | Meal id. |",
        "| `course` | string |  | `soup`, `main` | Course. |",
        "| `share` | number |  | ≥ 0; ≤ 1 | Part eaten. |",
        "| `day` | period |  |  | When. |",
        "| `sides` | string |  |  | Side dishes. |",
    ]


def test_a_table_without_references_says_nothing_of_them():
    courses = section(dictionary({"data": {"courses": COURSES}}), "courses")
    assert "Key: `course_id`." in courses
    assert "References" not in courses


def test_tables_stand_in_the_order_given_under_their_folder():
    text = dictionary({"raw": {"meals": MEALS}, "config": {"courses": COURSES}})
    assert text.index("`raw/meals.csv`") < text.index("`config/courses.csv`")
