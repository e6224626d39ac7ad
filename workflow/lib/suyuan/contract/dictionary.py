"""Dictionary: docs/data-dictionary.md, written from the schemas that the checker obeys.

``python -m suyuan.contract.dictionary > docs/data-dictionary.md``
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from suyuan.contract.schema import Field, ForeignKey, Schema, read_schemas
from suyuan.core.layout import Layout, project_root

HEAD = """# Data dictionary

Generated from `workflow/schemas` by `python -m suyuan.contract.dictionary`; do not edit by hand.

Every table is a UTF-8 CSV file, one record per line, with exactly these columns in any order. Raw
tables may also be UTF-8 with BOM or GB18030. The key tells rows apart and stays the same from
edition to edition. An empty cell means that nothing is known; texts that say so
(`workflow/schemas/texts.yaml`) and characters that are not seen are refused.

| type | what a cell may hold |
|---|---|
| string | text on one line |
| number | half-width digits with an optional minus and decimal point, no separators, no unit |
| integer | a number without a decimal point |
| period | `2026`, `2026-03`, `2026-03-31`, `2026Q1`, `2026H1`, or two of them as `FROM/TO` |
| days | days of every year, as `03-15`, a blank between two |
"""
OPTIONAL = " The table may be absent, or have a header and no rows."
COLUMNS = "| column | type | required | allowed | description |\n|---|---|---|---|---|"


def _cell(text: str) -> str:
    """``text`` for a Markdown table, where a bar would end the cell."""
    return text.replace("|", "\\|")


def _allowed(field: Field) -> Iterator[str]:
    if field.enum:
        yield ", ".join(f"`{word}`" for word in field.enum)
    if field.pattern:
        yield f"matches `{field.pattern}`"
    if field.minimum is not None:
        yield f"≥ {field.minimum}"
    if field.maximum is not None:
        yield f"≤ {field.maximum}"


def _row(field: Field) -> str:
    required = "yes" if field.required else ""
    cells = (f"`{field.name}`", field.type, required, "; ".join(_allowed(field)), field.description)
    return f"| {' | '.join(map(_cell, cells))} |"


def _reference(key: ForeignKey) -> str:
    subject = (
        f"each part of `{key.field}`, split at `{key.separator}`,"
        if key.separator
        else f"`{key.field}`"
    )
    said = [f"where `{column}` is `{word}`" for column, word in key.where.items()]
    said += ["with none below it"] if key.leaf else []
    said += [f"with the same `{key.same}`"] if key.same else []
    more = f", {', '.join(said)}" if said else ""
    return f"- {subject} is a `{key.target}` of [{key.resource}](#{key.resource}){more}"


def _rules(schema: Schema) -> Iterator[str]:
    """What holds of the rows of a table as a whole."""
    code = "`{}`".format
    if schema.joins:
        yield f"The key is {' and '.join(map(code, schema.joins))}, joined by `_`."
    if schema.complete:
        among = "; ".join(
            f"`{column}` among {', '.join(map(code, words))}"
            for column, words in schema.complete_among.items()
        )
        where = "; ".join(
            f"`{column}` where `{of}` is `{word}`"
            for column, wanted in schema.complete_where.items()
            for of, word in wanted.items()
        )
        narrowed = f" ({'; '.join(filter(None, (where, among)))})" if among or where else ""
        combined = " and ".join(map(code, schema.complete))
        yield f"Every combination of {combined}{narrowed} has a row."
    for group in schema.ordered:
        yield f"{' ≤ '.join(map(code, group))}."
    if gap := schema.gap:
        said = "".join(f", and `{column}` is `{word}`" for column, word in gap.says.items())
        empty = ", ".join(map(code, gap.empty))
        yield f"Where `{gap.column}` is `{gap.word}`, and only there, {empty} are empty{said}."
    if schema.parent:
        yield f"No row lies below itself, by `{schema.parent}`."
    if schema.shares:
        yield f"`{schema.shares}` of the rows below one adds up to 1."
    for columns, which in ((schema.of_branches, "some"), (schema.of_leaves, "none")):
        if columns:
            names = ", ".join(map(code, columns))
            yield f"{names}: filled where {which} lie below, and only there."
    if schema.needed:
        yield f"There are rows {', '.join(map(code, schema.needed))}."
    for key, field in schema.rows.items():
        yield f"`{key}`, which must be there: `{field.name}` {', '.join(_allowed(field))}."


def _table(schema: Schema, folder: str) -> str:
    references = "\n".join(map(_reference, schema.foreign_keys))
    parts = [
        f"## {schema.name}",
        f"`{folder}/{schema.name}.csv` ({schema.title}). {schema.description}",
        "\n".join([COLUMNS, *map(_row, schema.fields)]),
        f"Key: `{schema.primary_key}`." + (OPTIONAL if schema.optional else ""),
        "\n".join(f"- {rule}" for rule in _rules(schema)),
        f"References, where the cell is not empty:\n\n{references}" if references else "",
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def dictionary(schemas: Mapping[str, Mapping[str, Schema]]) -> str:
    """The data dictionary as Markdown; ``schemas`` by table name, by folder of the tables."""
    tables = [
        _table(schema, folder) for folder, group in schemas.items() for schema in group.values()
    ]
    return "\n".join([HEAD, *tables])


def project_schemas(layout: Layout) -> dict[str, dict[str, Schema]]:
    """Schemas of the raw and of the configuration tables, by the folder the tables lie in."""
    return {
        layout.name(layout.raw): read_schemas(layout.schemas / "raw"),
        layout.name(layout.config): read_schemas(layout.schemas / "config")
        | read_schemas(layout.schemas / "matrix"),
    }


if __name__ == "__main__":
    print(dictionary(project_schemas(Layout(project_root(), "<edition>"))), end="")
