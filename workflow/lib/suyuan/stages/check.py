"""Check: the data contract, and what the configuration says, for one who is still editing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from suyuan.contract import double_entry, edition, observations
from suyuan.contract.carrying import ANSWERS
from suyuan.contract.config import Config
from suyuan.contract.configured import read_document
from suyuan.contract.glyphs import unprintable_words
from suyuan.contract.matrix import check_matrix
from suyuan.contract.messages import catalogue, message, questions
from suyuan.contract.queries.answers import Asked
from suyuan.contract.strays import opened, schemaless
from suyuan.contract.table import Table
from suyuan.contract.tables import LINE, Columns, Records, Rowwise, rows_text, rowwise
from suyuan.contract.words import WORDS, Words, edition_label
from suyuan.core.beside import beside
from suyuan.core.errors import ConfigError, DataError, Problem, ProseError
from suyuan.core.files import there
from suyuan.core.inputs import some
from suyuan.core.layout import Layout
from suyuan.domain import values
from suyuan.figures import alternatives
from suyuan.figures.book import shelf
from suyuan.figures.drawn import check_figures
from suyuan.figures.kind import kind_of
from suyuan.figures.reading import read_figures
from suyuan.lineage.ledger import Ledger
from suyuan.lineage.members import members_of
from suyuan.outputs.paper.marks import read_rule
from suyuan.page.addends import unadded
from suyuan.page.asked import unmet
from suyuan.page.asserted import judged_claims
from suyuan.page.proofread import check_prose
from suyuan.page.sections import SUFFIX
from suyuan.page.templates import environment
from suyuan.page.vocabulary import check_words
from suyuan.publish.policy import POLICY, read_policy

if TYPE_CHECKING:
    import pandas as pd

SAID = ("config/claims.yaml", "config/figures.yaml", WORDS)  # what readers see of YAML
WRITTEN = (("sections", f"*{SUFFIX}"), ("styles", "*.css"))  # what no report is without


def run(layout: Layout, config: Config, *, answers: bool = False) -> str:
    """Says that the edition is lawful, then its queries, and if asked for, rows that answer them.

    Raises DataError with every problem of the data, or ConfigError with those of the configuration.
    """
    check_settings(layout)
    read = lawful(layout)
    with beside("check", partial(check_written, layout, config, read)) as written:
        found = valued(layout, config, read)
        check_described(layout, config, found, written)
    return told(layout, found, answers=answers)


def check_settings(layout: Layout) -> None:
    """Raise DataError or ConfigError for what is said of editions and of publications."""
    check_matrix(layout.root)
    if there(layout.root / POLICY):
        read_policy(layout.root)


def told(layout: Layout, found: Computed, *, answers: bool) -> str:
    """Says how much is lawful, how much of it was entered twice, and what is asked and answered."""
    count = sum(len(table) for table in found.tables.values())
    words = catalogue(layout.templates)
    kept = words["lawful"].format(edition=layout.edition, tables=len(found.tables), rows=count)
    printed, rows = double_entry.share(found.tables[edition.OBSERVATIONS])
    twice = words["entered_twice"].format(printed=printed, rows=rows, share=f"{printed / rows:.0%}")
    before = observations.seen_before(found.rows, found.before)
    queries = observations.asked(layout, found.rows, found.normalised, before)
    settled = words["answered"].format(count=queries.answered) if queries.answered else ""
    asked = questions([message(each, layout.templates) for each in queries.open], layout.templates)
    left = [message(each, layout.templates) for each in opened(layout)]
    drafted = drafts(layout, queries) if answers else ""
    said = [kept, twice, settled, rounded(layout, found.ledger), *left, asked, drafted]
    return "\n".join(filter(None, said))


def drafts(layout: Layout, queries: Asked) -> str:
    """Rows for answers.csv, one for each open query, to be filled in; '' where none is open."""
    columns = edition.possible_schemas(layout)[ANSWERS].columns
    rows = [[*row, *[""] * (len(columns) - len(row))] for row in queries.drafts()]
    return rows_text(columns, rows).rstrip("\n") if rows else ""


@dataclass(frozen=True)
class Read:
    """The data alone, lawful, and the tables of the edition before where they lie here."""

    tables: Mapping[str, pd.DataFrame]
    rows: Rowwise  # of the same
    normalised: Columns
    before: Mapping[str, Table]


@dataclass(frozen=True)
class Computed(Read):
    """What they come to."""

    ledger: Ledger


def lawful(layout: Layout) -> Read:
    """The edition's tables. Raises DataError with every problem of the data."""
    schemaless(layout)
    read = edition.check(layout)
    before = edition.read_before(layout, read)
    edition.check_revised(read, before)
    edition.check_beside(layout, read)
    tables = {name: edition.ingested(table) for name, table in read.items()}
    rows = rowwise(tables)
    return Read(tables, rows, observations.check(layout, rows), before)


def computed(layout: Layout, config: Config) -> Computed:
    """The edition's values. Raises DataError with every problem of the data."""
    return valued(layout, config, lawful(layout))


def valued(layout: Layout, config: Config, read: Read) -> Computed:
    """What lawful data come to. Raises DataError where they keep a value from being computed."""
    ledger = values.compute(layout, config, read.rows, read.normalised)
    return Computed(read.tables, read.rows, read.normalised, read.before, ledger)


def check_written(layout: Layout, config: Config, read: Read) -> None:
    """Raise ProseError for what prose may not say by itself, whatever the values are.

    Raises OSError where there is none, or it may not be read.
    """
    for folder, pattern in WRITTEN:
        some(layout.templates / folder, pattern)
    book = observations.book_of(read.rows)
    check_prose(layout, environment(layout), config.region, book, read.rows)


def check_described(
    layout: Layout, config: Config, found: Computed, written: Callable[[], None] | None = None
) -> None:
    """Raise ConfigError for what figures, claims, words, marks and prose may not say of data.

    Raises ProseError where a section asks for what is not there.

    ``written`` raises what is wrong with prose, if ``check_written`` was asked already.
    """
    ledger, rows = found.ledger, found.ledger.texts.rows
    figures = read_figures(layout.root).values()
    check_figures(figures, shelf(ledger, rows, config.region, found.tables.__getitem__))
    facts = {figure.draw: kind_of(figure.draw).facts for figure in figures}
    if lacking := list(unprintable_words(layout.root, SAID, layout.templates / "fonts")):
        raise ConfigError(lacking)
    vocabulary = read_document(layout.root / WORDS, WORDS)
    alternatives.check(vocabulary, facts)
    check_words(vocabulary, layout)
    check_label(layout, rows["edition"], Words(vocabulary, ()))
    (written or partial(check_written, layout, config, found))()
    members = members_of(ledger, rows, config.region)
    if lacking := list(unmet(layout, judged_claims(layout, ledger, members), ledger)):
        raise ProseError(lacking)
    read_rule(layout.root)


def check_label(layout: Layout, rows: Records, words: Words) -> None:
    """Raise DataError E873 for an edition under the name of another quarter's."""
    expected, (year, _) = edition_label(layout.edition, words), layout.edition.split("Q")
    years = range(int(year) - 2, int(year) + 3)
    others = [edition_label(f"{y}Q{q}", words) for y in years for q in range(1, 5)]
    for row in rows:
        if expected not in row["label"] and any(other in row["label"] for other in others):
            file, line = layout.name(layout.raw / "edition.csv"), int(row[LINE])
            details = {"edition": layout.edition, "expected": expected}
            raise DataError(Problem("E873", file, line, "label", row["label"], details))


def rounded(layout: Layout, ledger: Ledger) -> str:
    """Says which parts do not add up in print; '' when all do."""
    names = ledger.codebook.indicators
    found = [f"{names[each.indicator].name} {each.total}" for each in unadded(ledger, ledger.made)]
    words = catalogue(layout.templates)["rounded"]
    return words.format(count=len(found), groups="、".join(found)) if found else ""
